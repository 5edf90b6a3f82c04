/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_rows.h"

#include <stdlib.h>
#include <string.h>

#include "faq_columns.h"
#include "faq_csv.h"
#include "faq_topics.h"

/* ---- rows ---- */

enum { NAMES_MAX_BYTES = 64 << 20 };

void
faq_rows_init(struct faq_rows *rows)
{
	*rows = (struct faq_rows){ .at = NULL };
	arena_init(&rows->arena, NAMES_MAX_BYTES);
}

void
faq_rows_fini(struct faq_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		json_decref(rows->at[i].entry);
	free(rows->at);
	arena_fini(&rows->arena);
	*rows = (struct faq_rows){ .at = NULL };
}

static enum result
copy_names(struct faq_rows *rows, struct faq_row *row)
{
	row->topic = arena_string(&rows->arena, text_of(row->topic));
	row->id = arena_string(&rows->arena, text_of(row->id));
	if (row->topic == NULL || row->id == NULL)
		return ERR_NOMEM;
	if (row->title == NULL)
		return OK;
	row->title = arena_string(&rows->arena, text_of(row->title));
	return row->title == NULL ? ERR_NOMEM : OK;
}

static enum result
make_room(struct faq_rows *rows)
{
	size_t size = rows->size == 0 ? 64 : 2 * rows->size;
	struct faq_row *grown;

	if (rows->count < rows->size)
		return OK;
	grown = realloc(rows->at, size * sizeof(*grown));
	if (grown == NULL)
		return ERR_NOMEM;
	rows->at = grown;
	rows->size = size;
	return OK;
}

enum result
faq_rows_add(struct faq_rows *rows, const struct faq_row *row)
{
	struct faq_row copy = *row;
	enum result result = copy_names(rows, &copy);

	if (result == OK)
		result = make_room(rows);
	if (result == OK)
		rows->at[rows->count++] = copy;
	else
		json_decref(copy.entry);
	return result;
}

enum result
faq_rows_check(const struct faq_rows *rows, struct faq_faults *faults)
{
	json_t *seen = json_object(); /* id -> number of its first row */
	enum result result = seen == NULL ? ERR_NOMEM : OK;

	for (size_t i = 0; i < rows->count && result == OK; i++) {
		const struct faq_row *row = &rows->at[i];
		json_t *first = json_object_get(seen, row->id);

		if (first != NULL)
			result = faq_faults_add(faults, row->number,
			    faq_columns_heading(FAQ_COLUMN_ID),
			    "“%s” trùng với dòng %lld: hãy gộp hai dòng hoặc "
			    "đổi mã",
			    row->id, (long long)json_integer_value(first));
		else if (json_object_set_new(
			     seen, row->id, json_integer(row->number)) != 0)
			result = ERR_NOMEM;
	}
	json_decref(seen);
	return result;
}

/* ---- a sheet ---- */

struct sheet {
	struct faq_rows *rows;
	struct faq_faults *faults;
	size_t columns[FAQ_CSV_COLUMNS_MAX]; /* SIZE_MAX: no heading */
	size_t column_count;
};

static enum result
refuse_heading(struct sheet *sheet, const struct faq_csv_row *header,
    struct text_view name, bool twice)
{
	struct buf names;
	enum result result = OK;

	buf_init(&names, 4096);
	for (size_t i = 0; i < FAQ_COLUMNS_COUNT && result == OK; i++)
		result = buf_printf(
		    &names, "%s%s", i == 0 ? "" : ", ", faq_columns_heading(i));
	if (result == OK && twice)
		result = faq_faults_add(sheet->faults, header->number, NULL,
		    "có hai cột “%.*s”: hãy bỏ một cột", TEXT_ARGS(name));
	else if (result == OK)
		result = faq_faults_add(sheet->faults, header->number, NULL,
		    "không hiểu cột “%.*s”: hãy xóa cột đó hoặc dùng một trong "
		    "các tên: %s",
		    TEXT_ARGS(text_slice(name, 0, 60)), names.at);
	buf_fini(&names);
	return result;
}

static bool
has_column(const struct sheet *sheet, size_t column)
{
	for (size_t i = 0; i < sheet->column_count; i++) {
		if (sheet->columns[i] == column)
			return true;
	}
	return false;
}

static enum result
read_header(struct sheet *sheet, const struct faq_csv_row *header)
{
	enum result result = OK;

	for (size_t i = 0; i < header->count && result == OK; i++) {
		struct text_view name = header->cells[i];
		size_t column =
		    name.len == 0 ? SIZE_MAX : faq_columns_find(name);
		bool twice = column != SIZE_MAX && has_column(sheet, column);

		if (twice || (name.len > 0 && column == SIZE_MAX))
			result = refuse_heading(sheet, header, name, twice);
		sheet->columns[sheet->column_count++] = column;
	}
	if (result == OK && !has_column(sheet, FAQ_COLUMN_ID))
		result = faq_faults_add(sheet->faults, header->number, NULL,
		    "dòng đầu phải là tên cột và phải có cột “%s”",
		    faq_columns_heading(FAQ_COLUMN_ID));
	return result;
}

static enum result
read_cell(struct sheet *sheet, struct faq_row *row, size_t column,
    struct text_view cell)
{
	struct complaint why = { .text = "" };
	json_t *value = NULL;
	enum result result;

	result = faq_columns_parse(column, cell, &value, &why);
	if (result == ERR_INVALID)
		return faq_faults_add(sheet->faults, row->number,
		    faq_columns_heading(column), "%s", why.text);
	if (result != OK)
		return result;
	return json_object_set_new(
		   row->entry, faq_columns_key(column), value) == 0
		   ? OK
		   : ERR_NOMEM;
}

static const char *
text_at(const json_t *entry, size_t column)
{
	return json_string_value(
	    json_object_get(entry, faq_columns_key(column)));
}

/* ROW.entry is taken over. */
static enum result
add_row(struct sheet *sheet, struct faq_row *row)
{
	const char *id = text_at(row->entry, FAQ_COLUMN_ID);
	const char *topic = text_at(row->entry, FAQ_COLUMN_TOPIC);
	const char *heading = faq_columns_heading(FAQ_COLUMN_ID);
	enum result result;

	if (id != NULL && faq_topics_is_id(id)) {
		row->id = id;
		row->topic = topic == NULL ? "" : topic;
		row->title = text_at(row->entry, FAQ_COLUMN_TOPIC_TITLE);
		result = faq_rows_add(sheet->rows, row);
		if (result != OK)
			return result;
		/* They are the topic's, and no keys of an entry. */
		(void)json_object_del(
		    row->entry, faq_columns_key(FAQ_COLUMN_TOPIC));
		(void)json_object_del(
		    row->entry, faq_columns_key(FAQ_COLUMN_TOPIC_TITLE));
		return OK;
	}
	if (id == NULL)
		result = faq_faults_add(sheet->faults, row->number, heading,
		    "để trống: hãy đặt cho câu một mã, như “dang-ky-tam-tru”");
	else
		result = faq_faults_add(sheet->faults, row->number, heading,
		    "“%.70s” không làm mã được: chỉ dùng a-z, 0-9 và “-”, "
		    "nhiều nhất 64 ký tự",
		    id);
	json_decref(row->entry);
	return result;
}

static enum result
read_row(struct sheet *sheet, const struct faq_csv_row *cells)
{
	struct faq_row row = { .number = cells->number };
	size_t before = sheet->faults->count;
	enum result result = OK;

	row.entry = json_object();
	if (row.entry == NULL)
		return ERR_NOMEM;
	if (cells->count > sheet->column_count)
		result = faq_faults_add(sheet->faults, row.number, NULL,
		    "có %zu ô, dòng tên cột chỉ có %zu: hãy xem lại dấu nháy "
		    "kép và dấu phân cách",
		    cells->count, sheet->column_count);
	for (size_t i = 0; i < sheet->column_count && result == OK; i++) {
		struct text_view cell = faq_csv_cell(cells, i);

		if (sheet->columns[i] != SIZE_MAX)
			result =
			    read_cell(sheet, &row, sheet->columns[i], cell);
		else if (cell.len > 0)
			result = faq_faults_add(sheet->faults, row.number, NULL,
			    "ô thứ %zu có chữ mà cột không có tên: hãy đặt tên "
			    "cột hoặc xóa ô",
			    i + 1);
	}
	if (result == OK && sheet->faults->count == before)
		return add_row(sheet, &row);
	json_decref(row.entry);
	return result;
}

enum result
faq_rows_read_csv(struct text_view bytes, struct faq_rows *rows,
    struct faq_faults *faults, struct complaint *why)
{
	struct sheet sheet = { .rows = rows, .faults = faults };
	struct faq_csv csv;
	enum result result = faq_csv_parse(bytes, faults->file, &csv, why);

	if (result != OK)
		return result;
	if (csv.row_count < 2) {
		complain(why, faults->file, 0,
		    "không có dòng nào: dòng đầu là tên cột, mỗi dòng sau là "
		    "một câu");
		result = ERR_INVALID;
	}
	if (result == OK)
		result = read_header(&sheet, &csv.rows[0]);
	/* Under headings that are not understood, every row would be wrong. */
	for (size_t i = 1; i < csv.row_count && result == OK; i++) {
		if (i == 1 && faults->count > 0)
			break;
		result = read_row(&sheet, &csv.rows[i]);
	}
	faq_csv_fini(&csv);
	return result == OK ? faq_rows_check(rows, faults) : result;
}

/* ---- topic files ---- */

static enum result
add_entry(struct faq_rows *rows, struct faq_faults *faults, json_t *topic,
    json_t *entry, unsigned number)
{
	const char *name = json_string_value(json_object_get(topic, "topic"));
	const char *title = json_string_value(json_object_get(topic, "title"));
	struct faq_row row = { .number = number,
		.id = json_string_value(json_object_get(entry, "id")),
		.topic = name,
		.title = title,
		.whole = true };

	if (row.id == NULL || !faq_topics_is_id(row.id))
		return faq_faults_add(faults, number,
		    faq_columns_heading(FAQ_COLUMN_ID),
		    "thiếu hoặc viết sai: chỉ dùng a-z, 0-9 và “-”");
	if (name == NULL || title == NULL)
		return faq_faults_add(faults, number, NULL,
		    "chủ đề thiếu “topic” hoặc “title”: hãy thêm vào");
	row.entry = json_deep_copy(entry);
	return row.entry == NULL ? ERR_NOMEM : faq_rows_add(rows, &row);
}

static enum result
add_topic(struct faq_rows *rows, struct faq_faults *faults, json_t *topic,
    unsigned *number)
{
	json_t *entries = json_object_get(topic, "entries");
	enum result result = OK;
	json_t *entry;
	size_t i;

	if (!json_is_array(entries))
		return faq_faults_add(faults, *number + 1, NULL,
		    "chủ đề không có danh sách “entries”: đây có phải tệp chủ "
		    "đề không?");
	json_array_foreach(entries, i, entry)
	{
		result = add_entry(rows, faults, topic, entry, ++*number);
		if (result != OK)
			break;
	}
	return result;
}

enum result
faq_rows_read_json(struct text_view bytes, struct faq_rows *rows,
    struct faq_faults *faults, struct complaint *why)
{
	static const struct text_view mark = { "\xEF\xBB\xBF", 3 };
	json_error_t error;
	json_t *root;
	unsigned number = 0;
	enum result result = OK;

	if (text_starts(bytes, mark))
		bytes = text_slice(bytes, mark.len, bytes.len);
	root = json_loadb(bytes.at, bytes.len, JSON_REJECT_DUPLICATES, &error);
	if (root == NULL) {
		complain(why, faults->file, (unsigned)error.line,
		    "không phải JSON đúng: %s; hãy xem dấu phẩy, dấu nháy và "
		    "dấu ngoặc ở dòng này",
		    error.text);
		return ERR_INVALID;
	}
	if (json_is_array(root)) {
		for (size_t i = 0; i < json_array_size(root) && result == OK;
		     i++)
			result = add_topic(
			    rows, faults, json_array_get(root, i), &number);
	} else {
		result = add_topic(rows, faults, root, &number);
	}
	json_decref(root);
	return result == OK ? faq_rows_check(rows, faults) : result;
}
