/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_questions.h"

#include <stdlib.h>
#include <string.h>

#include "faq_file.h"
#include "hash.h"
#include "utf8.h"

enum { LINE_MAX_BYTES = 64 << 10, FIRST_SLOTS = 1024 };

void
faq_questions_init(struct faq_questions *questions)
{
	*questions = (struct faq_questions){ .at = NULL };
	arena_init(&questions->arena, (size_t)4 * FAQ_QUESTIONS_FILE_MAX_BYTES);
}

void
faq_questions_fini(struct faq_questions *questions)
{
	free(questions->at);
	free(questions->slots);
	arena_fini(&questions->arena);
	*questions = (struct faq_questions){ .at = NULL };
}

/* ---- each once: a hash table with open addressing, at most half full ---- */

/* The slot of TEXT, or the empty one where it belongs. */
static size_t
slot_of(const struct faq_questions *questions, struct text_view text)
{
	size_t slot = (size_t)hash64(text, 0) & (questions->slot_count - 1);

	while (questions->slots[slot] != 0 &&
	       !text_equal(questions->at[questions->slots[slot] - 1], text))
		slot = (slot + 1) & (questions->slot_count - 1);
	return slot;
}

static enum result
make_room(struct faq_questions *questions)
{
	size_t size =
	    questions->size == 0 ? FIRST_SLOTS / 2 : 2 * questions->size;
	struct text_view *grown;
	uint64_t *slots;

	if (questions->count < questions->size)
		return OK;
	if (questions->count >= FAQ_QUESTIONS_MAX)
		return ERR_TOO_LARGE;
	grown = realloc(questions->at, size * sizeof(*grown));
	if (grown == NULL)
		return ERR_NOMEM;
	questions->at = grown;
	slots = calloc(2 * size, sizeof(*slots));
	if (slots == NULL)
		return ERR_NOMEM;
	free(questions->slots);
	questions->slots = slots;
	questions->slot_count = 2 * size;
	questions->size = size;
	for (size_t i = 0; i < questions->count; i++)
		slots[slot_of(questions, questions->at[i])] = i + 1;
	return OK;
}

static enum result
add(struct faq_questions *questions, struct text_view text)
{
	enum result result = make_room(questions);
	size_t slot;

	if (result != OK || text.len == 0)
		return result;
	slot = slot_of(questions, text);
	if (questions->slots[slot] != 0)
		return OK;
	result = arena_text(
	    &questions->arena, text, &questions->at[questions->count]);
	if (result == OK)
		questions->slots[slot] = ++questions->count;
	return result;
}

enum result
faq_questions_of_base(struct faq_questions *questions, const struct faq *faq)
{
	enum result result = OK;

	for (size_t i = 0; i < faq->entry_count && result == OK; i++) {
		const struct faq_entry *entry = &faq->entries[i];

		result = add(questions, entry->question);
		for (size_t j = 0; j < entry->asked_as.count && result == OK;
		     j++)
			result = add(questions, entry->asked_as.at[j]);
	}
	return result;
}

/* ---- a file ---- */

static enum result
read_line(struct faq_questions *questions, struct text_view line)
{
	struct text_view question;

	if (line.len > LINE_MAX_BYTES || !utf8_valid(line))
		return ERR_INVALID;
	if (!text_split(&line, '\t', &question) ||
	    text_starts(question, TEXT("#")))
		return OK;
	return add(questions, text_trim(question));
}

enum result
faq_questions_read(
    struct faq_questions *questions, const char *file, struct complaint *why)
{
	static const struct text_view mark = { "\xEF\xBB\xBF", 3 };
	struct buf bytes;
	struct text_view rest;
	struct text_view line;
	unsigned number = 0;
	enum result result;

	buf_init(&bytes, FAQ_QUESTIONS_FILE_MAX_BYTES);
	result = faq_file_read(file, &bytes, why);
	rest = buf_view(&bytes);
	if (text_starts(rest, mark))
		rest = text_slice(rest, mark.len, rest.len);
	while (result == OK && text_split(&rest, '\n', &line)) {
		number++;
		result = read_line(questions, line);
		if (result == ERR_INVALID)
			complain(why, file, number,
			    "dòng không phải UTF-8 hoặc dài hơn 64 KiB");
		if (result == ERR_TOO_LARGE)
			complain(why, file, number,
			    "quá nhiều câu hỏi: hãy chia thành nhiều tệp");
	}
	buf_fini(&bytes);
	return result;
}
