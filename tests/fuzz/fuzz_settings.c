/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Arbitrary bytes as a settings file: refused with a complaint, or read into
 * settings that are all within their ranges. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
write_file(const char *path, const uint8_t *data, size_t size)
{
	FILE *file = fopen(path, "wb");

	assert(file != NULL);
	assert(fwrite(data, 1, size, file) == size);
	assert(fclose(file) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *const no_environment[] = { NULL };
	struct complaint why = { .text = "" };
	struct settings *settings = NULL;
	char path[64];
	enum result result;

	(void)snprintf(
	    path, sizeof(path), "/tmp/fuzz-settings-%d", (int)getpid());
	write_file(path, data, size);
	result = settings_load(path, no_environment, &settings, &why);
	(void)unlink(path);
	if (result != OK) {
		assert(settings == NULL);
		assert(result == ERR_NOMEM || why.text[0] != '\0');
		return 0;
	}
	assert(settings->http_threads >= 1 && settings->http_threads <= 64);
	for (size_t i = 0; i < settings->account_count; i++)
		assert(settings->accounts[i].id[0] != '\0');
	settings_free(settings);
	return 0;
}
