/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_SQLITE_FIGURES_H
#define HOIDAP_STORE_SQLITE_FIGURES_H

#include "sqlite.h"

/* sqlite_figures.c counts and holds the table of functions; sqlite_grade.c is
 * the sample of answers and its grades. */

extern const struct backend_figures sqlite_figures_functions;

/* The first column of all rows of a STATEMENT that takes a period and MAX, on
 * the staff connection, whose mutex it takes. */
enum result sqlite_figures_numbers(struct sqlite *sqlite,
    enum sqlite_statement statement, const struct figures_period *period,
    size_t max, struct arena *arena, uint64_t **numbers_out,
    size_t *count_out) MUST_CHECK;

enum result sqlite_grade_set(struct backend *backend, uint64_t question,
    enum grade grade, const struct audit_line *line);
enum result sqlite_grade_sample(struct backend *backend,
    const struct grade_draw *draw, struct arena *arena,
    struct grade_sample *out);
enum result sqlite_grade_counts(struct backend *backend,
    const struct figures_period *period, uint64_t out[GRADES]);

#endif
