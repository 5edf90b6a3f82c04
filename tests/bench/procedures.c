/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Print a catalogue of COUNT procedures (6000) as CSV, to measure how a large
 * base loads, is indexed and answers:
 *     build/release/tests/bench/procedures > /tmp/catalogue.csv
 *     build/hoidap faq import --faq COPY --catalogue /tmp/catalogue.csv */
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/procedures.c"

int
main(int argc, char **argv)
{
	uint64_t count = PROCEDURES_MAX;
	struct buf csv;

	if (argc > 1 &&
	    text_number(text_of(argv[1]), 1, PROCEDURES_MAX, &count) != OK) {
		fprintf(stderr, "usage: procedures [COUNT]\n");
		return 2;
	}
	buf_init(&csv, (size_t)16 << 20);
	if (procedures_csv((size_t)count, &csv) != OK)
		return 1;
	(void)fwrite(csv.at, 1, csv.len, stdout);
	buf_fini(&csv);
	return 0;
}
