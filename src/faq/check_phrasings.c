/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "check.h"

#include <stdlib.h>

#include "quote.h"

/* A phrasing belongs to one entry.  Phrasings are compared by their folded
 * words: a citizen who types without accents writes the same message for two
 * phrasings that differ only in accents. */

struct owners {
	struct numbers keys;
	const struct phrasing **at; /* the first phrasing of each key */
};

static enum result
report_twice(const struct check *check, const struct phrasing *phrasing,
    const struct phrasing *first)
{
	const struct finding_spot spot =
	    finding_spot_of(phrasing->entry, phrasing->index);
	const struct finding_spot first_spot =
	    finding_spot_of(first->entry, first->index);

	return findings_add(check->findings, FINDING_ASKED_TWICE, &spot,
	    "\"%s\" is asked of \"%s\" as well (%s:%u)",
	    quote(phrasing->text).text, quote(first->entry->id).text,
	    first->entry->file, findings_line(check->findings, &first_spot));
}

static enum result
find_twice(const struct check *check, struct owners *owners)
{
	enum result result = OK;

	for (size_t i = 0; i < check->phrasings->count && result == OK; i++) {
		const struct phrasing *phrasing = &check->phrasings->at[i];
		uint32_t number;

		if (phrasing->wording.count == 0)
			continue;
		result = numbers_give(
		    &owners->keys, phrasings_key(&phrasing->wording), &number);
		if (result != OK)
			break;
		if (owners->at[number] == NULL)
			owners->at[number] = phrasing;
		else if (owners->at[number]->entry != phrasing->entry)
			result =
			    report_twice(check, phrasing, owners->at[number]);
	}
	return result;
}

/* The phrasing that has the words of TEXT, or NULL. */
static enum result
find_owner(const struct check *check, const struct owners *owners,
    struct text_view text, const struct phrasing **owner_out)
{
	struct wording wording;
	enum result result =
	    phrasings_wording(check->phrasings, text, &wording);
	uint32_t number;

	if (result != OK)
		return result;
	number = wording.count == 0
		     ? NUMBERS_NONE
		     : numbers_find(&owners->keys, phrasings_key(&wording));
	*owner_out = number == NUMBERS_NONE ? NULL : owners->at[number];
	return OK;
}

static enum result
find_refused(const struct check *check, const struct owners *owners,
    const struct faq_entry *entry)
{
	enum result result = OK;

	for (size_t i = 0; i < entry->not_asked_as.count && result == OK; i++) {
		const struct finding_spot spot = { entry, "not_asked_as", i };
		struct text_view text = entry->not_asked_as.at[i];
		const struct phrasing *owner = NULL;

		result = find_owner(check, owners, text, &owner);
		if (result == OK && owner != NULL && owner->entry == entry)
			result = findings_add(check->findings,
			    FINDING_ASKED_AND_NOT, &spot,
			    "\"%s\" is among the phrasings of this entry, too",
			    quote(text).text);
	}
	return result;
}

static enum result
find_off_topic(const struct check *check, const struct owners *owners)
{
	const struct phrases *messages = &check->faq->off_topic;
	enum result result = OK;

	for (size_t i = 0; i < messages->count && result == OK; i++) {
		const struct phrasing *owner = NULL;
		struct finding_spot spot;

		result = find_owner(check, owners, messages->at[i], &owner);
		if (result != OK || owner == NULL)
			continue;
		spot = finding_spot_of(owner->entry, owner->index);
		result =
		    findings_add(check->findings, FINDING_ASKED_AND_NOT, &spot,
			"\"%s\" is among the messages of off-topic.json, too",
			quote(owner->text).text);
	}
	return result;
}

enum result
check_phrasings(const struct check *check)
{
	const struct faq *faq = check->faq;
	struct owners owners = {
		.at = calloc(check->phrasings->count + 1, sizeof(void *)),
	};
	enum result result = owners.at == NULL ? ERR_NOMEM : OK;

	if (result == OK)
		result = find_twice(check, &owners);
	for (size_t i = 0; i < faq->entry_count && result == OK; i++) {
		if (check_concerns(&faq->entries[i]))
			result = find_refused(check, &owners, &faq->entries[i]);
	}
	if (result == OK)
		result = find_off_topic(check, &owners);
	numbers_fini(&owners.keys);
	free(owners.at);
	return result;
}
