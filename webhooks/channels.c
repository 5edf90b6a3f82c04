/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channels.h"

const struct channel *const channels[] = {
	&channel_messenger,
	&channel_zalo,
	&channel_webchat,
	NULL,
};

const struct channel *
channel_named(struct text_view name)
{
	for (size_t i = 0; channels[i] != NULL; i++)
		if (text_is(name, channels[i]->name))
			return channels[i];
	return NULL;
}
