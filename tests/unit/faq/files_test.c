/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/faq/files.h"
#include "tests/support/alloc_fault.h"

/* A folder of one test: names in it are removed with it. */
struct folder {
	char path[64];
	const char *names[8];
	size_t count;
};

static void
path_in(const struct folder *folder, const char *name, char out[128])
{
	assert_in_range(
	    snprintf(out, 128, "%s/%s", folder->path, name), 1, 127);
}

static void
put(struct folder *folder, const char *name, const char *text, size_t len)
{
	char path[128];
	FILE *file;

	path_in(folder, name, path);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
	folder->names[folder->count++] = name;
}

static int
make_folder(void **state)
{
	struct folder *folder = calloc(1, sizeof(*folder));

	assert_non_null(folder);
	(void)snprintf(
	    folder->path, sizeof(folder->path), "/tmp/faq-files-XXXXXX");
	assert_non_null(mkdtemp(folder->path));
	*state = folder;
	return 0;
}

static int
remove_folder(void **state)
{
	struct folder *folder = *state;

	for (size_t i = 0; i < folder->count; i++) {
		char path[128];

		path_in(folder, folder->names[i], path);
		assert_int_equal(remove(path), 0);
	}
	assert_int_equal(rmdir(folder->path), 0);
	free(folder);
	return 0;
}

static void
json_files_are_read_in_the_order_of_their_names(void **state)
{
	struct folder *folder = *state;
	struct complaint why;
	struct files files;
	char path[128];

	put(folder, "b.json", "BB", 2);
	put(folder, "README.md", "x", 1);
	put(folder, "Z.json", "", 0);
	put(folder, ".b.json", "x", 1);
	put(folder, "a.json", "A", 1);
	put(folder, "a.json~", "x", 1);
	/* A slash at the end is not doubled. */
	path_in(folder, "", path);
	assert_int_equal(files_read(path, &files, &why), OK);
	assert_int_equal(files.count, 3);
	path_in(folder, "Z.json", path);
	assert_string_equal(files.at[0].path, path);
	assert_text(files.at[0].text, "");
	assert_text(files.at[1].text, "A");
	path_in(folder, "b.json", path);
	assert_string_equal(files.at[2].path, path);
	assert_text(files.at[2].text, "BB");
	files_fini(&files);
}

static void
refused(const struct folder *folder, const char *name, const char *want)
{
	struct complaint why = { .line = 0 };
	char got[1024];
	char line[256];
	struct files files;

	assert_int_equal(files_read(folder->path, &files, &why), ERR_INVALID);
	complaint_print(&why, got, sizeof(got));
	(void)snprintf(
	    line, sizeof(line), "%s%s: %s", folder->path, name, want);
	assert_string_equal(got, line);
}

static void
a_folder_without_files_is_refused(void **state)
{
	refused(
	    *state, "", "has no *.json file; name the folder of the FAQ files");
}

static void
a_file_that_is_too_large_is_refused(void **state)
{
	char *text = calloc(1, FILES_MAX_BYTES + 1);

	assert_non_null(text);
	put(*state, "big.json", text, FILES_MAX_BYTES + 1);
	free(text);
	refused(*state, "/big.json",
	    "is larger than 16 MiB: split it into several topics");
}

static void
what_is_no_file_is_refused_without_waiting(void **state)
{
	struct folder *folder = *state;
	char path[128];

	path_in(folder, "pipe.json", path);
	assert_int_equal(mkfifo(path, 0600), 0);
	folder->names[folder->count++] = "pipe.json";
	refused(folder, "/pipe.json",
	    "is no ordinary file: move it out of the folder");
}

static void
what_cannot_be_opened_is_an_error_of_the_disk(void **state)
{
	struct folder *folder = *state;
	struct complaint why = { .line = 0 };
	struct files files;
	char path[128];

	path_in(folder, "none", path);
	assert_int_equal(files_read(path, &files, &why), ERR_IO);
	assert_string_equal(why.file, path);
	assert_string_equal(why.text, "cannot be opened: No such file or "
				      "directory; name the folder of the FAQ "
				      "files");
	path_in(folder, "gone.json", path);
	assert_int_equal(symlink("nowhere", path), 0);
	folder->names[folder->count++] = "gone.json";
	assert_int_equal(files_read(folder->path, &files, &why), ERR_IO);
	assert_string_equal(why.file, path);
	assert_string_equal(
	    why.text, "cannot be opened: No such file or directory");
}

static void
each_failing_allocation_is_reported(void **state)
{
	struct folder *folder = *state;
	bool reached_the_end = false;

	put(folder, "a.json", "A", 1);
	put(folder, "b.json", "B", 1);
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct complaint why;
		struct files files;
		enum result result;

		alloc_fault_arm(nth);
		result = files_read(folder->path, &files, &why);
		alloc_fault_disarm();
		reached_the_end = !alloc_fault_fired();
		assert_int_equal(result, reached_the_end ? OK : ERR_NOMEM);
		if (result == OK)
			files_fini(&files);
	}
}

#define FOLDER_TEST(test)                                                      \
	cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FOLDER_TEST(json_files_are_read_in_the_order_of_their_names),
		FOLDER_TEST(a_folder_without_files_is_refused),
		FOLDER_TEST(a_file_that_is_too_large_is_refused),
		FOLDER_TEST(what_is_no_file_is_refused_without_waiting),
		FOLDER_TEST(what_cannot_be_opened_is_an_error_of_the_disk),
		FOLDER_TEST(each_failing_allocation_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
