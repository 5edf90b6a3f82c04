/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "json_body.h"

#include "utf8.h"

/* Before the parser recurses: how deep do brackets nest outside strings? */
static bool
is_too_deep(struct text_view body)
{
	bool in_string = false;
	unsigned depth = 0;

	for (size_t i = 0; i < body.len; i++) {
		char byte = body.at[i];

		if (in_string && byte == '\\')
			i++;
		else if (byte == '"')
			in_string = !in_string;
		else if (!in_string && (byte == '{' || byte == '['))
			depth++;
		else if (!in_string && (byte == '}' || byte == ']'))
			depth -= depth > 0 ? 1 : 0;
		if (depth > JSON_BODY_DEPTH_MAX)
			return true;
	}
	return false;
}

/* Jansson gives many of its lost allocations no code of their own. */
static enum result
explain_unread(const json_error_t *trouble, struct complaint *why)
{
	enum json_error_code code = json_error_code(trouble);

	if (code == json_error_unknown || code == json_error_out_of_memory)
		return ERR_NOMEM;
	complain(
	    why, NULL, 0, "the body is not JSON, see line %d", trouble->line);
	return ERR_INVALID;
}

enum result
json_body_read(struct text_view body, json_t **out, struct complaint *why)
{
	json_error_t trouble;
	json_t *root;

	if (!utf8_valid(body)) {
		complain(why, NULL, 0, "the body is not UTF-8");
		return ERR_INVALID;
	}
	if (is_too_deep(body)) {
		complain(why, NULL, 0, "the body nests deeper than %d",
		    JSON_BODY_DEPTH_MAX);
		return ERR_INVALID;
	}
	root = json_loadb(body.at == NULL ? "" : body.at, body.len,
	    JSON_REJECT_DUPLICATES, &trouble);
	if (root == NULL)
		return explain_unread(&trouble, why);
	if (!json_is_object(root)) {
		json_decref(root);
		complain(why, NULL, 0, "the body is not a JSON object");
		return ERR_INVALID;
	}
	*out = root;
	return OK;
}
