/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "json_parts.h"

json_t *
json_parts_view(struct text_view view)
{
	return json_stringn(view.at == NULL ? "" : view.at, view.len);
}

json_t *
json_parts_candidates(const struct match_result *match)
{
	json_t *list = json_array();

	for (size_t i = 0; i < match->candidate_count; i++) {
		const struct match_candidate *candidate = &match->candidates[i];

		(void)json_array_append_new(
		    list, json_pack("{s:o, s:f}", "id",
			      json_parts_view(candidate->entry->id),
			      "confidence", candidate->confidence));
	}
	return list;
}

json_t *
json_parts_reasons(const struct match_explanation *explanation)
{
	json_t *list = json_array();

	for (size_t i = 0; i < explanation->count; i++)
		(void)json_array_append_new(
		    list, json_pack("{s:o, s:f, s:s}", "phrase",
			      json_parts_view(explanation->reasons[i].phrase),
			      "weight", explanation->reasons[i].weight, "kind",
			      explanation->reasons[i].kind));
	return list;
}
