/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_CONVERSATION_LIST_H
#define HOIDAP_CONSOLE_CONVERSATION_LIST_H

#include "api.h"

/* GET /conversations */
struct staff_answer conversation_list(struct staff_request *request);

#endif
