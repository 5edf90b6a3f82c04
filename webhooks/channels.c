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

struct reply_window
channel_window(struct text_view name, const struct contact *contact,
    const struct window_terms *terms)
{
	const struct channel *channel = channel_named(name);

	if (channel == NULL)
		return (struct reply_window){ REACH_NONE, 0,
			"there is no such channel any more" };
	if (channel->window == NULL)
		return (struct reply_window){ REACH_FREE, 0, NULL };
	return channel->window(contact, terms);
}
