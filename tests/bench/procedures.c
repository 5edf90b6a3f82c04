/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A catalogue of procedures, to measure how a large base loads, is indexed and
 * answers:
 *
 *	procedures [COUNT]	COUNT (6000) of them, as CSV
 *	procedures --questions	names of some, as LABEL<TAB>TEXT<TAB>STYLE
 *
 *     build/release/tests/bench/procedures > /tmp/catalogue.csv
 *     build/hoidap faq import --faq COPY --catalogue /tmp/catalogue.csv
 *     build/hoidap eval --faq COPY --questions QUESTIONS.tsv */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/procedures.c"
#include "tokens.h"

enum { EVERY = 7, CSV_BYTES_MAX = 16 << 20, ARENA_BYTES_MAX = 1 << 20 };

/* How a citizen types a name: its first tenths. */
static const struct {
	const char *style;
	size_t tenths;
	bool folded;
} ways[] = {
	{ "whole", 10, false },
	{ "folded", 10, true },
	{ "short", 7, false },
	{ "short-folded", 7, true },
};

/* "1.000000.000.00.00.H29" is the entry "tthc-1-000000-000-00-00-h29". */
static void
print_label(struct text_view code)
{
	printf("tthc-");
	for (size_t i = 0; i < code.len; i++)
		putchar(code.at[i] == '.'   ? '-'
			: code.at[i] == 'H' ? 'h'
					    : code.at[i]);
}

static enum result
print_questions(struct text_view code, struct text_view name)
{
	struct arena arena;
	struct tokens tokens;
	enum result result;

	arena_init(&arena, ARENA_BYTES_MAX);
	result = tokens_read(name, &arena, &tokens);
	for (size_t i = 0; result == OK && i < COUNT_OF(ways); i++) {
		print_label(code);
		putchar('\t');
		for (size_t k = 0; k < tokens.count * ways[i].tenths / 10; k++)
			printf("%s%.*s", k == 0 ? "" : " ",
			    TEXT_ARGS(ways[i].folded ? tokens.at[k].folded
						     : tokens.at[k].accented));
		printf("\t%s\n", ways[i].style);
	}
	arena_fini(&arena);
	return result;
}

static enum result
print_all_questions(struct text_view csv)
{
	struct text_view row;
	enum result result = OK;

	for (size_t i = 0; result == OK && text_split(&csv, '\n', &row); i++) {
		struct text_view code;
		struct text_view name;

		if (i == 0 || i % EVERY != 0 || !text_split(&row, ';', &code) ||
		    !text_split(&row, ';', &name))
			continue;
		result = print_questions(code, name);
	}
	return result;
}

int
main(int argc, char **argv)
{
	bool questions = argc > 1 && strcmp(argv[1], "--questions") == 0;
	uint64_t count = PROCEDURES_MAX;
	struct buf csv;
	enum result result;

	if (argc > 1 && !questions &&
	    text_number(text_of(argv[1]), 1, PROCEDURES_MAX, &count) != OK) {
		fprintf(stderr, "usage: procedures [COUNT | --questions]\n");
		return 2;
	}
	buf_init(&csv, CSV_BYTES_MAX);
	result = procedures_csv((size_t)count, &csv);
	if (result == OK && questions)
		result = print_all_questions(buf_view(&csv));
	else if (result == OK)
		(void)fwrite(csv.at, 1, csv.len, stdout);
	buf_fini(&csv);
	return result == OK ? 0 : 1;
}
