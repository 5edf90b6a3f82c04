/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_FAQ_PARTS_H
#define HOIDAP_CONSOLE_FAQ_PARTS_H

#include "api.h"
#include "faq_json.h"
#include "knowledge.h"

/* What the handlers of the FAQ share, and their names for the one table of
 * routes (faq.c). */

enum { FAQ_WHY_MAX_BYTES = 1000 };

/* All that is known of the entry in the path. */
struct faq_subject {
	struct text_view id;
	const struct knowledge *knowledge; /* held: faq_subject_fini() */
	const struct faq_entry *entry;	   /* in force; NULL: none is */
	const struct faq_covered *covered; /* NULL: as the files have it */
	struct revision *revisions;	   /* newest first */
	size_t count;
	const struct revision *open;	  /* draft or in review, or NULL */
	const struct revision *published; /* in force, or NULL */
};

/* 404 in *REFUSAL_OUT when the id is none, or, unless MAY_BE_NEW, nothing
 * knows it. */
bool faq_subject_read(struct staff_request *request, bool may_be_new,
    struct faq_subject *out, struct staff_answer *refusal_out);
void faq_subject_fini(struct faq_subject *subject);
/* Revision NUMBER as a person would open it (0: what the files say), with
 * "entry" and "topic"; NULL: there is none, or no memory. */
json_t *faq_subject_json(const struct faq_subject *subject, uint64_t number);

/* "why" of the body; empty when it may be left out and is. */
bool faq_why(struct staff_request *request, bool must, struct text_view *out,
    struct staff_answer *refusal_out);
/* "entry ID": what an audit line is about. */
struct text_view faq_audit_subject(
    struct staff_request *request, struct text_view id);

/* faq_draft.c */
struct staff_answer faq_draft_save(struct staff_request *request);
struct staff_answer faq_draft_submit(struct staff_request *request);
struct staff_answer faq_draft_take_back(struct staff_request *request);
struct staff_answer faq_draft_withdraw(struct staff_request *request);
struct staff_answer faq_draft_reject(struct staff_request *request);
struct staff_answer faq_draft_retire(struct staff_request *request);
/* 422 with every fault of DRAFT, which has some. */
struct draft;
struct staff_answer faq_draft_faults(const struct draft *draft);
/* faq_variables.c */
struct staff_answer faq_variables_show(struct staff_request *request);
/* faq_diff.c */
struct staff_answer faq_diff_show(struct staff_request *request);
/* faq_publish.c */
struct staff_answer faq_publish_check(struct staff_request *request);
struct staff_answer faq_publish_progress(struct staff_request *request);
struct staff_answer faq_publish_go(struct staff_request *request);
/* faq_rollback.c */
struct staff_answer faq_rollback(struct staff_request *request);
/* try.c */
struct staff_answer try_question(struct staff_request *request);
struct staff_answer try_opinion(struct staff_request *request);
/* try_preview.c */
struct staff_answer try_preview(struct staff_request *request);

#endif
