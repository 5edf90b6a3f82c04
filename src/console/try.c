/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What would production say, and why?  The question goes through the very
 * dialog that answers citizens, as that of somebody who writes for the first
 * time; nothing is stored. */
#include "bubbles.h"
#include "dialog.h"
#include "faq_parts.h"

enum {
	TEXT_MAX_BYTES = 4096,
	EXPLAINED_MAX = 2, /* the winner and the runner-up */
	ASK_ARENA_MAX_BYTES = 2 * MATCH_ARENA_BYTES_MAX,
};

struct trying {
	struct staff_request *request;
	const struct knowledge *knowledge;
	struct arena arena;
	struct message message;
	struct dialog_input input;
	struct dialog_decision decision;
};

static enum result
decide(struct trying *trying, struct text_view text)
{
	const struct settings *settings = trying->request->console->settings;
	enum result result;

	trying->message = (struct message){ .kind = EVENT_TEXT, .text = text };
	trying->input = (struct dialog_input){ .knowledge = trying->knowledge,
		.message = &trying->message,
		.now_ms = trying->request->now_ms,
		.staff_silence_ms = settings->staff_silence_minutes * 60000 };
	result = dialog_prepare(&trying->input, &trying->arena);
	if (result != OK)
		return result;
	return dialog_decide(
	    &trying->input, TEXT(""), &trying->arena, &trying->decision);
}

/* ---- why ---- */

static json_t *
reasons_json(struct trying *trying, const struct faq_entry *entry)
{
	struct match_explanation explanation = { .count = 0 };
	json_t *list = json_array();
	int failed =
	    match_explain(trying->knowledge->index, trying->message.text, entry,
		&trying->arena, &explanation) != OK;

	for (size_t i = 0; i < explanation.count; i++) {
		const struct match_reason *reason = &explanation.reasons[i];

		failed |= json_array_append_new(
		    list, json_pack("{s:o, s:f, s:s}", "phrase",
			      faq_json_text(reason->phrase), "weight",
			      reason->weight, "kind", reason->kind));
	}
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}

static json_t *
explanations_json(struct trying *trying)
{
	const struct match_result *match = &trying->input.match;
	json_t *list = json_array();
	int failed = 0;

	for (size_t i = 0; i < match->candidate_count && i < EXPLAINED_MAX;
	     i++) {
		const struct faq_entry *entry = match->candidates[i].entry;

		failed |= json_array_append_new(list,
		    json_pack("{s:o, s:o}", "id", faq_json_text(entry->id),
			"reasons", reasons_json(trying, entry)));
	}
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}

static json_t *
thresholds_json(const struct knowledge *knowledge)
{
	struct match_thresholds thresholds;

	match_thresholds(knowledge->index, &thresholds);
	return json_pack("{s:f, s:f, s:f}", "answer", thresholds.answer,
	    "clarify", thresholds.clarify, "expected_wrong",
	    thresholds.expected_wrong);
}

static const char *
shortcut_name(enum match_shortcut shortcut)
{
	static const char *const names[] = {
		[SHORTCUT_NONE] = NULL,
		[SHORTCUT_EMPTY] = "empty",
		[SHORTCUT_EMOJI] = "emoji",
		[SHORTCUT_DIGITS] = "digits",
		[SHORTCUT_GIBBERISH] = "gibberish",
	};

	return names[shortcut];
}

/* ---- the whole ---- */

static json_t *
whole_json(struct trying *trying, json_t *bubbles)
{
	const struct dialog_decision *decision = &trying->decision;

	return json_pack(
	    "{s:o, s:s, s:o, s:f, s:s?, s:o, s:o, s:o, s:s, s:s, s:o?, s:O}",
	    "text", faq_json_text(trying->input.masked), "decision",
	    decision_name(decision->decision), "entry",
	    decision->entry == NULL ? json_null()
				    : faq_json_text(decision->entry->id),
	    "confidence", decision->confidence, "shortcut",
	    shortcut_name(trying->input.match.shortcut), "candidates",
	    faq_json_candidates(&trying->input.match), "explanations",
	    explanations_json(trying), "thresholds",
	    thresholds_json(trying->knowledge), "base",
	    trying->knowledge->faq->version, "today", trying->knowledge->today,
	    "reply",
	    decision->replies ? faq_json_reply(&decision->reply) : NULL,
	    "bubbles", bubbles);
}

static struct staff_answer
answer(struct trying *trying, struct text_view text)
{
	const struct staff_request *request = trying->request;
	json_t *bubbles = json_null();
	enum result result = decide(trying, text);
	struct staff_answer given;

	if (result == OK && trying->decision.replies)
		result = bubbles_render(&trying->decision.reply,
		    request->console->settings, request->now_ms, &trying->arena,
		    &bubbles);
	if (result != OK)
		return staff_failed(result);
	given = staff_ok(whole_json(trying, bubbles));
	json_decref(bubbles);
	return given;
}

struct staff_answer
try_question(struct staff_request *request)
{
	struct trying trying = { .request = request };
	struct staff_answer given;
	struct text_view text;

	if (!staff_text(request, "text", TEXT_MAX_BYTES, &text, &given))
		return given;
	arena_init(&trying.arena, ASK_ARENA_MAX_BYTES);
	trying.knowledge = knowledge_slot_get(request->console->knowledge);
	given = answer(&trying, text);
	knowledge_drop(trying.knowledge);
	arena_fini(&trying.arena);
	return given;
}

/* ---- a phrasing that is being typed ---- */

/* "own": the entry would win already, so the phrasing teaches little; "other":
 * another one would, so it sets the two against each other; "unknown": it is
 * like nothing, and worth adding. */
static const char *
opinion_of(const struct match_result *match, size_t own, double clarify)
{
	if (match->candidate_count == 0 ||
	    match->candidates[0].confidence < clarify)
		return "unknown";
	return own == 0 ? "own" : "other";
}

static json_t *
candidate_json(const struct match_candidate *candidate)
{
	return json_pack("{s:o, s:o, s:f}", "id",
	    faq_json_text(candidate->entry->id), "question",
	    faq_json_text(candidate->entry->question), "confidence",
	    candidate->confidence);
}

static json_t *
opinion_json(const struct knowledge *knowledge, struct text_view id,
    const struct match_result *match)
{
	const struct match_candidate *others = NULL;
	struct match_thresholds thresholds;
	size_t own = SIZE_MAX;

	for (size_t i = match->candidate_count; i-- > 0;) {
		if (text_equal(match->candidates[i].entry->id, id))
			own = i;
		else
			others = &match->candidates[i];
	}
	match_thresholds(knowledge->index, &thresholds);
	return json_pack("{s:s, s:f, s:o?, s:o?, s:s}", "opinion",
	    opinion_of(match, own, thresholds.clarify), "confidence",
	    own == SIZE_MAX ? 0.0 : match->candidates[own].confidence, "winner",
	    match->candidate_count == 0 ? NULL
					: candidate_json(&match->candidates[0]),
	    "nearest_other", others == NULL ? NULL : candidate_json(others),
	    "base", knowledge->faq->version);
}

struct staff_answer
try_opinion(struct staff_request *request)
{
	const struct knowledge *knowledge;
	struct match_result match;
	struct staff_answer given;
	struct text_view text;
	struct text_view id;
	struct arena arena;
	enum result result;

	if (!staff_text(request, "entry", 64, &id, &given) ||
	    !staff_text(request, "text", TEXT_MAX_BYTES, &text, &given))
		return given;
	arena_init(&arena, MATCH_ARENA_BYTES_MAX);
	knowledge = knowledge_slot_get(request->console->knowledge);
	result = match_ask(knowledge->index, text, &arena, &match);
	given = result == OK ? staff_ok(opinion_json(knowledge, id, &match))
			     : staff_failed(result);
	knowledge_drop(knowledge);
	arena_fini(&arena);
	return given;
}
