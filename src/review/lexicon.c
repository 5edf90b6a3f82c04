/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Two glossaries: what is looked for here is found as abbreviations are, by
 * whole words, the longest phrase first, and with the marks that were typed. */
#include "lexicon.h"

#include <stdlib.h>

enum need {
	NEED_WHERE,
	NEED_WHEN,
	NEED_COST,
	NEED_PAPERS,
	NEED_PROXY,
	NEED_ONLINE,
	NEED_STATE,
	NEED_FORM,
	NEED_PENALTY,
	NEED_TERMS,
};

static const char *const need_names[] = { "where", "when", "cost", "papers",
	"proxy", "online", "state", "form", "penalty", "terms" };

static const struct need_phrase {
	enum need need;
	const char *phrase;
} needs[] = {
#define NEED(need, phrase) { NEED_##need, (phrase) },
#include "needs_table.h"
#undef NEED
};

static const char *const fillers[] = {
#define FILLER(word) (word),
#include "fillers_table.h"
#undef FILLER
};

struct lexicon {
	struct glossary *needs;
	struct glossary *fillers;
};

static enum result
add(struct glossary *glossary, const char *written, const char *name)
{
	const struct text_view mean = text_of(name);

	return glossary_add(glossary, text_of(written), &mean, 1);
}

static enum result
fill(struct lexicon *lexicon)
{
	enum result result = OK;

	lexicon->needs = glossary_new();
	lexicon->fillers = glossary_new();
	if (lexicon->needs == NULL || lexicon->fillers == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; result == OK && i < sizeof(needs) / sizeof(needs[0]);
	     i++)
		result = add(
		    lexicon->needs, needs[i].phrase, need_names[needs[i].need]);
	for (size_t i = 0;
	     result == OK && i < sizeof(fillers) / sizeof(fillers[0]); i++)
		result = add(lexicon->fillers, fillers[i], fillers[i]);
	return result;
}

struct lexicon *
lexicon_new(void)
{
	struct lexicon *lexicon = calloc(1, sizeof(*lexicon));

	if (lexicon != NULL && fill(lexicon) != OK) {
		lexicon_free(lexicon);
		return NULL;
	}
	return lexicon;
}

void
lexicon_free(struct lexicon *lexicon)
{
	if (lexicon == NULL)
		return;
	glossary_free(lexicon->needs);
	glossary_free(lexicon->fillers);
	free(lexicon);
}

bool
lexicon_find(const struct lexicon *lexicon, const struct tokens *tokens,
    size_t at, struct lexicon_hit *out)
{
	const struct glossary_line *need =
	    glossary_find(lexicon->needs, tokens, at);
	const struct glossary_line *filler =
	    glossary_find(lexicon->fillers, tokens, at);
	const struct glossary_line *line = need;

	if (need == NULL ||
	    (filler != NULL && filler->written.count > need->written.count))
		line = filler;
	if (line == NULL)
		return false;
	*out = (struct lexicon_hit){
		.kind = line == need ? LEXICON_NEED : LEXICON_FILLER,
		.name = line->means[0].at[0].folded,
		.width = line->written.count,
	};
	return true;
}
