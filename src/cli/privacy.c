/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap privacy`: what an operator does for a citizen who writes a letter
 * instead of a message, and what the daily purge would do.  The store has one
 * owner, so the server must be stopped first; a store that does not exist is
 * not made. */
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "commands.h"
#include "json_parts.h"
#include "options.h"
#include "store.h"

enum { EXPORT_MAX_BYTES = 512 << 20, STORE_TURNS_MAX = 16 };

static const uint64_t day_ms = 24ull * 3600 * 1000;

struct order {
	const char *config;
	const char *channel;
	const char *citizen;
	uint64_t days; /* 0: as in the settings */
	bool yes;
	bool dry_run;
};

static int
usage(void)
{
	fprintf(stderr,
	    "usage: hoidap privacy export --channel C --citizen ID\n"
	    "       hoidap privacy erase --channel C --citizen ID [--yes]\n"
	    "       hoidap privacy purge [--days N] [--dry-run]\n"
	    "       each with [--config FILE]; stop the server first\n");
	return EXIT_USAGE;
}

/* ---- export ---- */

/* "2026-11-24T08:05:09+07:00" */
static json_t *
time_json(uint64_t ms)
{
	enum { ZONE_SECONDS = 7 * 3600, DAY_SECONDS = 24 * 3600 };
	uint64_t second = (ms / 1000 + ZONE_SECONDS) % DAY_SECONDS;
	char date[DATE_SIZE];

	date_of_ms(ms, date);
	return json_sprintf("%sT%02u:%02u:%02u+07:00", date,
	    (unsigned)(second / 3600), (unsigned)(second / 60 % 60),
	    (unsigned)(second % 60));
}

static json_t *
question_json(const struct question_row *row)
{
	const struct question *question = &row->question;

	return json_pack("{s:o, s:o, s:o, s:o, s:f, s:o, s:o, s:o, s:o}", "at",
	    time_json(row->at_ms), "text", json_parts_view(question->text),
	    "decision", json_parts_view(question->decision), "entry",
	    json_parts_view(question->entry), "confidence",
	    question->confidence, "candidates",
	    json_parts_view(question->candidates), "label",
	    json_parts_view(question->label), "chosen",
	    json_parts_view(question->chosen), "words",
	    json_parts_view(question->words));
}

/* A reply that cannot be read is shown as it is kept. */
static json_t *
reply_json(const struct citizen_reply *kept, struct arena *arena)
{
	static const char *const states[] = { "queued", "delivered", "parked" };
	struct reply reply = { .text = kept->reply };

	if (reply_unpack(kept->reply, arena, &reply) != OK)
		reply.text = kept->reply;
	return json_pack("{s:o, s:s, s:o}", "at", time_json(kept->at_ms),
	    "state", kept->state <= DELIVERY_PARKED ? states[kept->state] : "",
	    "text", json_parts_view(reply.text));
}

static json_t *
record_json(const struct citizen_record *record, struct arena *arena)
{
	json_t *questions = json_array();
	json_t *replies = json_array();
	int failed = 0;

	for (size_t i = 0; i < record->question_count; i++)
		failed |= json_array_append_new(
		    questions, question_json(&record->questions[i]));
	for (size_t i = 0; i < record->reply_count; i++)
		failed |= json_array_append_new(
		    replies, reply_json(&record->replies[i], arena));
	if (failed != 0) {
		json_decref(questions);
		json_decref(replies);
		return NULL;
	}
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "account",
	    json_parts_view(record->account), "conversation",
	    json_parts_view(record->conversation), "seen",
	    time_json(record->seen_ms), "state", json_parts_view(record->state),
	    "questions", questions, "replies", replies);
}

static enum result
print_records(const struct order *order, const struct citizen_record *records,
    size_t count, struct arena *arena)
{
	json_t *list = json_array();
	json_t *root = json_pack("{s:s, s:s, s:o}", "channel", order->channel,
	    "citizen", order->citizen, "records", list);
	int failed = root == NULL;
	enum result result = ERR_NOMEM;

	for (size_t i = 0; failed == 0 && i < count; i++)
		failed |= json_array_append_new(
		    list, record_json(&records[i], arena));
	if (failed == 0)
		result = json_dumpf(root, stdout,
			     JSON_INDENT(2) | JSON_REAL_PRECISION(6)) == 0 &&
				 putchar('\n') != EOF
			     ? OK
			     : ERR_IO;
	json_decref(root);
	return result;
}

static enum result export(
    const struct order *order, struct store *store, struct complaint *why) {
	struct citizen_record *records = NULL; struct arena arena;
	size_t count = 0; enum result result;

	arena_init(&arena, EXPORT_MAX_BYTES);
	result = store_records(store, order->channel, text_of(order->citizen),
	    &arena, &records, &count);
	if (result == OK && count == 0){ complain(why, NULL, 0,
	    "nothing is kept of this citizen of %s", order->channel);
					 result = ERR_NOT_FOUND; }
if (result == OK) result = print_records(order, records, count, &arena);
arena_fini(&arena);
return result;
}

/* ---- erase ---- */

/* On a terminal a person is asked; a script must say --yes. */
static bool
is_sure(const struct order *order)
{
	char line[16] = "";

	if (order->yes)
		return true;
	fprintf(stderr,
	    "Erase all that is kept of this citizen of %s?  It cannot be "
	    "undone.  Type yes: ",
	    order->channel);
	return fgets(line, sizeof(line), stdin) != NULL &&
	       text_is(text_trim(text_of(line)), "yes");
}

static enum result
erase(const struct order *order, struct store *store, struct complaint *why)
{
	size_t erased = 0;
	enum result result;

	if (!is_sure(order)) {
		complain(why, NULL, 0, "nothing was erased");
		return ERR_INVALID;
	}
	result = store_erase(
	    store, order->channel, text_of(order->citizen), &erased);
	if (result != OK)
		return result;
	if (erased == 0) {
		complain(why, NULL, 0, "nothing is kept of this citizen of %s",
		    order->channel);
		return ERR_NOT_FOUND;
	}
	printf("erased: state, texts and queued replies, in %zu accounts\n",
	    erased);
	return OK;
}

/* ---- purge ---- */

static enum result
purge(const struct order *order, struct store *store, struct complaint *why)
{
	uint64_t now_ms = clock_now_ms();
	uint64_t count = 0;
	enum result result =
	    store_count_old(store, now_ms, order->days * day_ms, &count);

	(void)why;
	if (result == OK && !order->dry_run)
		result = store_purge(store, now_ms, order->days * day_ms);
	if (result == OK)
		printf("%s %" PRIu64 " texts older than %" PRIu64 " days\n",
		    order->dry_run ? "would erase" : "erased", count,
		    order->days);
	return result;
}

/* ---- the command ---- */

static const struct action {
	const char *name;
	enum result (*run)(const struct order *order, struct store *store,
	    struct complaint *why);
	bool of_citizen; /* takes --channel and --citizen */
} actions[] = {
	{ "export", export, true },
	{ "erase", erase, true },
	{ "purge", purge, false },
};

enum { ACTIONS = sizeof(actions) / sizeof(actions[0]) };

/* Opening would make the file. */
static enum result
check_exists(const char *url, struct complaint *why)
{
	static const char scheme[] = "sqlite:";

	if (strncmp(url, scheme, sizeof(scheme) - 1) != 0 ||
	    access(url + sizeof(scheme) - 1, F_OK) == 0)
		return OK;
	complain(why, url + sizeof(scheme) - 1, 0,
	    "there is no such store; name the server's settings with "
	    "--config");
	return ERR_NOT_FOUND;
}

static enum result
run(const struct action *action, struct order *order, struct complaint *why)
{
	struct settings *settings = NULL;
	struct store *store = NULL;
	enum result result =
	    settings_load(order->config, environ, &settings, why);

	if (result != OK)
		return result;
	const struct store_options options = { .url = settings->store,
		.turns_waiting_max = STORE_TURNS_MAX };

	if (order->days == 0)
		order->days = settings->keep_days;
	result = check_exists(settings->store, why);
	if (result == OK)
		result = store_open(&options, &store, why);
	if (result == OK)
		result = action->run(order, store, why);
	store_close(store);
	settings_free(settings);
	return result;
}

static bool
read_options(int argc, char **argv, struct order *order)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'f' },
		{ "channel", required_argument, NULL, 'c' },
		{ "citizen", required_argument, NULL, 'i' },
		{ "days", required_argument, NULL, 'd' },
		{ "yes", no_argument, NULL, 'y' },
		{ "dry-run", no_argument, NULL, 'n' },
		{ 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'f')
			order->config = optarg;
		else if (option == 'c')
			order->channel = optarg;
		else if (option == 'i')
			order->citizen = optarg;
		else if (option == 'y')
			order->yes = true;
		else if (option == 'n')
			order->dry_run = true;
		else if (option != 'd' || text_number(text_of(optarg), 1, 3650,
					      &order->days) != OK)
			return false;
	}
	return optind + 1 == argc;
}

int
cli_privacy(int argc, char **argv)
{
	struct order order = { 0 };
	struct complaint why = { .text = "" };
	const struct action *action = NULL;
	enum result result;

	if (!read_options(argc, argv, &order))
		return usage();
	for (size_t i = 0; i < ACTIONS; i++)
		if (strcmp(actions[i].name, argv[optind]) == 0)
			action = &actions[i];
	if (action == NULL || action->of_citizen != (order.channel != NULL) ||
	    action->of_citizen != (order.citizen != NULL))
		return usage();
	if (action->of_citizen &&
	    channel_named(text_of(order.channel)) == NULL) {
		fprintf(stderr,
		    "hoidap privacy: there is no channel \"%s\": it is "
		    "messenger, zalo or webchat\n",
		    order.channel);
		return EXIT_USAGE;
	}
	result = run(action, &order, &why);
	return result == OK ? EXIT_DONE : options_fail("privacy", result, &why);
}
