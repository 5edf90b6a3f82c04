/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_CMOCKA_ALL_H
#define HOIDAP_TEST_CMOCKA_ALL_H

/* cmocka.h needs these four before it, in this order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
