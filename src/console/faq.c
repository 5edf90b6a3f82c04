/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The FAQ in the console: the table of its routes, and one entry as it is
 * opened.  What is changed here lies over the files of the FAQ folder
 * (include/overlay.h); README.md has the way of a draft. */
#include "faq_list.h"

/* Revisions without what they say, newest first. */
static json_t *
history_json(const struct faq_subject *subject)
{
	json_t *list = json_array();
	int failed = 0;

	for (size_t i = 0; i < subject->count; i++)
		failed |= json_array_append_new(
		    list, faq_json_revision(&subject->revisions[i], false));
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}

static json_t *
in_force_json(const struct faq_subject *subject)
{
	const struct faq_entry *entry = subject->entry;

	if (entry == NULL)
		return json_null();
	return json_pack("{s:I, s:o, s:o, s:o}", "number",
	    (json_int_t)(subject->published == NULL
			     ? 0
			     : subject->published->key.number),
	    "topic", faq_json_text(entry->topic), "topic_title",
	    faq_json_text(entry->topic_title), "entry", faq_json_entry(entry));
}

static struct staff_answer
show_entry(struct staff_request *request)
{
	struct faq_subject subject;
	struct staff_answer answer;

	if (!faq_subject_read(request, false, &subject, &answer))
		return answer;
	answer = staff_ok(
	    json_pack("{s:s%, s:o, s:o, s:o, s:b}", "id", subject.id.at,
		subject.id.len, "in_force", in_force_json(&subject), "draft",
		subject.open == NULL ? json_null()
				     : faq_json_revision(subject.open, true),
		"history", history_json(&subject), "conflict",
		subject.covered != NULL && subject.covered->conflict));
	faq_subject_fini(&subject);
	return answer;
}

static struct staff_answer
show_revision(struct staff_request *request)
{
	struct faq_subject subject;
	struct staff_answer answer;
	uint64_t number;
	json_t *json;

	if (text_number(request->path[1], 0, INT64_MAX, &number) != OK)
		return staff_failed(ERR_NOT_FOUND);
	if (!faq_subject_read(request, false, &subject, &answer))
		return answer;
	json = faq_subject_json(&subject, number);
	answer = json == NULL ? staff_failed(ERR_NOT_FOUND) : staff_ok(json);
	faq_subject_fini(&subject);
	return answer;
}

/* Fixed words stand before {}: the first row that fits is taken. */
const struct staff_route faq_routes[] = {
	{ "POST", "/try", PERMISSION_SIGNED_IN, try_question,
	    "What would a citizen be answered, and why?" },
	{ "GET", "/faq", PERMISSION_FAQ_READ, faq_list_show,
	    "Entries, by words, topic, owner, state, stale, unused" },
	{ "POST", "/faq/opinion", PERMISSION_FAQ_READ, try_opinion,
	    "Which entry would win this phrasing now?" },
	{ "POST", "/faq/preview", PERMISSION_FAQ_READ, try_preview,
	    "An entry's answer as each channel shows it" },
	{ "GET", "/faq/variables", PERMISSION_FAQ_READ, faq_variables_show,
	    "The local variables, and what they say today" },
	{ "POST", "/faq/checks", PERMISSION_FAQ_READ, faq_publish_check,
	    "Find out what publishing drafts would change" },
	{ "GET", "/faq/checks/{}", PERMISSION_FAQ_READ, faq_publish_progress,
	    "How far that is, and what it found" },
	{ "POST", "/faq/checks/{}/publish", PERMISSION_FAQ_APPROVE,
	    faq_publish_go, "Publish what that check looked at" },
	{ "GET", "/faq/entries/{}", PERMISSION_FAQ_READ, show_entry,
	    "What is in force, the draft, the history" },
	{ "GET", "/faq/entries/{}/revisions/{}", PERMISSION_FAQ_READ,
	    show_revision, "One revision; 0 is what the files say" },
	{ "GET", "/faq/entries/{}/diff", PERMISSION_FAQ_READ, faq_diff_show,
	    "What differs between two revisions" },
	{ "PUT", "/faq/entries/{}/draft", PERMISSION_FAQ_EDIT, faq_draft_save,
	    "Keep a draft" },
	{ "POST", "/faq/entries/{}/submit", PERMISSION_FAQ_EDIT,
	    faq_draft_submit, "Hand the draft to a second person" },
	{ "POST", "/faq/entries/{}/take-back", PERMISSION_FAQ_EDIT,
	    faq_draft_take_back, "Go on writing what is in review" },
	{ "POST", "/faq/entries/{}/withdraw", PERMISSION_FAQ_EDIT,
	    faq_draft_withdraw, "Give the draft up" },
	{ "POST", "/faq/entries/{}/retire", PERMISSION_FAQ_EDIT,
	    faq_draft_retire, "Draft that the entry is not given any more" },
	{ "POST", "/faq/entries/{}/reject", PERMISSION_FAQ_APPROVE,
	    faq_draft_reject, "Send what is in review back, with a reason" },
	{ "POST", "/faq/entries/{}/rollback", PERMISSION_FAQ_APPROVE,
	    faq_rollback, "Put an earlier revision in force again" },
	{ 0 },
};
