/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_OVERLAY_H
#define HOIDAP_OVERLAY_H

#include "faq.h"

/* What staff have published in the console, laid over the files of a folder
 * before they are loaded: the files are the shipped base, and the newest
 * revision of an entry stands in for what they say of it. */

/* One whole entry. */
struct faq_revision {
	struct text_view entry; /* id */
	struct text_view topic;
	struct text_view topic_title; /* for a topic that no file has */
	struct text_view json;	      /* an object, as in a topic file */
	/* faq_covered.file_hash when this was published; empty: not known,
	 * so that it conflicts with nothing. */
	struct text_view file_hash;
};

struct faq_overlay {
	const struct faq_revision *revisions; /* at most one of an entry */
	size_t revision_count;
	/* Besides those of off-topic.json; what cannot be a line there is
	 * passed over. */
	struct phrases off_topic;
};

/* A file that the overlay changes, or makes. */
struct overlay_file {
	const char *name; /* "remote-signing.json" */
	struct text_view text;
};

/* The files of DIR that say something else once OVERLAY is written into them;
 * a folder with them in it needs no overlay any more.  They live in ARENA.
 * ERR_IO and ERR_INVALID with WHY. */
enum result overlay_files(const char *dir, const struct faq_overlay *overlay,
    struct arena *arena, struct overlay_file **files_out, size_t *count_out,
    struct complaint *why) MUST_CHECK;

#endif
