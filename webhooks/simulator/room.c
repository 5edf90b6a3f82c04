/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "room.h"

#include "clock.h"

#include <stdlib.h>
#include <string.h>

const struct account *
sim_room_account(
    const struct simulator *simulator, const char *channel, const char *id)
{
	for (size_t i = 0; i < simulator->account_count; i++) {
		const struct account *account = &simulator->accounts[i];

		if (strcmp(account->channel->name, channel) == 0 &&
		    (id[0] == '\0' || strcmp(account->id, id) == 0))
			return account;
	}
	return NULL;
}

void
sim_room_note(struct simulator *simulator, json_t *row)
{
	json_int_t now_ms = (json_int_t)clock_now_ms();
	enum result result = ERR_NOMEM;

	if (row != NULL &&
	    json_object_set_new(row, "at_ms", json_integer(now_ms)) == 0)
		result = sim_record_add(&simulator->record, row);
	json_decref(row);
	if (result == OK)
		sim_sleepers_row(simulator->sleepers, simulator->record.last);
	else
		LOG(simulator->log, LOG_WARN, "simulator_row_lost",
		    LOG_TEXT("why", result_name(result)));
}

struct http_answer
sim_room_answer(struct http_request *request, unsigned status, json_t *json)
{
	char *written = json == NULL ? NULL : json_dumps(json, JSON_COMPACT);
	struct text_view body;
	enum result result = ERR_NOMEM;

	if (written != NULL)
		result = arena_text(&request->arena, text_of(written), &body);
	free(written);
	json_decref(json);
	if (result != OK)
		return http_error(request, 500, "out of memory");
	return http_json(request, status, body);
}
