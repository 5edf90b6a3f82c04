/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_SETTING_BOARD_H
#define HOIDAP_CONSOLE_SETTING_BOARD_H

#include "api.h"
#include "store_notice.h"

/* The answer to a change of notices or channels that came to RESULT; when it is
 * OK, turns heed it from now on. */
struct staff_answer setting_board_post(
    struct staff_request *request, enum result result);

#endif
