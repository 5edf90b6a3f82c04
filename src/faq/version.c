/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "version.h"

#include <stdio.h>

#include "hash.h"

/* Every text is hashed with the hash so far as its seed, and every list
 * begins with its length, so no two contents run together.  The hash guards
 * against mistakes, not against forgery. */

static void
add_text(uint64_t *hash, struct text_view text)
{
	*hash = hash64(text, *hash);
}

static void
add_number(uint64_t *hash, size_t number)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%zu", number);

	add_text(hash, (struct text_view){ digits, (size_t)len });
}

static void
add_phrases(uint64_t *hash, const struct phrases *phrases)
{
	add_number(hash, phrases->count);
	for (size_t i = 0; i < phrases->count; i++)
		add_text(hash, phrases->at[i]);
}

static void
add_entry(uint64_t *hash, const struct faq_entry *entry)
{
	const struct text_view texts[] = { entry->id, entry->topic,
		entry->topic_title, entry->question, entry->answer,
		entry->owner, entry->reviewed, entry->valid_from,
		entry->valid_until };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		add_text(hash, texts[i]);
	add_number(hash, (size_t)entry->kind);
	add_number(hash, (size_t)entry->status);
	add_number(hash, entry->background);
	add_phrases(hash, &entry->asked_as);
	add_phrases(hash, &entry->not_asked_as);
	add_number(hash, entry->keyword_count);
	for (size_t i = 0; i < entry->keyword_count; i++)
		add_phrases(hash, &entry->keywords[i]);
	add_phrases(hash, &entry->patterns);
	add_phrases(hash, &entry->related);
	add_number(hash, entry->button_count);
	for (size_t i = 0; i < entry->button_count; i++) {
		add_text(hash, entry->buttons[i].title);
		add_text(hash, entry->buttons[i].url);
		add_text(hash, entry->buttons[i].entry);
	}
	add_number(hash, entry->source_count);
	for (size_t i = 0; i < entry->source_count; i++) {
		add_text(hash, entry->sources[i].title);
		add_text(hash, entry->sources[i].url);
		add_text(hash, entry->sources[i].dated);
	}
}

static void
add_hours(uint64_t *hash, const struct faq_hours *hours)
{
	if (!hours->known)
		return;
	for (size_t i = 0; i < FAQ_WEEK_DAYS; i++) {
		const struct faq_day *day = &hours->week[i];

		add_number(hash, day->span_count);
		for (size_t j = 0; j < day->span_count; j++) {
			add_number(hash, day->spans[j].from);
			add_number(hash, day->spans[j].to);
		}
	}
	add_number(hash, hours->closed_count);
	for (size_t i = 0; i < hours->closed_count; i++) {
		add_text(hash, hours->closed[i].from);
		add_text(hash, hours->closed[i].to);
		add_text(hash, hours->closed[i].name);
	}
}

static void
add_items(uint64_t *hash, const struct faq_items *items)
{
	add_number(hash, items->count);
	for (size_t i = 0; i < items->count; i++) {
		add_text(hash, items->at[i].title);
		add_text(hash, items->at[i].url);
		add_text(hash, items->at[i].entry);
	}
}

static void
add_profile(uint64_t *hash, const struct faq_profile *profile)
{
	if (!profile->known)
		return;
	add_text(hash, profile->greeting);
	add_items(hash, &profile->ice_breakers);
	add_items(hash, &profile->menu);
}

void
version_of(const struct faq *faq, char out[17])
{
	uint64_t hash = 0;

	add_number(&hash, faq->entry_count);
	for (size_t i = 0; i < faq->entry_count; i++)
		add_entry(&hash, &faq->entries[i]);
	add_number(&hash, faq->variable_count);
	for (size_t i = 0; i < faq->variable_count; i++) {
		add_text(&hash, faq->variables[i].name);
		add_text(&hash, faq->variables[i].value);
		add_text(&hash, faq->variables[i].otherwise);
		add_text(&hash, faq->variables[i].review_by);
	}
	add_number(&hash, faq->lexicon_count);
	for (size_t i = 0; i < faq->lexicon_count; i++) {
		add_text(&hash, faq->lexicon[i].written);
		add_phrases(&hash, &faq->lexicon[i].means);
	}
	add_phrases(&hash, &faq->off_topic);
	add_hours(&hash, &faq->hours);
	add_profile(&hash, &faq->profile);
	(void)snprintf(out, 17, "%016llx", (unsigned long long)hash);
}
