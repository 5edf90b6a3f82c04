/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* How long does it take to find out what a draft changes?  5,000 past
 * questions are put to the base in force and to a candidate:
 *     build/bench/tests/bench/replay [FAQ_DIR]
 * prints the figures of the check; the goal is a replay under 2,000 ms. */
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "render.h"
#include "secret.h"
#include "src/console/faq_trial.h"

enum { QUESTIONS = 5000, ARENA_MAX_BYTES = 64 << 20 };

static const char path[] = "/tmp/hoidap-bench-replay.db";

static const struct audit_line line = {
	.at_ms = 1,
	.user = 1,
	.login = { "bench", 5 },
	.action = { "entry.draft", 11 },
	.subject = { "bench", 5 },
};

static void
need(enum result result, const char *what)
{
	if (result == OK)
		return;
	fprintf(stderr, "replay: %s: %s\n", what, result_name(result));
	exit(1);
}

static void
remove_store(void)
{
	static const char *const ends[] = { "", "-wal", "-shm", ".lock" };
	char name[128];

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		(void)snprintf(name, sizeof(name), "%s%s", path, ends[i]);
		(void)unlink(name);
	}
}

static enum result
decide(void *context, struct text_view state, struct turn_outcome *out)
{
	(void)state;
	out->question = context;
	return OK;
}

static void
done(struct turn_batch *batch, enum result result)
{
	need(result, "logging questions");
	atomic_store((_Atomic bool *)batch->context, true);
}

static void
log_question(struct store *store, struct question *question, uint64_t now_ms)
{
	_Atomic bool is_done = false;
	struct turn turn = { .channel = "webchat",
		.account = TEXT("default"),
		.citizen = TEXT("bench"),
		.now_ms = now_ms,
		.decide = decide,
		.context = question };
	struct turn_batch batch = {
		.turns = &turn, .count = 1, .done = done, .context = &is_done
	};

	need(store_submit(store, &batch), "submitting");
	while (!atomic_load(&is_done))
		(void)sched_yield();
}

/* The phrasings of the base, over and over, each a little different, so that
 * no two are the same text. */
static void
log_questions(struct store *store, const struct faq *faq)
{
	for (size_t i = 0; i < QUESTIONS; i++) {
		const struct faq_entry *entry =
		    &faq->entries[i % faq->entry_count];
		struct phrases asked = entry->asked_as;
		size_t nth = i / faq->entry_count;
		struct question question = { .decision = TEXT("answer") };
		char text[2048];

		(void)snprintf(text, sizeof(text), "cho em hỏi %.*s ạ %zu",
		    TEXT_ARGS(asked.count == 0 ? entry->question
					       : asked.at[nth % asked.count]),
		    i);
		question.text = text_of(text);
		log_question(store, &question, i + 1);
	}
}

/* An entry of the base with half of its phrasings. */
static void
draft(struct store *store, const struct faq *faq, struct faq_trial *trial)
{
	const struct faq_entry *entry = &faq->entries[faq->entry_count / 2];
	struct faq_entry edited = *entry;
	struct draft_save save = { .seen = { .entry = entry->id },
		.topic = entry->topic };
	struct revision_key key;
	struct buf json;

	edited.asked_as.count /= 2;
	buf_init(&json, 1 << 20);
	need(render_entry(&edited, &json), "rendering");
	save.json = buf_view(&json);
	need(store_draft_save(store, &save, &line, &key), "saving");
	need(store_drafts(store, &trial->arena, &trial->revisions,
		 &trial->revision_count),
	    "reading");
	buf_fini(&json);
}

/* MS and CPU_MS of the whole check: on a busy machine the second says more. */
static void
print(const struct faq_trial *trial, uint64_t ms, uint64_t cpu_ms)
{
	json_t *replay = json_object_get(trial->report, "replay");

	printf(
	    "{\"questions\": %lld, \"replay_ms\": %lld, \"changed\": %lld, "
	    "\"load_ms\": %lld, \"check_ms\": %llu, \"check_cpu_ms\": %llu}\n",
	    json_integer_value(json_object_get(replay, "questions")),
	    json_integer_value(json_object_get(replay, "ms")),
	    json_integer_value(json_object_get(replay, "changed")),
	    json_integer_value(json_object_get(trial->report, "load_ms")),
	    (unsigned long long)ms, (unsigned long long)cpu_ms);
}

int
main(int argc, char **argv)
{
	const struct store_options options = {
		.url = "sqlite:/tmp/hoidap-bench-replay.db",
		.turns_waiting_max = 100,
	};
	struct faq_trial trial = { .dir = argc > 1 ? argv[1] : "faq",
		.questions_max = QUESTIONS,
		.now_ms = clock_now_ms() };
	struct complaint why = { .text = "" };
	struct knowledge *before = NULL;
	char today[DATE_SIZE];
	uint64_t started_ms;
	clock_t started_cpu;

	need(secret_init(), "libsodium");
	remove_store();
	date_of_ms(trial.now_ms, today);
	arena_init(&trial.arena, ARENA_MAX_BYTES);
	need(knowledge_load(trial.dir, today, &before, &why), why.text);
	need(store_open(&options, &trial.store, &why), why.text);
	log_questions(trial.store, before->faq);
	draft(trial.store, before->faq, &trial);
	trial.before = before;
	started_ms = clock_monotonic_ms();
	started_cpu = clock();
	need(faq_trial_run(&trial), "the check");
	print(&trial, clock_monotonic_ms() - started_ms,
	    (uint64_t)(clock() - started_cpu) * 1000 / CLOCKS_PER_SEC);
	store_close(trial.store);
	faq_trial_fini(&trial);
	remove_store();
	return 0;
}
