/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_PERMISSIONS_H
#define HOIDAP_CONSOLE_PERMISSIONS_H

#include "api.h"

/* May who is signed in with ROLES (bits) do what PERMISSION guards? */
bool permissions_allow(unsigned roles, enum permission permission);
/* "faq_edit", ...; for the pages and the OpenAPI file. */
const char *permissions_name(enum permission permission);

#endif
