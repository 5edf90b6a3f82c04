/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/temp_dir.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/cmocka_all.h"

void
temp_dir_make(struct temp_dir *dir)
{
	(void)snprintf(dir->path, sizeof(dir->path), "/tmp/hoidap-test-XXXXXX");
	assert_non_null(mkdtemp(dir->path));
}

static int
remove_one(const char *path, const struct stat *found, int kind, struct FTW *at)
{
	(void)found;
	(void)kind;
	(void)at;
	return remove(path);
}

void
temp_dir_remove(const struct temp_dir *dir)
{
	assert_int_equal(
	    nftw(dir->path, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

void
temp_dir_file(
    const struct temp_dir *dir, const char *name, char out[TEMP_DIR_PATH_SIZE])
{
	int wanted =
	    snprintf(out, TEMP_DIR_PATH_SIZE, "%s/%s", dir->path, name);

	assert_in_range(wanted, 1, TEMP_DIR_PATH_SIZE - 1);
}
