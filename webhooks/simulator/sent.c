/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sent.h"

#include <stdlib.h>
#include <string.h>

void
sim_sent_add(struct sim_sent *sent, const struct sim_webhook *webhook)
{
	struct sim_webhook *place = &sent->at[sent->next % SIM_SENT_MAX];

	free(place->body);
	*place = *webhook;
	sent->next++;
}

const struct sim_webhook *
sim_sent_find(const struct sim_sent *sent, const char *id)
{
	size_t count = sent->next < SIM_SENT_MAX ? sent->next : SIM_SENT_MAX;

	for (size_t i = 1; i <= count; i++) {
		const struct sim_webhook *webhook =
		    &sent->at[(sent->next - i) % SIM_SENT_MAX];

		if (strcmp(webhook->id, id) == 0)
			return webhook;
	}
	return NULL;
}

void
sim_sent_clear(struct sim_sent *sent)
{
	for (size_t i = 0; i < SIM_SENT_MAX; i++)
		free(sent->at[i].body);
	memset(sent, 0, sizeof(*sent));
}
