/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef MESSENGER_FIELD_H
#define MESSENGER_FIELD_H

#include "arena.h"

#include <jansson.h>

/* Reads JSON values and copies them into an arena.  What is absent (VALUE may
 * be NULL) or of another type reads as empty.  Running out of memory is
 * remembered here, so that the caller asks once, at the end. */
struct messenger_reader {
	struct arena *arena;
	bool out_of_memory;
};

struct text_view messenger_field_text(
    struct messenger_reader *reader, const json_t *value);

/* An id is a string, or a whole number in older payloads.  A longer one than
 * this reads as empty. */
enum { MESSENGER_ID_BYTES_MAX = 255 };
struct text_view messenger_field_id(
    struct messenger_reader *reader, const json_t *value);

/* Milliseconds since 1970 from seconds or milliseconds, a number or a string;
 * 0 when it is neither. */
uint64_t messenger_field_time_ms(const json_t *value);

/* "WORD:" and a hash of all that VALUE holds, whatever the order of keys. */
struct text_view messenger_field_hash(
    struct messenger_reader *reader, const char *word, const json_t *value);

#endif
