/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Runs a fuzz target over the files of the folders that are named, without a
 * fuzzer: `make test` replays seeds and every input that once was trouble. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX_BYTES = 1048576, PATH_SIZE = 1024 };

static int
replay_file(const char *path)
{
	uint8_t *data = malloc(INPUT_MAX_BYTES);
	FILE *file = fopen(path, "rb");
	size_t size;

	if (data == NULL || file == NULL) {
		fprintf(stderr, "cannot read %s\n", path);
		free(data);
		return -1;
	}
	size = fread(data, 1, INPUT_MAX_BYTES, file);
	(void)fclose(file);
	fprintf(stderr, "%s\n", path);
	(void)LLVMFuzzerTestOneInput(data, size);
	free(data);
	return 0;
}

static int
replay_folder(const char *folder, unsigned *count)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int status = 0;

	if (dir == NULL) {
		fprintf(stderr, "there is no folder %s\n", folder);
		return -1;
	}
	while (status == 0 && (entry = readdir(dir)) != NULL) {
		char path[PATH_SIZE];

		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(
		    path, sizeof(path), "%s/%s", folder, entry->d_name);
		status = replay_file(path);
		++*count;
	}
	(void)closedir(dir);
	return status;
}

int
main(int argc, char **argv)
{
	unsigned count = 0;

	for (int i = 1; i < argc; i++)
		if (replay_folder(argv[i], &count) != 0)
			return 1;
	if (count == 0) {
		fprintf(stderr, "no input to replay\n");
		return 1;
	}
	return 0;
}
