/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_FAQ_CATALOGUE_H
#define HOIDAP_CLI_FAQ_CATALOGUE_H

#include "faq_rows.h"

/* A catalogue of administrative procedures: one entry a procedure, in the
 * background tier of the topic "catalogue". */

#define FAQ_CATALOGUE_TOPIC "catalogue"

/* A sheet with the columns code, name, agency, level, fee, days, link (or
 * their Vietnamese headings); code, name and link must be filled in.  As the
 * readers of faq_rows.h. */
enum result faq_catalogue_read(struct text_view bytes, struct faq_rows *rows,
    struct faq_faults *faults, struct complaint *why) MUST_CHECK;

#endif
