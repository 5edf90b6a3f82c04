/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Several questions in one message, and the one question of a long story.
 *
 * A wrong split is worse than none, so a message is cut only at the ends of
 * its sentences and clauses, a piece counts only if it asks, names its subject
 * and is answered with confidence by itself, and what matches well as a whole
 * stays whole unless its sentences ask for different things.  A piece that is
 * the only one must agree with the best candidate of the whole: what a story
 * tells on the way to its question is no question.
 *
 * Pieces are matched on the HTTP threads, like the whole, and only for messages
 * that have several. */
#include "parts.h"

#include "answer.h"
#include "asking.h"
#include "phrases.h"
#include "say.h"

enum {
	PIECES_MAX = 12,
	PIECE_WORDS_MIN = 3,
};

struct piece {
	struct text_view text;
	bool sentence; /* ends with a mark that ends sentences */
};

/* ---- cutting ---- */

/* Words that join two questions, with the space before them. */
static const struct joint {
	const char *word;
	bool ends_sentence; /* as good as a full stop */
} joints[] = {
	{ " với lại ", true },
	{ " voi lai ", true },
	{ " ngoài ra ", true },
	{ " ngoai ra ", true },
	{ " đồng thời ", true },
	{ " và ", false },
	{ " va ", false },
	{ " rồi ", false },
	{ " còn ", false },
};

/* Bytes of the boundary at AT; 0: none. */
static size_t
boundary(struct text_view text, size_t at, bool *sentence_out)
{
	struct text_view rest = text_slice(text, at, text.len);
	char next = at + 1 < text.len ? text.at[at + 1] : ' ';

	*sentence_out = true;
	if (rest.at[0] == '?' || rest.at[0] == '\n')
		return 1;
	if (rest.at[0] == '.' || rest.at[0] == '!' || rest.at[0] == ';')
		return next == ' ' || next == '\n' ? 1 : 0;
	*sentence_out = false;
	if (rest.at[0] == ',')
		return next == ' ' ? 1 : 0;
	for (size_t i = 0;
	     rest.at[0] == ' ' && i < sizeof(joints) / sizeof(joints[0]); i++) {
		struct text_view word = text_of(joints[i].word);

		if (!text_starts(rest, word))
			continue;
		*sentence_out = joints[i].ends_sentence;
		return word.len;
	}
	return 0;
}

static size_t
cut(struct text_view text, struct piece pieces[PIECES_MAX])
{
	size_t count = 0;
	size_t from = 0;
	size_t at = 0;

	while (at < text.len && count + 1 < PIECES_MAX) {
		bool sentence;
		size_t len = boundary(text, at, &sentence);
		/* The question mark belongs to what it ends. */
		size_t end = len > 0 && text.at[at] == '?' ? at + 1 : at;

		if (len > 0 && text_trim(text_slice(text, from, end)).len > 1)
			pieces[count++] = (struct piece){
				text_trim(text_slice(text, from, end)), sentence
			};
		else if (len > 0 && sentence && count > 0) /* ", với lại" */
			pieces[count - 1].sentence = true;
		at += len > 0 ? len : 1;
		if (len > 0)
			from = at;
	}
	if (text_trim(text_slice(text, from, text.len)).len > 1)
		pieces[count++] =
		    (struct piece){ text_trim(text_slice(text, from, text.len)),
			    true };
	return count;
}

/* ---- choosing ---- */

/* Is PIECE a question that can stand alone? */
static enum result
stands(const struct piece *piece, struct arena *arena, bool *out)
{
	struct tokens tokens;
	struct dialog_asking asking;
	enum result result = tokens_read(piece->text, arena, &tokens);

	if (result != OK)
		return result;
	asking = asking_of(piece->text, &tokens);
	*out = asking.asks && !asking.bare && asking.words >= PIECE_WORDS_MIN;
	return OK;
}

static bool
answers(const struct match_result *match)
{
	return match->decision == MATCH_ANSWER &&
	       (match->candidates[0].entry->kind == ENTRY_ANSWER ||
		   match->candidates[0].entry->kind == ENTRY_REFER);
}

static const struct faq_entry *
best(const struct match_result *match)
{
	return match->candidate_count == 0 ? NULL : match->candidates[0].entry;
}

static bool
is_new(const struct dialog_part *parts, size_t count,
    const struct match_result *match)
{
	for (size_t i = 0; i < count; i++)
		if (best(&parts[i].match) == best(match))
			return false;
	return true;
}

/* The answered questions among PIECES. */
static enum result
match_pieces(const struct dialog_input *input, const struct piece *pieces,
    size_t piece_count, struct arena *arena, struct dialog_part *parts,
    size_t *count_out)
{
	size_t count = 0;

	for (size_t i = 0; i < piece_count && count < DIALOG_PARTS_MAX; i++) {
		struct dialog_part part = { .text = pieces[i].text };
		bool standing = false;
		enum result result = stands(&pieces[i], arena, &standing);

		if (result == OK && standing)
			result = match_ask(input->knowledge->index, part.text,
			    arena, &part.match);
		if (result != OK)
			return result;
		if (standing && answers(&part.match) &&
		    is_new(parts, count, &part.match))
			parts[count++] = part;
	}
	*count_out = count;
	return OK;
}

static bool
worth_having(const struct dialog_input *input, const struct dialog_part *parts,
    size_t count)
{
	bool whole = input->match.decision == MATCH_ANSWER;

	if (count == 1)
		return !whole && best(&parts[0].match) == best(&input->match);
	return count > 1;
}

/* The pieces of FROM, put together again to sentences. */
static size_t
join_clauses(const struct piece *from, size_t count, struct piece *sentences)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (kept > 0 && !sentences[kept - 1].sentence) {
			struct piece *before = &sentences[kept - 1];
			const char *end = from[i].text.at + from[i].text.len;

			before->text.len = (size_t)(end - before->text.at);
			before->sentence = from[i].sentence;
		} else {
			sentences[kept++] = from[i];
		}
	}
	return kept;
}

/* Sentences first; clauses only of what is not answered as a whole. */
static enum result
find(const struct dialog_input *input, const struct piece *clauses,
    size_t clause_count, struct arena *arena, struct dialog_part *parts,
    size_t *count_out)
{
	struct piece sentences[PIECES_MAX];
	size_t sentence_count = join_clauses(clauses, clause_count, sentences);
	size_t count = 0;
	enum result result = OK;

	if (sentence_count > 1)
		result = match_pieces(
		    input, sentences, sentence_count, arena, parts, &count);
	if (result == OK && !worth_having(input, parts, count) &&
	    input->match.decision != MATCH_ANSWER &&
	    clause_count > sentence_count)
		result = match_pieces(
		    input, clauses, clause_count, arena, parts, &count);
	if (result == OK)
		*count_out = worth_having(input, parts, count) ? count : 0;
	return result;
}

enum result
parts_find(struct dialog_input *input, struct arena *arena)
{
	struct piece clauses[PIECES_MAX];
	struct dialog_part *parts;
	size_t clause_count;
	size_t count;
	enum result result;

	if (input->match.shortcut != SHORTCUT_NONE)
		return OK;
	clause_count = cut(input->message->text, clauses);
	if (clause_count < 2)
		return OK;
	parts = arena_alloc(arena, DIALOG_PARTS_MAX, sizeof(*parts));
	if (parts == NULL)
		return ERR_NOMEM;
	result = find(input, clauses, clause_count, arena, parts, &count);
	if (result != OK)
		return result;
	input->parts = parts;
	input->part_count = count;
	return OK;
}

/* ---- answering ---- */

static bool
has_button(const struct reply *reply, const struct button *button)
{
	for (size_t i = 0; i < reply->button_count; i++)
		if (text_equal(reply->buttons[i].url, button->url) &&
		    text_equal(reply->buttons[i].payload, button->payload))
			return true;
	return false;
}

/* The first button of each answer, then the second of each, as far as one
 * answer may have buttons. */
static void
merge_buttons(const struct reply *replies, size_t count, struct reply *out)
{
	for (size_t row = 0; row < FAQ_BUTTONS_MAX; row++)
		for (size_t i = 0; i < count; i++)
			if (row < replies[i].button_count &&
			    out->button_count < FAQ_BUTTONS_MAX &&
			    !has_button(out, &replies[i].buttons[row]))
				out->buttons[out->button_count++] =
				    replies[i].buttons[row];
}

static enum result
answer_several(struct exchange *exchange)
{
	const struct dialog_input *input = exchange->input;
	struct dialog_decision *out = exchange->out;
	struct reply replies[DIALOG_PARTS_MAX];
	enum result result = say_put(
	    exchange, SAY_ALONE, PHRASE_SEVERAL, (unsigned)input->part_count);

	for (size_t i = 0; result == OK && i < input->part_count; i++) {
		const struct faq_entry *entry = best(&input->parts[i].match);

		result = answer_fill(exchange, entry, &replies[i]);
		if (result == OK)
			result = say_put(exchange, SAY_AFTER,
			    "\n\n" PHRASE_SEVERAL_TITLE "\n%.*s",
			    TEXT_ARGS(entry->question),
			    TEXT_ARGS(replies[i].text));
	}
	if (result != OK)
		return result;
	merge_buttons(replies, input->part_count, &out->reply);
	answer_note(exchange, best(&input->parts[0].match));
	return OK;
}

enum result
parts_answer(struct exchange *exchange)
{
	const struct dialog_input *input = exchange->input;

	if (input->part_count == 0)
		return ERR_NOT_FOUND;
	exchange->out->confidence =
	    input->parts[0].match.candidates[0].confidence;
	if (input->part_count == 1)
		return answer_entry(exchange, best(&input->parts[0].match));
	return answer_several(exchange);
}
