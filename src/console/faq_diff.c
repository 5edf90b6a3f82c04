/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What two revisions of an entry say differently, key by key; of lists also
 * which items came and went, so that one new phrasing among fifty is seen. */
#include "faq_parts.h"

static bool
holds(const json_t *list, const json_t *value)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		if (json_equal(json_array_get(list, i), value))
			return true;
	}
	return false;
}

/* Items of LIST that are not in OTHER. */
static json_t *
only_in(const json_t *list, const json_t *other)
{
	json_t *found = json_array();

	for (size_t i = 0; i < json_array_size(list); i++) {
		json_t *value = json_array_get(list, i);

		if (!holds(other, value) &&
		    json_array_append(found, value) != 0) {
			json_decref(found);
			return NULL;
		}
	}
	return found;
}

static json_t *
change_json(const char *key, json_t *before, json_t *after)
{
	bool lists = (before == NULL || json_is_array(before)) &&
		     (after == NULL || json_is_array(after));

	if (!lists)
		return json_pack("{s:s, s:O?, s:O?}", "field", key, "before",
		    before, "after", after);
	return json_pack("{s:s, s:O?, s:O?, s:o, s:o}", "field", key, "before",
	    before, "after", after, "added", only_in(after, before), "removed",
	    only_in(before, after));
}

static int
add_change(json_t *changes, const char *key, json_t *before, json_t *after)
{
	if (json_equal(before, after))
		return 0;
	return json_array_append_new(changes, change_json(key, before, after));
}

/* Keys of AFTER in their order, then those that only BEFORE has. */
static json_t *
changes_json(json_t *before, json_t *after)
{
	json_t *changes = json_array();
	int failed = 0;
	const char *key;
	json_t *value;

	json_object_foreach(after, key, value) failed |=
	    add_change(changes, key, json_object_get(before, key), value);
	json_object_foreach(before, key,
	    value) if (json_object_get(after, key) == NULL) failed |=
	    add_change(changes, key, value, NULL);
	if (failed == 0)
		return changes;
	json_decref(changes);
	return NULL;
}

static struct staff_answer
compare(const struct faq_subject *subject, uint64_t from, uint64_t to)
{
	json_t *before = faq_subject_json(subject, from);
	json_t *after = faq_subject_json(subject, to);
	struct staff_answer answer = staff_failed(ERR_NOT_FOUND);

	/* Against nothing, everything is new. */
	if (after != NULL && (before != NULL || from == 0)) {
		json_decref(answer.json);
		answer = staff_ok(json_pack("{s:I, s:I, s:O?, s:O, s:o}",
		    "from", (json_int_t)from, "to", (json_int_t)to,
		    "topic_before", json_object_get(before, "topic"),
		    "topic_after", json_object_get(after, "topic"), "changes",
		    changes_json(json_object_get(before, "entry"),
			json_object_get(after, "entry"))));
	}
	json_decref(before);
	json_decref(after);
	return answer;
}

struct staff_answer
faq_diff_show(struct staff_request *request)
{
	struct faq_subject subject;
	struct staff_answer answer;
	uint64_t from;
	uint64_t to;

	if (!staff_query_number(
		request, "from", INT64_MAX, 0, &from, &answer) ||
	    !staff_query_number(request, "to", INT64_MAX, 0, &to, &answer) ||
	    !faq_subject_read(request, false, &subject, &answer))
		return answer;
	answer = compare(&subject, from, to);
	faq_subject_fini(&subject);
	return answer;
}
