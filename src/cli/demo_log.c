/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo_log.h"
#include "json_parts.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 30 };

void
demo_log_init(struct demo_log *log)
{
	(void)pthread_mutex_init(&log->mutex, NULL);
}

void
demo_log_fini(struct demo_log *log)
{
	(void)pthread_mutex_destroy(&log->mutex);
}

void
demo_log_set(struct demo_log *log, struct app *app)
{
	pthread_mutex_lock(&log->mutex);
	log->app = app;
	pthread_mutex_unlock(&log->mutex);
}

/* OBJECT is taken over; NULL counts as out of memory. */
static struct http_answer
answer_object(struct http_request *request, json_t *object)
{
	char *text = object == NULL ? NULL : json_dumps(object, JSON_COMPACT);
	struct text_view body = TEXT("");
	enum result result = ERR_NOMEM;

	if (text != NULL)
		result = arena_text(&request->arena, text_of(text), &body);
	free(text);
	json_decref(object);
	if (result != OK)
		return http_error(request, 500, "out of memory");
	return http_json(request, 200, body);
}

/* "id 0.93, id 0.41" as the log keeps it. */
static json_t *
candidates_json(struct text_view candidates)
{
	json_t *list = json_array();
	struct text_view piece;

	if (candidates.len == 0)
		return list;
	while (text_split(&candidates, ',', &piece)) {
		struct text_view confidence = text_trim(piece);
		struct text_view id;
		char number[16];

		if (!text_split(&confidence, ' ', &id) ||
		    confidence.at == NULL ||
		    text_copy(number, sizeof(number), confidence) != OK)
			continue;
		(void)json_array_append_new(
		    list, json_pack("{s:o, s:f}", "id", json_parts_view(id),
			      "confidence", strtod(number, NULL)));
	}
	return list;
}

static struct text_view
best_candidate(const struct question *question)
{
	struct text_view rest = question->candidates;
	struct text_view id = TEXT("");

	if (question->entry.len > 0)
		return question->entry;
	(void)text_split(&rest, ' ', &id);
	return id;
}

static json_t *
reasons_json(const struct knowledge *knowledge, const struct faq_entry *entry,
    struct text_view text, struct arena *arena)
{
	struct match_explanation explanation;

	if (entry == NULL || match_explain(knowledge->index, text, entry, arena,
				 &explanation) != OK)
		return json_array();
	return json_parts_reasons(&explanation);
}

static json_t *
question_json(const struct knowledge *knowledge, const struct question_row *row,
    struct arena *arena)
{
	const struct question *question = &row->question;
	const struct faq_entry *entry =
	    faq_find(knowledge->faq, best_candidate(question));

	return json_pack(
	    "{s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:f, s:o, s:o, s:o}", "id",
	    (json_int_t)row->id, "at_ms", (json_int_t)row->at_ms, "channel",
	    json_parts_view(row->channel), "text",
	    json_parts_view(question->text), "decision",
	    json_parts_view(question->decision), "entry",
	    json_parts_view(question->entry), "question",
	    json_parts_view(entry == NULL ? TEXT("") : entry->question),
	    "confidence", question->confidence, "candidates",
	    candidates_json(question->candidates), "reasons",
	    reasons_json(knowledge, entry, question->text, arena), "base",
	    json_parts_view(question->base));
}

static json_t *
questions_json(
    struct app *app, const struct question_filter *filter, struct arena *arena)
{
	const struct knowledge *knowledge =
	    knowledge_slot_get(app_knowledge(app));
	struct question_row *rows = NULL;
	size_t count = 0;
	json_t *list = json_array();

	if (store_questions(app_store(app), filter, arena, &rows, &count) != OK)
		count = 0;
	for (size_t i = 0; i < count; i++)
		(void)json_array_append_new(
		    list, question_json(knowledge, &rows[i], arena));
	knowledge_drop(knowledge);
	return list;
}

static json_t *
log_json(struct app *app, struct http_request *request)
{
	struct question_filter all = { .limit = ROWS_MAX };
	const struct question_filter unanswered = { .unanswered_only = true,
		.limit = ROWS_MAX };
	struct store_counts counts;
	json_t *questions;
	json_int_t last;

	if (app == NULL || store_count(app_store(app), &counts) != OK)
		return NULL;
	if (text_number(http_query(request, "after"), 0, INT64_MAX,
		&all.after_id) != OK)
		all.after_id = 0;
	questions = questions_json(app, &all, &request->arena);
	last = json_integer_value(
	    json_object_get(json_array_get(questions, 0), "id"));
	return json_pack("{s:I, s:o, s:o, s:{s:I, s:I, s:I, s:I}}", "last",
	    last > 0 ? last : (json_int_t)all.after_id, "questions", questions,
	    "unanswered", questions_json(app, &unanswered, &request->arena),
	    "counts", "questions", (json_int_t)counts.questions, "unanswered",
	    (json_int_t)counts.unanswered, "queued", (json_int_t)counts.queued,
	    "parked", (json_int_t)counts.parked);
}

struct http_answer
demo_questions(void *context, struct http_request *request)
{
	struct demo_log *log = context;
	json_t *object;

	pthread_mutex_lock(&log->mutex);
	object = log_json(log->app, request);
	pthread_mutex_unlock(&log->mutex);
	if (object == NULL)
		return http_error(request, 503, "hoidap is not running");
	return answer_object(request, object);
}
