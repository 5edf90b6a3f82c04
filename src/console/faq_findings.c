/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_findings.h"

#include <string.h>

#include "confusions.h"
#include "faq_json.h"
#include "findings.h"

enum { CONFUSED_MIN = 2 }; /* phrasings; one alone may be chance */

struct listing {
	const struct faq_findings_scope *scope;
	json_t *list;
	size_t errors;
};

static bool
is_changed(const struct faq_findings_scope *scope, struct text_view entry)
{
	for (size_t i = 0; i < scope->count; i++) {
		if (text_equal(scope->revisions[i].key.entry, entry))
			return true;
	}
	return false;
}

/* A finding about two entries stands at one of them and names the other in
 * quotes. */
static bool
names_changed(const struct faq_findings_scope *scope, struct text_view what)
{
	for (size_t i = 0; i < scope->count; i++) {
		struct text_view id = scope->revisions[i].key.entry;
		size_t at = 0;

		while (at < what.len) {
			struct text_view rest = text_slice(what, at, what.len);
			size_t found = text_find(rest, id);

			if (found == SIZE_MAX)
				break;
			at += found + id.len;
			if (found > 0 && rest.at[found - 1] == '"' &&
			    at < what.len && what.at[at] == '"')
				return true;
		}
	}
	return false;
}

static enum result
add(struct listing *listing, enum finding_kind kind, struct text_view entry,
    struct text_view what)
{
	const struct finding_rule *rule = finding_rule(kind);

	listing->errors += rule->error ? 1 : 0;
	return json_array_append_new(listing->list,
		   json_pack("{s:s, s:s, s:o, s:o, s:s}", "severity",
		       rule->error ? "error" : "warning", "rule", rule->name,
		       "entry", faq_json_text(entry), "what",
		       faq_json_text(what), "mend", rule->mend)) == 0
		   ? OK
		   : ERR_NOMEM;
}

static enum result
add_rules(struct listing *listing)
{
	const struct faq_findings_scope *scope = listing->scope;
	struct findings *findings = NULL;
	enum result result = findings_collect_over(
	    scope->dir, scope->overlay, scope->candidate->today, &findings);

	if (result != OK)
		return result;
	for (size_t i = 0; i < findings->count && result == OK; i++) {
		const struct finding *finding = &findings->at[i];

		if (is_changed(scope, finding->entry) ||
		    names_changed(scope, finding->what))
			result = add(listing, finding->kind, finding->entry,
			    finding->what);
	}
	findings_free(findings);
	return result;
}

static enum result
add_confusion(struct listing *listing, const struct confusion *one)
{
	struct buf what;
	enum result result;

	buf_init(&what, 4096);
	result = buf_printf(&what,
	    "%zu of %zu phrasings, such as \"%.*s\", would be answered with "
	    "\"%.*s\" if they were not written here",
	    one->count, 1 + one->entry->asked_as.count,
	    TEXT_ARGS(one->surest->text), TEXT_ARGS(one->taken_for->id));
	if (result == OK)
		result = add(listing, FINDING_TAKEN_FOR_ANOTHER, one->entry->id,
		    buf_view(&what));
	buf_fini(&what);
	return result;
}

/* What the matching mixes up, from the rehearsal of the candidate. */
static enum result
add_confusions(struct listing *listing)
{
	const struct match_index *index = listing->scope->candidate->index;
	struct match_thresholds thresholds;
	struct confusions confusions;
	enum result result;

	match_thresholds(index, &thresholds);
	result = confusions_find(index, thresholds.answer, &confusions);
	if (result != OK)
		return result;
	for (size_t i = 0; i < confusions.count && result == OK; i++) {
		const struct confusion *one = &confusions.at[i];

		if (one->count < CONFUSED_MIN)
			break;
		if (is_changed(listing->scope, one->entry->id) ||
		    is_changed(listing->scope, one->taken_for->id))
			result = add_confusion(listing, one);
	}
	confusions_fini(&confusions);
	return result;
}

enum result
faq_findings_list(const struct faq_findings_scope *scope, json_t **list_out,
    size_t *errors_out)
{
	struct listing listing = { .scope = scope, .list = json_array() };
	enum result result = listing.list == NULL ? ERR_NOMEM : OK;

	if (result == OK)
		result = add_rules(&listing);
	if (result == OK)
		result = add_confusions(&listing);
	if (result != OK) {
		json_decref(listing.list);
		return result;
	}
	*list_out = listing.list;
	*errors_out = listing.errors;
	return OK;
}
