/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Phrasings as lists of word features.  A question is compared with the
 * phrasings of its few candidates only, through a small table of its own
 * features, so the size of the base does not matter. */
#include "phrasebook.h"

#include <math.h>
#include <stdlib.h>

struct item {
	uint32_t number;
	float x;
};

struct line {
	uint32_t from; /* items */
	uint32_t to;
	uint16_t fold;
};

/* A feature of the question; an empty cell has x 0 and adds nothing. */
struct cell {
	uint32_t number_plus_one;
	uint32_t met_in; /* the round in which a phrasing had it, too */
	float x;
};

struct probe {
	struct cell *cells;
	size_t cell_count; /* a power of two */
	double known;
	uint32_t rounds;
};

struct phrasebook {
	struct item *items;
	struct line *lines;    /* class by class */
	uint32_t *class_start; /* into lines; one more than classes */
};

void
phrasebook_free(struct phrasebook *book)
{
	if (book == NULL)
		return;
	free(book->items);
	free(book->lines);
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

static void
add_line(struct phrasebook *book, uint32_t at, const struct example *example,
    uint32_t *used)
{
	const struct vector *vector = &example->vector;
	double length = word_length(vector);

	book->lines[at] = (struct line){ .from = *used, .fold = example->fold };
	for (size_t i = 0; i < vector->word_count; i++)
		book->items[(*used)++] = (struct item){ vector->number[i],
			(float)((double)vector->x[i] / length) };
	book->lines[at].to = *used;
}

/* Lines are counted per class, then put in their places. */
static void
fill(struct phrasebook *book, const struct example *examples, size_t count,
    uint16_t class_count)
{
	uint32_t used = 0;

	for (size_t i = 0; i < count; i++) {
		if (examples[i].class < class_count)
			book->class_start[examples[i].class + 1]++;
	}
	for (size_t i = 0; i < class_count; i++)
		book->class_start[i + 1] += book->class_start[i];
	for (size_t i = 0; i < count; i++) {
		if (examples[i].class < class_count)
			add_line(book, book->class_start[examples[i].class]++,
			    &examples[i], &used);
	}
	for (size_t i = class_count; i > 0; i--)
		book->class_start[i] = book->class_start[i - 1];
	book->class_start[0] = 0;
}

enum result
phrasebook_new(const struct example *examples, size_t count,
    uint16_t class_count, struct phrasebook **book_out)
{
	struct phrasebook *book = calloc(1, sizeof(*book));
	size_t items = 0;

	if (book == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < count; i++)
		items += examples[i].vector.word_count;
	book->items = calloc(items + 1, sizeof(*book->items));
	book->lines = calloc(count + 1, sizeof(*book->lines));
	book->class_start =
	    calloc(class_count + 2U, sizeof(*book->class_start));
	if (book->items == NULL || book->lines == NULL ||
	    book->class_start == NULL) {
		phrasebook_free(book);
		return ERR_NOMEM;
	}
	fill(book, examples, count, class_count);
	*book_out = book;
	return OK;
}

static struct cell *
cell_of(const struct probe *probe, uint32_t number)
{
	size_t at = ((size_t)number * 0x9E3779B1U) & (probe->cell_count - 1);

	while (probe->cells[at].number_plus_one != 0 &&
	       probe->cells[at].number_plus_one != number + 1)
		at = (at + 1) & (probe->cell_count - 1);
	return &probe->cells[at];
}

struct probe *
probe_new(const struct vector *vector, struct arena *arena)
{
	struct probe *probe = arena_alloc(arena, 1, sizeof(*probe));
	double length = word_length(vector);

	if (probe == NULL)
		return NULL;
	probe->cell_count = 16;
	while (probe->cell_count < vector->word_count * 2)
		probe->cell_count *= 2;
	probe->cells =
	    arena_alloc(arena, probe->cell_count, sizeof(*probe->cells));
	if (probe->cells == NULL)
		return NULL;
	probe->known = (double)vector->known;
	for (size_t i = 0; i < vector->word_count; i++)
		*cell_of(probe, vector->number[i]) = (struct cell){
			.number_plus_one = vector->number[i] + 1,
			.x = (float)((double)vector->x[i] / length),
		};
	return probe;
}

static double
compare_line(const struct phrasebook *book, const struct line *line,
    struct probe *probe, uint32_t round)
{
	double dot = 0;

	for (uint32_t k = line->from; k < line->to; k++) {
		const struct item *item = &book->items[k];
		struct cell *cell = cell_of(probe, item->number);

		dot += (double)cell->x * (double)item->x;
		cell->met_in = round;
	}
	return dot;
}

struct nearness
phrasebook_compare(const struct phrasebook *book, struct probe *probe,
    uint16_t class, uint16_t held_out)
{
	struct nearness nearness = { 0 };
	uint32_t round = ++probe->rounds;

	for (uint32_t i = book->class_start[class];
	     i < book->class_start[class + 1]; i++) {
		const struct line *line = &book->lines[i];

		if (line->fold != held_out)
			nearness.best = fmax(nearness.best,
			    compare_line(book, line, probe, round));
	}
	for (size_t i = 0; i < probe->cell_count; i++) {
		const struct cell *cell = &probe->cells[i];

		if (cell->met_in == round)
			nearness.covered += (double)(cell->x * cell->x);
	}
	nearness.best *= probe->known;
	nearness.covered *= probe->known;
	return nearness;
}
