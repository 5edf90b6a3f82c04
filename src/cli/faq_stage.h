/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_FAQ_STAGE_H
#define HOIDAP_CLI_FAQ_STAGE_H

#include "faq_topics.h"

/* A hidden folder inside the FAQ folder: the base as it would be after the
 * change.  It is loaded there, and only a base that loads is put in force. */
struct faq_stage {
	const struct faq_topics *topics;
	char folder[4096];
};

/* Lay the folder out.  ERR_IO with WHY.  STAGE needs faq_stage_close() in any
 * case, which removes the folder. */
enum result faq_stage_open(struct faq_stage *stage,
    const struct faq_topics *topics, struct complaint *why) MUST_CHECK;
void faq_stage_close(struct faq_stage *stage);

/* Write the changed topics to the stage and load it.  ERR_INVALID with WHY,
 * which names the real file; *ENTRY_OUT is then the changed topic's entry that
 * is at fault, or NULL when it is no entry of a changed topic.  On OK,
 * VERSION_OUT is the version of the base that would be. */
enum result faq_stage_check(struct faq_stage *stage, json_t **entry_out,
    char version_out[17], struct complaint *why) MUST_CHECK;

/* Put the checked files in force: all of them or, on ERR_IO with WHY, none.
 * Each file is exchanged at once.  Only a crash between two exchanges can
 * leave some files new and some old, each of them whole. */
enum result faq_stage_commit(
    struct faq_stage *stage, struct complaint *why) MUST_CHECK;

#endif
