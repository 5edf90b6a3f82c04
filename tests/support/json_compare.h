/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_JSON_COMPARE_H
#define HOIDAP_TEST_JSON_COMPARE_H

#include <jansson.h>

/* json_compare(where, want, got):
 * Print every difference with WHERE (a file's name) and the path of its key;
 * returns how many there were.  Only what WANT names is compared: objects may
 * have more keys, lists must have the same length, null means "not there".
 * Of a text under the key "refused", WANT may quote a part. */
unsigned json_compare(const char *where, json_t *want, const json_t *got);

#endif
