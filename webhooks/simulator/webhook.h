/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_WEBHOOK_H
#define SIMULATOR_WEBHOOK_H

#include "act.h"
#include "room.h"

/* Webhooks on their way to hoidap.  All of this with the simulator's mutex
 * held.
 *
 * REQUEST, where it is not NULL, asked for it: it is finished with how it went
 * ({"status", "body", "message_id"}) once that is known.  On any result but OK
 * it still waits for its answer: ERR_NOT_FOUND when no target is set yet. */

/* Builds, signs and posts the event of ACT.  ERR_INVALID when the platform has
 * no such event. */
enum result sim_webhook_act(struct simulator *simulator,
    const struct sim_act *act, struct http_request *request) MUST_CHECK;

enum sim_signature { SIM_SIGNED_WELL, SIM_SIGNED_BADLY, SIM_UNSIGNED };

/* Posts BODY as it is. */
enum result sim_webhook_raw(struct simulator *simulator,
    const struct account *account, const char *body,
    enum sim_signature signature, struct http_request *request) MUST_CHECK;

/* Posts again what had this message id; ERR_NOT_FOUND also when it is not
 * known any more. */
enum result sim_webhook_again(struct simulator *simulator,
    const char *message_id, struct http_request *request) MUST_CHECK;

/* Posts the form BODY to PATH below the target, as Meta does with what is no
 * event.  It cannot be posted again. */
enum result sim_webhook_form(struct simulator *simulator,
    const struct account *account, const char *path, const char *body,
    struct http_request *request) MUST_CHECK;

#endif
