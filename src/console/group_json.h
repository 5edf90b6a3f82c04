/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_GROUP_JSON_H
#define HOIDAP_CONSOLE_GROUP_JSON_H

#include "api.h"
#include "store_review.h"

/* Groups and their questions as the pages read them. */

/* What the JSON of a group says besides the group: held until it is dropped. */
struct group_words {
	const struct knowledge *knowledge;
	struct staff_account *colleagues;
	size_t colleague_count;
};

enum result group_words_take(
    struct staff_request *request, struct group_words *out) MUST_CHECK;
void group_words_drop(struct group_words *words);

/* With the entries that come nearest now, and why they do not answer it.  NULL
 * when out of memory, as json_pack() passes on. */
json_t *group_json(
    const struct group_words *words, const struct review_group *group);
/* With its candidates, and why none of them was the answer. */
json_t *group_question_json(
    const struct group_words *words, const struct question_row *row);
/* What an action may change, for the audit log. */
json_t *group_audit_json(const struct review_group *group);

#endif
