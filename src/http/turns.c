/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* One request's events become one batch of turns.  Everything lives in the
 * request's arena: the caller's thread fills it, then only the store's thread
 * uses it (decide), until done() finishes the request. */
#include "turns.h"

enum { PACKED_MAX_BYTES = REPLY_TEXT_MAX_BYTES * 2 };

struct work {
	struct dialog_input input;
	struct dialog_decision decision;
	struct question question;
	const struct turn *turn;
	struct arena *arena;
};

struct job {
	struct turn_batch batch;
	struct turn_service *service;
	struct turns_order order;
	struct work *works; /* one for each turn, in the same order */
	const struct knowledge *knowledge;
	const struct notices *notices;
};

static enum result
pack_state(const struct work *work, struct text_view *out)
{
	struct buf packed;
	enum result result;

	buf_init(&packed, PACKED_MAX_BYTES);
	result = conversation_pack(&work->decision.after, &packed);
	if (result == OK)
		result = arena_text(work->arena, buf_view(&packed), out);
	buf_fini(&packed);
	return result;
}

static enum result
pack_reply(const struct work *work, struct text_view *out)
{
	struct buf packed;
	enum result result;

	if (!work->decision.replies)
		return OK;
	buf_init(&packed, PACKED_MAX_BYTES);
	result = reply_pack(&work->decision.reply, &packed);
	if (result == OK)
		result = arena_text(work->arena, buf_view(&packed), out);
	buf_fini(&packed);
	return result;
}

static enum result
fill_question(struct work *work, struct turn_outcome *out)
{
	const struct dialog_decision *decision = &work->decision;
	struct buf candidates;
	enum result result;

	if (!decision->logs)
		return OK;
	work->question = (struct question){ .text = decision->asked,
		.decision = text_of(decision_name(decision->decision)),
		.confidence = decision->confidence,
		.base = text_of(work->input.knowledge->faq->version) };
	if (decision->entry != NULL)
		work->question.entry = decision->entry->id;
	buf_init(&candidates, CANDIDATES_TEXT_MAX_BYTES);
	result = candidates_text(&work->input, decision, &candidates);
	if (result == OK)
		result = arena_text(work->arena, buf_view(&candidates),
		    &work->question.candidates);
	buf_fini(&candidates);
	out->question = &work->question;
	return result;
}

static enum result
decide(void *context, struct text_view state, struct turn_outcome *out)
{
	struct work *work = context;
	enum result result;

	work->input.recalled = work->turn->recalled;
	result =
	    dialog_decide(&work->input, state, work->arena, &work->decision);
	if (result == OK && work->decision.recall_ms != 0) {
		out->recall_ms = work->decision.recall_ms;
		return OK;
	}
	if (result == OK)
		result = pack_state(work, &out->state);
	if (result == OK)
		result = pack_reply(work, &out->reply);
	if (result == OK)
		result = fill_question(work, out);
	out->unsent = work->decision.unsent;
	out->delivered = work->decision.delivered;
	out->label = work->decision.label;
	out->chosen = work->decision.chosen;
	out->words = work->decision.words;
	out->due_ms = work->decision.due_ms;
	out->release_ms = work->decision.release_ms;
	out->erase = work->decision.erase;
	out->contact = contact_news(work->input.message, work->input.now_ms);
	return result;
}

static void
count_turns(const struct job *job)
{
	struct metrics *metrics = job->service->metrics;

	for (size_t i = 0; i < job->batch.count; i++) {
		if (job->batch.turns[i].duplicate)
			metrics_add(metrics, METRIC_events_duplicate,
			    job->order.channel->name, 1);
		else if (job->works[i].decision.decision != DECISION_NONE)
			metrics_add(metrics, METRIC_decisions,
			    decision_name(job->works[i].decision.decision), 1);
	}
}

static void
on_committed(struct turn_batch *batch, enum result result)
{
	struct job *job = batch->context;
	struct turns_order order = job->order;

	if (result == OK)
		count_turns(job);
	knowledge_drop(job->knowledge);
	notices_drop(job->notices);
	/* JOB lives in the request's arena and is gone after this. */
	order.done(order.context, order.request, result);
}

static enum result
prepare(struct job *job, const struct message *message, uint64_t now_ms)
{
	const struct turn_service *service = job->service;
	struct work *work = &job->works[job->batch.count];

	work->arena = &job->order.request->arena;
	work->turn = &job->batch.turns[job->batch.count];
	work->input = (struct dialog_input){ .knowledge = job->knowledge,
		.message = message,
		.now_ms = now_ms,
		.staff_silence_ms = service->staff_silence_ms,
		.keep_days = service->keep_days,
		.messages_per_minute = service->messages_per_minute,
		.repeat_ms = service->repeat_ms,
		.channel = job->order.channel->name,
		.notices = job->notices,
		.burst_wait_ms = service->burst_wait_ms };
	job->batch.turns[job->batch.count++] =
	    (struct turn){ .channel = job->order.channel->name,
		    .account = message->account,
		    .citizen = message->citizen,
		    .conversation = message->conversation,
		    .dedup_id = message->dedup_id,
		    .now_ms = now_ms,
		    .decide = decide,
		    .context = work };
	return dialog_prepare(&work->input, work->arena);
}

static struct job *
job_new(struct turn_service *service, const struct turns_order *order)
{
	struct arena *arena = &order->request->arena;
	struct job *job = arena_alloc(arena, 1, sizeof(*job));

	if (job == NULL)
		return NULL;
	job->service = service;
	job->order = *order;
	job->batch.done = on_committed;
	job->batch.context = job;
	job->batch.turns = arena_alloc(
	    arena, order->messages->count, sizeof(*job->batch.turns));
	job->works =
	    arena_alloc(arena, order->messages->count, sizeof(*job->works));
	if (order->messages->count > 0 &&
	    (job->batch.turns == NULL || job->works == NULL))
		return NULL;
	return job;
}

enum result
turns_start(struct turn_service *service, const struct turns_order *order,
    uint64_t now_ms)
{
	const struct message_list *messages = order->messages;
	struct job *job = job_new(service, order);
	enum result result = OK;

	if (job == NULL)
		return ERR_NOMEM;
	job->knowledge = knowledge_slot_get(service->knowledge);
	job->notices = notice_board_get(service->notices);
	for (size_t i = 0; result == OK && i < messages->count; i++)
		if (dialog_wants(messages->at[i].kind) &&
		    messages->at[i].citizen.len > 0)
			result = prepare(job, &messages->at[i], now_ms);
	if (result == OK && job->batch.count == 0) {
		on_committed(&job->batch, OK);
		return OK;
	}
	if (result == OK)
		result = store_submit(service->store, &job->batch);
	if (result != OK) {
		knowledge_drop(job->knowledge);
		notices_drop(job->notices);
	}
	return result;
}
