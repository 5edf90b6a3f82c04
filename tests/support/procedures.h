/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_PROCEDURES_H
#define HOIDAP_TEST_PROCEDURES_H

#include "buf.h"

/* A catalogue of procedures such as the national one, as CSV that `hoidap faq
 * import --catalogue` reads: COUNT rows (at most PROCEDURES_MAX) with names
 * that are as long and as alike as the real ones, always the same. */
enum { PROCEDURES_MAX = 6000 };

enum result procedures_csv(size_t count, struct buf *out) MUST_CHECK;

#endif
