/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_JSON_PARTS_H
#define HOIDAP_JSON_PARTS_H

#include <jansson.h>

#include "match.h"

/* Pieces of JSON that several subcommands print.  What they return is the
 * caller's; NULL when out of memory, which json_pack() passes on. */
json_t *json_parts_view(struct text_view view);
/* [{"id", "confidence"}, ...], best first, as `ask --json` fixes it. */
json_t *json_parts_candidates(const struct match_result *match);
/* [{"phrase", "weight", "kind"}, ...], strongest first. */
json_t *json_parts_reasons(const struct match_explanation *explanation);

#endif
