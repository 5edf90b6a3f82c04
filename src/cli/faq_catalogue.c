/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_catalogue.h"

#include <stdio.h>
#include <string.h>

#include "faq_csv.h"
#include "json_parts.h"
#include "utf8.h"

/* The official catalogue has some six thousand procedures, of which a ward is
 * asked about a hundred; those are written by hand.  For the others an honest
 * pointer is enough: what the procedure is called, who does it, where it is
 * described.  Fee and time limit come with a warning, since the catalogue is
 * often behind the law. */

enum field {
	FIELD_CODE,
	FIELD_NAME,
	FIELD_AGENCY,
	FIELD_LEVEL,
	FIELD_FEE,
	FIELD_DAYS,
	FIELD_LINK,
	FIELD_COUNT,
};

enum {
	ID_SIZE = 65,
	QUESTION_MAX_BYTES = 480, /* the loader's limit, less "Thủ tục …" */
	ANSWER_MAX_BYTES = 8192,
};

static const struct {
	const char *key;
	const char *heading;
	const char *other_heading;
	bool required;
} fields[FIELD_COUNT] = {
	[FIELD_CODE] = { "code", "Mã thủ tục", "Mã TTHC", true },
	[FIELD_NAME] = { "name", "Tên thủ tục", "Tên TTHC", true },
	[FIELD_AGENCY] = { "agency", "Cơ quan thực hiện", "Cơ quan", false },
	[FIELD_LEVEL] = { "level", "Cấp thực hiện", "Cấp", false },
	[FIELD_FEE] = { "fee", "Phí, lệ phí", "Lệ phí", false },
	[FIELD_DAYS] = { "days", "Thời hạn giải quyết", "Thời hạn", false },
	[FIELD_LINK] = { "link", "Đường dẫn", "Liên kết", true },
};

struct procedure {
	unsigned row;
	struct text_view cells[FIELD_COUNT];
	char id[ID_SIZE];
};

struct catalogue {
	struct faq_rows *rows;
	struct faq_faults *faults;
	size_t at[FIELD_COUNT]; /* the cell of each field; SIZE_MAX: none */
};

/* ---- the header ---- */

static bool
means(struct text_view name, size_t field)
{
	return text_is(name, fields[field].key) ||
	       text_is(name, fields[field].heading) ||
	       text_is(name, fields[field].other_heading);
}

static enum result
read_header(struct catalogue *catalogue, const struct faq_csv_row *header)
{
	enum result result = OK;

	for (size_t field = 0; field < FIELD_COUNT && result == OK; field++) {
		size_t at = 0;

		while (at < header->count && !means(header->cells[at], field))
			at++;
		catalogue->at[field] = at < header->count ? at : SIZE_MAX;
		if (at == header->count && fields[field].required)
			result = faq_faults_add(catalogue->faults,
			    header->number, NULL,
			    "thiếu cột “%s” (hoặc “%s”): dòng đầu phải là tên "
			    "cột",
			    fields[field].heading, fields[field].key);
	}
	return result;
}

/* ---- one procedure ---- */

/* "1.004222.000.00.00.H06" gives "tthc-1-004222-000-00-00-h06". */
static bool
make_id(struct text_view code, char out[ID_SIZE])
{
	static const char prefix[] = "tthc-";
	size_t len = sizeof(prefix) - 1;

	if (code.len == 0 || len + code.len >= ID_SIZE)
		return false;
	memcpy(out, prefix, len);
	for (size_t i = 0; i < code.len; i++) {
		char byte = code.at[i];

		if (byte >= 'A' && byte <= 'Z')
			byte = (char)(byte - 'A' + 'a');
		else if (byte == '.' || byte == '_' || byte == '/')
			byte = '-';
		else if (!((byte >= 'a' && byte <= 'z') ||
			     (byte >= '0' && byte <= '9') || byte == '-'))
			return false;
		out[len++] = byte;
	}
	out[len] = '\0';
	return true;
}

/* A code such as 1.004220 that Excel took for a number has lost its last
 * zeros, or has a comma: "1.00422". */
static bool
spoilt_by_excel(struct text_view code)
{
	struct text_view rest = code;
	struct text_view whole;
	uint64_t number;

	if (memchr(code.at, ',', code.len) != NULL)
		return true;
	return text_split(&rest, '.', &whole) && whole.len == 1 &&
	       rest.at != NULL && rest.len < 6 &&
	       text_number(rest, 0, 999999, &number) == OK;
}

static struct text_view
without_prefix(struct text_view name)
{
	static const struct text_view prefixes[] = {
		{ "Thủ tục ", sizeof("Thủ tục ") - 1 },
		{ "thủ tục ", sizeof("thủ tục ") - 1 },
		{ "THỦ TỤC ", sizeof("THỦ TỤC ") - 1 },
	};

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (text_starts(name, prefixes[i]))
			return text_trim(
			    text_slice(name, prefixes[i].len, name.len));
	}
	return name;
}

/* A line of the answer, unless the catalogue says nothing.  A bare number gets
 * its UNIT. */
static enum result
add_line(struct buf *out, const char *label, struct text_view value,
    const char *unit)
{
	uint64_t number;

	if (value.len == 0)
		return OK;
	return buf_printf(out, "\n%s: %.*s%s.", label, TEXT_ARGS(value),
	    text_number(value, 0, 1000000000, &number) == OK ? unit : "");
}

static enum result
write_answer(const struct procedure *procedure, struct buf *out)
{
	static const struct {
		enum field field;
		const char *label;
		const char *unit;
	} lines[] = {
		{ FIELD_AGENCY, "Cơ quan thực hiện", "" },
		{ FIELD_LEVEL, "Cấp thực hiện", "" },
		{ FIELD_FEE,
		    "Phí, lệ phí (theo danh mục, anh/chị kiểm tra lại trên "
		    "cổng)",
		    " đồng" },
		{ FIELD_DAYS,
		    "Thời hạn (theo danh mục, anh/chị kiểm tra lại trên cổng)",
		    " ngày" },
	};
	enum result result =
	    buf_printf(out, "Thủ tục: %.*s.\nMã thủ tục: %.*s.",
		TEXT_ARGS(without_prefix(procedure->cells[FIELD_NAME])),
		TEXT_ARGS(procedure->cells[FIELD_CODE]));

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (result == OK)
			result = add_line(out, lines[i].label,
			    procedure->cells[lines[i].field], lines[i].unit);
	if (result == OK)
		result = buf_printf(out,
		    "\nGiấy tờ, biểu mẫu và cách nộp, anh/chị xem tại: %.*s",
		    TEXT_ARGS(procedure->cells[FIELD_LINK]));
	return result;
}

/* Names of several hundred characters exist; the question is cut, the answer
 * is not. */
static enum result
write_question(struct text_view name, struct buf *out)
{
	struct text_view whole = without_prefix(name);
	struct text_view shown = whole;
	size_t units = QUESTION_MAX_BYTES;

	while (shown.len > QUESTION_MAX_BYTES) {
		units -= 16;
		shown = utf8_cut(whole, units);
	}
	return buf_printf(out, "Thủ tục %.*s%s", TEXT_ARGS(shown),
	    shown.len < whole.len ? "…" : "");
}

static enum result
add_entry(struct catalogue *catalogue, const struct procedure *procedure,
    struct text_view question, struct text_view answer)
{
	struct text_view name = procedure->cells[FIELD_NAME];
	struct text_view link = procedure->cells[FIELD_LINK];
	struct faq_row row = { .number = procedure->row,
		.topic = FAQ_CATALOGUE_TOPIC,
		.title = "Danh mục thủ tục hành chính",
		.id = procedure->id,
		.whole = true };
	struct buf with;
	enum result result;

	buf_init(&with, ANSWER_MAX_BYTES);
	result =
	    buf_printf(&with, "thủ tục %.*s", TEXT_ARGS(without_prefix(name)));
	if (result == OK) {
		row.entry = json_pack("{s:s, s:o, s:[o, o], s:o, s:[{s:s, "
				      "s:o}], s:s, s:s, s:[{s:s, s:o}], s:s}",
		    "id", row.id, "question", json_parts_view(question),
		    "asked_as", json_parts_view(without_prefix(name)),
		    json_parts_view(buf_view(&with)), "answer",
		    json_parts_view(answer), "buttons", "title", "Xem thủ tục",
		    "url", json_parts_view(link), "kind", "answer", "tier",
		    "background", "sources", "title",
		    "Danh mục thủ tục hành chính", "url", json_parts_view(link),
		    "status", "published");
		result = row.entry == NULL
			     ? ERR_NOMEM
			     : faq_rows_add(catalogue->rows, &row);
	}
	buf_fini(&with);
	return result;
}

static enum result
check(struct catalogue *catalogue, struct procedure *procedure)
{
	struct text_view code = procedure->cells[FIELD_CODE];
	enum result result = OK;

	for (size_t i = 0; i < FIELD_COUNT && result == OK; i++)
		if (fields[i].required && procedure->cells[i].len == 0)
			result = faq_faults_add(catalogue->faults,
			    procedure->row, fields[i].heading,
			    "để trống: hãy điền vào hoặc xóa dòng");
	if (result != OK || code.len == 0)
		return result;
	if (spoilt_by_excel(code))
		return faq_faults_add(catalogue->faults, procedure->row,
		    fields[FIELD_CODE].heading,
		    "“%.*s” có lẽ bị Excel đổi thành số: hãy định dạng cột là "
		    "Text (Văn bản) rồi dán lại mã, như 1.004220",
		    TEXT_ARGS(text_slice(code, 0, 40)));
	if (!make_id(code, procedure->id))
		return faq_faults_add(catalogue->faults, procedure->row,
		    fields[FIELD_CODE].heading,
		    "“%.*s” không phải mã thủ tục: hãy ghi như 1.004222 hoặc "
		    "1.004222.000.00.00.H06",
		    TEXT_ARGS(text_slice(code, 0, 40)));
	return OK;
}

static enum result
read_row(struct catalogue *catalogue, const struct faq_csv_row *row)
{
	struct procedure procedure = { .row = row->number };
	size_t before = catalogue->faults->count;
	struct buf question;
	struct buf answer;
	enum result result;

	for (size_t i = 0; i < FIELD_COUNT; i++)
		procedure.cells[i] = faq_csv_cell(row, catalogue->at[i]);
	result = check(catalogue, &procedure);
	if (result != OK || catalogue->faults->count > before)
		return result;
	buf_init(&question, (size_t)2 * QUESTION_MAX_BYTES);
	buf_init(&answer, ANSWER_MAX_BYTES);
	result = write_question(procedure.cells[FIELD_NAME], &question);
	if (result == OK)
		result = write_answer(&procedure, &answer);
	if (result == OK)
		result = add_entry(catalogue, &procedure, buf_view(&question),
		    buf_view(&answer));
	if (result == ERR_TOO_LARGE)
		result = faq_faults_add(catalogue->faults, procedure.row, NULL,
		    "các ô dài quá 8 KiB: hãy rút ngắn");
	buf_fini(&question);
	buf_fini(&answer);
	return result;
}

enum result
faq_catalogue_read(struct text_view bytes, struct faq_rows *rows,
    struct faq_faults *faults, struct complaint *why)
{
	struct catalogue catalogue = { .rows = rows, .faults = faults };
	struct faq_csv csv;
	enum result result = faq_csv_parse(bytes, faults->file, &csv, why);

	if (result != OK)
		return result;
	if (csv.row_count < 2) {
		complain(why, faults->file, 0,
		    "không có dòng nào: dòng đầu là tên cột, mỗi dòng sau là "
		    "một thủ tục");
		result = ERR_INVALID;
	}
	if (result == OK)
		result = read_header(&catalogue, &csv.rows[0]);
	for (size_t i = 1; i < csv.row_count && result == OK; i++) {
		if (i == 1 && faults->count > 0)
			break;
		result = read_row(&catalogue, &csv.rows[i]);
	}
	faq_csv_fini(&csv);
	return result == OK ? faq_rows_check(rows, faults) : result;
}
