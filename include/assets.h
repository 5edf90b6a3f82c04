/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_ASSETS_H
#define HOIDAP_ASSETS_H

#include "text.h"

/* Files that travel inside the binary: pages, scripts, SQL and the shipped
 * FAQ.  tools/embed writes the table; paths are those in the source tree.
 * The table ends with a row whose PATH is NULL. */
struct asset {
	const char *path;
	struct text_view content;
	struct text_view
	    gzip; /* the same, compressed; empty: not for browsers */
};

extern const struct asset assets[];

/* NULL when there is no such file. */
const struct asset *asset_named(const char *path);

#endif
