/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_SHORTCUT_H
#define HOIDAP_MATCH_SHORTCUT_H

#include "question.h"

/* What can be said about a message before it is matched. */
enum match_shortcut shortcut_of(
    const struct match_index *index, const struct question *question);

#endif
