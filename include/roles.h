/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_ROLES_H
#define HOIDAP_ROLES_H

#include "buf.h"
#include "store_staff.h"

/* The names of the bits of enum staff_role. */

/* "editor", ...; "" for what is no single role. */
const char *roles_name(unsigned role);
/* 0: there is no such role. */
unsigned roles_bit(struct text_view name);
/* "editor,admin" and back.  Parsing is ERR_INVALID for an unknown or empty
 * name, and for none at all. */
enum result roles_print(unsigned roles, struct buf *out) MUST_CHECK;
enum result roles_parse(struct text_view names, unsigned *out) MUST_CHECK;

#endif
