/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_ALLOC_FAULT_H
#define HOIDAP_TEST_ALLOC_FAULT_H

#include <stdbool.h>

/* Let one allocation of this program fail: the NTH from now, counted from 0.
 * Test programs are linked with --wrap for malloc, calloc and realloc, so the
 * program under test needs no hook.  Covers our own objects; Jansson and
 * SQLite are reached through their own settings. */
void alloc_fault_arm(unsigned nth);
void alloc_fault_disarm(void);
/* Has the armed allocation failed? */
bool alloc_fault_fired(void);

#endif
