/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "log_watch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cmocka_all.h"

enum { TEXT_MAX_BYTES = 256 * 1024 * 1024, PATIENCE_S = 20 };

static void *
read_on(void *context)
{
	struct log_watch *watch = context;
	bool shows = getenv("SHOW_LOG") != NULL;
	char piece[4096];
	ssize_t got;

	while ((got = read(watch->in, piece, sizeof(piece))) > 0) {
		const struct text_view text = { piece, (size_t)got };
		enum result result;

		(void)pthread_mutex_lock(&watch->mutex);
		result = buf_add(&watch->text, text);
		(void)pthread_cond_broadcast(&watch->grown);
		(void)pthread_mutex_unlock(&watch->mutex);
		if (shows)
			(void)fwrite(text.at, 1, text.len, stderr);
		if (result != OK)
			break;
	}
	return NULL;
}

void
log_watch_start(struct log_watch *watch)
{
	int ends[2];

	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	watch->in = ends[0];
	watch->out = fdopen(ends[1], "w");
	assert_non_null(watch->out);
	/* Each line reaches the pipe with the call that writes it. */
	assert_int_equal(setvbuf(watch->out, NULL, _IONBF, 0), 0);
	buf_init(&watch->text, TEXT_MAX_BYTES);
	(void)pthread_mutex_init(&watch->mutex, NULL);
	(void)pthread_cond_init(&watch->grown, NULL);
	assert_int_equal(
	    pthread_create(&watch->thread, NULL, read_on, watch), 0);
}

void
log_watch_stop(struct log_watch *watch)
{
	(void)fclose(watch->out);
	(void)pthread_join(watch->thread, NULL);
	(void)close(watch->in);
	buf_fini(&watch->text);
	(void)pthread_cond_destroy(&watch->grown);
	(void)pthread_mutex_destroy(&watch->mutex);
}

/* The first whole line from *FROM on that holds WANTED; with the mutex held. */
static bool
find_line(const struct log_watch *watch, const char *wanted, size_t *from,
    struct text_view *line_out)
{
	struct text_view rest =
	    text_slice(buf_view(&watch->text), *from, watch->text.len);
	struct text_view line;

	while (text_find(rest, TEXT("\n")) != SIZE_MAX &&
	       text_split(&rest, '\n', &line)) {
		*from += line.len + 1;
		if (text_find(line, text_of(wanted)) == SIZE_MAX)
			continue;
		*line_out = line;
		return true;
	}
	return false;
}

void
log_watch_wait(struct log_watch *watch, const char *wanted, size_t *from,
    char line[LOG_WATCH_LINE_SIZE])
{
	struct text_view found = TEXT("");
	struct timespec until;
	int waited = 0;
	bool came;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += PATIENCE_S;
	(void)pthread_mutex_lock(&watch->mutex);
	while (!(came = find_line(watch, wanted, from, &found)) &&
	       waited != ETIMEDOUT)
		waited = pthread_cond_timedwait(
		    &watch->grown, &watch->mutex, &until);
	if (came && line != NULL)
		(void)snprintf(
		    line, LOG_WATCH_LINE_SIZE, "%.*s", TEXT_ARGS(found));
	(void)pthread_mutex_unlock(&watch->mutex);
	if (!came)
		fail_msg("the log has no \"%s\":\n%.*s", wanted,
		    TEXT_ARGS(buf_view(&watch->text)));
}

size_t
log_watch_end(struct log_watch *watch)
{
	size_t end;

	(void)pthread_mutex_lock(&watch->mutex);
	end = watch->text.len;
	(void)pthread_mutex_unlock(&watch->mutex);
	return end;
}

unsigned
log_watch_count(struct log_watch *watch, const char *text)
{
	struct text_view wanted = text_of(text);
	struct text_view rest;
	unsigned count = 0;
	size_t at;

	(void)pthread_mutex_lock(&watch->mutex);
	rest = buf_view(&watch->text);
	while ((at = text_find(rest, wanted)) != SIZE_MAX) {
		rest = text_slice(rest, at + wanted.len, rest.len);
		count++;
	}
	(void)pthread_mutex_unlock(&watch->mutex);
	return count;
}
