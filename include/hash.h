/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_HASH_H
#define HOIDAP_HASH_H

#include "text.h"

/* A fast hash for tables and features (XXH3): not for secrets, and the same
 * on every machine, since trained weights are keyed by it. */
uint64_t hash64(struct text_view text, uint64_t seed);

#endif
