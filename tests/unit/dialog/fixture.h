/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_DIALOG_FIXTURE_H
#define HOIDAP_TEST_DIALOG_FIXTURE_H

#include <string.h>

#include "src/dialog/cues.h"
#include "tests/support/cmocka_all.h"

/* A base of four entries, filled by hand, so that what is tested is the
 * dialog alone; the match result is given, not computed. */
struct fixture {
	struct faq_button button;
	struct faq_entry entries[4];
	struct faq faq;
	struct knowledge knowledge;
	struct message message;
	struct dialog_input input;
	struct arena arena;
	struct text_view state;
};

static inline void
set_up(struct fixture *fixture)
{
	memset(fixture, 0, sizeof(*fixture));
	fixture->button = (struct faq_button){ .title = TEXT("Mở cổng"),
		.url = TEXT("https://dichvucong.gov.vn") };
	fixture->entries[0] = (struct faq_entry){ .id = TEXT("phi"),
		.question = TEXT("Phí bao nhiêu?"),
		.answer = TEXT("Lệ phí xem trên cổng."),
		.buttons = &fixture->button,
		.button_count = 1 };
	fixture->entries[1] = (struct faq_entry){ .id = TEXT("o-dau"),
		.question = TEXT("Nộp ở đâu?"),
		.answer = TEXT("Nộp trên cổng.") };
	fixture->entries[2] = (struct faq_entry){ .id = TEXT("gap-nguoi-that"),
		.question = TEXT("Gặp cán bộ"),
		.answer = TEXT("Cán bộ sẽ trả lời."),
		.kind = ENTRY_HANDOFF };
	fixture->entries[3] = (struct faq_entry){ .id = TEXT("chao-hoi"),
		.question = TEXT("Xin chào"),
		.answer = TEXT("Chào anh/chị."),
		.kind = ENTRY_SMALLTALK };
	fixture->faq.entries = fixture->entries;
	fixture->faq.entry_count = 4;
	fixture->knowledge.faq = &fixture->faq;
	memcpy(fixture->knowledge.today, "2026-11-24", DATE_SIZE);
	fixture->message.kind = EVENT_TEXT;
	fixture->input = (struct dialog_input){
		.knowledge = &fixture->knowledge,
		.message = &fixture->message,
		.now_ms = 1000,
		.staff_silence_ms = 500,
	};
	arena_init(&fixture->arena, 1 << 20);
}

static inline void
types(struct fixture *fixture, const char *text)
{
	fixture->message =
	    (struct message){ .kind = EVENT_TEXT, .text = text_of(text) };
	fixture->input.masked = text_of(text);
	fixture->input.match =
	    (struct match_result){ .decision = MATCH_UNANSWERED };
	assert_int_equal(
	    cues_read(text_of(text), &fixture->arena, &fixture->input.cues),
	    OK);
	/* There is no index to match once more with. */
	fixture->input.cues.asking.bare = false;
	fixture->input.cues.asking.goes_on = false;
}

static inline void
taps(struct fixture *fixture, const char *payload)
{
	fixture->message =
	    (struct message){ .kind = EVENT_TAP, .payload = text_of(payload) };
	fixture->input.masked = TEXT("");
	fixture->input.cues = (struct cues){ 0 };
}

static inline void
matches(struct fixture *fixture, enum match_decision decision)
{
	fixture->input.match = (struct match_result){ .decision = decision,
		.candidate_count = 2,
		.candidates = { { &fixture->entries[0], 0.8, 1 },
		    { &fixture->entries[1], 0.4, 0.5 } } };
}

/* Decide, and remember the state for the next turn as the store would. */
static inline struct dialog_decision
decided(struct fixture *fixture)
{
	struct dialog_decision decision;
	struct buf packed;

	assert_int_equal(dialog_decide(&fixture->input, fixture->state,
			     &fixture->arena, &decision),
	    OK);
	buf_init(&packed, 1 << 16);
	assert_int_equal(conversation_pack(&decision.after, &packed), OK);
	assert_int_equal(
	    arena_text(&fixture->arena, buf_view(&packed), &fixture->state),
	    OK);
	buf_fini(&packed);
	return decision;
}

static inline void
tear_down(struct fixture *fixture)
{
	arena_fini(&fixture->arena);
}

/* Ask what the base answers with its first entry. */
static inline struct dialog_decision
answered(struct fixture *fixture, const char *text)
{
	types(fixture, text);
	matches(fixture, MATCH_ANSWER);
	return decided(fixture);
}

/* Ask what brings the first two entries as choices. */
static inline struct dialog_decision
offered(struct fixture *fixture, const char *text)
{
	types(fixture, text);
	matches(fixture, MATCH_CLARIFY);
	return decided(fixture);
}

static inline struct dialog_decision
typed(struct fixture *fixture, const char *text)
{
	types(fixture, text);
	return decided(fixture);
}

static inline struct dialog_decision
tapped(struct fixture *fixture, const char *payload)
{
	taps(fixture, payload);
	return decided(fixture);
}

static inline void
assert_holds(struct text_view text, const char *part)
{
	if (text_find(text, text_of(part)) == SIZE_MAX)
		fail_msg("\"%.*s\" has no \"%s\"", TEXT_ARGS(text), part);
}

#endif
