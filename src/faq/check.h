/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_CHECK_H
#define HOIDAP_FAQ_CHECK_H

#include "findings.h"
#include "phrasings.h"

/* What the rules look at, and where they put what they find. */
struct check {
	const struct faq *faq;
	const char *today;
	struct phrasings *phrasings;
	struct findings *findings;
};

/* Every rule; only ERR_NOMEM and the like. */
enum result check_all(struct findings *findings, const char *today) MUST_CHECK;

/* The rules, one file each. */
enum result check_alike(const struct check *check) MUST_CHECK;
enum result check_answer(const struct check *check) MUST_CHECK;
enum result check_buttons(const struct check *check) MUST_CHECK;
enum result check_keywords(const struct check *check) MUST_CHECK;
enum result check_patterns(const struct check *check) MUST_CHECK;
enum result check_phrasings(const struct check *check) MUST_CHECK;
enum result check_spelling(const struct check *check) MUST_CHECK;
enum result check_upkeep(const struct check *check) MUST_CHECK;

/* Entries that are, or may come to be, in use. */
bool check_concerns(const struct faq_entry *entry);

bool check_is_letter(uint32_t code_point);

/* Keep a finding that has no entry; its file is copied. */
enum result findings_keep(struct findings *findings, struct finding finding,
    const char *what) MUST_CHECK;

#endif
