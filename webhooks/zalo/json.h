/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ZALO_JSON_H
#define ZALO_JSON_H

#include "text.h"

#include <jansson.h>

/* Reading Zalo's JSON, where ids and numbers come as strings or as integers.
 * OBJECT and VALUE may be NULL or of any type: what is not as wanted reads as
 * absent. */

/* A whole document without repeated keys.  ERR_NOMEM, or ERR_INVALID with a
 * WHY that never quotes the document. */
enum result zalo_json_load(
    struct text_view source, json_t **out, struct complaint *why) MUST_CHECK;

/* A string member, borrowed from OBJECT; else the empty view. */
struct text_view zalo_json_text(const json_t *object, const char *key);

/* A string VALUE, borrowed, or an integer, written to DIGITS; else the empty
 * view. */
enum { ZALO_JSON_DIGITS_SIZE = 24 };
struct text_view zalo_json_scalar(
    const json_t *value, char digits[ZALO_JSON_DIGITS_SIZE]);

/* A VALUE that is an integer, or a string that reads as one; ERR_NOT_FOUND
 * for anything else. */
enum result zalo_json_number(const json_t *value, int64_t *out) MUST_CHECK;

#endif
