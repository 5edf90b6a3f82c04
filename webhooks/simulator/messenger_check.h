/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_MESSENGER_CHECK_H
#define SIMULATOR_MESSENGER_CHECK_H

#include <jansson.h>

/* What Messenger takes.  NULL when it does, else the message of its error. */
const char *sim_messenger_check_message(const json_t *message);
/* BODY is a whole request with a sender_action. */
const char *sim_messenger_check_action(const json_t *body);

#endif
