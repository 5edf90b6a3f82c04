/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_LOCALITY_H
#define HOIDAP_FAQ_LOCALITY_H

#include "reader.h"

/* Read locality.json, the variables of this place, into the base. */
enum result locality_read(
    struct reader *reader, const struct node *root) MUST_CHECK;

#endif
