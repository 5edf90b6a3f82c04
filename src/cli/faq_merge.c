/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_merge.h"

#include <string.h>

#include "faq_columns.h"

/* A cell is a change when it says something else than the export of the entry
 * would: both are parsed, and the values are compared.  So what a sheet cannot
 * tell apart (no key, null, an empty list) and what Excel does to dates is no
 * change, and an entry that nobody touched keeps its very bytes. */

enum { CELL_MAX_BYTES = 2 << 20 };

static json_t *
key_value(const struct faq_row *row, size_t column)
{
	return json_object_get(row->entry, faq_columns_key(column));
}

static enum result
add_fault(struct faq_merge *merge, const struct faq_row *row, size_t column,
    const char *text)
{
	return faq_faults_add(merge->faults, row->number,
	    faq_columns_heading(column), "%s", text);
}

/* The topic's complaint names no column: the title's names itself. */
static enum result
find_topic(struct faq_merge *merge, const struct faq_row *row,
    struct faq_topic **topic_out)
{
	struct complaint why = { .text = "" };
	enum result result;

	if (row->topic[0] == '\0')
		return add_fault(merge, row, FAQ_COLUMN_TOPIC,
		    "câu mới phải có chủ đề: hãy điền vào");
	result = faq_topics_called(
	    merge->topics, row->topic, row->title, topic_out, &why);
	if (result == ERR_INVALID)
		return add_fault(merge, row, FAQ_COLUMN_TOPIC, why.text);
	return result;
}

/* ---- a new entry ---- */

/* A sheet's row without its empty cells.  NULL when out of memory. */
static json_t *
filled(json_t *entry)
{
	json_t *copy = json_object();
	const char *key;
	json_t *value;

	json_object_foreach(entry, key, value)
	{
		if (!json_is_null(value) &&
		    json_object_set(copy, key, value) != 0) {
			json_decref(copy);
			return NULL;
		}
	}
	return copy;
}

static enum result
add_entry(struct faq_merge *merge, const struct faq_row *row)
{
	struct faq_topic *topic = NULL;
	size_t before = merge->faults->count;
	enum result result = find_topic(merge, row, &topic);
	json_t *entry;

	for (size_t i = FAQ_COLUMN_FIRST_FIELD; i < FAQ_COLUMNS_COUNT; i++) {
		const json_t *value = key_value(row, i);

		if (result == OK && faq_columns_required(i) &&
		    (value == NULL || json_is_null(value)))
			result = add_fault(merge, row, i,
			    "câu mới phải có ô này: hãy điền vào");
	}
	if (result != OK || merge->faults->count > before)
		return result;
	entry = row->whole ? json_incref(row->entry) : filled(row->entry);
	if (entry == NULL)
		return ERR_NOMEM;
	result = faq_topics_add(merge->topics, topic, entry);
	json_decref(entry);
	merge->added++;
	return result == OK
		   ? buf_printf(&merge->report, "thêm  %s  (chủ đề %s)\n",
			 row->id, row->topic)
		   : result;
}

/* ---- a known entry ---- */

/* What the cell of ENTRY would be read as. */
static enum result
value_now(const struct faq_entry *entry, size_t column, json_t **value_out)
{
	struct complaint why = { .text = "" };
	struct buf cell;
	enum result result;

	buf_init(&cell, CELL_MAX_BYTES);
	result = faq_columns_render(entry, column, &cell);
	if (result == OK)
		result = faq_columns_parse(
		    column, text_trim(buf_view(&cell)), value_out, &why);
	buf_fini(&cell);
	return result;
}

static enum result
set_value(json_t *entry, size_t column, json_t *value)
{
	const char *key = faq_columns_key(column);

	if (json_is_null(value)) {
		(void)json_object_del(entry, key);
		return OK;
	}
	return json_object_set(entry, key, value) == 0 ? OK : ERR_NOMEM;
}

/* Names the changed column in the report; *CHANGED counts them. */
static enum result
merge_cell(struct faq_merge *merge, const struct faq_row *row, size_t column,
    const struct faq_entry *entry, size_t *changed)
{
	json_t *value = key_value(row, column);
	json_t *now = NULL;
	enum result result;

	if (value == NULL)
		return OK; /* the file has no such column */
	result = value_now(entry, column, &now);
	if (result != OK)
		return result;
	if (json_equal(now, value) != 0) {
		json_decref(now);
		return OK;
	}
	json_decref(now);
	if (json_is_null(value) && faq_columns_required(column))
		return add_fault(merge, row, column,
		    "để trống: hãy điền vào, hoặc bỏ câu bằng trạng thái “đã "
		    "bỏ”");
	result =
	    set_value(faq_topics_entry(merge->topics, row->id), column, value);
	if (result == OK)
		result = buf_printf(&merge->report, "%s%s",
		    *changed == 0 ? "" : ", ", faq_columns_heading(column));
	++*changed;
	return result;
}

static enum result
merge_cells(struct faq_merge *merge, const struct faq_row *row,
    const struct faq_entry *entry, size_t *changed)
{
	enum result result = buf_printf(&merge->report, "sửa   %s  (", row->id);

	for (size_t i = FAQ_COLUMN_FIRST_FIELD;
	     i < FAQ_COLUMNS_COUNT && result == OK; i++)
		result = merge_cell(merge, row, i, entry, changed);
	return result == OK ? buf_add(&merge->report, TEXT(")\n")) : result;
}

static enum result
replace_whole(
    struct faq_merge *merge, const struct faq_row *row, size_t *changed)
{
	json_t *entry = faq_topics_entry(merge->topics, row->id);

	if (json_equal(entry, row->entry) != 0)
		return OK;
	*changed = 1;
	if (json_object_clear(entry) != 0 ||
	    json_object_update(entry, row->entry) != 0)
		return ERR_NOMEM;
	return buf_printf(&merge->report, "sửa   %s\n", row->id);
}

static enum result
change_entry(struct faq_merge *merge, const struct faq_row *row)
{
	struct faq_topic *home = faq_topics_home(merge->topics, row->id);
	const struct faq_entry *entry = faq_find(merge->base, text_of(row->id));
	size_t report_len = merge->report.len;
	size_t changed = 0;
	enum result result;

	if (row->topic[0] != '\0' &&
	    strcmp(row->topic, faq_topics_name(home)) != 0)
		return faq_faults_add(merge->faults, row->number,
		    faq_columns_heading(FAQ_COLUMN_TOPIC),
		    "mã “%s” đã có trong chủ đề “%s”: hãy ghi lại chủ đề đó, "
		    "hoặc đổi mã",
		    row->id, faq_topics_name(home));
	if (row->whole)
		result = replace_whole(merge, row, &changed);
	else
		result = merge_cells(merge, row, entry, &changed);
	if (changed > 0) {
		home->changed = true;
		merge->changed++;
		return result;
	}
	merge->same++;
	/* Nothing was done: the line that was begun goes. */
	if (merge->report.at != NULL) {
		merge->report.len = report_len;
		merge->report.at[report_len] = '\0';
	}
	return result;
}

enum result
faq_merge_rows(struct faq_merge *merge, const struct faq_rows *rows)
{
	enum result result = OK;

	for (size_t i = 0; i < rows->count && result == OK; i++) {
		const struct faq_row *row = &rows->at[i];

		if (faq_find(merge->base, text_of(row->id)) != NULL)
			result = change_entry(merge, row);
		else if (faq_topics_entry(merge->topics, row->id) == NULL)
			result = add_entry(merge, row);
		/* else a double, which faq_rows_check() has told */
	}
	return result;
}
