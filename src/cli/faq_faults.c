/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_faults.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "faq_columns.h"

enum { FAULTS_MAX_BYTES = 1 << 20, FAULT_SIZE = 1024 };

void
faq_faults_init(struct faq_faults *faults, const char *file)
{
	*faults = (struct faq_faults){ .file = file };
	arena_init(&faults->arena, FAULTS_MAX_BYTES);
}

void
faq_faults_fini(struct faq_faults *faults)
{
	arena_fini(&faults->arena);
}

enum result
faq_faults_add(struct faq_faults *faults, unsigned row, const char *column,
    const char *format, ...)
{
	struct faq_fault *fault;
	char text[FAULT_SIZE];
	size_t len = 0;
	va_list args;

	if (faults->count >= FAQ_FAULTS_TOLD_MAX) {
		faults->count++;
		return OK;
	}
	fault = &faults->at[faults->count++];
	if (column != NULL)
		len =
		    (size_t)snprintf(text, sizeof(text), "cột “%s”: ", column);
	va_start(args, format);
	(void)vsnprintf(text + len, sizeof(text) - len, format, args);
	va_end(args);
	fault->row = row;
	fault->order = (unsigned)faults->count;
	fault->text = arena_string(&faults->arena, text_of(text));
	return fault->text == NULL ? ERR_NOMEM : OK;
}

static int
by_row(const void *a, const void *b)
{
	const struct faq_fault *left = a;
	const struct faq_fault *right = b;

	if (left->row != right->row)
		return left->row < right->row ? -1 : 1;
	return left->order < right->order ? -1 : 1;
}

enum result
faq_faults_write(struct faq_faults *faults, struct buf *out)
{
	size_t told = faults->count < FAQ_FAULTS_TOLD_MAX ? faults->count
							  : FAQ_FAULTS_TOLD_MAX;
	enum result result = OK;

	qsort(faults->at, told, sizeof(faults->at[0]), by_row);
	for (size_t i = 0; i < told && result == OK; i++)
		result = buf_printf(out, "%s:%u: %s\n", faults->file,
		    faults->at[i].row, faults->at[i].text);
	if (result == OK && faults->count > told)
		result = buf_printf(
		    out, "… và %zu lỗi khác\n", faults->count - told);
	return result;
}

/* The column whose key the complaint quotes first. */
static const char *
column_of(const char *complaint)
{
	const char *first = NULL;
	const char *heading = NULL;

	/* Within a list of objects, the keys are those of the object. */
	if (strstr(complaint, "\": button ") != NULL)
		return "Nút";
	if (strstr(complaint, "\": source ") != NULL)
		return "Nguồn";

	for (size_t i = 0; i < FAQ_COLUMNS_COUNT; i++) {
		char key[64];
		const char *found;

		(void)snprintf(key, sizeof(key), "\"%s\"", faq_columns_key(i));
		found = strstr(complaint, key);
		if (found != NULL && (first == NULL || found < first)) {
			first = found;
			heading = faq_columns_heading(i);
		}
	}
	return heading;
}

/* The loader's commonest words, and what they mean to a curator. */
static const char *
gist_of(const char *complaint)
{
	static const struct {
		const char *said;
		const char *gist;
	} table[] = {
		{ "has no variable", "biến trong {{ }} không có trong "
				     "locality.json, hãy sửa tên biến" },
		{ "variables work only", "ô này không dùng được biến {{ }}, "
					 "hãy viết thẳng ra" },
		{ "must start with http", "địa chỉ phải bắt đầu bằng https:// "
					  "và không có dấu cách" },
		{ "{{", "dấu {{ }} của biến viết chưa đúng" },
		{ "}}", "dấu {{ }} của biến viết chưa đúng" },
		{ "the limit is", "quá dài hoặc quá nhiều, hãy rút bớt" },
		{ "invisible character", "có ký tự ẩn, hãy xóa rồi gõ lại" },
		{ "has a line break", "phải viết trên một dòng" },
		{ "which no file has", "mã câu được nhắc đến không có, hãy sửa "
				       "hoặc bỏ" },
		{ "does not compile", "mẫu viết sai, hãy nhờ kỹ thuật sửa" },
		{ "is before \"valid_from\"", "ngày hết hạn sớm hơn ngày bắt "
					      "đầu" },
		{ "no day", "không phải là ngày" },
		{ "is empty", "để trống, hãy điền vào hoặc bỏ đi" },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (strstr(complaint, table[i].said) != NULL)
			return table[i].gist;
	}
	return "không dùng được";
}

enum result
faq_faults_add_loader(
    struct faq_faults *faults, unsigned row, const char *complaint)
{
	return faq_faults_add(faults, row, column_of(complaint), "%s (%s)",
	    gist_of(complaint), complaint);
}
