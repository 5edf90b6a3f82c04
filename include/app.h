/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_APP_H
#define HOIDAP_APP_H

#include "knowledge.h"
#include "log.h"
#include "settings.h"
#include "store.h"

/* The running service: everything that lives as long as the process, built in
 * order and stopped in reverse. */
struct app;

/* Load the FAQ base, open the store, start the sender, listen.  SETTINGS and
 * LOG must outlive the app. */
enum result app_start(const struct settings *settings, const struct log *log,
    struct app **app_out, struct complaint *why) MUST_CHECK;
/* Stop accepting, finish the turns and the replies under way, close.  Takes
 * NULL. */
void app_stop(struct app *app);

/* The port that is listened on, for settings with port 0. */
unsigned short app_port(const struct app *app);
struct store *app_store(struct app *app);
struct knowledge_slot *app_knowledge(struct app *app);
/* Read again after a change with store_notices_post(). */
struct notice_board *app_notices(struct app *app);

/* Load the FAQ base again and swap it in; a bad base changes nothing. */
enum result app_reload(struct app *app, struct complaint *why) MUST_CHECK;

/* What is due by the clock: entries that become valid or end at midnight, the
 * daily purge.  Called about once a second by the main thread. */
void app_tick(struct app *app);

/* Run until SIGINT or SIGTERM; SIGHUP reloads the FAQ base.  The signals must
 * have been blocked by app_block_signals() before any thread was started. */
void app_block_signals(void);
void app_run(struct app *app);

#endif
