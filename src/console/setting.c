/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What is in force: the settings without secrets, the locality and the hours
 * as the base has them, and how long texts are kept.  The first three are
 * files that an operator edits; here they are only shown. */
#include <stdio.h>
#include <stdlib.h>

#include "api.h"

enum { WHY_MAX_BYTES = 1000, SPAN_SIZE = 16 };

static const uint64_t day_ms = 24ull * 3600 * 1000;

/* ---- settings ---- */

static struct staff_answer
show_settings(struct staff_request *request)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	json_t *json;

	if (out == NULL)
		return staff_failed(ERR_NOMEM);
	settings_print(request->console->settings, out);
	if (fclose(out) != 0) {
		free(text);
		return staff_failed(ERR_NOMEM);
	}
	json = json_pack("{s:o}", "text", json_stringn(text, len));
	free(text);
	return staff_ok(json);
}

/* ---- locality and hours ---- */

static json_t *
variables_json(const struct faq *faq, const char *today)
{
	json_t *list = json_array();

	for (size_t i = 0; i < faq->variable_count; i++) {
		const struct faq_variable *one = &faq->variables[i];
		bool stale = one->review_by.len > 0 &&
			     text_compare(one->review_by, text_of(today)) < 0;

		(void)json_array_append_new(
		    list, json_pack("{s:o, s:o, s:o, s:o, s:b}", "name",
			      staff_string(one->name), "value",
			      staff_string(one->value), "otherwise",
			      staff_string(one->otherwise), "review_by",
			      staff_string(one->review_by), "stale", stale));
	}
	return list;
}

/* ["07:30–11:30", ...] */
static json_t *
day_json(const struct faq_day *day)
{
	json_t *list = json_array();

	for (size_t i = 0; i < day->span_count; i++) {
		const struct faq_span *span = &day->spans[i];
		char text[SPAN_SIZE];

		(void)snprintf(text, sizeof(text), "%02u:%02u-%02u:%02u",
		    span->from / 60 % 100, span->from % 60, span->to / 60 % 100,
		    span->to % 60);
		(void)json_array_append_new(list, json_string(text));
	}
	return list;
}

static json_t *
hours_json(const struct faq_hours *hours)
{
	json_t *week = json_array();
	json_t *closed = json_array();

	if (!hours->known) {
		json_decref(week);
		json_decref(closed);
		return json_null();
	}
	for (size_t i = 0; i < FAQ_WEEK_DAYS; i++)
		(void)json_array_append_new(week, day_json(&hours->week[i]));
	for (size_t i = 0; i < hours->closed_count; i++)
		(void)json_array_append_new(
		    closed, json_pack("{s:o, s:o, s:o}", "from",
				staff_string(hours->closed[i].from), "to",
				staff_string(hours->closed[i].to), "name",
				staff_string(hours->closed[i].name)));
	return json_pack("{s:o, s:o}", "week", week, "closed", closed);
}

static struct staff_answer
show_locality(struct staff_request *request)
{
	const struct knowledge *knowledge =
	    knowledge_slot_get(request->console->knowledge);
	json_t *json = json_pack("{s:s, s:o, s:o}", "folder",
	    request->console->settings->faq_dir, "variables",
	    variables_json(knowledge->faq, knowledge->today), "hours",
	    hours_json(&knowledge->faq->hours));

	knowledge_drop(knowledge);
	return staff_ok(json);
}

/* ---- how long texts are kept ---- */

static json_t *
retention_json(
    const struct staff_request *request, uint64_t days, uint64_t texts)
{
	return json_pack("{s:I, s:I, s:I}", "keep_days",
	    (json_int_t)request->console->settings->keep_days, "days",
	    (json_int_t)days, "texts", (json_int_t)texts);
}

static struct staff_answer
show_retention(struct staff_request *request)
{
	uint64_t keep_days = request->console->settings->keep_days;
	struct staff_answer answer;
	uint64_t days;
	uint64_t texts = 0;
	enum result result;

	if (!staff_query_number(
		request, "days", keep_days, keep_days, &days, &answer))
		return answer;
	result = store_count_old(
	    request->console->store, request->now_ms, days * day_ms, &texts);
	return result == OK ? staff_ok(retention_json(request, days, texts))
			    : staff_failed(result);
}

static struct staff_answer
purge(struct staff_request *request)
{
	struct store *store = request->console->store;
	struct audit_line line =
	    staff_line(request, "retention.purge", TEXT("messages"));
	struct staff_answer answer;
	uint64_t days;
	uint64_t texts = 0;
	enum result result;

	if (!staff_number(request, "days", 1,
		request->console->settings->keep_days, &days, &answer) ||
	    !staff_text(request, "why", WHY_MAX_BYTES, &line.why, &answer))
		return answer;
	line.why = text_trim(line.why);
	if (line.why.len == 0)
		return staff_error(400, "required", "why", "say why");
	result = store_count_old(store, request->now_ms, days * day_ms, &texts);
	if (result == OK)
		result = staff_json(
		    request, retention_json(request, days, texts), &line.after);
	/* The line first: what is erased must not lack it. */
	if (result == OK)
		result = store_audit_add(store, &line);
	if (result == OK)
		result = store_purge(store, request->now_ms, days * day_ms);
	return result == OK ? staff_ok(retention_json(request, days, texts))
			    : staff_failed(result);
}

const struct staff_route setting_routes[] = {
	{ "GET", "/settings", PERMISSION_SETTINGS, show_settings,
	    "The settings in force as a file, secrets as \"(set)\"" },
	{ "GET", "/locality", PERMISSION_SETTINGS, show_locality,
	    "Variables of the locality, working hours and holidays, as the "
	    "base in force has them" },
	{ "GET", "/retention", PERMISSION_SETTINGS, show_retention,
	    "How many message texts are older than ?days= (\"keep_days\" "
	    "unless said)" },
	{ "POST", "/retention/purge", PERMISSION_SETTINGS, purge,
	    "Erase message texts older than \"days\", at most \"keep_days\": "
	    "\"why\"" },
	{ NULL, NULL, PERMISSION_PUBLIC, NULL, NULL },
};
