/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Every question is drawn: what it is about (a subject and what is wanted to
 * know of it, or a matter that no procedure covers, or something the base
 * answers), how it is said, and how it is typed.  Few things are asked often
 * and many seldom, as everywhere.  Time goes by hours that weigh what an hour
 * of the week weighs, and a service that becomes known grows. */
#include "tests/support/synthetic_log.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

enum {
	HOURS = 365 * 24,
	HOUR_MS = 3600 * 1000,
	FILL_BATCH = 500,
	ABOUT_MATTER = 100000, /* numbers of matters and of what is known */
	ABOUT_KNOWN = 200000,
};

enum need {
	PAPERS,
	TIME,
	COST,
	WHERE,
	STEPS,
	PROXY,
	ONLINE,
	STATE,
	WEEKEND,
	FORM
};

struct weighted {
	const char *text;
	unsigned share;
};

struct way {
	enum need need;
	const char *format;
};

struct pair {
	const char *first;
	const char *second;
};

#define SUBJECT(text, share)
#define NEED(need, share, entry)
#define WAY(need, format)
#define DETAIL(text)
#define PLACE(text)
#define MATTER(text)
#define KNOWN(entry, text)
#define OPENING(text)
#define CLOSING(text)
#define SHORT(word, typed)

static const struct weighted subjects[] = {
#undef SUBJECT
#define SUBJECT(text, share) { text, share },
#include "tests/support/synthetic_log_table.h"
#undef SUBJECT
#define SUBJECT(text, share)
};

/* By need: the entry that comes nearest. */
static const struct weighted needs[] = {
#undef NEED
#define NEED(need, share, entry) [need] = { entry, share },
#include "tests/support/synthetic_log_table.h"
#undef NEED
#define NEED(need, share, entry)
};

static const struct way ways[] = {
#undef WAY
#define WAY(need, format) { need, format },
#include "tests/support/synthetic_log_table.h"
#undef WAY
#define WAY(need, format)
};

static const char *const details[] = {
#undef DETAIL
#define DETAIL(text) text,
#include "tests/support/synthetic_log_table.h"
#undef DETAIL
#define DETAIL(text)
};

static const char *const places[] = {
#undef PLACE
#define PLACE(text) text,
#include "tests/support/synthetic_log_table.h"
#undef PLACE
#define PLACE(text)
};

static const char *const matters[] = {
#undef MATTER
#define MATTER(text) text,
#include "tests/support/synthetic_log_table.h"
#undef MATTER
#define MATTER(text)
};

static const struct pair known[] = {
#undef KNOWN
#define KNOWN(entry, text) { entry, text },
#include "tests/support/synthetic_log_table.h"
#undef KNOWN
#define KNOWN(entry, text)
};

static const char *const openings[] = {
#undef OPENING
#define OPENING(text) text,
#include "tests/support/synthetic_log_table.h"
#undef OPENING
#define OPENING(text)
};

static const char *const closings[] = {
#undef CLOSING
#define CLOSING(text) text,
#include "tests/support/synthetic_log_table.h"
#undef CLOSING
#define CLOSING(text)
};

static const struct pair shorts[] = {
#undef SHORT
#define SHORT(word, typed) { word, typed },
#include "tests/support/synthetic_log_table.h"
};

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

struct synthetic_log {
	struct synthetic_options options;
	uint64_t dice;
	size_t given;
	/* Time: the weight of all hours, and of those before HOUR. */
	double weight;
	double before;
	size_t hour;
};

/* ---- chance ---- */

/* splitmix64 */
static uint64_t
roll(struct synthetic_log *log)
{
	uint64_t mixed = log->dice += 0x9e3779b97f4a7c15u;

	mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
	mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
	return mixed ^ (mixed >> 31);
}

static size_t
below(struct synthetic_log *log, size_t count)
{
	return (size_t)(roll(log) % count);
}

static bool
chance(struct synthetic_log *log, unsigned percent)
{
	return below(log, 100) < percent;
}

static size_t
draw(struct synthetic_log *log, const struct weighted *from, size_t count)
{
	size_t all = 0;
	size_t rest;
	size_t at = 0;

	for (size_t i = 0; i < count; i++)
		all += from[i].share;
	rest = below(log, all);
	while (rest >= from[at].share)
		rest -= from[at++].share;
	return at;
}

/* ---- time ---- */

/* How busy an hour of the year is. */
static double
hour_weight(size_t hour)
{
	static const unsigned char of_day[24] = { 2, 1, 1, 1, 1, 2, 5, 12, 20,
		22, 20, 15, 9, 13, 19, 20, 16, 11, 9, 10, 11, 9, 6, 3 };
	static const double of_week[7] = { 1.3, 1.15, 1.1, 1.1, 1.05, .55, .4 };
	double growth = 0.6 + 0.8 * (double)hour / HOURS;

	return of_day[hour % 24] * of_week[hour / 24 % 7] * growth;
}

/* The time of question number GIVEN: where its share of the weight lies. */
static uint64_t
next_time(struct synthetic_log *log)
{
	double at = log->weight * ((double)log->given + 0.5) /
		    (double)log->options.count;
	uint64_t start = log->options.end_ms - (uint64_t)HOURS * HOUR_MS;
	double within;

	while (log->hour + 1 < HOURS &&
	       log->before + hour_weight(log->hour) <= at) {
		log->before += hour_weight(log->hour);
		log->hour++;
	}
	within = (at - log->before) / hour_weight(log->hour);
	return start + (uint64_t)log->hour * HOUR_MS +
	       (uint64_t)(within * HOUR_MS);
}

/* ---- how it is typed ---- */

/* Without accents, in place. */
static void
strip_accents(char *text)
{
	utf8proc_uint8_t *plain = NULL;
	size_t len = 0;

	if (utf8proc_map((const utf8proc_uint8_t *)text, 0, &plain,
		UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
		    UTF8PROC_STRIPMARK) < 0)
		return;
	for (const char *at = (const char *)plain; *at != '\0'; at++) {
		bool d = strncmp(at, "đ", 2) == 0 || strncmp(at, "Đ", 2) == 0;

		text[len++] = d ? 'd' : *at;
		at += d ? 1 : 0;
	}
	text[len] = '\0';
	free(plain);
}

static bool
ends_word(char byte)
{
	return byte == ' ' || byte == ',' || byte == '?' || byte == '\0';
}

/* Put TYPED, which is no longer, for every whole WORD. */
static void
shorten(char *text, const char *word, const char *typed)
{
	size_t len = strlen(word);
	size_t typed_len = strlen(typed);

	for (char *at = strstr(text, word); at != NULL;
	     at = strstr(at + 1, word)) {
		if ((at != text && at[-1] != ' ') || !ends_word(at[len]))
			continue;
		memcpy(at, typed, typed_len);
		memmove(at + typed_len, at + len, strlen(at + len) + 1);
	}
}

/* Two neighbouring letters change places. */
static void
mistype(struct synthetic_log *log, char *text)
{
	size_t len = strlen(text);
	size_t at = len < 8 ? 0 : 2 + below(log, len - 6);

	for (; at + 1 < len; at++) {
		char first = text[at];
		char second = text[at + 1];

		if (first < 'a' || first > 'z' || second < 'a' || second > 'z')
			continue;
		text[at] = second;
		text[at + 1] = first;
		return;
	}
}

static void
type(struct synthetic_log *log, char *text)
{
	if (chance(log, 35)) {
		for (size_t i = 0; i < COUNT_OF(shorts); i++) {
			if (chance(log, 60))
				shorten(
				    text, shorts[i].first, shorts[i].second);
		}
	}
	if (chance(log, 30))
		strip_accents(text);
	if (chance(log, 8))
		mistype(log, text);
	if (chance(log, 40) && text[0] >= 'a' && text[0] <= 'z')
		text[0] = (char)(text[0] - 'a' + 'A');
}

/* ---- what is asked ---- */

static void
dress(
    struct synthetic_log *log, const char *core, struct synthetic_question *out)
{
	(void)snprintf(out->text, sizeof(out->text), "%s%s%s%s",
	    openings[below(log, COUNT_OF(openings))], core,
	    closings[below(log, COUNT_OF(closings))],
	    chance(log, 45) ? "?" : "");
	type(log, out->text);
	out->question.text = text_of(out->text);
}

static const char *
way_of(struct synthetic_log *log, enum need need)
{
	size_t at;

	do
		at = below(log, COUNT_OF(ways));
	while (ways[at].need != need);
	return ways[at].format;
}

static void
ask_procedure(struct synthetic_log *log, struct synthetic_question *out)
{
	size_t subject = draw(log, subjects, COUNT_OF(subjects));
	size_t need = draw(log, needs, COUNT_OF(needs));
	size_t detail = below(log, COUNT_OF(details));
	const char *format = way_of(log, (enum need)need);
	const char *place = strstr(format, "%s");
	bool plain = details[detail][0] == '\0';
	bool placed = chance(log, 8);
	char core[SYNTHETIC_TEXT_SIZE];

	out->about =
	    (unsigned)((subject * COUNT_OF(needs) + need) * COUNT_OF(details) +
		       (plain ? 0 : detail));
	(void)snprintf(core, sizeof(core), "%.*s%s%s%s%s%s%s",
	    (int)(place - format), format, subjects[subject].text,
	    plain ? "" : " ", details[detail], place + 2, placed ? " " : "",
	    placed ? places[below(log, COUNT_OF(places))] : "");
	dress(log, core, out);
	(void)snprintf(out->candidates, sizeof(out->candidates),
	    "%s 0.%02zu, %s 0.%02zu", needs[need].text, 5 + below(log, 30),
	    needs[below(log, COUNT_OF(needs))].text, below(log, 5));
}

static void
ask_matter(struct synthetic_log *log, struct synthetic_question *out)
{
	size_t matter = below(log, COUNT_OF(matters));

	out->about = (unsigned)(ABOUT_MATTER + matter);
	dress(log, matters[matter], out);
	if (chance(log, 60))
		(void)snprintf(out->candidates, sizeof(out->candidates),
		    "phan-anh-kien-nghi 0.%02zu", 3 + below(log, 20));
}

static void
ask_known(struct synthetic_log *log, struct synthetic_question *out)
{
	size_t at = below(log, COUNT_OF(known));
	size_t percent = 70 + below(log, 30);

	out->about = (unsigned)(ABOUT_KNOWN + at);
	dress(log, known[at].second, out);
	(void)snprintf(out->candidates, sizeof(out->candidates),
	    "%s 0.%zu, %s 0.%02zu", known[at].first, percent,
	    known[below(log, COUNT_OF(known))].first, below(log, 9));
	out->question.decision = TEXT("answer");
	out->question.entry = text_of(known[at].first);
	out->question.confidence = (double)percent / 100;
	if (chance(log, 3))
		out->question.label = TEXT("disputed");
}

static void
ask(struct synthetic_log *log, struct synthetic_question *out)
{
	size_t kind = below(log, 100);

	if (kind < 62) {
		ask_known(log, out);
	} else if (kind < 66) {
		dress(log, "xin chào", out);
		out->question.decision = TEXT("smalltalk");
		out->question.entry = TEXT("chao-hoi");
		out->question.confidence = 0.98;
	} else if (kind < 72) {
		ask_procedure(log, out);
		out->question.decision = TEXT("clarify");
		out->question.confidence = 0.45;
		if (chance(log, 30))
			out->question.label = TEXT("declined");
	} else {
		if (kind < 96)
			ask_procedure(log, out);
		else
			ask_matter(log, out);
		out->question.decision = TEXT("unanswered");
		out->question.confidence = 0.2;
	}
}

struct synthetic_log *
synthetic_log_new(const struct synthetic_options *options)
{
	struct synthetic_log *log = calloc(1, sizeof(*log));

	if (log == NULL)
		return NULL;
	log->options = *options;
	log->dice = options->seed;
	for (size_t hour = 0; hour < HOURS; hour++)
		log->weight += hour_weight(hour);
	return log;
}

void
synthetic_log_free(struct synthetic_log *log)
{
	free(log);
}

bool
synthetic_log_next(struct synthetic_log *log, struct synthetic_question *out)
{
	static const struct weighted from[] = { { "zalo", 55 },
		{ "messenger", 30 }, { "web", 15 } };

	if (log->given == log->options.count)
		return false;
	*out = (struct synthetic_question){
		.channel = from[draw(log, from, COUNT_OF(from))].text
	};
	(void)snprintf(out->citizen, sizeof(out->citizen), "%zu",
	    1000000 + below(log, 1 + log->options.count / 3));
	ask(log, out);
	out->at_ms = next_time(log);
	out->question.base = TEXT("0123456789abcdef");
	out->question.candidates = text_of(out->candidates);
	log->given++;
	return true;
}

/* ---- into a store ---- */

/* One batch: its questions, their turns, and those that say what was thought
 * of the answer. */
struct filling {
	struct synthetic_question *questions;
	struct turn turns[2 * FILL_BATCH];
	size_t count;
	pthread_mutex_t mutex;
	pthread_cond_t finished;
	bool is_finished;
	enum result result;
};

static enum result
decide_question(void *context, struct text_view state, struct turn_outcome *out)
{
	const struct synthetic_question *question = context;

	(void)state;
	out->question = &question->question;
	return OK;
}

static enum result
decide_label(void *context, struct text_view state, struct turn_outcome *out)
{
	const struct synthetic_question *question = context;

	(void)state;
	out->label = question->question.label;
	return OK;
}

static void
done(struct turn_batch *batch, enum result result)
{
	struct filling *filling = batch->context;

	(void)pthread_mutex_lock(&filling->mutex);
	filling->result = result;
	filling->is_finished = true;
	(void)pthread_cond_signal(&filling->finished);
	(void)pthread_mutex_unlock(&filling->mutex);
}

static enum result
submit(struct store *store, struct filling *filling)
{
	struct turn_batch batch = { .turns = filling->turns,
		.count = filling->count,
		.done = done,
		.context = filling };
	enum result result = store_submit(store, &batch);

	if (result != OK)
		return result;
	(void)pthread_mutex_lock(&filling->mutex);
	while (!filling->is_finished)
		(void)pthread_cond_wait(&filling->finished, &filling->mutex);
	filling->is_finished = false;
	result = filling->result;
	(void)pthread_mutex_unlock(&filling->mutex);
	return result;
}

static void
add_turns(struct filling *filling, struct synthetic_question *question)
{
	struct turn turn = { .channel = question->channel,
		.account = TEXT("city"),
		.citizen = text_of(question->citizen),
		.now_ms = question->at_ms,
		.decide = decide_question,
		.context = question };

	/* The copy has texts of its own. */
	question->question.text = text_of(question->text);
	question->question.candidates = text_of(question->candidates);
	filling->turns[filling->count++] = turn;
	if (question->question.label.len == 0)
		return;
	turn.decide = decide_label;
	filling->turns[filling->count++] = turn;
}

enum result
synthetic_log_fill(struct store *store, const struct synthetic_options *options)
{
	struct synthetic_log *log = synthetic_log_new(options);
	struct filling *filling = calloc(1, sizeof(*filling));
	enum result result = ERR_NOMEM;
	size_t held = 1;

	if (log == NULL || filling == NULL)
		goto out;
	(void)pthread_mutex_init(&filling->mutex, NULL);
	(void)pthread_cond_init(&filling->finished, NULL);
	filling->questions = calloc(FILL_BATCH, sizeof(*filling->questions));
	result = filling->questions == NULL ? ERR_NOMEM : OK;
	while (result == OK && held > 0) {
		held = 0;
		filling->count = 0;
		while (held < FILL_BATCH &&
		       synthetic_log_next(log, &filling->questions[held]))
			add_turns(filling, &filling->questions[held++]);
		if (held > 0)
			result = submit(store, filling);
	}
out:
	if (filling != NULL)
		free(filling->questions);
	free(filling);
	synthetic_log_free(log);
	return result;
}
