/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_SQLITE_TALK_H
#define HOIDAP_STORE_SQLITE_TALK_H

#include "backend_talk.h"
#include "sqlite.h"

/* Conversations, for staff who look at them. */
extern const struct backend_talk sqlite_talk_functions;

#endif
