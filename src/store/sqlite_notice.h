/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_SQLITE_NOTICE_H
#define HOIDAP_STORE_SQLITE_NOTICE_H

#include "backend_notice.h"
#include "sqlite.h"

/* Notices, and channels that are off. */
extern const struct backend_notice sqlite_notice_functions;

#endif
