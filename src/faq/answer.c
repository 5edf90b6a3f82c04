/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq.h"

#include "address.h"
#include "expand.h"
#include "utf8.h"

/* What a citizen reads.  A curator's buttons come first and in their order;
 * related entries fill what places are left.  Their title is their question,
 * and a long question is no title: such an entry is left out. */

enum { RELATED_TITLE_MAX = 60 };

struct answer {
	const struct faq *faq;
	const struct faq_entry *entry;
	const char *today;
	struct arena *arena;
	struct reply reply;
};

/* ---- text ---- */

static enum result
add_sources(const struct faq_entry *entry, struct buf *text)
{
	struct text_view reviewed = entry->reviewed;
	enum result result = buf_printf(
	    text, "\n\nNguồn: %.*s", TEXT_ARGS(entry->sources[0].title));

	if (result == OK && entry->source_count > 1)
		result = buf_printf(
		    text, "; %.*s", TEXT_ARGS(entry->sources[1].title));
	if (result == OK)
		result = buf_add_char(text, '.');
	if (result == OK && reviewed.len > 0) /* YYYY-MM-DD */
		result = buf_printf(text, " Cập nhật: %.2s/%.2s/%.4s.",
		    reviewed.at + 8, reviewed.at + 5, reviewed.at);
	return result;
}

static enum result
write_text(struct answer *answer)
{
	const struct faq_entry *entry = answer->entry;
	enum result result;
	struct buf text;

	buf_init(&text, REPLY_TEXT_MAX_BYTES);
	result = expand_text(answer->faq, entry->answer, answer->today, &text);
	if (result == OK && entry->kind == ENTRY_ANSWER &&
	    entry->source_count > 0)
		result = add_sources(entry, &text);
	if (result == OK)
		result = arena_text(
		    answer->arena, buf_view(&text), &answer->reply.text);
	buf_fini(&text);
	return result;
}

/* ---- buttons ---- */

/* The place for one more button, which counts once it has been filled. */
static struct button *
next_place(struct answer *answer)
{
	return &answer->reply.buttons[answer->reply.button_count];
}

static enum result
add_link(struct answer *answer, const struct faq_button *from)
{
	struct button *button = next_place(answer);
	struct text_view url;
	enum result result;
	struct buf text;

	buf_init(&text, EXPAND_MAX_BYTES);
	result = expand_text(answer->faq, from->url, answer->today, &text);
	url = buf_view(&text);
	if (result == OK && address_secure(url)) {
		result = arena_text(answer->arena, url, &button->url);
		if (result == OK)
			result = arena_text(
			    answer->arena, from->title, &button->title);
		if (result == OK)
			answer->reply.button_count++;
	}
	buf_fini(&text);
	return result;
}

static bool
has_payload(const struct reply *reply, struct text_view payload)
{
	for (size_t i = 0; i < reply->button_count; i++) {
		if (text_equal(reply->buttons[i].payload, payload))
			return true;
	}
	return false;
}

static enum result
add_entry(struct answer *answer, const struct faq_entry *target,
    struct text_view title)
{
	struct button *button = next_place(answer);
	enum result result;
	struct buf payload;

	if (target == NULL || target == answer->entry ||
	    !faq_entry_live(target, answer->today))
		return OK;
	buf_init(&payload, 256);
	result = buf_printf(&payload, "entry:%.*s", TEXT_ARGS(target->id));
	if (result == OK && !has_payload(&answer->reply, buf_view(&payload))) {
		result = arena_text(
		    answer->arena, buf_view(&payload), &button->payload);
		if (result == OK)
			result =
			    arena_text(answer->arena, title, &button->title);
		if (result == OK)
			answer->reply.button_count++;
	}
	buf_fini(&payload);
	return result;
}

static enum result
add_buttons(struct answer *answer)
{
	const struct faq_entry *entry = answer->entry;
	enum result result = OK;

	for (size_t i = 0; i < entry->button_count && result == OK &&
			   answer->reply.button_count < FAQ_BUTTONS_MAX;
	     i++) {
		const struct faq_button *from = &entry->buttons[i];

		if (from->url.len > 0)
			result = add_link(answer, from);
		else
			result = add_entry(answer,
			    faq_find(answer->faq, from->entry), from->title);
	}
	return result;
}

static enum result
add_related(struct answer *answer)
{
	const struct phrases *related = &answer->entry->related;
	enum result result = OK;

	for (size_t i = 0; i < related->count && result == OK &&
			   answer->reply.button_count < FAQ_BUTTONS_MAX;
	     i++) {
		const struct faq_entry *target =
		    faq_find(answer->faq, related->at[i]);

		if (target != NULL &&
		    utf8_length(target->question) <= RELATED_TITLE_MAX)
			result = add_entry(answer, target, target->question);
	}
	return result;
}

enum result
faq_answer(const struct faq *faq, const struct faq_entry *entry,
    const char *today, struct arena *arena, struct reply *reply_out)
{
	struct answer answer = {
		.faq = faq, .entry = entry, .today = today, .arena = arena
	};
	enum result result = write_text(&answer);

	if (result == OK)
		result = add_buttons(&answer);
	if (result == OK)
		result = add_related(&answer);
	if (result == OK)
		*reply_out = answer.reply;
	return result;
}
