/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_TOPIC_H
#define HOIDAP_FAQ_TOPIC_H

#include "reader.h"

/* Read a topic file and add its entries to the base.  locality.json must have
 * been read.  On failure the base may hold a part: throw it away. */
enum result topic_read(
    struct reader *reader, const struct node *root) MUST_CHECK;

#endif
