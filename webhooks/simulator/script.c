/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "script.h"

#include <stdlib.h>
#include <string.h>

enum {
	RULES_MAX = 1000,
	TIMES_MAX = 1000000,
	DELAY_MAX_MS = 60000,
};

/* The numbers a rule may have, and where they go. */
static const struct number_field {
	const char *key;
	json_int_t min, max;
	size_t offset;
} number_fields[] = {
	{ "times", 1, TIMES_MAX, offsetof(struct sim_rule, times) },
	{ "status", 200, 599, offsetof(struct sim_rule, status) },
	{ "delay_ms", 0, DELAY_MAX_MS, offsetof(struct sim_rule, delay_ms) },
	{ "retry_after_s", 1, 86400, offsetof(struct sim_rule, retry_after_s) },
};

static enum result
read_number(const char *key, const json_t *value, struct sim_rule *rule)
{
	for (size_t i = 0; i < sizeof(number_fields) / sizeof(number_fields[0]);
	     i++) {
		const struct number_field *field = &number_fields[i];
		unsigned number = (unsigned)json_integer_value(value);

		if (strcmp(field->key, key) != 0)
			continue;
		if (!json_is_integer(value) ||
		    json_integer_value(value) < field->min ||
		    json_integer_value(value) > field->max)
			return ERR_INVALID;
		memcpy((char *)rule + field->offset, &number, sizeof(number));
		return OK;
	}
	return ERR_NOT_FOUND;
}

static enum result
read_drop(const json_t *value, struct sim_rule *rule)
{
	const char *word = json_string_value(value);

	if (word == NULL)
		return ERR_INVALID;
	if (strcmp(word, "before") == 0)
		rule->drop = SIM_DROP_BEFORE;
	else if (strcmp(word, "after") == 0)
		rule->drop = SIM_DROP_AFTER;
	else
		return ERR_INVALID;
	return OK;
}

static enum result
read_field(const char *key, const json_t *value, struct sim_rule *rule)
{
	enum result result = read_number(key, value, rule);

	if (result != ERR_NOT_FOUND)
		return result;
	if (strcmp(key, "drop") == 0)
		return read_drop(value, rule);
	if (strcmp(key, "error") == 0) {
		rule->error = value;
		return json_is_integer(json_object_get(value, "code"))
			   ? OK
			   : ERR_INVALID;
	}
	if (!json_is_string(value))
		return ERR_INVALID;
	if (strcmp(key, "body") == 0)
		rule->body = json_string_value(value);
	else if (strcmp(key, "citizen") == 0)
		rule->citizen = json_string_value(value);
	else
		return ERR_INVALID;
	return OK;
}

/* A wait without a status is a rate limit. */
static void
complete(struct sim_rule *rule)
{
	if (rule->retry_after_s > 0 && rule->status == 0 && rule->error == NULL)
		rule->status = 429;
	if (rule->body != NULL && rule->status == 0)
		rule->status = 200;
}

static enum result
read_rule(const json_t *spec, struct sim_rule *out, struct complaint *why)
{
	struct sim_rule rule = { .times = 1, .spec = json_deep_copy(spec) };
	const char *key;
	json_t *value;

	if (rule.spec == NULL)
		return ERR_NOMEM;
	if (json_object_size(rule.spec) == 0) {
		complain(why, NULL, 0, "a rule is an object that says what");
		goto refuse;
	}
	json_object_foreach(rule.spec, key, value)
	{
		if (read_field(key, value, &rule) == OK)
			continue;
		complain(why, NULL, 0,
		    "\"%s\" of a rule is unknown or out of range", key);
		goto refuse;
	}
	complete(&rule);
	*out = rule;
	return OK;
refuse:
	json_decref(rule.spec);
	return ERR_INVALID;
}

enum result
sim_script_load(
    const json_t *rules, struct sim_script *out, struct complaint *why)
{
	size_t count = json_array_size(rules);
	struct sim_script script = { .count = 0 };

	if (!json_is_array(rules) || count > RULES_MAX) {
		complain(why, NULL, 0, "\"rules\" is an array of at most %d",
		    (int)RULES_MAX);
		return ERR_INVALID;
	}
	script.rules = calloc(count + 1, sizeof(*script.rules));
	if (script.rules == NULL)
		return ERR_NOMEM;
	for (; script.count < count; script.count++) {
		enum result result =
		    read_rule(json_array_get(rules, script.count),
			&script.rules[script.count], why);

		if (result != OK) {
			sim_script_fini(&script);
			return result;
		}
	}
	*out = script;
	return OK;
}

void
sim_script_fini(struct sim_script *script)
{
	for (size_t i = 0; i < script->count; i++)
		json_decref(script->rules[i].spec);
	free(script->rules);
	*script = (struct sim_script){ .count = 0 };
}

bool
sim_script_take(
    struct sim_script *script, const char *citizen, struct sim_rule *out)
{
	for (size_t i = 0; i < script->count; i++) {
		struct sim_rule *rule = &script->rules[i];

		if (rule->times == 0 ||
		    (rule->citizen != NULL &&
			strcmp(rule->citizen, citizen) != 0))
			continue;
		rule->times--;
		*out = *rule;
		json_incref(out->spec);
		return true;
	}
	return false;
}

void
sim_script_done(struct sim_rule *rule)
{
	json_decref(rule->spec);
	*rule = (struct sim_rule){ .spec = NULL };
}
