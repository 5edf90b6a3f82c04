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
	return json_object_set_new(people->met, key, json_array()) == 0
		   ? OK
		   : ERR_NOMEM;
}

bool
sim_people_know(const struct sim_people *people, const struct account *account,
    const char *citizen)
{
	return find(people, account, citizen) != NULL;
}

void
sim_people_show(struct sim_people *people, const struct account *account,
    const char *citizen, const json_t *quick_replies)
{
	json_t *shown = find(people, account, citizen);

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
	const json_t *shown = find(people, account, citizen);

	for (size_t i = 0; i < json_array_size(shown); i++) {
		const char *candidate =
		    json_string_value(json_array_get(shown, i));

		if (candidate != NULL && strcmp(candidate, payload) == 0)
			return true;
	}
	return false;
}
