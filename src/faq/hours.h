/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_HOURS_H
#define HOIDAP_FAQ_HOURS_H

#include "reader.h"

/* Read hours.json: when people of the agency answer. */
enum result hours_read(
    struct reader *reader, const struct node *root) MUST_CHECK;

#endif
