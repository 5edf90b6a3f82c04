/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_BUF_H
#define HOIDAP_BUF_H

#include "text.h"

/* A growing string with a ceiling given by its owner.  The bytes are always
 * followed by a NUL that LEN does not count.  A failed append leaves the
 * content as it was. */
struct buf {
	char *at;
	size_t len;
	size_t size;
	size_t max_bytes;
};

void buf_init(struct buf *buf, size_t max_bytes);
void buf_fini(struct buf *buf);
/* Empty it, keep the memory. */
void buf_reset(struct buf *buf);

/* ERR_NOMEM, or ERR_TOO_LARGE past the ceiling. */
enum result buf_add(struct buf *buf, struct text_view text) MUST_CHECK;
enum result buf_add_char(struct buf *buf, char byte) MUST_CHECK;
/* In decimal. */
enum result buf_add_number(struct buf *buf, uint64_t number) MUST_CHECK;
enum result buf_printf(struct buf *buf, const char *format, ...) MUST_CHECK
    PRINTF_LIKE(2, 3);

/* All that FILE, a descriptor, still has; also ERR_IO, with errno. */
enum result buf_read(struct buf *buf, int file) MUST_CHECK;

/* Borrowed until the next append. */
struct text_view buf_view(const struct buf *buf);
/* The string, yours to free(); the buffer is empty again.  NULL when out of
 * memory. */
char *buf_take(struct buf *buf);

#endif
