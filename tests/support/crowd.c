/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "crowd.h"

#include <stdlib.h>
#include <string.h>

#include "clock_shift.h"
#include "cmocka_all.h"
#include "crowd_script.h"

enum {
	SCRATCH_MAX_BYTES = 64 << 20,
	CHANNELS = 3,
	SHOWN = 3,
	SHOWN_BYTES = 300
};

static const char *const act_names[CROWD_ACTS] = {
	[CROWD_SAY] = "says",
	[CROWD_TAP] = "taps",
	[CROWD_ATTACH] = "sends",
	[CROWD_FOLLOW] = "follows",
	[CROWD_STAFF] = "staff, in the platform's tool",
	[CROWD_TAKE] = "thread taken",
	[CROWD_PASS] = "thread passed",
	[CROWD_DESK_TAKE] = "desk takes",
	[CROWD_DESK_SAY] = "desk says",
	[CROWD_DESK_GIVE_BACK] = "desk gives back",
	[CROWD_AGAIN] = "again",
};

/* Their ids on the platforms are numbers, which end in their index. */
static void
meet(struct crowd *crowd, size_t index)
{
	static const char *const names[CHANNELS] = { "messenger", "zalo",
		"webchat" };
	struct crowd_citizen *citizen = &crowd->citizens[index];
	size_t which = index % CHANNELS;
	struct text_view token = text_of(citizen->token);

	citizen->channel = channel_named(text_of(names[which]));
	(void)snprintf(citizen->token, sizeof(citizen->token), "%016llx%016llx",
	    (unsigned long long)crowd->seed, (unsigned long long)index);
	token.len = strlen(citizen->token);
	if (citizen->channel->pushes)
		(void)snprintf(citizen->id, sizeof(citizen->id), "%zu%09zu",
		    7 + which, index);
	else
		secret_sha256_hex(&token, 1, citizen->id);
	citizen->heard = json_array();
	crowd_model_init(
	    &citizen->model, &crowd->world, citizen->channel, citizen->id);
}

void
crowd_make(struct crowd *crowd)
{
	struct complaint why = { .text = "" };
	char today[DATE_SIZE];

	assert_in_range(crowd->rounds, 1, CROWD_ROUNDS_MAX);
	crowd->citizens = calloc(crowd->count, sizeof(crowd->citizens[0]));
	assert_non_null(crowd->citizens);
	arena_init(&crowd->world.scratch, SCRATCH_MAX_BYTES);
	crowd_script_rounds(crowd);
	date_of_ms(crowd->at_ms[0], today);
	if (knowledge_load(
		crowd->faq_dir, today, &crowd->world.knowledge, &why) != OK)
		fail_msg("%s: %s", why.file, why.text);
	for (size_t i = 0; i < crowd->count; i++) {
		meet(crowd, i);
		crowd_script_write(crowd, i);
	}
}

void
crowd_free(struct crowd *crowd)
{
	for (size_t i = 0; i < crowd->count; i++) {
		crowd_model_fini(&crowd->citizens[i].model);
		json_decref(crowd->citizens[i].heard);
	}
	free(crowd->citizens);
	knowledge_drop(crowd->world.knowledge);
	arena_fini(&crowd->world.scratch);
}

/* The first ones that are not as they should be. */
static void
print_told(const json_t *told, const json_t *heard)
{
	size_t count = json_array_size(told) > json_array_size(heard)
			   ? json_array_size(told)
			   : json_array_size(heard);
	size_t i = 0;

	while (i < count &&
	       json_equal(json_array_get(told, i), json_array_get(heard, i)))
		i++;
	for (size_t to = i + SHOWN; i < count && i < to; i++) {
		const char *one = json_string_value(json_array_get(told, i));
		const char *other = json_string_value(json_array_get(heard, i));

		print_error("  expected %zu: %.*s\n", i, SHOWN_BYTES,
		    one == NULL ? "nothing" : one);
		print_error("  heard    %zu: %.*s\n", i, SHOWN_BYTES,
		    other == NULL ? "nothing" : other);
	}
}

void
crowd_print(const struct crowd *crowd, const struct crowd_citizen *who)
{
	json_t *told = crowd_model_told(&who->model);

	print_error("seed %llu, %zu citizens: %s of %s\n",
	    (unsigned long long)crowd->seed, crowd->count, who->id,
	    who->channel->name);
	for (size_t i = 0; i < who->event_count; i++) {
		const struct crowd_event *event = &who->events[i];

		print_error("  %2zu. round %u (+%llu ms%s) %s \"%.*s\" %.*s", i,
		    event->round,
		    (unsigned long long)(crowd->at_ms[event->round] -
					 crowd->at_ms[0]),
		    crowd->restarts[event->round] ? ", restart" : "",
		    act_names[event->act], TEXT_ARGS(event->text),
		    TEXT_ARGS(event->payload));
		if (event->act == CROWD_AGAIN)
			print_error("%zu", event->again);
		print_error("\n");
	}
	print_told(told, who->heard);
	json_decref(told);
}
