/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_WRITER_H
#define HOIDAP_STORE_WRITER_H

#include "backend.h"

/* The one thread that writes.  Whatever waits is applied and committed
 * together. */
struct writer;

/* BACKEND and OPTIONS must outlive the writer. */
enum result writer_start(const struct store_options *options,
    struct backend *backend, struct writer **writer_out) MUST_CHECK;
/* Commits what waits, ends the thread.  Takes NULL. */
void writer_stop(struct writer *writer);

/* As store_submit(). */
enum result writer_submit(
    struct writer *writer, struct turn_batch *batch) MUST_CHECK;
/* As store_settle().  ERR_BUSY past a bound that only a broken disk reaches. */
enum result writer_settle(
    struct writer *writer, const struct settlement *settlement) MUST_CHECK;
/* DELIVERY has been fetched.  Should the mark be lost, that does no harm: the
 * reply counts as queued until the page asks for it again. */
void writer_fetched(struct writer *writer, uint64_t delivery);

/* Call RUN inside a transaction and wait for the commit: the result of RUN, or
 * ERR_IO when the commit failed, or ERR_BUSY when the writer stops. */
enum result writer_run(struct writer *writer,
    enum result (*run)(struct backend *backend, void *context),
    void *context) MUST_CHECK;

/* Turns that wait for their commit. */
size_t writer_waiting(struct writer *writer);

#endif
