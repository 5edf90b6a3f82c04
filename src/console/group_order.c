/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "group_order.h"

#include <inttypes.h>
#include <stdio.h>

#include "group_list.h"

enum {
	ENTRY_MAX_BYTES = 200,
	DEPARTMENT_MAX_BYTES = 200,
	WHY_MAX_BYTES = 1000,
	SUBJECT_SIZE = 32,
};

static const struct order {
	const char *name;
	const char *audit;
	enum review_state to;
} orders[] = {
	[REVIEW_DISMISS] = { "dismiss", "group.dismiss", REVIEW_DISMISSED },
	[REVIEW_ANSWER] = { "answer", "group.answer", REVIEW_ANSWERED },
	[REVIEW_ASSIGN] = { "assign", "group.assign", REVIEW_OPEN },
	[REVIEW_REOPEN] = { "reopen", "group.reopen", REVIEW_OPEN },
};

enum result
group_order_parse(struct text_view name, enum review_action *out)
{
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		if (!text_is(name, orders[i].name))
			continue;
		*out = (enum review_action)i;
		return OK;
	}
	return ERR_NOT_FOUND;
}

bool
group_order_why(struct staff_request *request, struct text_view *out,
    struct staff_answer *refusal_out)
{
	*out = TEXT("");
	return !staff_has(request, "why") ||
	       staff_text(request, "why", WHY_MAX_BYTES, out, refusal_out);
}

static bool
read_entry(struct staff_request *request, struct text_view *out,
    struct staff_answer *refusal_out)
{
	const struct knowledge *knowledge;
	bool known;

	if (!staff_has(request, "entry"))
		return true;
	if (!staff_text(request, "entry", ENTRY_MAX_BYTES, out, refusal_out))
		return false;
	knowledge = knowledge_slot_get(request->console->knowledge);
	known = faq_find(knowledge->faq, *out) != NULL;
	knowledge_drop(knowledge);
	if (!known)
		*refusal_out = staff_error(
		    400, "bad_field", "entry", "there is no such entry");
	return known;
}

static bool
read_assignee(struct staff_request *request, uint64_t *out,
    struct staff_answer *refusal_out)
{
	struct staff_account account;
	enum result result = ERR_NOT_FOUND;

	if (!staff_has(request, "assignee"))
		return true;
	if (!staff_number(request, "assignee", 0, INT64_MAX, out, refusal_out))
		return false;
	if (*out == 0)
		return true;
	result = store_user_get(
	    request->console->store, *out, request->arena, &account);
	if (result == OK && !account.user.disabled)
		return true;
	*refusal_out = result == OK || result == ERR_NOT_FOUND
			   ? staff_error(400, "bad_field", "assignee",
				 "there is no such colleague")
			   : staff_failed(result);
	return false;
}

static bool
read_assignment(struct staff_request *request, struct review_change *out,
    struct staff_answer *refusal_out)
{
	if (!read_assignee(request, &out->assignee, refusal_out))
		return false;
	if (staff_has(request, "department") &&
	    !staff_text(request, "department", DEPARTMENT_MAX_BYTES,
		&out->department, refusal_out))
		return false;
	return !staff_has(request, "due_ms") ||
	       staff_number(
		   request, "due_ms", 0, INT64_MAX, &out->due_ms, refusal_out);
}

bool
group_order_read(struct staff_request *request, enum review_action action,
    struct review_change *out, struct staff_answer *refusal_out)
{
	struct review_change change = { .action = action };
	bool good = true;

	if (action == REVIEW_ANSWER)
		good = read_entry(request, &change.entry, refusal_out);
	else if (action == REVIEW_ASSIGN)
		good = read_assignment(request, &change, refusal_out);
	if (good)
		*out = change;
	return good;
}

enum result
group_order_line(struct staff_request *request, const char *action,
    uint64_t group, struct audit_line *line_out, struct review_group *group_out)
{
	char *subject = arena_alloc(request->arena, SUBJECT_SIZE, 1);
	enum result result =
	    subject == NULL ? ERR_NOMEM
			    : store_review_group(request->console->store, group,
				  request->now_ms, group_list_recent_ms(),
				  request->arena, group_out);

	if (result != OK)
		return result;
	(void)snprintf(subject, SUBJECT_SIZE, "group %" PRIu64, group);
	*line_out = staff_line(request, action, text_of(subject));
	return staff_json(
	    request, group_audit_json(group_out), &line_out->before);
}

enum result
group_order_run(struct staff_request *request,
    const struct review_change *change, struct text_view why)
{
	const struct order *order = &orders[change->action];
	struct audit_line line;
	struct review_group group;
	enum result result = group_order_line(
	    request, order->audit, change->group, &line, &group);

	if (result != OK)
		return result;
	group.state = order->to;
	if (change->action == REVIEW_ASSIGN) {
		group.assignee = change->assignee;
		group.department = change->department;
		group.due_ms = change->due_ms;
	} else {
		group.entry = change->entry;
	}
	line.why = why;
	result = staff_json(request, group_audit_json(&group), &line.after);
	return result == OK
		   ? store_review_change(request->console->store, change, &line)
		   : result;
}
