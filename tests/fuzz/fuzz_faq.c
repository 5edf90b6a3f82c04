/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <assert.h>
#include <string.h>

#include "src/faq/load.h"
#include "utf8.h"

/* Any bytes as a topic file.  Refused: nothing is handed out, and the
 * complaint has a line of the file and a text fit for a terminal.  Accepted:
 * on no day has an answer a hole or a button that leads nowhere, and the same
 * bytes give the same version. */

#define LOCALITY                                                               \
	"{\"locality\": \"X\", \"variables\": {"                               \
	"\"portal_url\": {\"value\": \"https://cong.vn\"}, "                   \
	"\"hotline\": {\"value\": \"1022\", \"otherwise\": \"tổng đài\", " \
	"\"review_by\": \"2027-02-22\"}, "                                     \
	"\"office\": {\"value\": \"\", \"otherwise\": \"công an phường\"}}}"

static enum result
load(struct text_view topic, struct faq **faq_out, struct complaint *why)
{
	const struct load_file files[] = {
		{ "faq/fuzz.json", topic },
		{ "faq/locality.json", TEXT(LOCALITY) },
	};

	return load_files(files, 2, faq_out, why);
}

static void
check_complaint(struct text_view topic, const struct complaint *why)
{
	struct text_view text = text_of(why->text);
	unsigned lines = 1;

	for (size_t i = 0; i < topic.len; i++)
		lines += topic.at[i] == '\n';
	assert(strcmp(why->file, "faq/fuzz.json") == 0);
	assert(why->line >= 1 && why->line <= lines);
	assert(text.len > 0 && utf8_valid(text));
	for (size_t i = 0; i < text.len; i++)
		assert((unsigned char)text.at[i] >= ' ');
}

static void
check_button(const struct button *button)
{
	assert(button->title.len > 0);
	assert((button->url.len > 0) != (button->payload.len > 0));
	if (button->url.len > 0)
		assert(text_starts(button->url, TEXT("https://")));
	else
		assert(text_starts(button->payload, TEXT("entry:")));
}

static void
check_answers(const struct faq *faq, const char *today)
{
	struct arena arena;

	arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < faq->entry_count; i++) {
		struct reply reply;

		arena_reset(&arena);
		assert(faq_answer(
			   faq, &faq->entries[i], today, &arena, &reply) == OK);
		assert(reply.text.len > 0 && utf8_valid(reply.text));
		assert(text_find(reply.text, TEXT("{{")) == SIZE_MAX);
		assert(reply.button_count <= FAQ_BUTTONS_MAX);
		for (size_t j = 0; j < reply.button_count; j++)
			check_button(&reply.buttons[j]);
	}
	arena_fini(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text_view topic = { (const char *)data, size };
	struct complaint why;
	struct faq *faq = NULL;
	struct faq *again = NULL;

	if (load(topic, &faq, &why) != OK) {
		assert(faq == NULL);
		check_complaint(topic, &why);
		return 0;
	}
	check_answers(faq, "2000-01-01");
	check_answers(faq, "2026-11-24");
	check_answers(faq, "2999-12-31");
	assert(load(topic, &again, &why) == OK);
	assert(strcmp(faq->version, again->version) == 0);
	faq_free(again);
	faq_free(faq);
	return 0;
}
