/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_ENTRY_H
#define HOIDAP_FAQ_ENTRY_H

#include "reader.h"

/* Read one entry of a topic file; the ids it names are not looked up.
 * ENTRY_OUT's topic, file and line are left to the caller. */
enum result entry_read(struct reader *reader, const struct node *node,
    struct faq_entry *entry_out) MUST_CHECK;

/* One button: a title, and a URL or the id of an entry. */
enum result entry_read_button(struct reader *reader, const struct node *node,
    struct faq_button *out) MUST_CHECK;

#endif
