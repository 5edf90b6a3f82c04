/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_FAQ_TOPICS_H
#define HOIDAP_CLI_FAQ_TOPICS_H

#include <jansson.h>
#include <stdbool.h>

#include "faq.h"

/* The topic files of a folder, as JSON in memory, to be changed and written
 * back by faq_stage.c. */

enum { FAQ_TOPICS_MAX = 512 }; /* as many files as a folder may have */

struct faq_topic {
	char *path;
	json_t *root;
	bool changed;
	bool fresh; /* there is no such file yet */
};

struct faq_topics {
	const char *dir; /* borrowed */
	struct faq_topic at[FAQ_TOPICS_MAX];
	size_t count;
	json_t *entries; /* id -> the entry's object, which a root has too */
	json_t *homes;	 /* id -> the index of its topic */
};

/* Read the files that the entries of BASE, loaded from DIR, stand in.  ERR_IO
 * and ERR_INVALID with WHY.  TOPICS needs faq_topics_fini() in any case. */
enum result faq_topics_open(struct faq_topics *topics, const char *dir,
    const struct faq *base, struct complaint *why) MUST_CHECK;
void faq_topics_fini(struct faq_topics *topics);

/* The entry's object to be changed, or NULL; and its topic, which must then be
 * marked as changed. */
json_t *faq_topics_entry(const struct faq_topics *topics, const char *id);
struct faq_topic *faq_topics_home(struct faq_topics *topics, const char *id);

/* "topic" and "title" of a topic file. */
const char *faq_topics_name(const struct faq_topic *topic);
const char *faq_topics_title(const struct faq_topic *topic);

/* The topic called NAME: read from its file, or a new one with TITLE when
 * there is none.  ERR_INVALID with WHY in Vietnamese when NAME cannot be a
 * topic, or TITLE is missing (NULL) or another one. */
enum result faq_topics_called(struct faq_topics *topics, const char *name,
    const char *title, struct faq_topic **topic_out,
    struct complaint *why) MUST_CHECK;

/* Add ENTRY, which has a new id, as the last of TOPIC. */
enum result faq_topics_add(struct faq_topics *topics, struct faq_topic *topic,
    json_t *entry) MUST_CHECK;

/* 1 to 64 of a-z, 0-9 and "-": what ids and topics are made of. */
bool faq_topics_is_id(const char *text);

#endif
