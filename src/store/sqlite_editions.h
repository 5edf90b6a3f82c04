/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_SQLITE_EDITIONS_H
#define HOIDAP_STORE_SQLITE_EDITIONS_H

#include "sqlite.h"

extern const struct backend_editions sqlite_editions_functions;

#endif
