/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_ACCOUNT_JSON_H
#define HOIDAP_CONSOLE_ACCOUNT_JSON_H

#include <jansson.h>

#include "store_staff.h"

/* Accounts as the API shows them: without hash and secret.  Yours; NULL when
 * out of memory. */

json_t *account_json(const struct staff_account *account);
/* What an audit line keeps: name, roles, disabled. */
json_t *account_json_user(const struct staff_user *user);
/* ["editor", ...] */
json_t *account_json_roles(unsigned roles);
/* What ROLES allow: ["questions", ...] */
json_t *account_json_permissions(unsigned roles);

#endif
