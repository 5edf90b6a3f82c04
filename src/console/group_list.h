/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_GROUP_LIST_H
#define HOIDAP_CONSOLE_GROUP_LIST_H

#include "api.h"

/* How long is "lately", for the growth of a group. */
enum { GROUP_RECENT_DAYS = 7 };
uint64_t group_list_recent_ms(void);

/* Handlers that read. */
struct staff_answer group_list(struct staff_request *request);
struct staff_answer group_list_one(struct staff_request *request);
struct staff_answer group_list_questions(struct staff_request *request);
/* What a new entry for the group may begin with. */
struct staff_answer group_list_proposal(struct staff_request *request);
/* Colleagues to whom a group may be given. */
struct staff_answer group_list_colleagues(struct staff_request *request);

/* The group with this id, in full, as the answer. */
struct staff_answer group_list_answer(
    struct staff_request *request, uint64_t group);

#endif
