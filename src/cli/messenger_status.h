/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_MESSENGER_STATUS_H
#define HOIDAP_CLI_MESSENGER_STATUS_H

#include "platform.h"

/* Tell on stdout how the page is connected, and what is left to do. */
void messenger_status(struct platform *platform);

#endif
