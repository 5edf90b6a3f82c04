/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "field.h"

#include "secret.h"

#include <sodium.h>
#include <stdio.h>

/* Meta sends the same field in different clothes: ids as strings or numbers,
 * times in seconds or milliseconds, as numbers or strings, or not at all. */

static struct text_view
keep(struct messenger_reader *reader, struct text_view text)
{
	struct text_view kept = { "", 0 };

	if (arena_text(reader->arena, text, &kept) != OK)
		reader->out_of_memory = true;
	return kept;
}

static struct text_view
string_view(const json_t *value)
{
	return (struct text_view){ json_string_value(value),
		json_string_length(value) };
}

struct text_view
messenger_field_text(struct messenger_reader *reader, const json_t *value)
{
	if (!json_is_string(value))
		return TEXT("");
	return keep(reader, string_view(value));
}

struct text_view
messenger_field_id(struct messenger_reader *reader, const json_t *value)
{
	char digits[24];

	if (json_is_string(value) &&
	    json_string_length(value) <= MESSENGER_ID_BYTES_MAX)
		return keep(reader, string_view(value));
	if (!json_is_integer(value))
		return TEXT("");
	(void)snprintf(digits, sizeof(digits), "%" JSON_INTEGER_FORMAT,
	    json_integer_value(value));
	return keep(reader, text_of(digits));
}

uint64_t
messenger_field_time_ms(const json_t *value)
{
	/* As milliseconds this was in 2001; as seconds it is in 33658. */
	const uint64_t first_ms = 1000000000000;
	uint64_t time = 0;

	if (json_is_integer(value) && json_integer_value(value) > 0)
		time = (uint64_t)json_integer_value(value);
	else if (!json_is_string(value) ||
		 text_number(string_view(value), 0, INT64_MAX, &time) != OK)
		return 0;
	return time < first_ms ? time * 1000 : time;
}

static int
hash_more(const char *bytes, size_t size, void *state)
{
	return crypto_hash_sha256_update(
	    state, (const unsigned char *)bytes, size);
}

struct text_view
messenger_field_hash(
    struct messenger_reader *reader, const char *word, const json_t *value)
{
	crypto_hash_sha256_state state;
	unsigned char digest[crypto_hash_sha256_BYTES];
	char hex[SECRET_HEX_SIZE];
	char id[MESSENGER_ID_BYTES_MAX + 1];

	(void)crypto_hash_sha256_init(&state);
	if (json_dump_callback(value, hash_more, &state,
		JSON_SORT_KEYS | JSON_COMPACT | JSON_ENCODE_ANY) != 0) {
		reader->out_of_memory = true;
		return TEXT("");
	}
	(void)crypto_hash_sha256_final(&state, digest);
	(void)sodium_bin2hex(hex, sizeof(hex), digest, sizeof(digest));
	(void)snprintf(id, sizeof(id), "%s:%s", word, hex);
	return keep(reader, text_of(id));
}
