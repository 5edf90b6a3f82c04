/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap faq export`: the base as one file for a spreadsheet (CSV, XLSX), or
 * as a list of topics (JSON).  `hoidap faq import` reads CSV and JSON back.
 * With --store: the topic files with what staff published in the console. */
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "csv_text.h"
#include "faq_columns.h"
#include "faq_commands.h"
#include "faq_csv.h"
#include "faq_file.h"
#include "faq_files.h"
#include "faq_topics.h"
#include "faq_xlsx.h"
#include "options.h"
#include "utf8.h"

enum {
	EXPORT_MAX_BYTES = 256 << 20,
	CELLS_MAX_BYTES = 16 << 20, /* of one row */
	EXCEL_CELL_MAX_UNITS = 32767,
};

/* ---- CSV ---- */

static enum result
add_headings(struct buf *out)
{
	struct text_view cells[FAQ_COLUMNS_COUNT];

	for (size_t i = 0; i < FAQ_COLUMNS_COUNT; i++)
		cells[i] = text_of(faq_columns_heading(i));
	return csv_text_add(out, cells, FAQ_COLUMNS_COUNT);
}

static enum result
add_entry(struct buf *out, const struct faq_entry *entry, struct complaint *why)
{
	struct text_view cells[FAQ_COLUMNS_COUNT];
	enum result result = OK;
	struct arena arena;
	struct buf cell;

	arena_init(&arena, CELLS_MAX_BYTES);
	buf_init(&cell, CELLS_MAX_BYTES);
	for (size_t i = 0; i < FAQ_COLUMNS_COUNT && result == OK; i++) {
		buf_reset(&cell);
		result = faq_columns_render(entry, i, &cell);
		if (result == OK)
			result = arena_text(&arena, buf_view(&cell), &cells[i]);
		if (result == OK &&
		    utf16_length(cells[i]) > EXCEL_CELL_MAX_UNITS) {
			complain(why, entry->file, entry->line,
			    "câu “%.*s”: cột “%s” dài hơn một ô của Excel "
			    "(32.767 ký tự); hãy xuất ra JSON",
			    TEXT_ARGS(entry->id), faq_columns_heading(i));
			result = ERR_TOO_LARGE;
		}
	}
	if (result == OK)
		result = csv_text_add(out, cells, FAQ_COLUMNS_COUNT);
	buf_fini(&cell);
	arena_fini(&arena);
	return result;
}

static enum result
export_csv(const struct faq *faq, const char *dir, const char *path,
    struct complaint *why)
{
	struct buf file;
	enum result result;

	(void)dir;
	buf_init(&file, EXPORT_MAX_BYTES);
	result = csv_text_begin(&file);
	if (result == OK)
		result = add_headings(&file);
	for (size_t i = 0; i < faq->entry_count && result == OK; i++)
		result = add_entry(&file, &faq->entries[i], why);
	if (result == OK)
		result = faq_file_write(path, buf_view(&file), why);
	buf_fini(&file);
	return result;
}

/* ---- the others ---- */

static enum result
export_xlsx(const struct faq *faq, const char *dir, const char *path,
    struct complaint *why)
{
	(void)dir;
	return faq_xlsx_write(faq, path, why);
}

/* The files as they are, not the base: keys and order are the curator's. */
static enum result
export_json(const struct faq *faq, const char *dir, const char *path,
    struct complaint *why)
{
	struct faq_topics topics;
	json_t *list = json_array();
	char *text = NULL;
	struct buf file;
	enum result result;

	buf_init(&file, EXPORT_MAX_BYTES);
	result = faq_topics_open(&topics, dir, faq, why);
	for (size_t i = 0; i < topics.count && result == OK; i++)
		if (json_array_append(list, topics.at[i].root) != 0)
			result = ERR_NOMEM;
	if (result == OK)
		text = json_dumps(list, JSON_INDENT(2));
	if (result == OK)
		result =
		    text == NULL ? ERR_NOMEM : buf_printf(&file, "%s\n", text);
	if (result == OK)
		result = faq_file_write(path, buf_view(&file), why);
	free(text);
	buf_fini(&file);
	json_decref(list);
	faq_topics_fini(&topics);
	return result;
}

/* ---- the command ---- */

static const struct format {
	const char *name;
	enum result (*write)(const struct faq *faq, const char *dir,
	    const char *path, struct complaint *why);
} formats[] = {
	{ "csv", export_csv },
	{ "xlsx", export_xlsx },
	{ "json", export_json },
};

static const struct format *
format_called(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	}
	return NULL;
}

static int
export_base(const struct format *format, const char *dir, const char *path)
{
	struct complaint why = { .text = "" };
	struct faq *faq = NULL;
	enum result result = faq_load(dir, &faq, &why);

	if (result == OK)
		result = format->write(faq, dir, path, &why);
	if (result == OK)
		printf("Đã ghi %zu câu vào %s, phiên bản %s.\n",
		    faq->entry_count, path, faq->version);
	faq_free(faq);
	return result == OK ? EXIT_DONE
			    : options_fail("faq export", result, &why);
}

static int
export_store(const char *url, const char *dir, const char *folder)
{
	struct complaint why = { .text = "" };
	size_t count = 0;
	enum result result = faq_files_export(dir, url, folder, &count, &why);

	if (result != OK)
		return options_fail("faq export", result, &why);
	printf("Đã ghi %zu tệp chủ đề vào %s.\n", count, folder);
	return EXIT_DONE;
}

static int
usage(void)
{
	fprintf(stderr,
	    "usage: hoidap faq export [--faq DIR] --format csv|xlsx|json FILE\n"
	    "       hoidap faq export [--faq DIR] --store sqlite:PATH "
	    "FOLDER\n");
	return EXIT_USAGE;
}

int
cli_faq_export(int argc, char **argv)
{
	static const struct option options[] = {
		{ "faq", required_argument, NULL, 'f' },
		{ "format", required_argument, NULL, 't' },
		{ "store", required_argument, NULL, 's' },
		{ 0 },
	};
	const struct format *format = NULL;
	const char *dir = options_faq_dir();
	const char *store = NULL;
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'f')
			dir = optarg;
		else if (option == 's')
			store = optarg;
		else if (option == 't' &&
			 (format = format_called(optarg)) != NULL)
			continue;
		else
			return usage();
	}
	if ((format == NULL) == (store == NULL) || optind + 1 != argc)
		return usage();
	if (store != NULL)
		return export_store(store, dir, argv[optind]);
	return export_base(format, dir, argv[optind]);
}
