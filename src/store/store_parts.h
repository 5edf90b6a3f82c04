/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_PARTS_H
#define HOIDAP_STORE_PARTS_H

#include "backend.h"
#include "writer.h"

/* What the files that implement include/store*.h share.  Reads go straight to
 * the backend, on the caller's thread; everything that changes something goes
 * through the writer. */
struct store {
	struct store_options options;
	struct backend *backend;
	struct writer *writer;
};

#endif
