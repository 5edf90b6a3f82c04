/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_LOG_H
#define HOIDAP_LOG_H

#include <stdint.h>
#include <stdio.h>

/* One line on stderr for one thing that happened, as key=value.  Written at
 * the edges only (server, sender, app): modules return.  Never message text,
 * tokens or whole citizen ids.
 *
 * Levels by who must act: error wakes someone, warn is read tomorrow, info is
 * one line for each webhook and delivery, debug is free. */
enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

struct log {
	enum log_level level;
	FILE *out; /* NULL: silent */
};

struct log_field {
	const char *key;
	const char *text; /* NULL: NUMBER is the value */
	int64_t number;
};

#define LOG_TEXT(key, value) ((struct log_field){ (key), (value), 0 })
#define LOG_NUMBER(key, value)                                                 \
	((struct log_field){ (key), NULL, (int64_t)(value) })

/* LOG(log, LOG_INFO, "webhook", LOG_TEXT("channel", name), ...) */
#define LOG(log, level, event, ...)                                            \
	log_write((log), (level), (event),                                     \
	    (const struct log_field[]){ __VA_ARGS__ },                         \
	    sizeof((const struct log_field[]){ __VA_ARGS__ }) /                \
		sizeof(struct log_field))

/* Control characters, quotes and backslashes in values are escaped, so that a
 * visitor cannot forge lines.  Safe from any thread; LOG may be NULL. */
void log_write(const struct log *log, enum log_level level, const char *event,
    const struct log_field *fields, size_t count);

#endif
