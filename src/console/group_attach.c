/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A group that an entry answers, only in other words than the entry knows: the
 * words go into the entry's draft as a phrasing, and the group counts as
 * answered.  The phrasing first: a draft that has one already is left alone,
 * so that the request may come again when the second step was refused. */
#include "editions.h"
#include "group_list.h"
#include "group_order.h"

enum { ENTRY_MAX_BYTES = 200, PHRASING_MAX_BYTES = 500 };

static enum result
add_phrasing(struct staff_request *request, const struct review_change *change,
    struct text_view text)
{
	const struct knowledge *knowledge =
	    knowledge_slot_get(request->console->knowledge);
	struct revision_key draft;
	struct review_group group;
	struct audit_line line;
	enum result result = group_order_line(
	    request, "entry.phrasing", change->group, &line, &group);

	if (result == OK &&
	    (group.version != change->version || group.state != REVIEW_OPEN))
		result = ERR_INVALID;
	line.before = TEXT("");
	line.after = text;
	if (result == OK)
		result = editions_add_phrasing(request->console->store,
		    knowledge->faq, change->entry, text, &line, &draft);
	knowledge_drop(knowledge);
	return result;
}

static struct staff_answer
attach(struct staff_request *request)
{
	struct review_change change = { .action = REVIEW_ANSWER };
	struct staff_answer answer;
	struct text_view text;
	enum result result;

	if (!staff_path_number(request, 0, &change.group, &answer) ||
	    !staff_number(
		request, "version", 1, INT64_MAX, &change.version, &answer) ||
	    !staff_text(
		request, "entry", ENTRY_MAX_BYTES, &change.entry, &answer) ||
	    !staff_text(request, "text", PHRASING_MAX_BYTES, &text, &answer))
		return answer;
	text = text_trim(text);
	if (text.len == 0)
		return staff_error(
		    400, "bad_field", "text", "the phrasing is empty");
	result = add_phrasing(request, &change, text);
	if (result == OK)
		result = group_order_run(request, &change, text);
	return result == OK ? group_list_answer(request, change.group)
			    : staff_failed(result);
}

const struct staff_route group_attach_routes[] = {
	{ "POST", "/groups/{}/attach", PERMISSION_QUESTIONS, attach,
	    "\"text\" becomes a phrasing in the draft of \"entry\", which "
	    "answers the group: \"version\"" },
	{ NULL, NULL, PERMISSION_PUBLIC, NULL, NULL },
};
