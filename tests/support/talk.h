/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_TALK_H
#define HOIDAP_TEST_TALK_H

#include "phone.h"

enum { TALK_SESSION_SIZE = 64, TALK_HEARD_SIZE = 16384 };

/* One service with one citizen, who holds a phone or sits at the page. */
struct talk {
	struct service service;
	struct phone phone;
	bool on_page;
	char session[TALK_SESSION_SIZE];
	char heard[TALK_HEARD_SIZE];
};

/* For cmocka: the initial state is a phone, whose channel may be "webchat"; the
 * test's state is the open talk. */
int talk_setup(void **state);
int talk_teardown(void **state);

/* Open again with other settings or another base. */
void talk_reopen(
    struct talk *talk, const char *const *variables, const char *faq_dir);

/* Say TEXT, and hear the next message. */
const char *talk_ask(struct talk *talk, const char *text);
/* Say TEXT; what the page hears at once is in TALK.heard. */
void talk_say(struct talk *talk, const char *text);
/* The next message; on the page what there is by now, maybe "". */
const char *talk_hear(struct talk *talk);
/* Say TEXT, then tap the button with TITLE that comes; PAYLOAD is what we gave
 * it, which a platform may wrap. */
const char *talk_ask_and_tap(struct talk *talk, const char *text,
    const char *title, const char *payload);
/* As talk_ask(), after a long answer, whose last parts may still come: up to
 * the message that holds PART. */
void talk_ask_until(struct talk *talk, const char *text, const char *part);
/* Say TEXT, and nothing comes. */
void talk_say_in_vain(struct talk *talk, const char *text);

/* The newest row of the question log; its texts live in ARENA. */
struct question_row talk_last_question(struct talk *talk, struct arena *arena);

#endif
