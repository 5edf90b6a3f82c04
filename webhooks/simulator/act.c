/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "act.h"

#include <string.h>

static const struct sim_platform *const platforms[] = {
	&sim_messenger_phone,
	&sim_zalo_phone,
};

static const char *const names[] = {
	[SIM_SAY] = "say",
	[SIM_TAP] = "tap",
	[SIM_ATTACH] = "attach",
	[SIM_FOLLOW] = "follow",
	[SIM_LEAVE] = "leave",
	[SIM_REACT] = "react",
	[SIM_WITHDRAW] = "withdraw",
	[SIM_STAFF] = "staff",
	[SIM_TAKE] = "take",
	[SIM_PASS] = "pass",
	[SIM_REQUEST] = "request",
	[SIM_ECHO] = "echo",
};

static const char *const attachments[] = { "image", "sticker", "audio", "video",
	"file", "location" };

const struct sim_platform *
sim_act_platform(const char *channel)
{
	for (size_t i = 0; i < sizeof(platforms) / sizeof(platforms[0]); i++)
		if (strcmp(platforms[i]->name, channel) == 0)
			return platforms[i];
	return NULL;
}

const char *
sim_act_name(enum sim_act_kind kind)
{
	return names[kind];
}

bool
sim_act_attaches(const char *attachment)
{
	for (size_t i = 0; i < sizeof(attachments) / sizeof(attachments[0]);
	     i++)
		if (strcmp(attachments[i], attachment) == 0)
			return true;
	return false;
}
