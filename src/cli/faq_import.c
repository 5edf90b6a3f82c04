/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap faq import`: rows from a curator's file into the topic files.
 * Everything is checked before anything is written: the file, then each row,
 * then the whole base as it would be, by the loader itself.  When the loader
 * finds an entry at fault, that entry is replaced in memory by a good one, so
 * that the loader goes on to the next: a curator sees all faults in one go. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "faq_catalogue.h"
#include "faq_commands.h"
#include "faq_csv.h"
#include "faq_file.h"
#include "faq_merge.h"
#include "faq_stage.h"
#include "options.h"

enum {
	LOADS_MAX = 50, /* faults of the loader that are told */
	REPORT_MAX_BYTES = 16 << 20,
	REPORT_SHOWN_MAX_LINES = 200,
};

struct import {
	const char *dir;
	const char *file;
	bool catalogue;
	bool dry_run;
	struct faq *base;
	struct faq_topics topics;
	struct faq_rows rows;
	struct faq_faults faults;
	struct faq_merge merge;
	struct faq_stage stage;
	char version[17]; /* of the base as it would be */
};

static bool
ends_with(const char *file, const char *ending)
{
	size_t len = strlen(file);
	size_t ending_len = strlen(ending);

	return len > ending_len && strcmp(file + len - ending_len, ending) == 0;
}

static enum result
read_rows(struct import *import, struct complaint *why)
{
	enum result (*read)(struct text_view bytes, struct faq_rows * rows,
	    struct faq_faults * faults, struct complaint * why) = NULL;
	struct buf bytes;
	enum result result;

	if (import->catalogue)
		read = faq_catalogue_read;
	else if (ends_with(import->file, ".json"))
		read = faq_rows_read_json;
	else if (ends_with(import->file, ".csv"))
		read = faq_rows_read_csv;
	if (read == NULL) {
		complain(why, import->file, 0,
		    "phải là tệp .csv hoặc .json; tệp Excel thì mở ra và lưu "
		    "thành “CSV UTF-8 (Comma delimited)”");
		return ERR_INVALID;
	}
	buf_init(&bytes, FAQ_CSV_MAX_BYTES);
	result = faq_file_read(import->file, &bytes, why);
	if (result == OK)
		result =
		    read(buf_view(&bytes), &import->rows, &import->faults, why);
	buf_fini(&bytes);
	return result;
}

/* The row that says something about the entry, or NULL. */
static const struct faq_row *
row_of(const struct import *import, const json_t *entry)
{
	const char *id = json_string_value(json_object_get(entry, "id"));

	for (size_t i = 0; id != NULL && i < import->rows.count; i++) {
		if (strcmp(import->rows.at[i].id, id) == 0)
			return &import->rows.at[i];
	}
	return NULL;
}

/* The entry's id must stay, since others may name it. */
static enum result
make_harmless(json_t *entry, const char *id)
{
	return json_object_clear(entry) == 0 &&
		       json_object_set_new(entry, "id", json_string(id)) == 0 &&
		       json_object_set_new(
			   entry, "question", json_string("?")) == 0 &&
		       json_object_set_new(entry, "answer", json_string("?")) ==
			   0
		   ? OK
		   : ERR_NOMEM;
}

/* Load the base as it would be; each entry at fault becomes a fault of its
 * row.  ERR_INVALID with WHY when it is no row's fault. */
static enum result
check_base(struct import *import, struct complaint *why)
{
	enum result result = OK;

	for (unsigned i = 0; i < LOADS_MAX; i++) {
		json_t *entry = NULL;
		const struct faq_row *row;

		result = faq_stage_check(
		    &import->stage, &entry, import->version, why);
		if (result != ERR_INVALID)
			return result;
		row = row_of(import, entry);
		if (row == NULL)
			return result;
		result = faq_faults_add_loader(
		    &import->faults, row->number, why->text);
		if (result == OK)
			result = make_harmless(entry, row->id);
		if (result != OK)
			return result;
	}
	return OK;
}

static enum result
prepare(struct import *import, struct complaint *why)
{
	enum result result = faq_load(import->dir, &import->base, why);

	if (result == OK)
		result = faq_topics_open(
		    &import->topics, import->dir, import->base, why);
	if (result == OK)
		result = read_rows(import, why);
	import->merge.base = import->base;
	if (result == OK)
		result = faq_merge_rows(&import->merge, &import->rows);
	return result;
}

static bool
changes(const struct import *import)
{
	return import->merge.added + import->merge.changed > 0;
}

static void
print_report(const struct import *import)
{
	struct text_view rest = buf_view(&import->merge.report);
	struct text_view line;
	unsigned shown = 0;

	while (text_split(&rest, '\n', &line)) {
		if (line.len == 0)
			continue;
		if (++shown > REPORT_SHOWN_MAX_LINES)
			break;
		printf("%.*s\n", TEXT_ARGS(line));
	}
	if (shown > REPORT_SHOWN_MAX_LINES)
		printf("…\n");
	printf("%s %zu câu, sửa %zu câu, giữ nguyên %zu câu.\n",
	    import->dry_run ? "Sẽ thêm" : "Đã thêm", import->merge.added,
	    import->merge.changed, import->merge.same);
	if (import->dry_run)
		printf("Chưa ghi gì; bỏ --dry-run để ghi. ");
	if (changes(import))
		printf("Phiên bản: %s → %s.\n", import->base->version,
		    import->version);
	else
		printf("Không có gì thay đổi, phiên bản %s.\n",
		    import->base->version);
}

static enum result
print_faults(struct import *import)
{
	struct buf text;
	enum result result;

	buf_init(&text, REPORT_MAX_BYTES);
	result = faq_faults_write(&import->faults, &text);
	if (result == OK)
		fprintf(stderr,
		    "%shoidap faq import: %s có %zu lỗi, chưa ghi gì; hãy sửa "
		    "rồi nhập lại\n",
		    text.at, import->file, import->faults.count);
	buf_fini(&text);
	return result == OK ? ERR_INVALID : result;
}

static enum result
run(struct import *import, struct complaint *why)
{
	enum result result = prepare(import, why);

	if (result == OK && changes(import)) {
		result = faq_stage_open(&import->stage, &import->topics, why);
		if (result == OK)
			result = check_base(import, why);
	}
	if (result == OK && import->faults.count == 0 && changes(import) &&
	    !import->dry_run)
		result = faq_stage_commit(&import->stage, why);
	return result;
}

static void
init(struct import *import)
{
	faq_rows_init(&import->rows);
	faq_faults_init(&import->faults, import->file);
	buf_init(&import->merge.report, REPORT_MAX_BYTES);
	import->merge.topics = &import->topics;
	import->merge.faults = &import->faults;
}

static void
fini(struct import *import)
{
	faq_stage_close(&import->stage);
	buf_fini(&import->merge.report);
	faq_faults_fini(&import->faults);
	faq_rows_fini(&import->rows);
	faq_topics_fini(&import->topics);
	faq_free(import->base);
}

static int
import_file(struct import *import)
{
	struct complaint why = { .text = "" };
	enum result result;
	int status = EXIT_DONE;

	init(import);
	result = run(import, &why);
	/* The rows' faults say more than what came of them. */
	if (import->faults.count > 0)
		result = print_faults(import);
	else if (result != OK)
		(void)options_fail("faq import", result, &why);
	else
		print_report(import);
	if (result != OK)
		status = EXIT_FAILED;
	fini(import);
	return status;
}

int
cli_faq_import(int argc, char **argv)
{
	static const struct option options[] = {
		{ "faq", required_argument, NULL, 'f' },
		{ "dry-run", no_argument, NULL, 'n' },
		{ "catalogue", no_argument, NULL, 'c' },
		{ 0 },
	};
	struct import import = { .dir = options_faq_dir() };
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'f')
			import.dir = optarg;
		else if (option == 'n')
			import.dry_run = true;
		else if (option == 'c')
			import.catalogue = true;
		else
			return EXIT_USAGE;
	}
	if (optind + 1 != argc) {
		fprintf(stderr,
		    "usage: hoidap faq import [--faq DIR] [--catalogue] "
		    "[--dry-run] FILE.csv|FILE.json\n");
		return EXIT_USAGE;
	}
	import.file = argv[optind];
	return import_file(&import);
}
