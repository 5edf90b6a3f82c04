/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The report of a period, to look at or to take along. */
#include "report_file.h"

enum { GROUPS_LISTED = 20, ADDED_LISTED = 500 };

static json_t *
cell_json(const struct report_cell *cell)
{
	switch (cell->kind) {
	case REPORT_TEXT:
		return staff_string(cell->text);
	case REPORT_COUNT:
		return json_integer((json_int_t)cell->number);
	case REPORT_SHARE:
		return json_pack("{s:f}", "share", cell->number);
	case REPORT_HOURS:
		return json_pack("{s:f}", "hours", cell->number);
	}
	return NULL;
}

static json_t *
table_json(const struct report_table *table)
{
	json_t *columns = json_array();
	json_t *rows = json_array();

	for (size_t i = 0; i < table->column_count; i++)
		if (!figures_json_add(&columns, json_string(table->columns[i])))
			break;
	for (size_t i = 0; rows != NULL && i < table->row_count; i++) {
		json_t *row = json_array();

		for (size_t at = 0; at < table->column_count; at++)
			if (!figures_json_add(&row,
				cell_json(
				    &table->cells[i * table->column_count +
						  at])))
				break;
		if (!figures_json_add(&rows, row))
			break;
	}
	return json_pack("{s:s, s:s, s:o, s:o}", "key", table->key, "title",
	    table->title, "columns", columns, "rows", rows);
}

static json_t *
report_json(const struct report *report)
{
	json_t *tables = json_array();

	for (size_t i = 0; i < report->table_count; i++)
		if (!figures_json_add(&tables, table_json(&report->tables[i])))
			break;
	return json_pack("{s:o, s:o}", "title", staff_string(report->title),
	    "tables", tables);
}

static enum result
read_added(struct staff_request *request, struct report_source *source)
{
	const struct audit_filter filter = { .action = TEXT("entry.publish"),
		.from_ms = source->period.from_ms,
		.until_ms = source->period.until_ms,
		.limit = ADDED_LISTED };
	struct audit_line *added;
	enum result result = store_audit(request->console->store, &filter,
	    request->arena, &added, &source->added_count);

	if (result == OK)
		source->added = added;
	return result;
}

static enum result
read_groups(struct staff_request *request, struct report_source *source)
{
	struct figures_group *groups;
	enum result result =
	    store_figures_groups(request->console->store, &source->period,
		GROUPS_LISTED, request->arena, &groups, &source->group_count);

	if (result == OK)
		source->groups = groups;
	return result;
}

static enum result
make(struct staff_request *request, struct report_source *source,
    struct report *out)
{
	struct store *store = request->console->store;
	const struct knowledge *knowledge;
	struct figures figures;
	struct figures_row *topics;
	uint64_t graded[GRADES];
	enum result result =
	    store_figures(store, &source->period, request->arena, &figures);

	if (result == OK)
		result = store_grades(store, &source->period, graded);
	if (result == OK)
		result = read_groups(request, source);
	if (result == OK)
		result = read_added(request, source);
	if (result != OK)
		return result;
	figures_json_sort(figures.channels, figures.channel_count);
	knowledge = knowledge_slot_get(request->console->knowledge);
	result = figures_json_topics(knowledge->faq, &figures, request->arena,
	    &topics, &source->topic_count);
	if (result == OK) {
		source->figures = &figures;
		source->graded = graded;
		source->topics = topics;
		source->faq = knowledge->faq;
		result = report_make(source, request->arena, out);
	}
	knowledge_drop(knowledge);
	return result;
}

/* Makes what was asked for; false with the answer that says why not. */
static bool
prepare(struct staff_request *request, struct report *out,
    struct staff_answer *refusal_out)
{
	struct report_source source = { .language =
					    figures_json_language(request) };
	enum result result;

	if (!figures_json_period(request, &source.period, refusal_out))
		return false;
	result = make(request, &source, out);
	if (result != OK)
		*refusal_out = staff_failed(result);
	return result == OK;
}

static struct staff_answer
get_report(struct staff_request *request)
{
	struct report report;
	struct staff_answer answer;

	return prepare(request, &report, &answer)
		   ? staff_ok(report_json(&report))
		   : answer;
}

static struct staff_answer
get_csv(struct staff_request *request)
{
	struct report report;
	struct staff_answer answer = { .status = 200,
		.file_type = "text/csv; charset=utf-8",
		.file_name = "hoidap-bao-cao.csv" };
	struct staff_answer refusal;
	enum result result;

	if (!prepare(request, &report, &refusal))
		return refusal;
	result = report_file_csv(&report, request->arena, &answer.file);
	return result == OK ? answer : staff_failed(result);
}

static struct staff_answer
get_xlsx(struct staff_request *request)
{
	struct report report;
	struct staff_answer answer = { .status = 200,
		.file_type = "application/vnd.openxmlformats-officedocument."
			     "spreadsheetml.sheet",
		.file_name = "hoidap-bao-cao.xlsx" };
	struct staff_answer refusal;
	enum result result;

	if (!prepare(request, &report, &refusal))
		return refusal;
	result = report_file_xlsx(&report, request->arena, &answer.file);
	return result == OK ? answer : staff_failed(result);
}

const struct staff_route report_routes[] = {
	{ "GET", "/reports", PERMISSION_REPORTS, get_report,
	    "The report of a period as tables; ?from= and ?until= (ms), "
	    "?language=en" },
	{ "GET", "/reports/csv", PERMISSION_REPORTS, get_csv,
	    "The same as a CSV file" },
	{ "GET", "/reports/xlsx", PERMISSION_REPORTS, get_xlsx,
	    "The same as an Excel workbook" },
	{ NULL, NULL, PERMISSION_PUBLIC, NULL, NULL },
};
