/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* An answer that is being written, as each channel will show it. */
#include "bubbles.h"
#include "draft.h"
#include "faq_parts.h"

enum { ARENA_MAX_BYTES = 4 << 20 };

static struct staff_answer
show(struct staff_request *request, const struct knowledge *knowledge,
    const struct faq_entry *entry)
{
	struct staff_answer given;
	json_t *bubbles = NULL;
	struct reply reply;
	struct arena arena;
	enum result result;

	arena_init(&arena, ARENA_MAX_BYTES);
	result =
	    faq_answer(knowledge->faq, entry, knowledge->today, &arena, &reply);
	if (result == OK)
		result = bubbles_render(&reply, request->console->settings,
		    request->now_ms, &arena, &bubbles);
	if (result == ERR_TOO_LARGE)
		given = staff_error(413, "too_large", "answer",
		    "this is longer than a reply may be");
	else if (result != OK)
		given = staff_failed(result);
	else
		given = staff_ok(json_pack("{s:o, s:O}", "reply",
		    faq_json_reply(&reply), "bubbles", bubbles));
	json_decref(bubbles);
	arena_fini(&arena);
	return given;
}

/* A draft with faults is shown as far as it goes: not at all, but with what is
 * wrong, in the words of faq_draft.c. */
static struct staff_answer
read_and_show(struct staff_request *request, const struct knowledge *knowledge,
    struct text_view json)
{
	struct staff_answer given;
	struct draft *draft = NULL;
	enum result result = draft_read(knowledge->faq, json, &draft);

	if (result != OK)
		return staff_failed(result);
	given = draft->fault_count > 0 ? faq_draft_faults(draft)
				       : show(request, knowledge, draft->entry);
	draft_free(draft);
	return given;
}

struct staff_answer
try_preview(struct staff_request *request)
{
	json_t *entry = json_object_get(request->body, "entry");
	const struct knowledge *knowledge;
	struct staff_answer given;
	struct text_view json;

	if (!json_is_object(entry))
		return staff_error(
		    400, "bad_field", "entry", "the entry is missing");
	if (staff_json(request, json_incref(entry), &json) != OK)
		return staff_failed(ERR_NOMEM);
	knowledge = knowledge_slot_get(request->console->knowledge);
	given = read_and_show(request, knowledge, json);
	knowledge_drop(knowledge);
	return given;
}
