/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "zalo.h"

#include "json.h"

#include <stdio.h>

/* Zalo reports errors with HTTP 200 and a number in the body, so the number is
 * asked first and the HTTP status only when there is none.  The table is the
 * official list of errors; public code often maps them wrongly, so trust the
 * list.
 *
 * Zalo has no idempotency key.  Where the request may have been carried out
 * (a time-out, a server error, a success that cannot be read), the verdict is
 * "unclear": the sender waits for the echo before it tries again.  A number
 * that the table does not have is a refusal: repeating what a platform refuses
 * is how accounts get banned.
 *
 * Errors about quota and money refuse one message and do not stop the account:
 * replies within 48 hours are free, so the others still get through. */

enum {
	FIVE_SECONDS_MS = 5000,
	MINUTE_MS = 60000,
	HOUR_MS = 3600000,
};

struct error_row {
	int64_t code;
	enum verdict_kind kind;
	uint64_t after_ms;
	const char *reason;
};

static const struct error_row errors[] = {
	{ -32, VERDICT_PAUSE, MINUTE_MS, "rate limit of the app or the OA" },
	{ -100, VERDICT_REFUSED, 0, "attachment_id has expired" },
	{ -124, VERDICT_REAUTH, 0, "access token is invalid" },
	{ -200, VERDICT_RETRY, FIVE_SECONDS_MS, "Zalo failed to send" },
	{ -201, VERDICT_PLAIN, 0, "a field is invalid" },
	{ -204, VERDICT_STOPPED, 0, "the OA is disabled" },
	{ -205, VERDICT_STOPPED, 0, "the OA does not exist" },
	{ -209, VERDICT_STOPPED, 0, "the app is not activated" },
	/* Of all parameters only the title of a button has no known limit. */
	{ -210, VERDICT_PLAIN, 0, "a parameter is over its limit" },
	{ -211, VERDICT_REFUSED, 0, "the OA's quota is used up" },
	{ -212, VERDICT_STOPPED, 0, "the app has not registered this API" },
	{ -213, VERDICT_REFUSED, 0, "the citizen does not follow the OA" },
	{ -214, VERDICT_REFUSED, 0, "the article is being processed" },
	{ -216, VERDICT_REAUTH, 0, "access token is invalid" },
	{ -217, VERDICT_REFUSED, 0, "the citizen blocks the OA's invitations" },
	{ -218, VERDICT_REFUSED, 0, "the citizen's receive quota is used up" },
	{ -219, VERDICT_STOPPED, 0, "the app was removed" },
	{ -220, VERDICT_REAUTH, 0, "access token has expired" },
	{ -221, VERDICT_STOPPED, 0, "the OA must be verified" },
	{ -223, VERDICT_STOPPED, 0, "the OA has not authorized the app" },
	{ -224, VERDICT_STOPPED, 0, "the OA needs a larger package" },
	{ -227, VERDICT_REFUSED, 0, "the citizen is banned or inactive" },
	{ -230, VERDICT_REFUSED, 0, "no interaction within 7 days" },
	{ -232, VERDICT_REFUSED, 0, "the interaction has expired" },
	{ -233, VERDICT_PLAIN, 0, "this type of message is not supported" },
	{ -234, VERDICT_RETRY, HOUR_MS, "not allowed from 22:00 to 06:00" },
	{ -235, VERDICT_STOPPED, 0, "this type of OA is not supported" },
	{ -237, VERDICT_REFUSED, 0, "the group is disabled" },
	{ -240, VERDICT_REFUSED, 0, "this API version was shut down" },
	{ -242, VERDICT_STOPPED, 0, "appsecret_proof is wrong: app secret?" },
	{ -244, VERDICT_REFUSED, 0, "the citizen restricts such messages" },
	{ -248, VERDICT_REFUSED, 0, "violates the platform's standards" },
	{ -249, VERDICT_REFUSED, 0, "the template cannot go to a user id" },
	{ -320, VERDICT_REFUSED, 0, "a Zalo Cloud Account is needed" },
	{ -321, VERDICT_REFUSED, 0, "the Zalo Cloud Account has no money" },
	{ -403, VERDICT_REFUSED, 0, "the OA is not in the group" },
};

struct status_row {
	long from;
	long to;
	enum verdict_kind kind;
	uint64_t after_ms;
	const char *reason;
};

/* For answers without an error number; the first row that fits. */
static const struct status_row statuses[] = {
	{ 200, 299, VERDICT_UNCLEAR, 0, "unreadable answer" },
	{ 401, 401, VERDICT_REAUTH, 0, "access token was refused" },
	{ 404, 404, VERDICT_STOPPED, 0, "no such API: is the base URL right?" },
	{ 408, 408, VERDICT_UNCLEAR, 0, "request timed out" },
	{ 429, 429, VERDICT_PAUSE, MINUTE_MS, "too many requests" },
	{ 500, 599, VERDICT_UNCLEAR, 0, "server error" },
};

static void
decide(struct verdict *out, enum verdict_kind kind, uint64_t after_ms,
    const char *reason)
{
	out->kind = kind;
	out->after_ms = after_ms;
	(void)snprintf(out->reason, sizeof(out->reason), "%s", reason);
}

static void
judge_code(int64_t code, struct verdict *out)
{
	out->code = code;
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		const struct error_row *row = &errors[i];

		if (row->code == code) {
			decide(out, row->kind, row->after_ms, row->reason);
			return;
		}
	}
	decide(out, VERDICT_REFUSED, 0, "unknown error");
}

static void
judge_status(const struct api_response *response, struct verdict *out)
{
	if (response->status == 0) {
		decide(out, response->sent ? VERDICT_UNCLEAR : VERDICT_RETRY, 0,
		    "no answer");
		return;
	}
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		const struct status_row *row = &statuses[i];

		if (response->status >= row->from &&
		    response->status <= row->to) {
			decide(out, row->kind, row->after_ms, row->reason);
			return;
		}
	}
	decide(out, VERDICT_REFUSED, 0, "unexpected HTTP status");
}

/* An id too long to keep only costs us the match with the echo. */
static void
judge_delivered(const json_t *data, struct verdict *out)
{
	char digits[ZALO_JSON_DIGITS_SIZE];
	struct text_view id =
	    zalo_json_scalar(json_object_get(data, "message_id"), digits);

	decide(out, VERDICT_DELIVERED, 0, "");
	if (text_copy(out->message_id, sizeof(out->message_id), id) != OK)
		out->message_id[0] = '\0';
}

void
zalo_judge(const struct api_response *response, struct verdict *out)
{
	bool success = response->status >= 200 && response->status <= 299;
	json_t *root = NULL;
	int64_t code = 0;
	bool numbered =
	    zalo_json_load(response->body, &root, NULL) == OK &&
	    zalo_json_number(json_object_get(root, "error"), &code) == OK;

	*out = (struct verdict){ 0 };
	if (code != 0)
		judge_code(code, out);
	else if (numbered && success)
		judge_delivered(json_object_get(root, "data"), out);
	else
		judge_status(response, out);
	json_decref(root);
}
