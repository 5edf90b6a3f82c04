/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_items.h"

#include <stdio.h>
#include <string.h>

#include "clock.h"

/* What people read in a cell must come back as what was there.  So each item
 * is written plain, read back, and compared; only an item that does not
 * survive (a title with the separator in it) is written as JSON. */

struct items {
	size_t (*count)(const void *list);
	json_t *(*json)(const void *list, size_t index);
	enum result (*plain)(const void *list, size_t index, struct buf *out);
	/* NULL when out of memory, or when LINE is none and FORM says how. */
	json_t *(*read)(struct text_view line);
	const char *form;
};

enum { LINE_MAX_BYTES = 64 << 10 };

static json_t *
text_json(struct text_view text)
{
	return json_stringn(text.at == NULL ? "" : text.at, text.len);
}

/* Set KEY unless TEXT is empty. */
static bool
put_text(json_t *object, const char *key, struct text_view text)
{
	return text.len == 0 ||
	       json_object_set_new(object, key, text_json(text)) == 0;
}

/* Take the last " | " and what follows off *LINE; false when there is none. */
static bool
take_last(struct text_view *line, struct text_view *last_out)
{
	for (size_t i = line->len; i-- > 0;) {
		if (!text_starts(text_slice(*line, i, line->len), TEXT(" | ")))
			continue;
		*last_out = text_trim(text_slice(*line, i + 3, line->len));
		*line = text_trim(text_slice(*line, 0, i));
		return true;
	}
	return false;
}

/* ---- dates ---- */

/* D/M/YYYY */
static bool
read_vietnamese_date(struct text_view text, char out[11])
{
	struct text_view rest = text;
	struct text_view parts[3];
	uint64_t day;
	uint64_t month;
	uint64_t year;
	int wanted;

	for (int i = 0; i < 3; i++)
		if (!text_split(&rest, '/', &parts[i]))
			return false;
	if (rest.at != NULL || text_number(parts[0], 1, 31, &day) != OK ||
	    text_number(parts[1], 1, 12, &month) != OK ||
	    text_number(parts[2], 1900, 9999, &year) != OK)
		return false;
	wanted = snprintf(out, 11, "%04u-%02u-%02u", (unsigned)year,
	    (unsigned)month, (unsigned)day);
	return wanted == 10;
}

bool
faq_items_date(struct text_view text, char out[11])
{
	char date[11];

	text = text_trim(text);
	if (!read_vietnamese_date(text, date) &&
	    text_copy(date, sizeof(date), text) != OK)
		return false;
	if (!date_valid(text_of(date)))
		return false;
	memcpy(out, date, sizeof(date));
	return true;
}

/* ---- phrases ---- */

static size_t
phrase_count(const void *list)
{
	return ((const struct phrases *)list)->count;
}

static json_t *
phrase_json(const void *list, size_t index)
{
	return text_json(((const struct phrases *)list)->at[index]);
}

static enum result
phrase_plain(const void *list, size_t index, struct buf *out)
{
	return buf_add(out, ((const struct phrases *)list)->at[index]);
}

/* ---- keywords ---- */

static size_t
keyword_count(const void *entry)
{
	return ((const struct faq_entry *)entry)->keyword_count;
}

/* Add TEXT to *LIST, which becomes NULL when there is no memory. */
static void
add_text(json_t **list, struct text_view text)
{
	if (json_array_append_new(*list, text_json(text)) == 0)
		return;
	json_decref(*list);
	*list = NULL;
}

static json_t *
keyword_json(const void *entry, size_t index)
{
	const struct phrases *all =
	    &((const struct faq_entry *)entry)->keywords[index];
	json_t *list;

	if (all->count == 1)
		return text_json(all->at[0]);
	list = json_array();
	for (size_t i = 0; i < all->count; i++)
		add_text(&list, all->at[i]);
	return list;
}

static enum result
keyword_plain(const void *entry, size_t index, struct buf *out)
{
	const struct phrases *all =
	    &((const struct faq_entry *)entry)->keywords[index];
	enum result result = OK;

	for (size_t i = 0; i < all->count && result == OK; i++) {
		if (i > 0)
			result = buf_add(out, TEXT(" + "));
		if (result == OK)
			result = buf_add(out, all->at[i]);
	}
	return result;
}

static json_t *
keyword_read(struct text_view line)
{
	size_t plus = text_find(line, TEXT(" + "));
	json_t *list;

	if (plus == SIZE_MAX)
		return text_json(line);
	list = json_array();
	while (plus != SIZE_MAX) {
		add_text(&list, text_trim(text_slice(line, 0, plus)));
		line = text_slice(line, plus + 3, line.len);
		plus = text_find(line, TEXT(" + "));
	}
	add_text(&list, text_trim(line));
	return list;
}

/* ---- buttons ---- */

static size_t
button_count(const void *entry)
{
	return ((const struct faq_entry *)entry)->button_count;
}

static json_t *
button_object(struct text_view title, struct text_view url, struct text_view id)
{
	json_t *object = json_object();

	if (put_text(object, "title", title) && put_text(object, "url", url) &&
	    put_text(object, "entry", id))
		return object;
	json_decref(object);
	return NULL;
}

static json_t *
button_json(const void *entry, size_t index)
{
	const struct faq_button *button =
	    &((const struct faq_entry *)entry)->buttons[index];

	return button_object(button->title, button->url, button->entry);
}

static enum result
button_plain(const void *entry, size_t index, struct buf *out)
{
	const struct faq_button *button =
	    &((const struct faq_entry *)entry)->buttons[index];

	return buf_printf(out, "%.*s | %.*s%.*s", TEXT_ARGS(button->title),
	    TEXT_ARGS(button->url), TEXT_ARGS(button->entry));
}

static json_t *
button_read(struct text_view line)
{
	static const struct text_view none = { "", 0 };
	struct text_view target;

	if (!take_last(&line, &target))
		return NULL;
	if (text_find(target, TEXT("://")) != SIZE_MAX ||
	    text_starts(target, TEXT("{{")))
		return button_object(line, target, none);
	return button_object(line, none, target);
}

/* ---- sources ---- */

static size_t
source_count(const void *entry)
{
	return ((const struct faq_entry *)entry)->source_count;
}

static json_t *
source_object(
    struct text_view title, struct text_view url, struct text_view dated)
{
	json_t *object = json_object();

	if (put_text(object, "title", title) && put_text(object, "url", url) &&
	    put_text(object, "dated", dated))
		return object;
	json_decref(object);
	return NULL;
}

static json_t *
source_json(const void *entry, size_t index)
{
	const struct faq_source *source =
	    &((const struct faq_entry *)entry)->sources[index];

	return source_object(source->title, source->url, source->dated);
}

static enum result
source_plain(const void *entry, size_t index, struct buf *out)
{
	const struct faq_source *source =
	    &((const struct faq_entry *)entry)->sources[index];
	enum result result = buf_add(out, source->title);

	if (result == OK && source->url.len > 0)
		result = buf_printf(out, " | %.*s", TEXT_ARGS(source->url));
	if (result == OK && source->dated.len > 0)
		result = buf_printf(out, " | %.*s", TEXT_ARGS(source->dated));
	return result;
}

/* From the end: a date if it is one, then an address if it is one. */
static json_t *
source_read(struct text_view line)
{
	struct text_view whole = line;
	struct text_view url = { "", 0 };
	struct text_view last;
	char dated[11] = "";

	if (take_last(&line, &last) && !faq_items_date(last, dated))
		line = whole;
	whole = line;
	if (take_last(&line, &url) && text_find(url, TEXT("://")) == SIZE_MAX) {
		line = whole;
		url = TEXT("");
	}
	return source_object(line, url, text_of(dated));
}

/* ---- all of them ---- */

static const struct items all_items[] = {
	[FAQ_ITEMS_PHRASES] = { phrase_count, phrase_json, phrase_plain,
	    text_json, "" },
	[FAQ_ITEMS_KEYWORDS] = { keyword_count, keyword_json, keyword_plain,
	    keyword_read, "" },
	[FAQ_ITEMS_BUTTONS] = { button_count, button_json, button_plain,
	    button_read, "một nút viết là: tên nút | địa chỉ hoặc mã câu" },
	[FAQ_ITEMS_SOURCES] = { source_count, source_json, source_plain,
	    source_read, "" },
};

/* A line that is JSON is what it says; every other line is plain. */
static json_t *
read_line(const struct items *items, struct text_view line)
{
	static const char openers[] = { '[', '{', '"' };
	json_t *value = NULL;

	if (line.len > 0 &&
	    memchr(openers, line.at[0], sizeof(openers)) != NULL)
		value = json_loadb(line.at, line.len,
		    JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
	return value != NULL ? value : items->read(line);
}

static enum result
add_json(struct buf *out, const json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	enum result result = ERR_NOMEM;

	if (text != NULL)
		result = buf_add(out, text_of(text));
	free(text);
	return result;
}

static enum result
render_item(
    const struct items *items, const void *list, size_t index, struct buf *out)
{
	json_t *value = items->json(list, index);
	json_t *back = NULL;
	struct buf line;
	enum result result = value == NULL ? ERR_NOMEM : OK;

	buf_init(&line, LINE_MAX_BYTES);
	if (result == OK)
		result = items->plain(list, index, &line);
	if (result == OK)
		back = read_line(items, text_trim(buf_view(&line)));
	if (result == OK && json_equal(value, back) != 0)
		result = buf_add(out, buf_view(&line));
	else if (result == OK)
		result = add_json(out, value);
	buf_fini(&line);
	json_decref(back);
	json_decref(value);
	return result;
}

enum result
faq_items_render(enum faq_items_kind kind, const void *list, struct buf *out)
{
	const struct items *items = &all_items[kind];
	enum result result = OK;

	for (size_t i = 0; i < items->count(list) && result == OK; i++) {
		if (i > 0)
			result = buf_add_char(out, '\n');
		if (result == OK)
			result = render_item(items, list, i, out);
	}
	return result;
}

enum result
faq_items_parse(enum faq_items_kind kind, struct text_view cell,
    json_t **array_out, struct complaint *why)
{
	const struct items *items = &all_items[kind];
	json_t *array = json_array();
	struct text_view line;

	while (array != NULL && text_split(&cell, '\n', &line)) {
		json_t *item;

		line = text_trim(line);
		if (line.len == 0)
			continue;
		item = read_line(items, line);
		if (item == NULL && items->form[0] != '\0') {
			complain(why, NULL, 0, "“%.*s”: %s",
			    TEXT_ARGS(text_slice(line, 0, 60)), items->form);
			json_decref(array);
			return ERR_INVALID;
		}
		if (item == NULL || json_array_append_new(array, item) != 0) {
			json_decref(array);
			return ERR_NOMEM;
		}
	}
	if (array == NULL)
		return ERR_NOMEM;
	*array_out = array;
	return OK;
}
