/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What differs between two bases: entries are the same by their id, and
 * unchanged when all phrasings that teach anything are.  Answers, keywords and
 * patterns teach nothing, so they may change freely. */
#include "changes.h"

#include <stdlib.h>

struct named {
	struct text_view id;
	uint16_t class;
};

/* A text of the older base, and what it is in the newer one. */
struct carried {
	const char *old;
	struct text_view text;
	const struct faq_entry *entry; /* NULL: off topic */
};

static bool
same_phrases(const struct phrases *a, const struct phrases *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		if (!text_equal(a->at[i], b->at[i]))
			return false;
	}
	return true;
}

static bool
same_phrasings(const struct faq_entry *a, const struct faq_entry *b)
{
	return text_equal(a->question, b->question) &&
	       same_phrases(&a->asked_as, &b->asked_as) &&
	       same_phrases(&a->not_asked_as, &b->not_asked_as);
}

bool
changes_same_readers(
    const struct match_index *index, const struct match_index *previous)
{
	const struct faq *a = index->faq;
	const struct faq *b = previous->faq;

	if (a->lexicon_count != b->lexicon_count ||
	    !same_phrases(&a->off_topic, &b->off_topic))
		return false;
	for (size_t i = 0; i < a->lexicon_count; i++) {
		if (!text_equal(a->lexicon[i].written, b->lexicon[i].written) ||
		    !same_phrases(&a->lexicon[i].means, &b->lexicon[i].means))
			return false;
	}
	return true;
}

static int
by_id(const void *a, const void *b)
{
	return text_compare(
	    ((const struct named *)a)->id, ((const struct named *)b)->id);
}

static struct named *
names_of(const struct match_index *index)
{
	struct named *names = calloc(index->entry_count + 1U, sizeof(*names));

	for (uint16_t i = 0; names != NULL && i < index->entry_count; i++)
		names[i] = (struct named){ index->entries[i]->id, i };
	if (names != NULL)
		qsort(names, index->entry_count, sizeof(*names), by_id);
	return names;
}

static void
fill_maps(struct changes *changes, const struct match_index *index,
    const struct match_index *previous, const struct named *names)
{
	for (uint16_t i = 0; i < previous->entry_count; i++) {
		const struct faq_entry *entry = previous->entries[i];
		const struct named *found =
		    bsearch(&(struct named){ entry->id, 0 }, names,
			index->entry_count, sizeof(*names), by_id);
		bool same = found != NULL &&
			    same_phrasings(entry, index->entries[found->class]);

		changes->class_map[i] =
		    found == NULL ? UINT16_MAX : found->class;
		changes->same_map[i] = same ? found->class : UINT16_MAX;
		changes->total += found == NULL ? 1 : 0;
	}
	/* Nobody is compared with the out-of-scope class, but it has
	 * weights. */
	changes->class_map[previous->entry_count] = index->entry_count;
	changes->same_map[previous->entry_count] = UINT16_MAX;
}

/* The maps, read backwards. */
static void
find_changed(struct changes *changes, const struct match_index *index,
    const struct match_index *previous, bool *unchanged)
{
	uint32_t next = 0;

	changes->in_order = true;
	for (uint16_t i = 0; i < previous->entry_count; i++) {
		uint16_t class = changes->same_map[i];

		if (class == UINT16_MAX)
			continue;
		unchanged[class] = true;
		changes->in_order = changes->in_order && class >= next;
		next = class + 1U;
	}
	for (uint16_t i = 0; i < index->entry_count; i++) {
		if (!unchanged[i])
			changes->changed[changes->changed_count++] = i;
	}
	changes->total += changes->changed_count + previous->renewed_count;
}

enum result
changes_find(const struct match_index *index,
    const struct match_index *previous, struct changes *changes)
{
	size_t classes = previous->entry_count + 1U;
	struct named *names = names_of(index);
	bool *unchanged = calloc(index->entry_count + 1U, sizeof(*unchanged));
	enum result result = ERR_NOMEM;

	*changes = (struct changes){ 0 };
	changes->class_map = calloc(classes, sizeof(*changes->class_map));
	changes->same_map = calloc(classes, sizeof(*changes->same_map));
	changes->changed =
	    calloc(index->entry_count + 1U, sizeof(*changes->changed));
	if (names == NULL || unchanged == NULL || changes->class_map == NULL ||
	    changes->same_map == NULL || changes->changed == NULL)
		goto out;
	fill_maps(changes, index, previous, names);
	find_changed(changes, index, previous, unchanged);
	result = OK;
out:
	free(names);
	free(unchanged);
	return result;
}

void
changes_fini(struct changes *changes)
{
	free(changes->class_map);
	free(changes->same_map);
	free(changes->changed);
	*changes = (struct changes){ 0 };
}

static int
by_place(const void *a, const void *b)
{
	const char *left = ((const struct carried *)a)->old;
	const char *right = ((const struct carried *)b)->old;

	return left < right ? -1 : left > right;
}

/* Where the texts of unchanged entries and the off-topic messages went. */
static size_t
list_carried(const struct changes *changes, const struct match_index *previous,
    const struct match_index *index, struct carried *out)
{
	size_t count = 0;

	for (uint16_t i = 0; i < previous->entry_count; i++) {
		const struct faq_entry *from = previous->entries[i];
		const struct faq_entry *to;

		if (changes->same_map[i] == UINT16_MAX)
			continue;
		to = index->entries[changes->same_map[i]];
		out[count++] =
		    (struct carried){ from->question.at, to->question, to };
		for (size_t k = 0; k < from->asked_as.count; k++)
			out[count++] =
			    (struct carried){ from->asked_as.at[k].at,
				    to->asked_as.at[k], to };
	}
	for (size_t i = 0; i < previous->faq->off_topic.count; i++)
		out[count++] =
		    (struct carried){ previous->faq->off_topic.at[i].at,
			    index->faq->off_topic.at[i], NULL };
	qsort(out, count, sizeof(*out), by_place);
	return count;
}

/* The class of an entry by its place: they lie in order. */
static uint16_t
class_of(const struct match_index *index, const struct faq_entry *entry)
{
	uint32_t from = 0;
	uint32_t to = index->entry_count;

	while (from < to) {
		uint32_t middle = (from + to) / 2;

		if (index->entries[middle] < entry)
			from = middle + 1;
		else
			to = middle;
	}
	return (uint16_t)from;
}

/* False where its text or its best entry is gone. */
static bool
carry(const struct changes *changes, const struct match_index *previous,
    const struct match_index *index, const struct carried *now,
    struct match_trial *trial)
{
	if (now == NULL)
		return false;
	trial->text = now->text;
	trial->entry = trial->entry == NULL ? NULL : now->entry;
	if (trial->best != NULL) {
		uint16_t class =
		    changes->class_map[class_of(previous, trial->best)];

		if (class == UINT16_MAX)
			return false;
		trial->best = index->entries[class];
	}
	return true;
}

enum result
changes_carry_trials(const struct changes *changes,
    const struct match_index *previous, struct match_index *index)
{
	size_t most = previous->faq->off_topic.count + 1;
	struct carried *list;
	size_t count;

	for (uint16_t i = 0; i < previous->entry_count; i++)
		most += 1 + previous->entries[i]->asked_as.count;
	list = calloc(most, sizeof(*list));
	index->trials =
	    calloc(previous->trial_count + 1, sizeof(*index->trials));
	if (list == NULL || index->trials == NULL) {
		free(list);
		return ERR_NOMEM;
	}
	count = list_carried(changes, previous, index, list);
	for (size_t i = 0; i < previous->trial_count; i++) {
		struct match_trial trial = previous->trials[i];
		const struct carried *now =
		    bsearch(&(struct carried){ .old = trial.text.at }, list,
			count, sizeof(*list), by_place);

		if (carry(changes, previous, index, now, &trial))
			index->trials[index->trial_count++] = trial;
	}
	free(list);
	return OK;
}
