/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_BENCH_GENERATED_H
#define HOIDAP_BENCH_GENERATED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "tokens.h"
#include "vocabulary.h"

/* A base of any size and questions to it, the same for every matcher and on
 * every run.
 *
 * It grows as a real one does, office by office: each has 200 entries out of
 * 1,000 common ones (a service, and what is asked about it), so words are
 * shared, and from the second office on the same entry exists again under
 * another office's name.  A question is put together like a phrasing, mostly
 * in a way that the base does not hold; then half of the questions lose their
 * marks, and half lose a word. */

enum {
	GENERATED_PHRASINGS = 10,
	GENERATED_OFFICE_ENTRIES = 200,
	GENERATED_COMMON = 1000,
	GENERATED_ENTRIES_MAX = 100000,
	GENERATED_TEXT_SIZE = 512,
};

struct generated_entry {
	struct text_view id;
	struct text_view phrasings[GENERATED_PHRASINGS];
	struct text_view pattern; /* PCRE2, on the folded question */
};

struct generated_question {
	struct text_view text;
	size_t entry;
};

struct generated {
	struct arena arena;
	struct generated_entry *entries;
	size_t entry_count;
	struct generated_question *questions;
	size_t question_count;
	uint64_t dice;
};

/* What one entry is about. */
struct generated_topic {
	const char *action;
	const char *thing;
	const struct vocabulary_aspect *aspect;
	char office[64]; /* " ở phường Tân Định", or empty */
};

static inline unsigned
generated_roll(struct generated *generated, size_t sides)
{
	generated->dice =
	    generated->dice * 6364136223846793005U + 1442695040888963407U;
	return (unsigned)((generated->dice >> 33) % sides);
}

static inline void
generated_office(size_t office, char *out, size_t size)
{
	const size_t names = VOCABULARY_COUNT(vocabulary_names);

	(void)snprintf(out, size, " ở phường %s %s",
	    vocabulary_names[office % names],
	    vocabulary_names[(office / names + office + 1) % names]);
}

static inline struct generated_topic
generated_topic(const struct generated *generated, size_t number)
{
	const size_t actions = VOCABULARY_COUNT(vocabulary_actions);
	const size_t things = VOCABULARY_COUNT(vocabulary_things);
	const size_t aspects = VOCABULARY_COUNT(vocabulary_aspects);
	size_t office = number / GENERATED_OFFICE_ENTRIES;
	size_t slot = number % GENERATED_OFFICE_ENTRIES;
	/* 7 and 1,000 have no divisor in common, nor have 7,919 and all the
	 * combinations: so nothing comes twice. */
	size_t common = (slot * 7 + office * 131) % GENERATED_COMMON;
	size_t mixed = common * 7919 % (actions * things * aspects);
	struct generated_topic topic = {
		.thing = vocabulary_things[mixed % things],
		.action = vocabulary_actions[mixed / things % actions],
		.aspect = &vocabulary_aspects[mixed / things / actions],
	};

	if (generated->entry_count > GENERATED_OFFICE_ENTRIES)
		generated_office(office, topic.office, sizeof(topic.office));
	return topic;
}

/* One way to ask for TOPIC; CORE says in which of its words. */
static inline void
generated_phrase(struct generated *generated,
    const struct generated_topic *topic, unsigned core, char *out, size_t size)
{
	const char *text = topic->aspect->cores[core % VOCABULARY_CORES];
	const char *hole = strstr(text, "%s");
	unsigned opening =
	    generated_roll(generated, VOCABULARY_COUNT(vocabulary_openings));
	unsigned closing =
	    generated_roll(generated, VOCABULARY_COUNT(vocabulary_closings));

	(void)snprintf(out, size, "%s%.*s%s %s%s%s%s",
	    vocabulary_openings[opening], (int)(hole - text), text,
	    topic->action, topic->thing, hole + 2, topic->office,
	    vocabulary_closings[closing]);
}

/* TEXT as a machine without accents would type it. */
static inline enum result
generated_fold(struct text_view text, struct arena *scratch, struct buf *out)
{
	struct tokens tokens;
	enum result result = tokens_read(text, scratch, &tokens);

	buf_reset(out);
	return result == OK ? tokens_join_folded(&tokens, out) : result;
}

/* As a curator would write it: the service, the office, and one of the words
 * that the aspect is asked with, in any order. */
static inline enum result
generated_pattern(struct generated *generated,
    const struct generated_topic *topic, struct text_view *out)
{
	struct buf folded;
	struct buf pattern;
	const char *const parts[] = { topic->action, topic->thing,
		topic->office };
	enum result result = OK;

	buf_init(&folded, GENERATED_TEXT_SIZE);
	buf_init(&pattern, GENERATED_TEXT_SIZE);
	for (size_t i = 0; result == OK && i < 3; i++) {
		if (*parts[i] == '\0')
			continue;
		result = generated_fold(
		    text_of(parts[i]), &generated->arena, &folded);
		if (result == OK)
			result =
			    buf_printf(&pattern, "(?=.*\\b%s\\b)", folded.at);
	}
	if (result == OK)
		result = buf_printf(
		    &pattern, "(?=.*\\b(?:%s)\\b)", topic->aspect->pattern);
	if (result == OK)
		result = arena_text(&generated->arena, buf_view(&pattern), out);
	buf_fini(&folded);
	buf_fini(&pattern);
	return result;
}

static inline enum result
generated_add_entry(struct generated *generated, size_t number)
{
	struct generated_entry *entry = &generated->entries[number];
	struct generated_topic topic = generated_topic(generated, number);
	char text[GENERATED_TEXT_SIZE];
	enum result result;

	(void)snprintf(text, sizeof(text), "viec-%zu", number);
	result = arena_text(&generated->arena, text_of(text), &entry->id);
	for (unsigned i = 0; result == OK && i < GENERATED_PHRASINGS; i++) {
		/* Its last words are for the questions alone. */
		generated_phrase(generated, &topic, i % (VOCABULARY_CORES - 1),
		    text, sizeof(text));
		result = arena_text(
		    &generated->arena, text_of(text), &entry->phrasings[i]);
	}
	if (result == OK)
		result = generated_pattern(generated, &topic, &entry->pattern);
	return result;
}

/* Take one word out of TEXT, but for the last one. */
static inline void
generated_drop_word(struct generated *generated, char *text)
{
	unsigned spaces = 0;
	char *from = text;
	char *to;

	for (const char *at = text; *at != '\0'; at++)
		spaces += *at == ' ' ? 1 : 0;
	if (spaces == 0)
		return;
	for (unsigned skip = generated_roll(generated, spaces); skip > 0;
	     skip--)
		from = strchr(from, ' ') + 1;
	to = strchr(from, ' ') + 1;
	memmove(from, to, strlen(to) + 1);
}

static inline enum result
generated_add_question(struct generated *generated, size_t number)
{
	struct generated_question *question = &generated->questions[number];
	struct generated_topic topic;
	char text[GENERATED_TEXT_SIZE];
	struct buf folded;
	enum result result = OK;

	question->entry = generated_roll(generated, generated->entry_count);
	topic = generated_topic(generated, question->entry);
	generated_phrase(generated, &topic,
	    generated_roll(generated, VOCABULARY_CORES), text, sizeof(text));
	if (number / 2 % 2 == 1)
		generated_drop_word(generated, text);
	if (number % 2 == 0)
		return arena_text(
		    &generated->arena, text_of(text), &question->text);
	buf_init(&folded, GENERATED_TEXT_SIZE);
	result = generated_fold(text_of(text), &generated->arena, &folded);
	if (result == OK)
		result = arena_text(
		    &generated->arena, buf_view(&folded), &question->text);
	buf_fini(&folded);
	return result;
}

static inline enum result
generated_init(
    struct generated *generated, size_t entry_count, size_t question_count)
{
	enum result result = OK;

	*generated = (struct generated){ .entry_count = entry_count,
		.question_count = question_count,
		.dice = 20261124 };
	arena_init(&generated->arena, (size_t)4 << 30);
	generated->entries = arena_alloc(
	    &generated->arena, entry_count, sizeof(*generated->entries));
	generated->questions = arena_alloc(
	    &generated->arena, question_count, sizeof(*generated->questions));
	if (generated->entries == NULL || generated->questions == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; result == OK && i < entry_count; i++)
		result = generated_add_entry(generated, i);
	for (size_t i = 0; result == OK && i < question_count; i++)
		result = generated_add_question(generated, i);
	return result;
}

static inline void
generated_fini(struct generated *generated)
{
	arena_fini(&generated->arena);
}

#endif
