/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_OFFLINE_H
#define HOIDAP_CLI_OFFLINE_H

#include "settings.h"
#include "store_staff.h"

/* The store of a server that is stopped, for a command that changes it. */
struct offline {
	struct settings *settings;
	struct store *store;
	struct arena arena;
};

/* Settings from CONFIG (NULL: none).  Errors with WHY. */
enum result offline_open(struct offline *offline, const char *config,
    struct complaint *why) MUST_CHECK;
/* After a failed offline_open(), too. */
void offline_close(struct offline *offline);

/* A line of the audit log for what the command line does now. */
struct audit_line offline_line(const char *action, struct text_view subject);

#endif
