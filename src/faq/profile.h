/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_PROFILE_H
#define HOIDAP_FAQ_PROFILE_H

#include "reader.h"

/* Read profile.json: what a page shows before anybody has written. */
enum result profile_read(
    struct reader *reader, const struct node *root) MUST_CHECK;

#endif
