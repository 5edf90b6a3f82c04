/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Who has written, the newest first.  A search looks through the last question
 * of each, without marks, or at the end of their id.  It folds as it reads,
 * so that the store needs no second copy of what citizens write. */
#include "conversation_list.h"

#include "conversation_json.h"
#include "dialog.h"
#include "review.h"

enum {
	ROWS_STANDARD = 50,
	ROWS_MAX = 200,
	LOOK_MAX = 10000, /* citizens that a search looks through */
	FOLDED_MAX_BYTES = 64 * 1024,
	STATE_MAX_BYTES = 1024 * 1024,
};

struct search {
	struct arena state; /* of the row that is looked at */
	struct buf folded;  /* what it asks */
	struct text_view person;
	struct text_view words; /* folded; empty: all */
	bool silent;		/* only those whom a person answers */
	uint64_t now_ms;
};

static bool
is_silent(struct search *search, const struct talk_row *row)
{
	struct conversation state;

	arena_reset(&search->state);
	return conversation_unpack(row->state, &search->state, &state) == OK &&
	       (state.silent_until_ms > search->now_ms ||
		   state.thread_lost != 0);
}

/* Does every word stand in what was asked last, or is this the person? */
static bool
says(struct search *search, const struct talk_row *row)
{
	struct text_view rest = search->words;
	struct text_view word;

	if (rest.len == 0 || text_equal(search->person, row->person))
		return true;
	buf_reset(&search->folded);
	if (review_words(row->asked, &search->folded) != OK)
		return false;
	while (text_split(&rest, ' ', &word))
		if (text_find(buf_view(&search->folded), word) == SIZE_MAX)
			return false;
	return true;
}

static bool
fits(void *context, const struct talk_row *row)
{
	struct search *search = context;

	return (!search->silent || is_silent(search, row)) && says(search, row);
}

static bool
read_filter(struct staff_request *request, struct talk_filter *filter,
    struct search *search, struct staff_answer *refusal_out)
{
	uint64_t silent;
	uint64_t limit;

	if (!staff_query_text(
		request, "channel", &filter->channel, refusal_out) ||
	    !staff_query_text(request, "q", &search->person, refusal_out) ||
	    !staff_query_number(
		request, "silent", 1, 0, &silent, refusal_out) ||
	    !staff_query_number(request, "before_ms", INT64_MAX, INT64_MAX,
		&filter->before_ms, refusal_out) ||
	    !staff_query_number(request, "before_id", INT64_MAX, 0,
		&filter->before_citizen, refusal_out) ||
	    !staff_query_number(
		request, "limit", ROWS_MAX, ROWS_STANDARD, &limit, refusal_out))
		return false;
	filter->channel = text_trim(filter->channel);
	search->person = text_trim(search->person);
	search->silent = silent == 1;
	filter->limit = limit > 0 ? (size_t)limit : 1;
	return true;
}

/* Nothing but the newest rows is looked at unless something is searched. */
static enum result
set_search(struct staff_request *request, struct talk_filter *filter,
    struct search *search)
{
	enum result result = review_words(search->person, &search->folded);

	if (result == OK)
		result = arena_text(request->arena,
		    text_trim(buf_view(&search->folded)), &search->words);
	filter->look =
	    search->words.len > 0 || search->silent || filter->channel.len > 0
		? LOOK_MAX
		: filter->limit;
	filter->fits = fits;
	filter->context = search;
	return result;
}

static struct staff_answer
list_answer(struct staff_request *request, const struct talk_row *rows,
    size_t count, bool more)
{
	json_t *list = json_array();
	const struct talk_row *last = count > 0 ? &rows[count - 1] : NULL;

	for (size_t i = 0; list != NULL && i < count; i++)
		if (json_array_append_new(
			list, conversation_json(request, &rows[i])) != 0) {
			json_decref(list);
			list = NULL;
		}
	if (!more || last == NULL)
		return staff_ok(json_pack("{s:o}", "conversations", list));
	return staff_ok(json_pack("{s:o, s:{s:I, s:I}}", "conversations", list,
	    "next", "before_ms", (json_int_t)last->seen_ms, "before_id",
	    (json_int_t)last->citizen));
}

struct staff_answer
conversation_list(struct staff_request *request)
{
	struct talk_filter filter = { .limit = 0 };
	struct search search = { .now_ms = request->now_ms };
	struct talk_row *rows = NULL;
	struct staff_answer answer;
	size_t count = 0;
	enum result result;

	if (!read_filter(request, &filter, &search, &answer))
		return answer;
	arena_init(&search.state, STATE_MAX_BYTES);
	buf_init(&search.folded, FOLDED_MAX_BYTES);
	result = set_search(request, &filter, &search);
	if (result == OK)
		result = store_talk_list(request->console->store, &filter,
		    request->arena, &rows, &count);
	buf_fini(&search.folded);
	arena_fini(&search.state);
	if (result != OK)
		return staff_failed(result);
	return list_answer(request, rows, count, count == filter.limit);
}
