/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "faq_parts.h"

/* The files, the console and the base in force know an entry each in their own
 * way; here they are put beside each other. */

enum { ID_MAX_BYTES = 64 };

static bool
is_id(struct text_view text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

	for (size_t i = 0; i < text.len; i++) {
		if (memchr(letters, text.at[i], sizeof(letters) - 1) == NULL)
			return false;
	}
	return text.len > 0 && text.len <= ID_MAX_BYTES;
}

static void
find_revisions(struct faq_subject *subject)
{
	for (size_t i = subject->count; i-- > 0;) {
		const struct revision *one = &subject->revisions[i];

		if (one->state == REVISION_DRAFT ||
		    one->state == REVISION_REVIEW)
			subject->open = one;
		if (one->state == REVISION_PUBLISHED)
			subject->published = one;
	}
}

static void
find_covered(struct faq_subject *subject)
{
	const struct faq *faq = subject->knowledge->faq;

	for (size_t i = 0; i < faq->covered_count; i++) {
		if (text_equal(faq->covered[i].entry, subject->id))
			subject->covered = &faq->covered[i];
	}
}

bool
faq_subject_read(struct staff_request *request, bool may_be_new,
    struct faq_subject *out, struct staff_answer *refusal_out)
{
	struct faq_subject subject = { .id = request->path[0] };
	enum result result;

	if (!is_id(subject.id)) {
		*refusal_out = staff_failed(ERR_NOT_FOUND);
		return false;
	}
	result = store_revisions(request->console->store, subject.id,
	    request->arena, &subject.revisions, &subject.count);
	if (result != OK) {
		*refusal_out = staff_failed(result);
		return false;
	}
	subject.knowledge = knowledge_slot_get(request->console->knowledge);
	subject.entry = faq_find(subject.knowledge->faq, subject.id);
	find_revisions(&subject);
	find_covered(&subject);
	if (subject.entry == NULL && subject.count == 0 && !may_be_new) {
		faq_subject_fini(&subject);
		*refusal_out = staff_failed(ERR_NOT_FOUND);
		return false;
	}
	*out = subject;
	return true;
}

void
faq_subject_fini(struct faq_subject *subject)
{
	knowledge_drop(subject->knowledge);
	subject->knowledge = NULL;
}

/* What the files say: of an entry that is covered, what was kept of it. */
static json_t *
file_json(const struct faq_subject *subject)
{
	struct text_view topic =
	    subject->entry == NULL ? TEXT("") : subject->entry->topic;
	json_t *entry = NULL;

	if (subject->covered != NULL && subject->covered->file_json.len > 0)
		entry = faq_json_parse(subject->covered->file_json);
	else if (subject->covered == NULL && subject->entry != NULL)
		entry = faq_json_entry(subject->entry);
	if (entry == NULL)
		return NULL;
	return json_pack("{s:i, s:s, s:o, s:o}", "number", 0, "state", "file",
	    "topic", faq_json_text(topic), "entry", entry);
}

json_t *
faq_subject_json(const struct faq_subject *subject, uint64_t number)
{
	if (number == 0)
		return file_json(subject);
	for (size_t i = 0; i < subject->count; i++) {
		if (subject->revisions[i].key.number == number)
			return faq_json_revision(&subject->revisions[i], true);
	}
	return NULL;
}

bool
faq_why(struct staff_request *request, bool must, struct text_view *out,
    struct staff_answer *refusal_out)
{
	*out = TEXT("");
	if (!must && !staff_has(request, "why"))
		return true;
	if (!staff_text(request, "why", FAQ_WHY_MAX_BYTES, out, refusal_out))
		return false;
	*out = text_trim(*out);
	if (out->len > 0 || !must)
		return true;
	*refusal_out =
	    staff_error(400, "bad_field", "why", "say why, in a few words");
	return false;
}

struct text_view
faq_audit_subject(struct staff_request *request, struct text_view id)
{
	char text[ID_MAX_BYTES + 16];
	char *kept;

	(void)snprintf(text, sizeof(text), "entry %.*s", TEXT_ARGS(id));
	kept = arena_string(request->arena, text_of(text));
	return text_of(kept);
}
