/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_REPORT_H
#define HOIDAP_CONSOLE_REPORT_H

#include "figures_json.h"

/* A report is a list of tables of cells.  The page, the workbook and the CSV
 * file are made from the same one, so that their numbers are equal. */

enum report_kind {
	REPORT_TEXT,
	REPORT_COUNT,
	REPORT_SHARE, /* 0 to 1 */
	REPORT_HOURS,
};

struct report_cell {
	enum report_kind kind;
	struct text_view text; /* REPORT_TEXT */
	double number;	       /* the others; exact for counts */
};

enum { REPORT_COLUMNS_MAX = 8, REPORT_TABLES_MAX = 8 };

struct report_table {
	const char *key;   /* "summary", "topics", ... */
	const char *title; /* static */
	const char *columns[REPORT_COLUMNS_MAX];
	size_t column_count;
	struct report_cell *cells; /* row by row */
	size_t row_count;
	size_t row_room;
};

struct report {
	struct text_view title; /* with its period */
	struct report_table tables[REPORT_TABLES_MAX];
	size_t table_count;
};

/* What a report is made of. */
struct report_source {
	struct figures_period period;
	enum figures_language language;
	const struct figures *figures;
	const uint64_t *graded;		  /* GRADES of them */
	const struct figures_row *topics; /* figures_json_topics() */
	size_t topic_count;
	const struct figures_group *groups;
	size_t group_count;
	const struct audit_line *added; /* "entry.publish", newest first */
	size_t added_count;
	const struct faq *faq;
};

/* Pure; everything in ARENA, or borrowed from SOURCE.  ERR_NOMEM. */
enum result report_make(const struct report_source *source, struct arena *arena,
    struct report *out) MUST_CHECK;

#endif
