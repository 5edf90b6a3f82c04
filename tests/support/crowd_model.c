/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "crowd_model.h"

#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

/* The tables below are the store's, in the order of their ids: a reply that is
 * taken back or erased leaves them, a question that goes on is written over.
 * Nothing goes out before what stands in front of it. */

enum {
	KEPT_MAX_BYTES = 4 << 20,
	PACKED_MAX_BYTES = 64 << 10,
	KEEP_DAYS = 180,
	MESSAGES_PER_MINUTE = 6,
	REPEAT_MS = 30000,
	BURST_WAIT_MS = 4000,
};

const char *const crowd_model_variables[] = {
	"HOIDAP_LOG_LEVEL=warn",
	"HOIDAP_KEEP_DAYS=180",
	"HOIDAP_CITIZEN_MESSAGES_PER_MINUTE=6",
	"HOIDAP_CITIZEN_REPEAT_SECONDS=30",
	"HOIDAP_BURST_WAIT_MS=4000",
	"HOIDAP_STAFF_SILENCE_MINUTES=30",
	NULL,
};

void
crowd_model_init(struct crowd_model *model, struct crowd_world *world,
    const struct channel *channel, const char *citizen)
{
	*model = (struct crowd_model){
		.world = world, .channel = channel, .citizen = citizen
	};
	arena_init(&model->kept, KEPT_MAX_BYTES);
}

void
crowd_model_fini(struct crowd_model *model)
{
	arena_fini(&model->kept);
}

static struct text_view
keep(struct crowd_model *model, struct text_view text)
{
	struct text_view kept = TEXT("");

	assert_int_equal(arena_text(&model->kept, text, &kept), OK);
	return kept;
}

static struct text_view
keep_buf(struct crowd_model *model, struct buf *packed)
{
	struct text_view kept = keep(model, buf_view(packed));

	buf_fini(packed);
	return kept;
}

/* ---- replies ---- */

static struct reply
unpack(const struct crowd_model *model, const struct crowd_reply *given)
{
	struct reply reply;

	assert_int_equal(
	    reply_unpack(given->packed, &model->world->scratch, &reply), OK);
	return reply;
}

static void
render(const struct crowd_model *model, const struct crowd_reply *given,
    struct api_call_list *out)
{
	const struct account account = { .channel = model->channel,
		.name = "",
		.id = "",
		.app_id = "",
		.app_secret = "",
		.webhook_secret = "",
		.verify_token = "",
		.access_token = "",
		.refresh_token = "",
		.api = "",
		.oauth = "" };
	const struct render_context context = { .account = &account,
		.access_token = TEXT(""),
		.human = given->human };
	const struct delivery_address to = { .citizen =
						 text_of(model->citizen) };
	struct reply reply = unpack(model, given);

	assert_int_equal(model->channel->render(&reply, &to, &context,
			     &model->world->scratch, out),
	    OK);
}

static void
add_reply(struct crowd_model *model, struct crowd_reply reply)
{
	struct api_call_list calls = { .count = 0 };

	assert_in_range(model->reply_count, 0, CROWD_REPLIES_MAX - 1);
	if (model->channel->pushes)
		render(model, &reply, &calls);
	for (size_t i = 0; i < calls.count; i++)
		reply.messages += calls.at[i].courtesy ? 0 : 1;
	model->replies[model->reply_count++] = reply;
}

/* The reply that is due at DUE_MS, which is still to come; NULL: none. */
static struct crowd_reply *
find_held(struct crowd_model *model, uint64_t due_ms, uint64_t now_ms)
{
	for (size_t i = 0; i < model->reply_count; i++)
		if (model->replies[i].due_ms == due_ms && due_ms > now_ms)
			return &model->replies[i];
	return NULL;
}

static void
drop_reply(struct crowd_model *model, const struct crowd_reply *reply)
{
	size_t at = (size_t)(reply - model->replies);

	memmove(&model->replies[at], &model->replies[at + 1],
	    (--model->reply_count - at) * sizeof(*reply));
}

size_t
crowd_model_waiting(const struct crowd_model *model, uint64_t now_ms)
{
	size_t first = 0;

	while (first < model->reply_count &&
	       model->replies[first].due_ms <= now_ms)
		first++;
	return model->reply_count - first;
}

size_t
crowd_model_sent(const struct crowd_model *model, uint64_t now_ms)
{
	size_t gone = model->reply_count - crowd_model_waiting(model, now_ms);
	size_t messages = 0;

	for (size_t i = 0; i < gone; i++)
		messages += model->replies[i].messages;
	return messages;
}

/* ---- one event ---- */

static void
decide(struct crowd_model *model, const struct dialog_input *input,
    struct dialog_decision *out)
{
	assert_int_equal(
	    dialog_decide(input, model->state, &model->world->scratch, out),
	    OK);
}

/* Decide once more, on what was asked before; its index, or SIZE_MAX. */
static size_t
recall(struct crowd_model *model, struct dialog_input *input,
    struct dialog_decision *decision)
{
	struct crowd_reply *held =
	    find_held(model, decision->recall_ms, input->now_ms);
	size_t question = SIZE_MAX;

	input->recalled = TEXT("");
	if (held != NULL) {
		question = held->question;
		if (question != SIZE_MAX)
			input->recalled = model->questions[question].text;
		drop_reply(model, held);
	}
	decide(model, input, decision);
	return question;
}

static void
label_last(struct crowd_model *model, const struct dialog_decision *decision)
{
	struct question *last;

	if (model->question_count == 0)
		return;
	last = &model->questions[model->question_count - 1];
	if (decision->label.len > 0)
		last->label = keep(model, decision->label);
	if (decision->chosen.len > 0)
		last->chosen = keep(model, decision->chosen);
	if (decision->words.len > 0)
		last->words = keep(model, decision->words);
}

/* Its index; SIZE_MAX: nothing was asked. */
static size_t
log_question(struct crowd_model *model, const struct dialog_decision *decision,
    size_t recalled)
{
	size_t at = recalled == SIZE_MAX ? model->question_count : recalled;
	struct question *question = &model->questions[at];

	if (!decision->logs)
		return SIZE_MAX;
	assert_in_range(at, 0, CROWD_QUESTIONS_MAX - 1);
	if (at == model->question_count)
		*question = (struct question){ 0 };
	question->text = keep(model, decision->asked);
	question->decision = text_of(decision_name(decision->decision));
	question->entry =
	    decision->entry == NULL ? TEXT("") : decision->entry->id;
	if (at == model->question_count)
		model->question_count++;
	return at;
}

static void
say(struct crowd_model *model, const struct dialog_decision *decision,
    size_t question, uint64_t now_ms)
{
	struct buf packed;

	if (!decision->replies)
		return;
	buf_init(&packed, PACKED_MAX_BYTES);
	assert_int_equal(reply_pack(&decision->reply, &packed), OK);
	add_reply(model,
	    (struct crowd_reply){ .packed = keep_buf(model, &packed),
		.due_ms = decision->due_ms == 0 ? now_ms : decision->due_ms,
		.question = question });
}

/* What had not gone out never will. */
static void
forget(struct crowd_model *model, uint64_t now_ms)
{
	model->reply_count -= crowd_model_waiting(model, now_ms);
	model->question_count = 0;
	model->state = TEXT("");
	model->known = false;
}

static void
remember(struct crowd_model *model, const struct conversation *after)
{
	struct buf packed;

	buf_init(&packed, PACKED_MAX_BYTES);
	assert_int_equal(conversation_pack(after, &packed), OK);
	model->state = keep_buf(model, &packed);
}

static bool
is_spoken(enum event_kind kind)
{
	return kind == EVENT_TEXT || kind == EVENT_TAP ||
	       kind == EVENT_ATTACHMENT || kind == EVENT_START;
}

void
crowd_model_event(
    struct crowd_model *model, struct message message, uint64_t now_ms)
{
	struct dialog_input input = { .knowledge = model->world->knowledge,
		.message = &message,
		.now_ms = now_ms,
		.staff_silence_ms = CROWD_SILENT_MS,
		.keep_days = KEEP_DAYS,
		.messages_per_minute = MESSAGES_PER_MINUTE,
		.repeat_ms = REPEAT_MS,
		.channel = model->channel->name,
		.burst_wait_ms = BURST_WAIT_MS };
	struct dialog_decision decision;
	struct crowd_reply *held;
	size_t question = SIZE_MAX;

	arena_reset(&model->world->scratch);
	assert_int_equal(dialog_prepare(&input, &model->world->scratch), OK);
	decide(model, &input, &decision);
	if (decision.recall_ms != 0)
		question = recall(model, &input, &decision);
	held = find_held(model, decision.release_ms, now_ms);
	if (held != NULL)
		held->due_ms = now_ms;
	if (decision.erase) {
		forget(model, now_ms);
		say(model, &decision, SIZE_MAX, now_ms);
		return;
	}
	label_last(model, &decision);
	question = log_question(model, &decision, question);
	say(model, &decision, question, now_ms);
	remember(model, &decision.after);
	model->known = model->known || is_spoken(message.kind);
}

void
crowd_model_desk(struct crowd_model *model, enum takeover_act act,
    struct text_view words, uint64_t now_ms)
{
	const struct takeover order = { .act = act,
		.now_ms = now_ms,
		.silent_ms = CROWD_SILENT_MS,
		.words = words,
		.authorship = { .human = act == TAKEOVER_SAY } };
	const struct reply_window window = { REACH_FREE, 0, NULL };
	struct takeover_effect effect;

	arena_reset(&model->world->scratch);
	assert_int_equal(takeover_decide(&order, model->state, &window,
			     &model->world->scratch, &effect),
	    OK);
	model->state = keep(model, effect.state);
	if (effect.reply.len > 0)
		add_reply(model,
		    (struct crowd_reply){ .packed = keep(model, effect.reply),
			.due_ms = now_ms,
			.question = SIZE_MAX,
			.human = order.authorship.human });
}

/* ---- what comes of it ---- */

/* An echo may come at any time, and is the first event after the notice has
 * gone out, or is not. */
struct text_view
crowd_model_state(
    const struct crowd_model *model, struct text_view state, uint64_t now_ms)
{
	struct arena *scratch = &model->world->scratch;
	struct conversation conversation;
	struct text_view settled = TEXT("");
	struct buf packed;

	assert_int_equal(
	    conversation_unpack(state, scratch, &conversation), OK);
	if (conversation.told != 0 && conversation.held_ms <= now_ms)
		conversation.told = TOLD;
	buf_init(&packed, PACKED_MAX_BYTES);
	assert_int_equal(conversation_pack(&conversation, &packed), OK);
	assert_int_equal(arena_text(scratch, buf_view(&packed), &settled), OK);
	buf_fini(&packed);
	return settled;
}

/* Ids are the store's own, and no two runs have the same. */
json_t *
crowd_model_plain(json_t *body)
{
	json_t *message = json_object_get(body, "message");
	json_t *plain;
	char *text;

	(void)json_object_del(body, "id");
	if (message != NULL)
		(void)json_object_del(message, "metadata");
	text = json_dumps(body, JSON_COMPACT | JSON_SORT_KEYS);
	assert_non_null(text);
	plain = json_string(text);
	free(text);
	return plain;
}

static void
tell_page(const struct crowd_model *model, const struct crowd_reply *given,
    json_t *told)
{
	struct reply reply = unpack(model, given);
	json_t *buttons = json_array();
	json_t *message;

	for (size_t i = 0; i < reply.button_count; i++) {
		const struct button *button = &reply.buttons[i];
		bool links = button->url.len > 0;
		struct text_view where = links ? button->url : button->payload;

		assert_int_equal(
		    json_array_append_new(buttons,
			json_pack("{s:s%, s:s%}", "title", button->title.at,
			    button->title.len, links ? "url" : "payload",
			    where.at, where.len)),
		    0);
	}
	message = json_pack("{s:s%, s:o}", "text", reply.text.at,
	    reply.text.len, "buttons", buttons);
	assert_int_equal(
	    json_array_append_new(told, crowd_model_plain(message)), 0);
	json_decref(message);
}

static void
tell_phone(const struct crowd_model *model, const struct crowd_reply *reply,
    json_t *told)
{
	struct api_call_list calls;

	render(model, reply, &calls);
	for (size_t i = 0; i < calls.count; i++) {
		struct text_view body = calls.at[i].body;
		json_t *root;

		if (calls.at[i].courtesy)
			continue;
		root = json_loadb(body.at, body.len, 0, NULL);
		assert_non_null(root);
		assert_int_equal(
		    json_array_append_new(told, crowd_model_plain(root)), 0);
		json_decref(root);
	}
}

json_t *
crowd_model_told(const struct crowd_model *model)
{
	json_t *told = json_array();

	for (size_t i = 0; i < model->reply_count; i++) {
		arena_reset(&model->world->scratch);
		if (model->channel->pushes)
			tell_phone(model, &model->replies[i], told);
		else
			tell_page(model, &model->replies[i], told);
	}
	return told;
}
