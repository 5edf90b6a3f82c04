/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_columns.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "faq_items.h"

/* One row a column: its names, where struct faq_entry has it, and how it is
 * written.  The order is that of the exported sheet. */

struct column;

struct shape {
	enum result (*render)(const struct column *column,
	    const struct faq_entry *entry, struct buf *out);
	enum result (*parse)(const struct column *column, struct text_view cell,
	    json_t **value_out, struct complaint *why);
};

struct word {
	const char *json;
	const char *cell;
};

struct column {
	const char *key;
	const char *heading;
	const struct shape *shape;
	size_t at; /* in struct faq_entry; for lists and texts */
	bool required;
	enum faq_items_kind items; /* for lists */
	const struct word *words;  /* for words: in the order of their enum */
	size_t word_count;
	size_t (*word_of)(const struct faq_entry *entry);
};

/* ---- text ---- */

static const void *
member(const struct faq_entry *entry, const struct column *column)
{
	return (const char *)entry + column->at;
}

static enum result
hand_out(json_t *value, json_t **value_out)
{
	if (value == NULL)
		return ERR_NOMEM;
	*value_out = value;
	return OK;
}

static enum result
render_text(
    const struct column *column, const struct faq_entry *entry, struct buf *out)
{
	const struct text_view *text = member(entry, column);

	return buf_add(out, *text);
}

static enum result
parse_text(const struct column *column, struct text_view cell,
    json_t **value_out, struct complaint *why)
{
	(void)column;
	(void)why;
	return hand_out(json_stringn(cell.at, cell.len), value_out);
}

static const struct shape shape_text = { render_text, parse_text };

static enum result
parse_date(const struct column *column, struct text_view cell,
    json_t **value_out, struct complaint *why)
{
	char date[11];

	(void)column;
	if (faq_items_date(cell, date))
		return hand_out(json_string(date), value_out);
	complain(why, NULL, 0,
	    "“%.*s” không phải là ngày: hãy viết năm-tháng-ngày, như "
	    "2026-11-24",
	    TEXT_ARGS(text_slice(cell, 0, 40)));
	return ERR_INVALID;
}

static const struct shape shape_date = { render_text, parse_date };

/* ---- words ---- */

static const struct word kinds[] = {
	[ENTRY_ANSWER] = { "answer", "trả lời" },
	[ENTRY_SMALLTALK] = { "smalltalk", "chuyện trò" },
	[ENTRY_REFER] = { "refer", "chỉ nơi khác" },
	[ENTRY_HANDOFF] = { "handoff", "gặp cán bộ" },
};
static const struct word statuses[] = {
	[ENTRY_PUBLISHED] = { "published", "đang dùng" },
	[ENTRY_DRAFT] = { "draft", "nháp" },
	[ENTRY_RETIRED] = { "retired", "đã bỏ" },
};
static const struct word tiers[] = {
	[false] = { "curated", "" }, /* nothing to say */
	[true] = { "background", "danh mục" },
};

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A copy in lower case, for comparing; NULL when out of memory. */
static char *
lower(struct text_view text)
{
	utf8proc_uint8_t *out = NULL;

	(void)utf8proc_map((const utf8proc_uint8_t *)text.at,
	    (utf8proc_ssize_t)text.len, &out,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
	return (char *)out;
}

static bool
same_word(struct text_view a, const char *b)
{
	char *left = lower(a);
	char *right = lower(text_of(b));
	bool same = left != NULL && right != NULL && strcmp(left, right) == 0;

	free(left);
	free(right);
	return same;
}

static enum result
render_word(
    const struct column *column, const struct faq_entry *entry, struct buf *out)
{
	return buf_add(
	    out, text_of(column->words[column->word_of(entry)].cell));
}

static enum result
list_words(
    const struct column *column, struct text_view cell, struct complaint *why)
{
	struct buf list;
	enum result result = OK;

	buf_init(&list, 1024);
	for (size_t i = 0; i < column->word_count && result == OK; i++) {
		if (column->words[i].cell[0] != '\0')
			result = buf_printf(&list, "%s“%s”",
			    list.len == 0 ? "" : ", ", column->words[i].cell);
	}
	if (result == OK)
		complain(why, NULL, 0, "“%.*s” không có nghĩa: hãy chọn %s",
		    TEXT_ARGS(text_slice(cell, 0, 40)), list.at);
	buf_fini(&list);
	return result == OK ? ERR_INVALID : result;
}

static enum result
parse_word(const struct column *column, struct text_view cell,
    json_t **value_out, struct complaint *why)
{
	for (size_t i = 0; i < column->word_count; i++) {
		const struct word *word = &column->words[i];

		if (same_word(cell, word->json) || same_word(cell, word->cell))
			return hand_out(json_string(word->json), value_out);
	}
	return list_words(column, cell, why);
}

static const struct shape shape_word = { render_word, parse_word };

static size_t
kind_of(const struct faq_entry *entry)
{
	return (size_t)entry->kind;
}

static size_t
status_of(const struct faq_entry *entry)
{
	return (size_t)entry->status;
}

static size_t
tier_of(const struct faq_entry *entry)
{
	return entry->background;
}

/* ---- lists ---- */

static enum result
render_items(
    const struct column *column, const struct faq_entry *entry, struct buf *out)
{
	return faq_items_render(column->items, member(entry, column), out);
}

static enum result
parse_items(const struct column *column, struct text_view cell,
    json_t **value_out, struct complaint *why)
{
	return faq_items_parse(column->items, cell, value_out, why);
}

static const struct shape shape_items = { render_items, parse_items };

/* ---- the table ---- */

#define AT(member) .at = offsetof(struct faq_entry, member)
/* A column of text; of one of a few words; of a list. */
#define TEXT_COLUMN(name) .key = #name, .shape = &shape_text, AT(name)
#define DATE_COLUMN(name) .key = #name, .shape = &shape_date, AT(name)
#define WORD_COLUMN(name, table)                                               \
	.key = #name, .shape = &shape_word, .words = (table),                  \
	.word_count = COUNT_OF(table), .word_of = name##_of
#define LIST_COLUMN(name, kind)                                                \
	.key = #name, .shape = &shape_items, .items = (kind)

static const struct column columns[FAQ_COLUMNS_COUNT] = {
	{ TEXT_COLUMN(topic), .heading = "Chủ đề", .required = true },
	{ TEXT_COLUMN(topic_title), .heading = "Tên chủ đề" },
	{ TEXT_COLUMN(id), .heading = "Mã", .required = true },
	{ TEXT_COLUMN(question), .heading = "Câu hỏi", .required = true },
	{ LIST_COLUMN(asked_as, FAQ_ITEMS_PHRASES), AT(asked_as),
	    .heading = "Cách hỏi" },
	{ LIST_COLUMN(not_asked_as, FAQ_ITEMS_PHRASES), AT(not_asked_as),
	    .heading = "Không phải câu này" },
	{ LIST_COLUMN(keywords, FAQ_ITEMS_KEYWORDS), .heading = "Từ khóa" },
	{ TEXT_COLUMN(answer), .heading = "Câu trả lời", .required = true },
	{ LIST_COLUMN(buttons, FAQ_ITEMS_BUTTONS), .heading = "Nút" },
	{ LIST_COLUMN(sources, FAQ_ITEMS_SOURCES), .heading = "Nguồn" },
	{ TEXT_COLUMN(owner), .heading = "Nơi phụ trách" },
	{ DATE_COLUMN(reviewed), .heading = "Ngày đối chiếu" },
	{ DATE_COLUMN(valid_from), .heading = "Dùng từ ngày" },
	{ DATE_COLUMN(valid_until), .heading = "Dùng đến ngày" },
	{ WORD_COLUMN(status, statuses), .heading = "Trạng thái" },
	{ WORD_COLUMN(kind, kinds), .heading = "Loại" },
	{ LIST_COLUMN(related, FAQ_ITEMS_PHRASES), AT(related),
	    .heading = "Câu liên quan" },
	{ LIST_COLUMN(patterns, FAQ_ITEMS_PHRASES), AT(patterns),
	    .heading = "Mẫu" },
	{ WORD_COLUMN(tier, tiers), .heading = "Hạng" },
};

const char *
faq_columns_key(size_t column)
{
	return columns[column].key;
}

const char *
faq_columns_heading(size_t column)
{
	return columns[column].heading;
}

bool
faq_columns_required(size_t column)
{
	return columns[column].required;
}

size_t
faq_columns_find(struct text_view name)
{
	for (size_t i = 0; i < FAQ_COLUMNS_COUNT; i++) {
		if (same_word(name, columns[i].key) ||
		    same_word(name, columns[i].heading))
			return i;
	}
	return SIZE_MAX;
}

enum result
faq_columns_render(
    const struct faq_entry *entry, size_t column, struct buf *out)
{
	return columns[column].shape->render(&columns[column], entry, out);
}

enum result
faq_columns_parse(size_t column, struct text_view cell, json_t **value_out,
    struct complaint *why)
{
	if (cell.len == 0)
		return hand_out(json_null(), value_out);
	return columns[column].shape->parse(
	    &columns[column], cell, value_out, why);
}
