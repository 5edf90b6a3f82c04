/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_FAQ_FOLDER_H
#define HOIDAP_TEST_FAQ_FOLDER_H

/* A FAQ folder on the disk for one test, and commands run on it. */

#include "tests/support/cmocka_all.h"

#include <dirent.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "faq.h"
#include "src/cli/faq_commands.h"
#include "src/cli/faq_file.h"
#include "tests/support/temp_dir.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

struct folder {
	struct temp_dir dir;	/* the base */
	struct temp_dir beside; /* sheets and what commands print */
	char out[65536];	/* what the last command printed */
	char err[65536];
};

static inline void
folder_put(const struct temp_dir *dir, const char *name, struct text_view text)
{
	char path[TEMP_DIR_PATH_SIZE];

	temp_dir_file(dir, name, path);
	assert_int_equal(faq_file_write(path, text, NULL), OK);
}

/* The file's text; free() it. */
static inline char *
folder_get(const struct temp_dir *dir, const char *name)
{
	char path[TEMP_DIR_PATH_SIZE];
	struct buf text;

	temp_dir_file(dir, name, path);
	buf_init(&text, (size_t)64 << 20);
	assert_int_equal(faq_file_read(path, &text, NULL), OK);
	return buf_take(&text);
}

/* A base of two topics. */
static inline int
folder_make(void **state)
{
	struct folder *folder = calloc(1, sizeof(*folder));

	assert_non_null(folder);
	temp_dir_make(&folder->dir);
	temp_dir_make(&folder->beside);
	folder_put(&folder->dir, "locality.json",
	    TEXT("{\"locality\": \"X\", \"variables\": {\"portal_url\": "
		 "{\"value\": \"https://cong.vn\"}}}\n"));
	folder_put(&folder->dir, "residence.json",
	    TEXT("{\n  \"topic\": \"residence\",\n  \"title\": \"Cư trú\",\n"
		 "  \"entries\": [\n    {\n"
		 "      \"id\": \"tam-tru\",\n"
		 "      \"question\": \"Đăng ký tạm trú thế nào?\",\n"
		 "      \"asked_as\": [\n        \"tạm trú online\",\n"
		 "        \"ở trọ khai tạm trú sao\"\n      ],\n"
		 "      \"answer\": \"Vào {{portal_url}}.\",\n"
		 "      \"related\": [\n        \"ho-kinh-doanh\"\n      ],\n"
		 "      \"reviewed\": \"2026-11-24\",\n"
		 "      \"valid_until\": null\n    }\n  ]\n}\n"));
	folder_put(&folder->dir, "shop.json",
	    TEXT("{\n  \"topic\": \"shop\",\n  \"title\": \"Buôn bán\",\n"
		 "  \"entries\": [\n    {\n"
		 "      \"id\": \"ho-kinh-doanh\",\n"
		 "      \"question\": \"Mở hộ kinh doanh thế nào?\",\n"
		 "      \"answer\": \"Ra phường.\"\n    }\n  ]\n}\n"));
	*state = folder;
	return 0;
}

static inline int
folder_remove(void **state)
{
	struct folder *folder = *state;

	temp_dir_remove(&folder->dir);
	temp_dir_remove(&folder->beside);
	free(folder);
	return 0;
}

/* Send FILE_NUMBER to NAME beside the base; returns the old one. */
static inline int
folder_divert(struct folder *folder, int file_number, const char *name)
{
	char path[TEMP_DIR_PATH_SIZE];
	int kept = dup(file_number);
	int file;

	temp_dir_file(&folder->beside, name, path);
	file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(kept >= 0 && file >= 0);
	assert_int_equal(dup2(file, file_number), file_number);
	(void)close(file);
	return kept;
}

static inline void
folder_restore(struct folder *folder, int file_number, int kept,
    const char *name, char *text, size_t size)
{
	char *got;

	assert_int_equal(dup2(kept, file_number), file_number);
	(void)close(kept);
	got = folder_get(&folder->beside, name);
	(void)snprintf(text, size, "%s", got == NULL ? "" : got);
	free(got);
}

/* Run COMMAND with up to 8 arguments; its exit status. */
static inline int
folder_run(struct folder *folder, int (*command)(int argc, char **argv),
    const char *const *arguments)
{
	char *argv[10] = { NULL };
	int argc = 0;
	int status;
	int out;
	int err;

	argv[argc++] = strdup("command");
	while (argc < 9 && arguments[argc - 1] != NULL) {
		argv[argc] = strdup(arguments[argc - 1]);
		argc++;
	}
	(void)fflush(NULL);
	out = folder_divert(folder, STDOUT_FILENO, "stdout");
	err = folder_divert(folder, STDERR_FILENO, "stderr");
	optind = 1;
	status = command(argc, argv);
	(void)fflush(NULL);
	folder_restore(folder, STDERR_FILENO, err, "stderr", folder->err,
	    sizeof(folder->err));
	folder_restore(folder, STDOUT_FILENO, out, "stdout", folder->out,
	    sizeof(folder->out));
	for (int i = 0; i < argc; i++)
		free(argv[i]);
	return status;
}

/* Import SHEET, called NAME, with one more option or NULL. */
static inline int
folder_import(struct folder *folder, const char *name, const char *sheet,
    const char *option)
{
	char path[TEMP_DIR_PATH_SIZE];

	folder_put(&folder->beside, name, text_of(sheet));
	temp_dir_file(&folder->beside, name, path);
	return folder_run(folder, cli_faq_import,
	    (const char *const[]){
		"--faq", folder->dir.path, path, option, NULL });
}

/* The version of the base in DIR, which must load. */
static inline void
folder_version(const char *dir, char out[17])
{
	struct complaint why = { .text = "" };
	struct faq *faq = NULL;

	if (faq_load(dir, &faq, &why) != OK)
		fail_msg("%s:%u: %s", why.file, why.line, why.text);
	memcpy(out, faq->version, 17);
	faq_free(faq);
}

/* The files in DIR whose name begins with a dot: there must be none. */
static inline void
folder_has_no_leftovers(const struct folder *folder)
{
	DIR *dir = opendir(folder->dir.path);
	struct dirent *file;

	assert_non_null(dir);
	while ((file = readdir(dir)) != NULL) {
		assert_null(strstr(file->d_name, ".import"));
		assert_null(strstr(file->d_name, ".new-"));
	}
	(void)closedir(dir);
}

#define assert_says(text, want)                                                \
	do {                                                                   \
		if (strstr((text), (want)) == NULL)                            \
			fail_msg("\"%s\" is not in:\n%s", (want), (text));     \
	} while (0)

#endif
