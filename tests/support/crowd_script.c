/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a citizen and those who look after them do, drawn by lot.
 *
 * A round is one moment: the clock stands still, and whatever happens in it
 * has its time.  In a round a citizen does up to three things, each after the
 * answer to the one before; all citizens do theirs at once.  Between rounds the
 * replies that are due go out, and the clock moves.
 *
 * So the model needs no tolerance.  Where the order of two things that nobody
 * waits for would matter (a reply under way, and the thread or the citizen that
 * goes), the script puts the second one at the beginning of a round. */
#include "crowd_script.h"

#include "cmocka_all.h"

enum { EVENTS_A_ROUND = 3, AGAIN_BACK = 5, ATTACHMENTS = 3 };

/* 2026-11-24 09:00 in Vietnam, a Tuesday. */
static const uint64_t first_ms = UINT64_C(1795485600000);

/* Longer than anything is held back. */
static const uint64_t held_max_ms = 20000;

static const char *const sayings[] = { "xin chào", "chữ ký số là gì",
	"quên mã PIN ký số", "nộp hồ sơ trực tuyến thế nào",
	"chi phí ký số bao nhiêu", "làm hộ chiếu ở đâu", "gặp cán bộ", "bot",
	"không hiểu", "sai rồi", "cảm ơn", "1", "2", "cái thứ hai", "3",
	"không phải", "đăng ký", "lệ phí", "tài khoản", "còn phí thì sao?",
	"quen ma pin", "Chữ ký số là gì? Quên mã PIN ký số thì làm sao?",
	"số của tôi là 0912345678, làm chữ ký số ở đâu", "đồ ngu",
	"không giúp được gì", "đèn đường trước nhà bị hư báo cho ai", "không",
	"hữu ích", "👍" };

/* Of a question that comes bit by bit. */
static const char *const pieces[] = { "anh ơi", "em ơi", "cho em hỏi",
	"mã pin ký số", "chữ ký số", "nhà em", "vụ hồ sơ", "của mẹ em" };

static const char *const attachments[ATTACHMENTS] = { "image", "sticker",
	"audio" };

static const char erase_words[] = "xóa dữ liệu của tôi";

/* Around what the bot waits for: the rest of a question, staff, a minute. */
static const uint64_t steps_ms[] = { 1, 700, 1500, 2500, 3999, 4000, 4001, 9000,
	31000, 61000, 1799999, 1800000 };

struct writer {
	struct crowd *crowd;
	struct crowd_citizen *citizen;
	uint64_t dice;
	unsigned round;
	size_t nth;	/* event of this round */
	bool away;	/* another app has the thread */
	bool may_erase; /* was asked whether to */
	bool last;	/* nothing more in this round */
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* SplitMix64. */
static uint64_t
throw_dice(uint64_t *dice)
{
	uint64_t mixed = *dice += UINT64_C(0x9e3779b97f4a7c15);

	mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
	return mixed ^ (mixed >> 31);
}

static size_t
below(struct writer *writer, size_t bound)
{
	return (size_t)(throw_dice(&writer->dice) % bound);
}

static bool
is_on(const struct writer *writer, const char *channel)
{
	return text_is(text_of(channel), writer->citizen->channel->name);
}

static struct crowd_event *
add(struct writer *writer, enum crowd_act act, struct text_view text)
{
	struct crowd_citizen *citizen = writer->citizen;
	struct crowd_event *event = &citizen->events[citizen->event_count++];

	*event = (struct crowd_event){
		.act = act, .round = writer->round, .text = text
	};
	return event;
}

static void
happens(struct writer *writer, struct message message)
{
	if (writer->away && message.kind != EVENT_STAFF &&
	    message.kind != EVENT_THREAD_OURS)
		message.kind = EVENT_STANDBY;
	crowd_model_event(&writer->citizen->model, message,
	    writer->crowd->at_ms[writer->round]);
}

/* ---- acts; false: not now ---- */

static bool
say(struct writer *writer, struct text_view text)
{
	(void)add(writer, CROWD_SAY, text);
	happens(writer, (struct message){ .kind = EVENT_TEXT, .text = text });
	return true;
}

static bool
say_something(struct writer *writer)
{
	return say(writer, text_of(sayings[below(writer, COUNT(sayings))]));
}

static bool
say_piece(struct writer *writer)
{
	return say(writer, text_of(pieces[below(writer, COUNT(pieces))]));
}

/* Any button that was ever shown; whether to be erased is answered first in a
 * round. */
static bool
tap(struct writer *writer)
{
	struct crowd_model *model = &writer->citizen->model;
	const struct crowd_reply *shown;
	const struct button *button;
	struct crowd_event *event;
	struct reply reply;

	if (model->reply_count == 0)
		return false;
	shown = &model->replies[below(writer, model->reply_count)];
	assert_int_equal(reply_unpack(shown->packed, &model->kept, &reply), OK);
	if (reply.button_count == 0)
		return false;
	button = &reply.buttons[below(writer, reply.button_count)];
	if (button->payload.len == 0 ||
	    (writer->nth > 0 && text_starts(button->payload, TEXT("erase"))))
		return false;
	event = add(writer, CROWD_TAP, button->title);
	event->payload = button->payload;
	happens(writer,
	    (struct message){ .kind = EVENT_TAP,
		.text = is_on(writer, "zalo") ? TEXT("") : button->title,
		.payload = button->payload });
	return true;
}

static bool
attach(struct writer *writer)
{
	static const enum attachment_kind kinds[ATTACHMENTS] = {
		ATTACHMENT_IMAGE, ATTACHMENT_STICKER, ATTACHMENT_AUDIO
	};
	size_t which = below(writer, ATTACHMENTS);

	if (is_on(writer, "webchat"))
		return false;
	(void)add(writer, CROWD_ATTACH, text_of(attachments[which]));
	happens(writer, (struct message){ .kind = EVENT_ATTACHMENT,
			    .attachment = kinds[which] });
	return true;
}

/* Zalo tells two at the same moment not apart. */
static bool
follow(struct writer *writer)
{
	if (is_on(writer, "webchat") || writer->nth > 0)
		return false;
	(void)add(writer, CROWD_FOLLOW, TEXT(""));
	happens(writer, (struct message){ .kind = EVENT_START });
	return true;
}

static bool
staff(struct writer *writer)
{
	if (is_on(writer, "webchat"))
		return false;
	(void)add(writer, CROWD_STAFF, TEXT("Em trả lời anh/chị đây ạ."));
	happens(writer, (struct message){ .kind = EVENT_STAFF });
	return true;
}

/* Was anything held back that is under way now? */
static bool
is_waiting(const struct writer *writer)
{
	const struct crowd *crowd = writer->crowd;

	return writer->round > 0 && crowd_model_waiting(&writer->citizen->model,
					crowd->at_ms[writer->round - 1]) > 0;
}

static bool
take(struct writer *writer)
{
	if (!is_on(writer, "messenger") || writer->nth > 0 || writer->away ||
	    is_waiting(writer))
		return false;
	(void)add(writer, CROWD_TAKE, TEXT(""));
	happens(writer, (struct message){ .kind = EVENT_THREAD_LOST });
	writer->away = true;
	return true;
}

static bool
pass(struct writer *writer)
{
	if (!writer->away)
		return false;
	(void)add(writer, CROWD_PASS, TEXT(""));
	happens(writer, (struct message){ .kind = EVENT_THREAD_OURS });
	writer->away = false;
	return true;
}

static bool
at_desk(struct writer *writer)
{
	static const struct {
		enum crowd_act act;
		enum takeover_act order;
	} orders[] = {
		{ CROWD_DESK_TAKE, TAKEOVER_TAKE },
		{ CROWD_DESK_SAY, TAKEOVER_SAY },
		{ CROWD_DESK_GIVE_BACK, TAKEOVER_GIVE_BACK },
	};
	struct crowd_model *model = &writer->citizen->model;
	size_t which = below(writer, COUNT(orders));
	char words[160];
	struct text_view kept = TEXT("");

	if (!model->known || writer->away)
		return false;
	if (orders[which].act == CROWD_DESK_SAY)
		(void)snprintf(words, sizeof(words),
		    "Chào anh/chị %s, em là An ở bộ phận một cửa.",
		    writer->citizen->id);
	else
		words[0] = '\0';
	assert_int_equal(arena_text(&model->kept, text_of(words), &kept), OK);
	(void)add(writer, orders[which].act, kept);
	crowd_model_desk(model, orders[which].order, kept,
	    writer->crowd->at_ms[writer->round]);
	return true;
}

static bool
again(struct writer *writer)
{
	const struct crowd_citizen *citizen = writer->citizen;
	size_t back = 1 + below(writer, AGAIN_BACK);
	size_t which;

	if (back > citizen->event_count)
		return false;
	which = citizen->event_count - back;
	if (citizen->events[which].act >= CROWD_DESK_TAKE)
		return false;
	add(writer, CROWD_AGAIN, TEXT(""))->again = which;
	return true;
}

static bool
ask_to_be_erased(struct writer *writer)
{
	if (writer->away)
		return false;
	writer->may_erase = true;
	writer->last = true;
	return say(writer, TEXT(erase_words));
}

static bool
answer_erasure(struct writer *writer)
{
	writer->may_erase = false;
	return say(
	    writer, below(writer, 3) == 0 ? TEXT("giữ lại") : TEXT("xóa hết"));
}

/* ---- the script ---- */

static const struct {
	size_t share;
	bool (*act)(struct writer *writer);
} lots[] = {
	{ 42, say_something },
	{ 18, say_piece },
	{ 12, tap },
	{ 3, attach },
	{ 2, follow },
	{ 3, staff },
	{ 2, take },
	{ 5, at_desk },
	{ 10, again },
	{ 3, ask_to_be_erased },
};

static void
act_by_lot(struct writer *writer)
{
	size_t all = 0;
	size_t lot;

	for (size_t i = 0; i < COUNT(lots); i++)
		all += lots[i].share;
	lot = below(writer, all);
	for (size_t i = 0; i < COUNT(lots); i++) {
		if (lot < lots[i].share) {
			if (!lots[i].act(writer))
				(void)say_something(writer);
			return;
		}
		lot -= lots[i].share;
	}
}

static void
act(struct writer *writer)
{
	if (writer->may_erase && writer->nth == 0)
		(void)answer_erasure(writer);
	else if (writer->away && below(writer, 2) == 0)
		(void)pass(writer);
	else
		act_by_lot(writer);
}

/* The end of a round. */
static void
come_to_rest(struct writer *writer)
{
	struct crowd *crowd = writer->crowd;
	const struct crowd_model *model = &writer->citizen->model;
	uint64_t now_ms = crowd->at_ms[writer->round];

	crowd->waiting[writer->round] += crowd_model_waiting(model, now_ms);
	crowd->sent[writer->round] += crowd_model_sent(model, now_ms);
}

void
crowd_script_write(struct crowd *crowd, size_t index)
{
	struct writer writer = { .crowd = crowd,
		.citizen = &crowd->citizens[index],
		.dice = crowd->seed ^ (index * UINT64_C(0xd1342543de82ef95)) };

	for (unsigned round = 0; round < crowd->rounds; round++) {
		size_t count = below(&writer, EVENTS_A_ROUND + 1);

		writer.round = round;
		writer.last = false;
		for (writer.nth = 0; writer.nth < count && !writer.last;
		     writer.nth++)
			act(&writer);
		come_to_rest(&writer);
	}
	writer.round = crowd->rounds;
	come_to_rest(&writer);
}

void
crowd_script_rounds(struct crowd *crowd)
{
	struct writer writer = { .dice = crowd->seed };
	uint64_t now_ms = first_ms;

	for (unsigned round = 0; round < crowd->rounds; round++) {
		crowd->at_ms[round] = now_ms;
		crowd->restarts[round] = below(&writer, 5) == 0;
		now_ms += steps_ms[below(&writer, COUNT(steps_ms))];
	}
	crowd->restarts[crowd->rounds / 2] = true;
	crowd->at_ms[crowd->rounds] = now_ms + held_max_ms;
}
