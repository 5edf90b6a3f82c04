/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channels.h"

/* The page fetches its replies itself, from src/http/chat.c: nothing comes in
 * by webhook and nothing is pushed out. */
const struct channel channel_webchat = {
	.name = "webchat",
	.pushes = false,
};
