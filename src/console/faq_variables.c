/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The variables that a writer may use, with what citizens read for each today:
 * its value while that is known and fresh, else what stands in for it. */
#include "faq_parts.h"

static struct text_view
said(const struct faq_variable *variable, const char *today)
{
	bool stale = variable->review_by.len > 0 &&
		     text_compare(variable->review_by, text_of(today)) < 0;

	return variable->value.len > 0 && !stale ? variable->value
						 : variable->otherwise;
}

static json_t *
variables_json(const struct knowledge *knowledge)
{
	const struct faq *faq = knowledge->faq;
	json_t *list = json_array();
	int failed = 0;

	for (size_t i = 0; i < faq->variable_count; i++) {
		const struct faq_variable *one = &faq->variables[i];

		failed |= json_array_append_new(list,
		    json_pack("{s:o, s:o}", "name", faq_json_text(one->name),
			"said", faq_json_text(said(one, knowledge->today))));
	}
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}

struct staff_answer
faq_variables_show(struct staff_request *request)
{
	const struct knowledge *knowledge =
	    knowledge_slot_get(request->console->knowledge);
	struct staff_answer answer = staff_ok(
	    json_pack("{s:o}", "variables", variables_json(knowledge)));

	knowledge_drop(knowledge);
	return answer;
}
