/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_FAQ_FILTER_H
#define HOIDAP_CONSOLE_FAQ_FILTER_H

#include "faq.h"

/* Which entries a list shows.  Words are looked for without their marks, so
 * "le phi" finds "Lệ phí"; whoever types marks finds the same. */
struct faq_filter {
	struct text_view words; /* as typed; empty: any */
	struct text_view topic; /* empty: any */
	struct text_view owner;
	struct text_view folded; /* by faq_filter_start() */
};

/* What an entry is past (as `hoidap faq check` has it). */
enum { FAQ_FILTER_REVIEW_DAYS = 180 };

enum result faq_filter_start(
    struct faq_filter *filter, struct arena *arena) MUST_CHECK;
bool faq_filter_fits(
    const struct faq_filter *filter, const struct faq_entry *entry);

/* Does its answer want looking over on day TODAY: past its end, or reviewed
 * long before OLDEST? */
bool faq_filter_stale(
    const struct faq_entry *entry, const char *today, const char *oldest);

#endif
