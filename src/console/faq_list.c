/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The list of entries: those in force in the order of the files, then those
 * that only a draft knows.  The store is asked three times, however many
 * entries there are. */
#include <stdlib.h>

#include "clock.h"
#include "faq_filter.h"
#include "faq_list.h"

enum { PAGE_STANDARD = 100, PAGE_MAX = 1000 };

static const uint64_t day_ms = 24ull * 3600 * 1000;

struct listing {
	struct staff_request *request;
	const struct knowledge *knowledge;
	struct faq_filter filter;
	char oldest[DATE_SIZE]; /* review that is not stale */
	struct text_view state; /* "draft", "review", "none"; empty: any */
	bool stale_only;
	bool unused_only;
	bool conflicts_only;
	uint64_t offset;
	uint64_t limit;
	/* Sorted by entry. */
	struct revision *drafts;
	size_t draft_count;
	struct entry_use *uses;
	size_t use_count;
	json_t *rows;
	uint64_t total;
};

/* ---- what is known of an entry elsewhere ---- */

static int
compare_draft(const void *key, const void *element)
{
	return text_compare(*(const struct text_view *)key,
	    ((const struct revision *)element)->key.entry);
}

static int
compare_use(const void *key, const void *element)
{
	return text_compare(*(const struct text_view *)key,
	    ((const struct entry_use *)element)->entry);
}

static const struct revision *
draft_of(const struct listing *listing, struct text_view id)
{
	return listing->draft_count == 0
		   ? NULL
		   : bsearch(&id, listing->drafts, listing->draft_count,
			 sizeof(*listing->drafts), compare_draft);
}

static const struct entry_use *
use_of(const struct listing *listing, struct text_view id)
{
	return listing->use_count == 0
		   ? NULL
		   : bsearch(&id, listing->uses, listing->use_count,
			 sizeof(*listing->uses), compare_use);
}

static const struct faq_covered *
covered_of(const struct faq *faq, struct text_view id)
{
	for (size_t i = 0; i < faq->covered_count; i++) {
		if (text_equal(faq->covered[i].entry, id))
			return &faq->covered[i];
	}
	return NULL;
}

/* ---- a row ---- */

static bool
state_fits(const struct listing *listing, const struct revision *draft)
{
	if (listing->state.len == 0)
		return true;
	return text_is(listing->state,
	    draft == NULL ? "none" : store_revision_state_name(draft->state));
}

static json_t *
draft_json(const struct revision *draft)
{
	return draft == NULL ? json_null() : faq_json_revision(draft, false);
}

static json_t *
row_json(const struct listing *listing, const struct faq_entry *entry,
    const struct faq_covered *covered)
{
	static const char *const kinds[] = {
		[ENTRY_ANSWER] = "answer",
		[ENTRY_SMALLTALK] = "smalltalk",
		[ENTRY_REFER] = "refer",
		[ENTRY_HANDOFF] = "handoff",
	};
	static const char *const statuses[] = {
		[ENTRY_PUBLISHED] = "published",
		[ENTRY_DRAFT] = "draft",
		[ENTRY_RETIRED] = "retired",
	};
	const struct entry_use *use = use_of(listing, entry->id);

	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:s, s:s, s:o, s:o, s:I, "
			 "s:s, s:b, s:b, s:I, s:I, s:o}",
	    "id", faq_json_text(entry->id), "question",
	    faq_json_text(entry->question), "topic",
	    faq_json_text(entry->topic), "topic_title",
	    faq_json_text(entry->topic_title), "owner",
	    faq_json_text(entry->owner), "kind", kinds[entry->kind], "status",
	    statuses[entry->status], "reviewed", faq_json_text(entry->reviewed),
	    "valid_until", faq_json_text(entry->valid_until), "phrasings",
	    (json_int_t)(1 + entry->asked_as.count), "source",
	    covered == NULL ? "file" : "console", "conflict",
	    covered != NULL && covered->conflict, "stale",
	    faq_filter_stale(entry, listing->knowledge->today, listing->oldest),
	    "used", (json_int_t)(use == NULL ? 0 : use->count), "last_used_ms",
	    (json_int_t)(use == NULL ? 0 : use->last_ms), "draft",
	    draft_json(draft_of(listing, entry->id)));
}

/* Rows before the page and behind it are only counted. */
static enum result
add_row(struct listing *listing, const struct faq_entry *entry,
    const struct faq_covered *covered)
{
	uint64_t at = listing->total++;

	if (at < listing->offset || at - listing->offset >= listing->limit)
		return OK;
	return json_array_append_new(
		   listing->rows, row_json(listing, entry, covered)) == 0
		   ? OK
		   : ERR_NOMEM;
}

static enum result
add_entry(struct listing *listing, const struct faq_entry *entry)
{
	const struct faq *faq = listing->knowledge->faq;
	const struct faq_covered *covered = covered_of(faq, entry->id);

	if (listing->conflicts_only && (covered == NULL || !covered->conflict))
		return OK;
	if (listing->stale_only &&
	    !faq_filter_stale(
		entry, listing->knowledge->today, listing->oldest))
		return OK;
	if (listing->unused_only && use_of(listing, entry->id) != NULL)
		return OK;
	if (!state_fits(listing, draft_of(listing, entry->id)) ||
	    !faq_filter_fits(&listing->filter, entry))
		return OK;
	return add_row(listing, entry, covered);
}

/* An entry that nobody has published yet: what its draft says. */
static enum result
add_draft(struct listing *listing, const struct revision *draft)
{
	json_t *json;
	struct faq_entry entry;
	enum result result = OK;

	if (faq_find(listing->knowledge->faq, draft->key.entry) != NULL ||
	    listing->stale_only || listing->conflicts_only ||
	    !state_fits(listing, draft))
		return OK;
	json = faq_json_parse(draft->json);
	entry = (struct faq_entry){
		.id = draft->key.entry,
		.topic = draft->topic,
		.topic_title = draft->topic_title,
		.question = text_of(
		    json_string_value(json_object_get(json, "question"))),
		.answer =
		    text_of(json_string_value(json_object_get(json, "answer"))),
		.owner =
		    text_of(json_string_value(json_object_get(json, "owner"))),
		.status = ENTRY_DRAFT,
	};
	if (faq_filter_fits(&listing->filter, &entry))
		result = add_row(listing, &entry, NULL);
	json_decref(json);
	return result;
}

/* ---- the whole ---- */

static bool
read_filters(struct listing *listing, struct staff_answer *refusal_out)
{
	struct staff_request *request = listing->request;
	const struct http_request *http = request->http;

	listing->filter.words = http_query(http, "q");
	listing->filter.topic = http_query(http, "topic");
	listing->filter.owner = http_query(http, "owner");
	listing->state = http_query(http, "state");
	listing->stale_only = http_query(http, "stale").len > 0;
	listing->unused_only = http_query(http, "unused").len > 0;
	listing->conflicts_only = http_query(http, "conflict").len > 0;
	if (!staff_query_number(request, "offset", UINT32_MAX, 0,
		&listing->offset, refusal_out) ||
	    !staff_query_number(request, "limit", PAGE_MAX, PAGE_STANDARD,
		&listing->limit, refusal_out))
		return false;
	if (faq_filter_start(&listing->filter, request->arena) == OK)
		return true;
	*refusal_out = staff_failed(ERR_NOMEM);
	return false;
}

static enum result
ask_store(struct listing *listing)
{
	struct staff_request *request = listing->request;
	struct store *store = request->console->store;
	enum result result = store_drafts(
	    store, request->arena, &listing->drafts, &listing->draft_count);

	if (result == OK)
		result = store_entry_uses(
		    store, request->arena, &listing->uses, &listing->use_count);
	return result;
}

static enum result
add_all(struct listing *listing)
{
	const struct faq *faq = listing->knowledge->faq;
	enum result result = ask_store(listing);

	for (size_t i = 0; i < faq->entry_count && result == OK; i++)
		result = add_entry(listing, &faq->entries[i]);
	for (size_t i = 0; i < listing->draft_count && result == OK; i++)
		result = add_draft(listing, &listing->drafts[i]);
	return result;
}

/* What the filters offer: each topic once, in order. */
static json_t *
topics_json(const struct faq *faq)
{
	json_t *topics = json_object();
	int failed = 0;

	for (size_t i = 0; i < faq->entry_count; i++) {
		const struct faq_entry *entry = &faq->entries[i];

		if (i > 0 && text_equal(entry->topic, entry[-1].topic))
			continue;
		failed |= json_object_setn_new(topics, entry->topic.at,
		    entry->topic.len, faq_json_text(entry->topic_title));
	}
	if (failed == 0)
		return topics;
	json_decref(topics);
	return NULL;
}

static json_t *
owners_json(const struct faq *faq)
{
	json_t *owners = json_object();
	int failed = 0;

	for (size_t i = 0; i < faq->entry_count; i++) {
		const struct text_view owner = faq->entries[i].owner;

		if (owner.len > 0)
			failed |= json_object_setn_new(
			    owners, owner.at, owner.len, json_true());
	}
	if (failed == 0)
		return owners;
	json_decref(owners);
	return NULL;
}

struct staff_answer
faq_list_show(struct staff_request *request)
{
	struct listing listing = { .request = request };
	uint64_t ago = FAQ_FILTER_REVIEW_DAYS * day_ms;
	struct staff_answer answer;
	enum result result;

	date_of_ms(
	    request->now_ms > ago ? request->now_ms - ago : 0, listing.oldest);
	if (!read_filters(&listing, &answer))
		return answer;
	listing.knowledge = knowledge_slot_get(request->console->knowledge);
	listing.rows = json_array();
	result = add_all(&listing);
	if (result == OK)
		answer = staff_ok(json_pack("{s:I, s:O, s:o, s:o, s:s}",
		    "total", (json_int_t)listing.total, "entries", listing.rows,
		    "topics", topics_json(listing.knowledge->faq), "owners",
		    owners_json(listing.knowledge->faq), "base",
		    listing.knowledge->faq->version));
	else
		answer = staff_failed(result);
	json_decref(listing.rows);
	knowledge_drop(listing.knowledge);
	return answer;
}
