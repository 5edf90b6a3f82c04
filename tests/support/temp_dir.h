/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_TEMP_DIR_H
#define HOIDAP_TEST_TEMP_DIR_H

/* An empty folder of its own for one test. */
enum { TEMP_DIR_SIZE = 64, TEMP_DIR_PATH_SIZE = 256 };

struct temp_dir {
	char path[TEMP_DIR_SIZE];
};

/* Fails the test when there can be none. */
void temp_dir_make(struct temp_dir *dir);
/* With everything in it. */
void temp_dir_remove(const struct temp_dir *dir);
/* "PATH/NAME" */
void temp_dir_file(
    const struct temp_dir *dir, const char *name, char out[TEMP_DIR_PATH_SIZE]);

#endif
