/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Word features with the phrasings that hold them, so that a question looks
 * only at what it shares with a phrasing.  Phrasings are numbered class by
 * class: those of one class are neighbours in every list, and a binary search
 * finds them.  Only the few candidates of a question are asked for, so the
 * size of the base hardly matters. */
#include "phrasebook.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What one search may cost, whatever the size of the base. */
enum { SEARCH_POSTINGS_MAX = 32768 };

struct posting {
	uint32_t line;
	float x;
};

struct phrasebook {
	struct posting *postings; /* feature by feature, lines rising */
	uint32_t *feature_start;  /* into postings; one more than features */
	uint16_t *fold;		  /* of each line */
	uint32_t *class_start;	  /* into lines; one more than classes */
	uint32_t feature_count;
	uint16_t class_count;
	uint32_t longest; /* most lines of a class */
};

struct probe {
	const struct vector *vector;
	double length; /* of its words alone */
	double *dots;  /* with each line of the class at hand */
	bool *met;     /* which of its words that class holds */
};

void
phrasebook_free(struct phrasebook *book)
{
	if (book == NULL)
		return;
	free(book->postings);
	free(book->feature_start);
	free(book->fold);
	free(book->class_start);
	free(book);
}

static double
word_length(const struct vector *vector)
{
	double squares = 0;

	for (size_t i = 0; i < vector->word_count; i++)
		squares += (double)vector->x[i] * (double)vector->x[i];
	return squares > 0 ? sqrt(squares) : 1;
}

/* From how many there are of each to where each begins: START has one place
 * more, and the counts lie one place late. */
static void
sum_up(uint32_t *start, size_t count)
{
	for (size_t i = 0; i < count; i++)
		start[i + 1] += start[i];
}

/* Filling moved every start to the next one's place. */
static void
move_back(uint32_t *start, size_t count)
{
	for (size_t i = count; i > 0; i--)
		start[i] = start[i - 1];
	start[0] = 0;
}

static void
count_all(struct phrasebook *book, const struct example *examples, size_t count,
    uint16_t class_count)
{
	for (size_t i = 0; i < count; i++) {
		const struct vector *vector = &examples[i].vector;

		if (examples[i].class >= class_count)
			continue;
		book->class_start[examples[i].class + 1]++;
		for (size_t k = 0; k < vector->word_count; k++)
			book->feature_start[vector->number[k] + 1]++;
	}
	for (size_t i = 0; i < class_count; i++) {
		if (book->class_start[i + 1] > book->longest)
			book->longest = book->class_start[i + 1];
	}
	sum_up(book->class_start, class_count);
	sum_up(book->feature_start, book->feature_count);
}

static void
add_line(struct phrasebook *book, const struct example *example)
{
	const struct vector *vector = &example->vector;
	double length = word_length(vector);
	uint32_t line = book->class_start[example->class]++;

	book->fold[line] = example->fold;
	for (size_t i = 0; i < vector->word_count; i++)
		book->postings[book->feature_start[vector->number[i]]++] =
		    (struct posting){ line,
			    (float)((double)vector->x[i] / length) };
}

struct room {
	size_t items;
	size_t lines;
};

static size_t
items_of(const struct lesson *lesson)
{
	size_t items = 0;

	for (size_t i = 0; i < lesson->example_count; i++)
		items += lesson->examples[i].vector.word_count;
	return items;
}

static enum result
make_room(struct phrasebook *book, const struct room *room)
{
	if (room->items > UINT32_MAX)
		return ERR_TOO_LARGE;
	book->postings = calloc(room->items + 1, sizeof(*book->postings));
	book->feature_start =
	    calloc(book->feature_count + 1U, sizeof(*book->feature_start));
	book->fold = calloc(room->lines + 1, sizeof(*book->fold));
	book->class_start =
	    calloc(book->class_count + 1U, sizeof(*book->class_start));
	return book->postings != NULL && book->feature_start != NULL &&
		       book->fold != NULL && book->class_start != NULL
		   ? OK
		   : ERR_NOMEM;
}

enum result
phrasebook_new(const struct lesson *lesson, struct phrasebook **book_out)
{
	/* The last class is "out of scope": nobody is compared with it. */
	uint16_t class_count = (uint16_t)(lesson->class_count - 1);
	struct phrasebook *book = calloc(1, sizeof(*book));
	enum result result;

	if (book == NULL)
		return ERR_NOMEM;
	book->feature_count = lesson->feature_count;
	book->class_count = class_count;
	result = make_room(
	    book, &(struct room){ items_of(lesson), lesson->example_count });
	if (result != OK) {
		phrasebook_free(book);
		return result;
	}
	count_all(book, lesson->examples, lesson->example_count, class_count);
	/* The examples come class by class, so each list comes in order. */
	for (size_t i = 0; i < lesson->example_count; i++) {
		if (lesson->examples[i].class < class_count)
			add_line(book, &lesson->examples[i]);
	}
	move_back(book->class_start, class_count);
	move_back(book->feature_start, book->feature_count);
	*book_out = book;
	return OK;
}

/* What is kept of an older phrasebook: for each of its lines, the line it
 * becomes, or UINT32_MAX. */
static void
keep_lines(struct phrasebook *book, const struct phrasebook *from,
    const uint16_t *class_map, uint32_t *line_map)
{
	for (uint16_t i = 0; i < from->class_count; i++) {
		for (uint32_t k = from->class_start[i];
		     k < from->class_start[i + 1]; k++) {
			bool kept = class_map[i] != UINT16_MAX;

			line_map[k] = kept ? book->class_start[class_map[i]]++
					   : UINT32_MAX;
			if (kept)
				book->fold[line_map[k]] = from->fold[k];
		}
	}
}

static void
count_kept(struct phrasebook *book, const struct phrasebook *from,
    const uint16_t *class_map, const uint16_t *line_class)
{
	for (uint16_t i = 0; i < from->class_count; i++) {
		uint32_t lines =
		    from->class_start[i + 1] - from->class_start[i];

		if (class_map[i] != UINT16_MAX)
			book->class_start[class_map[i] + 1] += lines;
	}
	for (uint32_t i = 0; i < from->feature_count; i++) {
		for (uint32_t k = from->feature_start[i];
		     k < from->feature_start[i + 1]; k++) {
			uint16_t class = line_class[from->postings[k].line];

			if (class_map[class] != UINT16_MAX)
				book->feature_start[i + 1]++;
		}
	}
}

static void
keep_postings(struct phrasebook *book, const struct phrasebook *from,
    const uint32_t *line_map)
{
	for (uint32_t i = 0; i < from->feature_count; i++) {
		for (uint32_t k = from->feature_start[i];
		     k < from->feature_start[i + 1]; k++) {
			struct posting posting = from->postings[k];

			posting.line = line_map[posting.line];
			if (posting.line != UINT32_MAX)
				book->postings[book->feature_start[i]++] =
				    posting;
		}
	}
}

/* New postings stand behind the kept ones: put each where its line belongs. */
static void
put_in_order(struct phrasebook *book, uint32_t feature)
{
	for (uint32_t i = book->feature_start[feature] + 1;
	     i < book->feature_start[feature + 1]; i++) {
		struct posting moved = book->postings[i];
		uint32_t at = i;

		for (; at > book->feature_start[feature] &&
		       book->postings[at - 1].line > moved.line;
		     at--)
			book->postings[at] = book->postings[at - 1];
		book->postings[at] = moved;
	}
}

static enum result
fill_anew(struct phrasebook *book, const struct phrasebook *from,
    const uint16_t *class_map, const struct lesson *lesson)
{
	size_t lines = from->class_start[from->class_count];
	uint16_t *line_class = calloc(lines + 1, sizeof(*line_class));
	uint32_t *line_map = calloc(lines + 1, sizeof(*line_map));
	enum result result = ERR_NOMEM;

	if (line_class == NULL || line_map == NULL)
		goto out;
	for (uint16_t i = 0; i < from->class_count; i++) {
		for (uint32_t k = from->class_start[i];
		     k < from->class_start[i + 1]; k++)
			line_class[k] = i;
	}
	count_kept(book, from, class_map, line_class);
	count_all(
	    book, lesson->examples, lesson->example_count, book->class_count);
	keep_lines(book, from, class_map, line_map);
	keep_postings(book, from, line_map);
	for (size_t i = 0; i < lesson->example_count; i++) {
		if (lesson->examples[i].class < book->class_count)
			add_line(book, &lesson->examples[i]);
	}
	move_back(book->class_start, book->class_count);
	move_back(book->feature_start, book->feature_count);
	for (uint32_t i = 0; i < book->feature_count; i++)
		put_in_order(book, i);
	result = OK;
out:
	free(line_class);
	free(line_map);
	return result;
}

enum result
phrasebook_renew(const struct phrasebook *from, const uint16_t *class_map,
    const struct lesson *lesson, struct phrasebook **book_out)
{
	struct phrasebook *book = calloc(1, sizeof(*book));
	enum result result;

	if (book == NULL)
		return ERR_NOMEM;
	book->feature_count = lesson->feature_count;
	book->class_count = (uint16_t)(lesson->class_count - 1);
	result = make_room(book,
	    &(struct room){
		.items =
		    from->feature_start[from->feature_count] + items_of(lesson),
		.lines = from->class_start[from->class_count] +
			 lesson->example_count,
	    });
	if (result == OK)
		result = fill_anew(book, from, class_map, lesson);
	if (result != OK) {
		phrasebook_free(book);
		return result;
	}
	*book_out = book;
	return OK;
}

struct probe *
probe_new(const struct phrasebook *book, const struct vector *vector,
    struct arena *arena)
{
	struct probe *probe = arena_alloc(arena, 1, sizeof(*probe));

	if (probe == NULL)
		return NULL;
	probe->vector = vector;
	probe->length = word_length(vector);
	probe->dots =
	    arena_alloc(arena, book->longest + 1U, sizeof(*probe->dots));
	probe->met =
	    arena_alloc(arena, vector->word_count + 1U, sizeof(*probe->met));
	return probe->dots == NULL || probe->met == NULL ? NULL : probe;
}

/* The first posting of FEATURE with a line of FIRST or later. */
static uint32_t
find_from(const struct phrasebook *book, uint32_t feature, uint32_t first)
{
	uint32_t from = book->feature_start[feature];
	uint32_t count = book->feature_start[feature + 1] - from;

	while (count > 0) {
		uint32_t half = (count + 1) / 2;
		const struct posting *middle = &book->postings[from + half - 1];

		/* A product, since a branch here is guessed wrong half the
		 * time. */
		from += half * (uint32_t)(middle->line < first);
		count -= half;
	}
	return from;
}

struct nearness
phrasebook_compare(const struct phrasebook *book, const struct probe *probe,
    uint16_t class, uint16_t held_out)
{
	const struct vector *vector = probe->vector;
	uint32_t first = book->class_start[class];
	uint32_t last = book->class_start[class + 1];
	struct nearness nearness = { .met = probe->met };

	memset(probe->dots, 0, (last - first) * sizeof(*probe->dots));
	for (size_t i = 0; i < vector->word_count; i++) {
		uint32_t feature = vector->number[i];
		double x = (double)vector->x[i] / probe->length;
		bool met = false;

		for (uint32_t k = find_from(book, feature, first);
		     k < book->feature_start[feature + 1] &&
		     book->postings[k].line < last;
		     k++) {
			const struct posting *posting = &book->postings[k];

			if (book->fold[posting->line] == held_out)
				continue;
			probe->dots[posting->line - first] +=
			    x * (double)posting->x;
			met = true;
		}
		probe->met[i] = met;
		nearness.covered += met ? x * x : 0;
	}
	for (uint32_t i = 0; i < last - first; i++)
		nearness.best = fmax(nearness.best, probe->dots[i]);
	nearness.best *= (double)vector->known;
	nearness.covered *= (double)vector->known;
	return nearness;
}

static uint32_t
postings_of(const struct phrasebook *book, uint32_t feature)
{
	return book->feature_start[feature + 1] - book->feature_start[feature];
}

/* Features are numbered by frequency: the highest number is the rarest. */
static void
rarest_first(const struct vector *vector, uint16_t *order)
{
	for (size_t i = 0; i < vector->word_count; i++) {
		size_t at = i;

		for (; at > 0 &&
		       vector->number[order[at - 1]] < vector->number[i];
		     at--)
			order[at] = order[at - 1];
		order[at] = (uint16_t)i;
	}
}

static void
add_up(const struct phrasebook *book, const struct probe *probe,
    const uint16_t *order, float *likeness)
{
	const struct vector *vector = probe->vector;
	uint32_t looked_at = 0;

	for (size_t i = 0; i < vector->word_count; i++) {
		uint32_t feature = vector->number[order[i]];
		float x = vector->x[order[i]];
		const struct posting *posting =
		    book->postings + book->feature_start[feature];
		uint32_t count = postings_of(book, feature);

		if (i > 0 && looked_at + count > SEARCH_POSTINGS_MAX)
			return;
		looked_at += count;
		for (uint32_t k = 0; k < count; k++)
			likeness[posting[k].line] += x * posting[k].x;
	}
}

static void
keep_best(struct phrasebook_found *found, float *kept, uint16_t class,
    float likeness, size_t most)
{
	size_t at = found->count;

	if (at == most) {
		if (likeness <= kept[at - 1])
			return;
		at--;
	} else {
		found->count++;
	}
	for (; at > 0 && kept[at - 1] < likeness; at--) {
		kept[at] = kept[at - 1];
		found->class[at] = found->class[at - 1];
	}
	kept[at] = likeness;
	found->class[at] = class;
}

enum result
phrasebook_search(const struct phrasebook *book, const struct probe *probe,
    struct arena *arena, size_t most, struct phrasebook_found *out)
{
	struct phrasebook_found found = { .count = 0 };
	float kept[PHRASEBOOK_FOUND_MAX];
	size_t words = probe->vector->word_count;
	uint16_t *order = arena_alloc(arena, words + 1, sizeof(*order));
	float *likeness = arena_alloc(arena,
	    book->class_start[book->class_count] + 1U, sizeof(*likeness));

	if (order == NULL || likeness == NULL)
		return ERR_NOMEM;
	rarest_first(probe->vector, order);
	add_up(book, probe, order, likeness);
	for (uint16_t i = 0; i < book->class_count; i++) {
		float best = 0;

		for (uint32_t k = book->class_start[i];
		     k < book->class_start[i + 1]; k++)
			best = likeness[k] > best ? likeness[k] : best;
		if (best > 0)
			keep_best(&found, kept, i, best, most);
	}
	*out = found;
	return OK;
}
