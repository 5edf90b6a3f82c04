/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What to say and what to remember, for one event.
 *
 * Every event kind is one row of a table; most change only the state.  A typed
 * message is matched; a tap, or the number of an option that was offered last,
 * goes straight to its entry.  Nothing is guessed: what the index does not
 * answer is logged for staff, and the citizen is told so. */
#include "dialog.h"

#include <stdio.h>
#include <string.h>

#include "phrases.h"
#include "utf8.h"

#define GREETING_ENTRY "chao-hoi"

enum {
	ASKED_MAX_UNITS = 1000, /* UTF-16 code units */
	STATE_MAX_BYTES = 16384,
	CLARIFY_MAX = 3,
	MISSES_BEFORE_PERSON = 2,
};

/* Another app may own a thread for days; we hear when it comes back. */
static const uint64_t thread_lost_ms = 24ull * 3600 * 1000;

const char *
decision_name(enum decision decision)
{
	static const char *const names[] = { "none", "answer", "clarify",
		"unanswered", "smalltalk", "refer", "handoff" };

	return names[decision];
}

enum result
candidates_text(const struct match_result *match, struct buf *out)
{
	enum result result = OK;

	for (size_t i = 0; result == OK && i < match->candidate_count; i++)
		result = buf_printf(out, "%s%.*s %.2f", i == 0 ? "" : ", ",
		    TEXT_ARGS(match->candidates[i].entry->id),
		    match->candidates[i].confidence);
	return result;
}

/* Typed or captioned words; a place name is no question. */
static bool
has_words(const struct message *message)
{
	if (message->kind == EVENT_TEXT || message->kind == EVENT_TAP)
		return true;
	return message->kind == EVENT_ATTACHMENT &&
	       message->attachment != ATTACHMENT_LOCATION &&
	       message->attachment != ATTACHMENT_CONTACT &&
	       message->attachment != ATTACHMENT_LINK &&
	       text_trim(message->text).len > 0;
}

enum result
dialog_prepare(struct dialog_input *input, struct arena *arena)
{
	struct buf masked;
	enum result result;

	input->masked = TEXT("");
	input->masked_kinds = 0;
	memset(&input->match, 0, sizeof(input->match));
	if (!has_words(input->message))
		return OK;
	buf_init(&masked, SIZE_MAX);
	result =
	    mask_personal(input->message->text, &masked, &input->masked_kinds);
	if (result == OK)
		result = arena_text(arena, buf_view(&masked), &input->masked);
	buf_fini(&masked);
	if (result == OK)
		result = match_ask(input->knowledge->index,
		    input->message->text, arena, &input->match);
	return result;
}

/* ---- the pieces of a decision ---- */

static void
say(struct dialog_decision *out, const char *text)
{
	out->replies = true;
	out->reply.text = text_of(text);
}

static void
add_button(
    struct reply *reply, struct text_view title, struct text_view payload)
{
	if (reply->button_count < REPLY_BUTTONS_MAX)
		reply->buttons[reply->button_count++] =
		    (struct button){ .title = title, .payload = payload };
}

static void
offer_person(struct dialog_decision *out)
{
	add_button(&out->reply, TEXT(PHRASE_PERSON_TITLE), TEXT("person"));
}

static enum decision
decision_of_entry(const struct faq_entry *entry)
{
	switch (entry->kind) {
	case ENTRY_ANSWER:
		return DECISION_ANSWER;
	case ENTRY_SMALLTALK:
		return DECISION_SMALLTALK;
	case ENTRY_REFER:
		return DECISION_REFER;
	case ENTRY_HANDOFF:
		return DECISION_HANDOFF;
	}
	return DECISION_ANSWER;
}

static enum result
answer_with(const struct dialog_input *input, const struct faq_entry *entry,
    struct arena *arena, struct dialog_decision *out)
{
	out->decision = decision_of_entry(entry);
	out->entry = entry;
	out->after.entry = entry->id;
	out->after.misses = 0;
	out->replies = true;
	return faq_answer(input->knowledge->faq, entry, input->knowledge->today,
	    arena, &out->reply);
}

/* The first live entry that asks for a person. */
static const struct faq_entry *
handoff_entry(const struct knowledge *knowledge)
{
	const struct faq *faq = knowledge->faq;

	for (size_t i = 0; i < faq->entry_count; i++)
		if (faq->entries[i].kind == ENTRY_HANDOFF &&
		    faq_entry_live(&faq->entries[i], knowledge->today))
			return &faq->entries[i];
	return NULL;
}

static enum result
answer_person(const struct dialog_input *input, struct arena *arena,
    struct dialog_decision *out)
{
	const struct faq_entry *entry = handoff_entry(input->knowledge);

	if (entry != NULL)
		return answer_with(input, entry, arena, out);
	out->decision = DECISION_HANDOFF;
	say(out, PHRASE_NO_PERSON);
	return OK;
}

static const struct faq_entry *
live_entry(const struct knowledge *knowledge, struct text_view id)
{
	const struct faq_entry *entry = faq_find(knowledge->faq, id);

	if (entry == NULL || !faq_entry_live(entry, knowledge->today))
		return NULL;
	return entry;
}

static enum result
welcome(const struct dialog_input *input, struct arena *arena,
    struct dialog_decision *out)
{
	const struct faq_entry *entry =
	    live_entry(input->knowledge, TEXT(GREETING_ENTRY));

	if (entry != NULL)
		return answer_with(input, entry, arena, out);
	out->decision = DECISION_SMALLTALK;
	say(out, PHRASE_WELCOME);
	return OK;
}

/* The log keeps one line, of at most ASKED_MAX_UNITS. */
static enum result
log_question(
    struct dialog_decision *out, struct text_view masked, struct arena *arena)
{
	char *line =
	    arena_string(arena, text_trim(utf8_cut(masked, ASKED_MAX_UNITS)));

	if (line == NULL)
		return ERR_NOMEM;
	for (char *at = line; *at != '\0'; at++)
		if ((unsigned char)*at < ' ')
			*at = ' ';
	out->logs = true;
	out->asked = text_of(line);
	return OK;
}

static enum result
clarify(const struct dialog_input *input, struct arena *arena,
    struct dialog_decision *out)
{
	struct buf text;
	size_t offered = input->match.candidate_count < CLARIFY_MAX
			     ? input->match.candidate_count
			     : CLARIFY_MAX;
	enum result result;

	buf_init(&text, REPLY_TEXT_MAX_BYTES);
	result = buf_add(&text, TEXT(PHRASE_CLARIFY));
	for (size_t i = 0; result == OK && i < offered; i++) {
		const struct faq_entry *entry =
		    input->match.candidates[i].entry;
		char title[32];
		char payload[128];
		struct button button = { 0 };

		(void)snprintf(
		    title, sizeof(title), PHRASE_CLARIFY_TITLE, i + 1);
		(void)snprintf(payload, sizeof(payload), "entry:%.*s",
		    TEXT_ARGS(entry->id));
		result = buf_printf(
		    &text, "\n%zu. %.*s", i + 1, TEXT_ARGS(entry->question));
		if (result == OK)
			result =
			    arena_text(arena, text_of(title), &button.title);
		if (result == OK)
			result = arena_text(
			    arena, text_of(payload), &button.payload);
		add_button(&out->reply, button.title, button.payload);
	}
	if (result == OK)
		result = buf_printf(&text, "\n%s", PHRASE_CLARIFY_HOW);
	if (result == OK)
		result = arena_text(arena, buf_view(&text), &out->reply.text);
	buf_fini(&text);
	if (result != OK)
		return result;
	add_button(&out->reply, TEXT(PHRASE_NOT_THESE), TEXT("not:none"));
	out->decision = DECISION_CLARIFY;
	out->replies = true;
	out->after.asked = out->asked;
	return OK;
}

static void
do_not_guess(const struct dialog_input *input,
    const struct conversation *before, struct dialog_decision *out)
{
	out->decision = DECISION_UNANSWERED;
	switch (input->match.shortcut) {
	case SHORTCUT_EMPTY:
	case SHORTCUT_EMOJI:
		out->logs = false; /* nothing was asked */
		say(out, PHRASE_NOTHING_ASKED);
		return;
	case SHORTCUT_DIGITS:
		say(out, PHRASE_NUMBER_ONLY);
		return;
	case SHORTCUT_GIBBERISH:
	case SHORTCUT_NONE:
		break;
	}
	out->after.misses = before->misses + 1;
	say(out, out->after.misses >= MISSES_BEFORE_PERSON
		     ? PHRASE_SEVERAL_MISSES
		     : PHRASE_UNANSWERED);
	offer_person(out);
}

/* Kindly, before the answer itself. */
static enum result
warn_of_secrets(const struct dialog_input *input, struct arena *arena,
    struct dialog_decision *out)
{
	struct buf text;
	enum result result;

	if ((input->masked_kinds &
		(MASKED_IDENTITY | MASKED_CARD | MASKED_SECRET)) == 0)
		return OK;
	buf_init(&text, REPLY_TEXT_MAX_BYTES + sizeof(PHRASE_KEEP_SECRET));
	result = buf_add(&text, TEXT(PHRASE_KEEP_SECRET));
	if (result == OK)
		result = buf_add(&text, out->reply.text);
	if (result == OK)
		result = arena_text(arena, buf_view(&text), &out->reply.text);
	buf_fini(&text);
	return result;
}

static enum result
decide_words(const struct dialog_input *input,
    const struct conversation *before, struct arena *arena,
    struct dialog_decision *out)
{
	const struct match_result *match = &input->match;
	enum result result = log_question(out, input->masked, arena);

	if (result != OK)
		return result;
	if (match->candidate_count > 0)
		out->confidence = match->candidates[0].confidence;
	switch (match->decision) {
	case MATCH_ANSWER:
		result =
		    answer_with(input, match->candidates[0].entry, arena, out);
		break;
	case MATCH_CLARIFY:
		result = clarify(input, arena, out);
		break;
	case MATCH_UNANSWERED:
		do_not_guess(input, before, out);
		break;
	}
	return result == OK ? warn_of_secrets(input, arena, out) : result;
}

/* "None of these": the question that was being clarified goes to staff. */
static enum result
decline(const struct conversation *before, struct arena *arena,
    struct dialog_decision *out)
{
	out->decision = DECISION_UNANSWERED;
	out->after.misses = before->misses + 1;
	say(out, PHRASE_DECLINED);
	offer_person(out);
	if (before->asked.len == 0)
		return OK;
	return log_question(out, before->asked, arena);
}

static enum result
follow_payload(const struct dialog_input *input,
    const struct conversation *before, struct text_view payload,
    struct arena *arena, struct dialog_decision *out)
{
	static const char entry_prefix[] = "entry:";
	const struct faq_entry *entry;

	if (text_is(payload, "person"))
		return answer_person(input, arena, out);
	if (text_is(payload, "not:none"))
		return decline(before, arena, out);
	if (!text_starts(payload, TEXT(entry_prefix)))
		return ERR_NOT_FOUND;
	entry = live_entry(input->knowledge,
	    text_slice(payload, sizeof(entry_prefix) - 1, payload.len));
	if (entry == NULL)
		return ERR_NOT_FOUND;
	out->confidence = 1;
	return answer_with(input, entry, arena, out);
}

/* A link that was offered as an option is answered with the link. */
static enum result
repeat_link(const struct button *button, struct arena *arena,
    struct dialog_decision *out)
{
	struct buf text;
	enum result result;

	buf_init(&text, REPLY_TEXT_MAX_BYTES);
	result = buf_printf(&text, "%.*s: %.*s", TEXT_ARGS(button->title),
	    TEXT_ARGS(button->url));
	if (result == OK)
		result = arena_text(arena, buf_view(&text), &out->reply.text);
	buf_fini(&text);
	out->decision = DECISION_ANSWER;
	out->replies = result == OK;
	return result;
}

/* A typed number that names an option of the last reply works as its tap. */
static enum result
follow_number(const struct dialog_input *input,
    const struct conversation *before, struct arena *arena,
    struct dialog_decision *out)
{
	struct reply offered;
	uint64_t number;

	if (before->options.len == 0 ||
	    text_number(text_trim(input->message->text), 1, REPLY_BUTTONS_MAX,
		&number) != OK ||
	    reply_unpack(before->options, arena, &offered) != OK ||
	    number > offered.button_count)
		return ERR_NOT_FOUND;
	if (offered.buttons[number - 1].url.len > 0)
		return repeat_link(&offered.buttons[number - 1], arena, out);
	return follow_payload(
	    input, before, offered.buttons[number - 1].payload, arena, out);
}

/* ---- one function for each kind of event ---- */

static enum result
on_text(const struct dialog_input *input, const struct conversation *before,
    struct arena *arena, struct dialog_decision *out)
{
	enum result result = follow_number(input, before, arena, out);

	if (result != ERR_NOT_FOUND)
		return result;
	return decide_words(input, before, arena, out);
}

static enum result
on_tap(const struct dialog_input *input, const struct conversation *before,
    struct arena *arena, struct dialog_decision *out)
{
	enum result result =
	    follow_payload(input, before, input->message->payload, arena, out);

	if (result != ERR_NOT_FOUND)
		return result;
	/* Get Started, or a button of an older base. */
	if (input->match.shortcut == SHORTCUT_EMPTY)
		return welcome(input, arena, out);
	return decide_words(input, before, arena, out);
}

static enum result
on_attachment(const struct dialog_input *input,
    const struct conversation *before, struct arena *arena,
    struct dialog_decision *out)
{
	if (has_words(input->message))
		return decide_words(input, before, arena, out);
	out->decision = DECISION_SMALLTALK;
	say(out, phrase_for_attachment(input->message->attachment));
	return OK;
}

static enum result
on_start(const struct dialog_input *input, const struct conversation *before,
    struct arena *arena, struct dialog_decision *out)
{
	(void)before;
	return welcome(input, arena, out);
}

static enum result
on_staff(const struct dialog_input *input, const struct conversation *before,
    struct arena *arena, struct dialog_decision *out)
{
	(void)before;
	(void)arena;
	out->after.silent_until_ms = input->now_ms + input->staff_silence_ms;
	return OK;
}

static enum result
on_thread_lost(const struct dialog_input *input,
    const struct conversation *before, struct arena *arena,
    struct dialog_decision *out)
{
	(void)before;
	(void)arena;
	out->after.silent_until_ms = input->now_ms + thread_lost_ms;
	return OK;
}

static enum result
on_thread_ours(const struct dialog_input *input,
    const struct conversation *before, struct arena *arena,
    struct dialog_decision *out)
{
	(void)input;
	(void)before;
	(void)arena;
	out->after.silent_until_ms = 0;
	return OK;
}

static enum result
on_echo(const struct dialog_input *input, const struct conversation *before,
    struct arena *arena, struct dialog_decision *out)
{
	static const char prefix[] = "hoidap:";
	struct text_view metadata = input->message->metadata;

	(void)before;
	(void)arena;
	if (text_starts(metadata, TEXT(prefix)) &&
	    text_number(text_slice(metadata, sizeof(prefix) - 1, metadata.len),
		1, INT64_MAX, &out->delivered) != OK)
		out->delivered = 0;
	return OK;
}

static enum result
on_unsent(const struct dialog_input *input, const struct conversation *before,
    struct arena *arena, struct dialog_decision *out)
{
	(void)before;
	(void)arena;
	out->unsent = input->message->about;
	return OK;
}

static enum result
on_erase(const struct dialog_input *input, const struct conversation *before,
    struct arena *arena, struct dialog_decision *out)
{
	(void)input;
	(void)before;
	(void)arena;
	out->after = (struct conversation){ 0 };
	out->erase = true;
	return OK;
}

typedef enum result decide_event(const struct dialog_input *input,
    const struct conversation *before, struct arena *arena,
    struct dialog_decision *out);

/* NULL: nothing to do. SPOKEN: kept back while a person is answering. */
static const struct {
	decide_event *decide;
	bool spoken;
} events[] = {
	[EVENT_TEXT] = { on_text, true },
	[EVENT_TAP] = { on_tap, true },
	[EVENT_ATTACHMENT] = { on_attachment, true },
	[EVENT_START] = { on_start, true },
	[EVENT_STAFF] = { on_staff, false },
	[EVENT_ECHO] = { on_echo, false },
	[EVENT_THREAD_LOST] = { on_thread_lost, false },
	[EVENT_THREAD_OURS] = { on_thread_ours, false },
	[EVENT_UNSENT] = { on_unsent, false },
	[EVENT_ERASE] = { on_erase, false },
	[EVENT_IGNORED] = { NULL, false },
};

bool
dialog_wants(enum event_kind kind)
{
	return events[kind].decide != NULL;
}

/* The buttons of the reply, for the number that may be typed next. */
static enum result
remember_options(struct dialog_decision *out, struct arena *arena)
{
	struct reply offered = out->reply;
	struct buf packed;
	enum result result;

	out->after.options = TEXT("");
	if (offered.button_count == 0)
		return OK;
	offered.text = TEXT("");
	buf_init(&packed, STATE_MAX_BYTES);
	result = reply_pack(&offered, &packed);
	if (result == OK)
		result =
		    arena_text(arena, buf_view(&packed), &out->after.options);
	buf_fini(&packed);
	return result;
}

enum result
dialog_decide(const struct dialog_input *input, struct text_view state,
    struct arena *arena, struct dialog_decision *out)
{
	enum event_kind kind = input->message->kind;
	struct dialog_decision decided = { 0 };
	struct conversation before = { 0 };
	enum result result = conversation_unpack(state, arena, &before);

	if (result != OK)
		return result;
	decided.after = before;
	if (!dialog_wants(kind) ||
	    (events[kind].spoken && before.silent_until_ms > input->now_ms)) {
		*out = decided;
		return OK;
	}
	if (events[kind].spoken)
		decided.after.asked = TEXT("");
	result = events[kind].decide(input, &before, arena, &decided);
	if (result == OK && decided.replies)
		result = remember_options(&decided, arena);
	if (result == OK)
		*out = decided;
	return result;
}
