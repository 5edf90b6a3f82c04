/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Bare questions lean on the entry that was answered before them.
 *
 * The question is matched once more with the subject of that entry in front.
 * A neighbour of the entry (of its topic, or named by it) that wins
 * is the answer: there is an entry of its own for the fee of it.  Else the
 * lines of the entry's own answer that speak of the fee are.  Where it has
 * none, the message is taken as it stands.
 *
 * This matching needs the state, so it runs inside the store's transaction;
 * it is some tens of microseconds, for the few messages that are bare. */
#include "follow.h"

#include "answer.h"
#include "asking.h"
#include "phrases.h"
#include "say.h"
#include "tokens.h"

enum {
	GOES_ON_WORDS_MAX = 8,
	QUERY_MAX_BYTES = 1024,
	LINES_MAX = 4,
	LINES_MAX_BYTES = REPLY_TEXT_MAX_BYTES,
};

static const uint64_t subject_lasts_ms = 30 * 60 * 1000;

static bool
is_neighbour(const struct faq_entry *entry, const struct faq_entry *other)
{
	if (text_equal(entry->topic, other->topic))
		return true;
	for (size_t i = 0; i < entry->related.count; i++)
		if (text_equal(entry->related.at[i], other->id))
			return true;
	for (size_t i = 0; i < entry->button_count; i++)
		if (text_equal(entry->buttons[i].entry, other->id))
			return true;
	return false;
}

/* ---- the question with its subject ---- */

static enum result
add_subject(const struct faq_entry *entry, struct arena *arena, struct buf *out)
{
	struct tokens tokens;
	enum result result = tokens_read(entry->question, arena, &tokens);

	for (size_t i = 0; result == OK && i < tokens.count; i++)
		if (!asking_is_empty(&tokens.at[i]))
			result = buf_printf(
			    out, "%.*s ", TEXT_ARGS(tokens.at[i].accented));
	return result;
}

static enum result
match_again(const struct exchange *exchange, const struct faq_entry *entry,
    struct match_result *out)
{
	const struct dialog_input *input = exchange->input;
	struct buf query;
	enum result result;

	buf_init(&query, QUERY_MAX_BYTES);
	result = add_subject(entry, exchange->arena, &query);
	if (result == OK)
		result = buf_add(&query, input->masked);
	if (result == OK)
		result = match_ask(input->knowledge->index, buf_view(&query),
		    exchange->arena, out);
	buf_fini(&query);
	return result == ERR_TOO_LARGE ? ERR_NOT_FOUND : result;
}

/* ---- the lines of an answer that speak of it ---- */

static enum result
speaks_of(const struct exchange *exchange, struct text_view line, bool *out)
{
	struct tokens tokens;
	struct buf words;
	enum result result = tokens_read(line, exchange->arena, &tokens);

	if (result != OK)
		return result;
	buf_init(&words, LINES_MAX_BYTES);
	result = buf_add_char(&words, ' ');
	if (result == OK)
		result = tokens_join_accented(&tokens, &words);
	if (result == OK)
		result = buf_add_char(&words, ' ');
	if (result == OK)
		*out =
		    asking_answers(exchange->asking->aspects, buf_view(&words));
	buf_fini(&words);
	return result;
}

/* A step that is quoted alone is no "2." any more. */
static struct text_view
without_number(struct text_view line)
{
	if (line.len > 3 && line.at[0] >= '1' && line.at[0] <= '9' &&
	    line.at[1] == '.' && line.at[2] == ' ')
		return text_slice(line, 3, line.len);
	return line;
}

/* The source stands in the last line, behind an empty one.  ERR_NOT_FOUND when
 * no line speaks of it, or when picking would leave out next to nothing. */
static enum result
pick_lines(
    const struct exchange *exchange, struct text_view answer, struct buf *out)
{
	struct text_view line;
	size_t picked = 0;
	size_t seen = 0;
	enum result result = OK;

	while (result == OK && text_split(&answer, '\n', &line)) {
		bool wanted = false;

		if (line.len == 0)
			break;
		seen++;
		result = speaks_of(exchange, line, &wanted);
		if (result != OK || !wanted)
			continue;
		line = without_number(line);
		if (++picked <= LINES_MAX)
			result = buf_printf(out, "\n%.*s", TEXT_ARGS(line));
	}
	if (result == OK &&
	    (picked == 0 || picked == seen || picked > LINES_MAX))
		return ERR_NOT_FOUND;
	if (result == OK && answer.at != NULL)
		result = buf_printf(out, "\n\n%.*s", TEXT_ARGS(answer));
	return result;
}

static enum result
say_lines(struct exchange *exchange, const struct faq_entry *entry)
{
	struct reply whole = { .button_count = 0 };
	struct buf lines;
	enum result result = answer_fill(exchange, entry, &whole);

	if (result != OK)
		return result;
	buf_init(&lines, LINES_MAX_BYTES);
	result = pick_lines(exchange, whole.text, &lines);
	if (result == OK)
		result = say_put(exchange, SAY_ALONE, PHRASE_FOLLOW,
		    TEXT_ARGS(entry->question), TEXT_ARGS(buf_view(&lines)));
	buf_fini(&lines);
	if (result != OK)
		return result;
	whole.text = exchange->out->reply.text;
	exchange->out->reply = whole;
	answer_note(exchange, entry);
	return OK;
}

/* ---- deciding ---- */

static bool
leans(const struct exchange *exchange)
{
	const struct dialog_asking *asking = exchange->asking;

	if (exchange->input->message->kind != EVENT_TEXT)
		return false;
	if (asking->bare)
		return true;
	return asking->goes_on && asking->words <= GOES_ON_WORDS_MAX;
}

static bool
is_surer(const struct match_result *match, const struct match_result *than)
{
	return match->decision == MATCH_ANSWER &&
	       (than->decision != MATCH_ANSWER ||
		   match->candidates[0].confidence >
		       than->candidates[0].confidence);
}

/* What was answered before; NULL: nothing, or too long ago. */
static const struct faq_entry *
subject(const struct exchange *exchange)
{
	const struct conversation *before = exchange->before;
	const struct faq_entry *entry;

	if (before->entry.len == 0 || before->entry_ms == 0 ||
	    exchange->input->now_ms > before->entry_ms + subject_lasts_ms)
		return NULL;
	entry = answer_live(exchange->input->knowledge, before->entry);
	return entry == NULL || entry->kind != ENTRY_ANSWER ? NULL : entry;
}

/* FOUND won the match with the subject in front; NULL: nobody near the subject
 * did, and then only its own lines can help. */
static enum result
answer_about(struct exchange *exchange, const struct faq_entry *entry,
    const struct faq_entry *found)
{
	enum result result = ERR_NOT_FOUND;

	if (found != NULL && found != entry)
		return answer_entry(exchange, found);
	if (exchange->asking->bare)
		result = say_lines(exchange, entry);
	if (result == ERR_NOT_FOUND && found == entry)
		result = answer_entry(exchange, entry);
	return result;
}

enum result
follow_answer(struct exchange *exchange)
{
	const struct match_result *alone = exchange->match;
	const struct faq_entry *entry = subject(exchange);
	const struct faq_entry *found = NULL;
	struct match_result *match;
	enum result result;

	if (entry == NULL || !leans(exchange))
		return ERR_NOT_FOUND;
	match = arena_alloc(exchange->arena, 1, sizeof(*match));
	if (match == NULL)
		return ERR_NOMEM;
	result = match_again(exchange, entry, match);
	if (result != OK)
		return result;
	if (!exchange->asking->bare && !is_surer(match, alone))
		return ERR_NOT_FOUND;
	if (match->decision == MATCH_ANSWER)
		found = match->candidates[0].entry;
	if (found != entry && (found == NULL || !is_neighbour(entry, found)))
		found = NULL;
	exchange->match = match;
	if (found != NULL)
		exchange->out->confidence = match->candidates[0].confidence;
	result = answer_about(exchange, entry, found);
	if (result == ERR_NOT_FOUND)
		exchange->match = alone;
	return result;
}
