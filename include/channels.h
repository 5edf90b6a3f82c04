/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CHANNELS_H
#define HOIDAP_CHANNELS_H

#include "channel.h"

/* The rows of the table in webhooks/channels.c, each defined in
 * webhooks/NAME/NAME.c.  Everybody else asks channel_named(). */
extern const struct channel channel_messenger;
extern const struct channel channel_webchat;
extern const struct channel channel_zalo;

#endif
