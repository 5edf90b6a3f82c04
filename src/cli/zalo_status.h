/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_ZALO_STATUS_H
#define HOIDAP_CLI_ZALO_STATUS_H

#include "platform.h"

/* Tell on stdout how the OA is connected, and what is left to do. */
void zalo_status(struct platform *platform);

#endif
