/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "switches.h"

#include "api.h"

/* A body with one wrong member changes nothing. */

enum { RETRIES_MAX = 10, REPLIES_MAX = 100000 };

static enum result
read_switch(const json_t *body, const char *key, bool *out)
{
	const json_t *value = json_object_get(body, key);

	if (value != NULL && !json_is_boolean(value))
		return ERR_INVALID;
	if (value != NULL)
		*out = json_is_true(value);
	return OK;
}

static enum result
read_count(const json_t *body, const char *key, json_int_t max, unsigned *out)
{
	const json_t *value = json_object_get(body, key);

	if (value == NULL)
		return OK;
	if (!json_is_integer(value) || json_integer_value(value) < 0 ||
	    json_integer_value(value) > max)
		return ERR_INVALID;
	*out = (unsigned)json_integer_value(value);
	return OK;
}

static enum result
read_settings(const json_t *body, struct sim_settings *out)
{
	struct sim_settings settings = *out;

	if (body == NULL ||
	    read_switch(body, "echoes", &settings.echoes) != OK ||
	    read_switch(body, "proof", &settings.proof) != OK ||
	    read_switch(body, "strangers", &settings.strangers) != OK ||
	    read_switch(body, "windows", &settings.windows) != OK ||
	    read_switch(body, "manages", &settings.manages) != OK ||
	    read_count(body, "free_replies", REPLIES_MAX,
		&settings.free_replies) != OK ||
	    read_count(body, "quota", REPLIES_MAX, &settings.quota) != OK ||
	    read_count(body, "retries", RETRIES_MAX, &settings.retries) != OK)
		return ERR_INVALID;
	*out = settings;
	return OK;
}

struct http_answer
sim_switches_change(void *context, struct http_request *request)
{
	struct simulator *simulator = context;
	json_t *body = sim_api_json(request);
	struct sim_settings settings;
	enum result result;

	pthread_mutex_lock(&simulator->mutex);
	result = read_settings(body, &simulator->settings);
	settings = simulator->settings;
	pthread_mutex_unlock(&simulator->mutex);
	json_decref(body);
	if (result != OK)
		return http_error(request, 400,
		    "\"echoes\", \"proof\", \"strangers\", \"windows\" and "
		    "\"manages\" are true or false, \"retries\" is 0 to 10, "
		    "\"free_replies\" "
		    "and \"quota\" 0 to 100000");
	return sim_room_answer(request, 200,
	    json_pack("{s:b, s:b, s:b, s:b, s:b, s:i, s:i, s:i}", "echoes",
		(int)settings.echoes, "proof", (int)settings.proof, "strangers",
		(int)settings.strangers, "windows", (int)settings.windows,
		"manages", (int)settings.manages, "retries",
		(int)settings.retries, "free_replies",
		(int)settings.free_replies, "quota", (int)settings.quota));
}
