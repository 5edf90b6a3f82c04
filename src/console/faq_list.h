/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_FAQ_LIST_H
#define HOIDAP_CONSOLE_FAQ_LIST_H

#include "faq_parts.h"

struct staff_answer faq_list_show(struct staff_request *request);

#endif
