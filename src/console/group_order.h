/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_GROUP_ORDER_H
#define HOIDAP_CONSOLE_GROUP_ORDER_H

#include "group_json.h"

/* A change of one group's state or assignment, as the body of a request asks
 * for it; the same for one group and for many. */

/* "dismiss", ...; ERR_NOT_FOUND. */
enum result group_order_parse(
    struct text_view name, enum review_action *out) MUST_CHECK;

/* What the body says of ACTION, without group and version. */
bool group_order_read(struct staff_request *request, enum review_action action,
    struct review_change *out, struct staff_answer *refusal_out);
/* The reader's reason, "why"; may be left out. */
bool group_order_why(struct staff_request *request, struct text_view *out,
    struct staff_answer *refusal_out);

/* The line of ACTION ("group.dismiss") on GROUP, with how it is now as
 * BEFORE.  ERR_NOT_FOUND. */
enum result group_order_line(struct staff_request *request, const char *action,
    uint64_t group, struct audit_line *line_out,
    struct review_group *group_out) MUST_CHECK;

/* With its audit line.  As store_review_change(). */
enum result group_order_run(struct staff_request *request,
    const struct review_change *change, struct text_view why) MUST_CHECK;

#endif
