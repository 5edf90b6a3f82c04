/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_RENDER_H
#define HOIDAP_RENDER_H

#include "buf.h"
#include "faq.h"

/* Add ENTRY to OUT as it would stand in a topic file: a JSON object on one
 * line, keys in the order of schema.json, without those that say nothing.
 * ERR_NOMEM, ERR_TOO_LARGE. */
enum result render_entry(
    const struct faq_entry *entry, struct buf *out) MUST_CHECK;

#endif
