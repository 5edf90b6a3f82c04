/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* From the words that were typed to the words that are meant.
 *
 * "k nhận đc otp" is read "không nhận được otp", so that neighbours are the
 * neighbours of the full words, while "k" and "đc" stay as branches beside it.
 * "đk" (đăng ký, điều kiện) stays as typed, with a branch for each meaning: the
 * trained weights, not this file, decide which one helps.  Branches count half
 * (feature.c). */
#include "reading.h"
#include "feature.h"

/* One pass over the tokens either counts or fills. */
struct plan {
	const struct tokens *tokens;
	const struct glossary *glossary;
	const struct vocabulary *known;
	struct arena *arena;
	struct reading reading;
};

static struct word
word_of(const struct token *token, size_t position)
{
	return (struct word){ .accented = token->accented,
		.folded = token->folded,
		.accented_key = feature_accented_key(token->accented),
		.folded_key = feature_word_key(token->folded),
		.token = (uint16_t)position,
		.marked = token->marked };
}

static struct word
typed_word(const struct plan *plan, size_t position)
{
	const struct token *token = &plan->tokens->at[position];
	struct word word = word_of(token, position);

	if (token->skeleton.len > 0 && plan->known != NULL &&
	    vocabulary_find(plan->known, word.folded_key) ==
		VOCABULARY_UNKNOWN) {
		word.accented = token->skeleton;
		word.folded = token->skeleton;
		word.accented_key = feature_accented_key(token->skeleton);
		word.folded_key = feature_word_key(token->skeleton);
	}
	return word;
}

/* The words of MEANING, all standing for the token at POSITION. */
static enum result
add_branch(struct plan *plan, const struct word *words, size_t count,
    const size_t span[2])
{
	plan->reading.branches[plan->reading.branch_count++] =
	    (struct branch){ words, count, span[0], span[1] };
	return words == NULL ? ERR_NOMEM : OK;
}

static struct word *
copy_words(struct plan *plan, const struct tokens *tokens, size_t position)
{
	struct word *words =
	    arena_alloc(plan->arena, tokens->count, sizeof(*words));

	for (size_t i = 0; words != NULL && i < tokens->count; i++)
		words[i] = word_of(&tokens->at[i], position);
	return words;
}

static void
add_words(struct plan *plan, const struct word *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		plan->reading.words[plan->reading.count++] = words[i];
}

static enum result
read_line(struct plan *plan, const struct glossary_line *line, size_t position)
{
	struct reading *reading = &plan->reading;
	size_t width = line->written.count;
	struct word *typed = arena_alloc(plan->arena, width, sizeof(*typed));
	size_t span[2] = { reading->count, 0 };
	enum result result = OK;

	if (typed == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < width; i++)
		typed[i] = typed_word(plan, position + i);
	if (line->mean_count == 1) {
		struct word *meant =
		    copy_words(plan, &line->means[0], position);

		if (meant == NULL)
			return ERR_NOMEM;
		add_words(plan, meant, line->means[0].count);
		span[1] = reading->count;
		return add_branch(plan, typed, width, span);
	}
	add_words(plan, typed, width);
	span[1] = reading->count;
	for (size_t i = 0; result == OK && i < line->mean_count; i++)
		result = add_branch(plan,
		    copy_words(plan, &line->means[i], position),
		    line->means[i].count, span);
	return result;
}

static const struct glossary_line *
line_at(const struct plan *plan, size_t position)
{
	if (plan->glossary == NULL)
		return NULL;
	return glossary_find(plan->glossary, plan->tokens, position);
}

/* Room for every word and branch. */
static enum result
make_room(struct plan *plan)
{
	size_t words = 0;
	size_t branches = 0;

	for (size_t i = 0; i < plan->tokens->count;) {
		const struct glossary_line *line = line_at(plan, i);

		words += 1;
		if (line != NULL) {
			words += line->written.count;
			if (line->mean_count == 1)
				words += line->means[0].count;
			branches += line->mean_count;
		}
		i += line == NULL ? 1 : line->written.count;
	}
	plan->reading.words =
	    arena_alloc(plan->arena, words + 1, sizeof(struct word));
	plan->reading.branches =
	    arena_alloc(plan->arena, branches + 1, sizeof(struct branch));
	return plan->reading.words != NULL && plan->reading.branches != NULL
		   ? OK
		   : ERR_NOMEM;
}

enum result
reading_of(const struct tokens *tokens, const struct glossary *glossary,
    const struct vocabulary *known, struct arena *arena, struct reading *out)
{
	struct plan plan = { tokens, glossary, known, arena, { 0 } };
	enum result result = make_room(&plan);

	for (size_t i = 0; result == OK && i < tokens->count;) {
		const struct glossary_line *line = line_at(&plan, i);

		if (line != NULL) {
			result = read_line(&plan, line, i);
			i += line->written.count;
			continue;
		}
		if (tokens->at[i].kind != TOKEN_EMOJI)
			plan.reading.words[plan.reading.count++] =
			    typed_word(&plan, i);
		i++;
	}
	plan.reading.marked = tokens->marked;
	if (result == OK)
		*out = plan.reading;
	return result;
}
