/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Back to what was in force before, at once: no review and no gate, since it
 * was published once already, but with a reason.  It is loaded first: what
 * does not load any more (another entry has gone that it names) is refused. */
#include "clock.h"
#include "editions.h"
#include "faq_parts.h"

struct going_back {
	struct staff_request *request;
	struct rollback rollback;
	const struct revision *target; /* NULL: the files */
	struct audit_line line;
};

static enum result
load(struct going_back *back, struct knowledge **out, struct complaint *why)
{
	const struct console *console = back->request->console;
	struct faq_overlay overlay;
	struct editions editions;
	char today[DATE_SIZE];
	struct arena arena;
	enum result result;

	date_of_ms(back->request->now_ms, today);
	arena_init(&arena, EDITIONS_ARENA_MAX_BYTES);
	result = editions_read(console->store, &arena, &editions);
	if (result == OK)
		result = editions_with(&editions, back->target,
		    back->target == NULL ? 0 : 1, back->rollback.entry, &arena,
		    &overlay);
	if (result == OK)
		result = knowledge_load_over(
		    console->settings->faq_dir, &overlay, today, out, why);
	arena_fini(&arena);
	return result;
}

/* Between knowledge_slot_begin() and knowledge_slot_end(). */
static struct staff_answer
load_and_swap(struct going_back *back)
{
	const struct console *console = back->request->console;
	struct complaint why = { .text = "" };
	struct knowledge *next = NULL;
	struct staff_answer answer;
	enum result result = load(back, &next, &why);

	if (result == ERR_INVALID)
		return staff_error(409, "refused", NULL, why.text);
	if (result == OK)
		result = store_rollback(
		    console->store, &back->rollback, &back->line);
	if (result != OK) {
		knowledge_drop(next);
		return result == ERR_NOT_FOUND
			   ? staff_error(409, "conflict", NULL,
				 "somebody else has changed this entry "
				 "meanwhile")
			   : staff_failed(result);
	}
	answer = staff_ok(json_pack("{s:s, s:I}", "version", next->faq->version,
	    "number", (json_int_t)back->rollback.to));
	knowledge_slot_set(console->knowledge, next);
	return answer;
}

/* Only what was in force once. */
static bool
find_target(struct going_back *back, const struct faq_subject *subject)
{
	for (size_t i = 0; i < subject->count; i++) {
		const struct revision *one = &subject->revisions[i];

		if (one->key.number == back->rollback.to &&
		    (one->state == REVISION_PUBLISHED ||
			one->state == REVISION_ROLLED_BACK))
			back->target = one;
	}
	return back->rollback.to == 0 || back->target != NULL;
}

static struct staff_answer
go_back(struct going_back *back, const struct faq_subject *subject)
{
	struct knowledge_slot *slot = back->request->console->knowledge;
	struct staff_answer answer;

	if (!find_target(back, subject))
		return staff_failed(ERR_NOT_FOUND);
	if (subject->published != NULL)
		back->line.before = subject->published->json;
	if (back->target != NULL)
		back->line.after = back->target->json;
	knowledge_slot_begin(slot);
	answer = load_and_swap(back);
	knowledge_slot_end(slot);
	return answer;
}

struct staff_answer
faq_rollback(struct staff_request *request)
{
	struct going_back back = { .request = request,
		.rollback = { .entry = request->path[0] } };
	struct faq_subject subject;
	struct staff_answer answer;

	back.line = staff_line(request, "entry.roll_back",
	    faq_audit_subject(request, request->path[0]));
	if (!staff_number(
		request, "from", 0, INT64_MAX, &back.rollback.from, &answer) ||
	    !staff_number(
		request, "to", 0, INT64_MAX, &back.rollback.to, &answer) ||
	    !faq_why(request, true, &back.line.why, &answer) ||
	    !faq_subject_read(request, false, &subject, &answer))
		return answer;
	answer = go_back(&back, &subject);
	faq_subject_fini(&subject);
	return answer;
}
