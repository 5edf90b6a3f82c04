/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people.h"

#include <stdio.h>
#include <string.h>

enum { PEOPLE_MAX = 100000, KEY_SIZE = 512 };

enum result
sim_people_init(struct sim_people *people)
{
	people->met = json_object();
	return people->met == NULL ? ERR_NOMEM : OK;
}

void
sim_people_fini(struct sim_people *people)
{
	json_decref(people->met);
	people->met = NULL;
}

void
sim_people_clear(struct sim_people *people)
{
	(void)json_object_clear(people->met);
}

/* A citizen's id is bounded at the door, so that a key is never cut. */
static void
key_of(const struct account *account, const char *citizen, char out[KEY_SIZE])
{
	(void)snprintf(out, KEY_SIZE, "%s/%s/%s", account->channel->name,
	    account->id, citizen);
}

static json_t *
find(const struct sim_people *people, const struct account *account,
    const char *citizen)
{
	char key[KEY_SIZE];

	key_of(account, citizen, key);
	return json_object_get(people->met, key);
}

enum result
sim_people_meet(struct sim_people *people, const struct account *account,
    const char *citizen)
{
	char key[KEY_SIZE];

	key_of(account, citizen, key);
	if (json_object_get(people->met, key) != NULL)
		return OK;
	if (json_object_size(people->met) >= PEOPLE_MAX)
		return ERR_TOO_LARGE;
	return json_object_set_new(
		   people->met, key, json_pack("{s:[]}", "shown")) == 0
		   ? OK
		   : ERR_NOMEM;
}

bool
sim_people_know(const struct sim_people *people, const struct account *account,
    const char *citizen)
{
	return find(people, account, citizen) != NULL;
}

static uint64_t
number_of(const json_t *met, const char *key)
{
	return (uint64_t)json_integer_value(json_object_get(met, key));
}

struct sim_person
sim_people_ask(const struct sim_people *people, const struct account *account,
    const char *citizen)
{
	const json_t *met = find(people, account, citizen);

	return (struct sim_person){ .heard_ms = number_of(met, "heard"),
		.renewed_ms = number_of(met, "renewed"),
		.sent = number_of(met, "sent"),
		.left = json_is_true(json_object_get(met, "left")),
		.away = json_is_true(json_object_get(met, "away")) };
}

enum result
sim_people_tell(struct sim_people *people, const struct account *account,
    const char *citizen, const struct sim_person *person)
{
	json_t *met = find(people, account, citizen);
	json_t *told = json_pack("{s:I, s:I, s:I, s:b, s:b}", "heard",
	    (json_int_t)person->heard_ms, "renewed",
	    (json_int_t)person->renewed_ms, "sent", (json_int_t)person->sent,
	    "left", (int)person->left, "away", (int)person->away);
	int failed = told == NULL || json_object_update(met, told) != 0;

	json_decref(told);
	return failed ? ERR_NOMEM : OK;
}

static json_t *
shown_to(const struct sim_people *people, const struct account *account,
    const char *citizen)
{
	return json_object_get(find(people, account, citizen), "shown");
}

void
sim_people_show(struct sim_people *people, const struct account *account,
    const char *citizen, const json_t *quick_replies)
{
	json_t *shown = shown_to(people, account, citizen);

	(void)json_array_clear(shown);
	/* Without memory for it a tap becomes that of a button. */
	for (size_t i = 0; i < json_array_size(quick_replies); i++)
		(void)json_array_append(
		    shown, json_object_get(
			       json_array_get(quick_replies, i), "payload"));
}

bool
sim_people_see(const struct sim_people *people, const struct account *account,
    const char *citizen, const char *payload)
{
	const json_t *shown = shown_to(people, account, citizen);

	for (size_t i = 0; i < json_array_size(shown); i++) {
		const char *candidate =
		    json_string_value(json_array_get(shown, i));

		if (candidate != NULL && strcmp(candidate, payload) == 0)
			return true;
	}
	return false;
}
