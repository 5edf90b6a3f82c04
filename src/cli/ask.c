/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap ask`: a question through the same dialog as a citizen's message, for
 * somebody the bot has never met. */
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "commands.h"
#include "dialog.h"
#include "json_parts.h"
#include "options.h"
#include "utf8.h"

enum { ASK_ARENA_MAX_BYTES = 16 * 1024 * 1024 };

struct asking {
	const struct knowledge *knowledge;
	struct arena arena;
	struct message message;
	struct dialog_input input;
	struct dialog_decision decision;
	bool json;
	bool explain;
};

static enum result
decide(struct asking *asking, struct text_view question)
{
	enum result result;

	arena_reset(&asking->arena);
	asking->message =
	    (struct message){ .kind = EVENT_TEXT, .text = question };
	asking->input = (struct dialog_input){
		.knowledge = asking->knowledge,
		.message = &asking->message,
		.now_ms = clock_now_ms(),
	};
	result = dialog_prepare(&asking->input, &asking->arena);
	if (result != OK)
		return result;
	return dialog_decide(
	    &asking->input, TEXT(""), &asking->arena, &asking->decision);
}

static json_t *
reply_json(const struct reply *reply)
{
	json_t *buttons = json_array();

	for (size_t i = 0; i < reply->button_count; i++) {
		const struct button *button = &reply->buttons[i];
		bool is_link = button->url.len > 0;

		(void)json_array_append_new(
		    buttons, json_pack("{s:o, s:o}", "title",
				 json_parts_view(button->title),
				 is_link ? "url" : "payload",
				 json_parts_view(
				     is_link ? button->url : button->payload)));
	}
	return json_pack("{s:o, s:o}", "text", json_parts_view(reply->text),
	    "buttons", buttons);
}

static json_t *
explanation_json(struct asking *asking, const struct faq_entry *entry)
{
	struct match_explanation explanation;

	if (match_explain(asking->knowledge->index, asking->message.text, entry,
		&asking->arena, &explanation) != OK)
		return json_array();
	return json_parts_reasons(&explanation);
}

static enum result
print_json(struct asking *asking)
{
	const struct dialog_decision *decision = &asking->decision;
	const struct match_result *match = &asking->input.match;
	json_t *object = json_pack("{s:o, s:s, s:o?, s:f, s:o, s:o, s:s}",
	    "text", json_parts_view(asking->message.text), "decision",
	    decision_name(decision->decision), "id",
	    decision->entry == NULL ? NULL
				    : json_parts_view(decision->entry->id),
	    "confidence", decision->confidence, "candidates",
	    json_parts_candidates(match), "reply", reply_json(&decision->reply),
	    "kb", asking->knowledge->faq->version);
	enum result result = object == NULL ? ERR_NOMEM : OK;

	if (result == OK && asking->explain && match->candidate_count > 0)
		(void)json_object_set_new(object, "reasons",
		    explanation_json(asking, match->candidates[0].entry));
	if (result == OK && json_dumpf(object, stdout,
				JSON_COMPACT | JSON_REAL_PRECISION(6)) != 0)
		result = ERR_IO;
	(void)fputc('\n', stdout);
	json_decref(object);
	return result;
}

static void
print_reasons(struct asking *asking)
{
	const struct match_result *match = &asking->input.match;

	printf("\n");
	for (size_t i = 0; i < match->candidate_count; i++) {
		struct match_explanation explanation;

		printf("%.2f  %.*s\n", match->candidates[i].confidence,
		    TEXT_ARGS(match->candidates[i].entry->id));
		if (i > 1 ||
		    match_explain(asking->knowledge->index,
			asking->message.text, match->candidates[i].entry,
			&asking->arena, &explanation) != OK)
			continue;
		for (size_t j = 0; j < explanation.count; j++)
			printf("      %+5.0f %%  %.*s (%s)\n",
			    100 * explanation.reasons[j].weight,
			    TEXT_ARGS(explanation.reasons[j].phrase),
			    explanation.reasons[j].kind);
	}
}

static void
print_plain(struct asking *asking)
{
	const struct reply *reply = &asking->decision.reply;

	printf("%.*s\n", TEXT_ARGS(reply->text));
	for (size_t i = 0; i < reply->button_count; i++)
		printf("  [%zu] %.*s%s%.*s\n", i + 1,
		    TEXT_ARGS(reply->buttons[i].title),
		    reply->buttons[i].url.len > 0 ? ": " : "",
		    TEXT_ARGS(reply->buttons[i].url));
	if (asking->explain)
		print_reasons(asking);
}

static enum result
ask(struct asking *asking, struct text_view question, struct complaint *why)
{
	enum result result;

	if (!utf8_valid(question)) {
		complain(why, NULL, 0,
		    "the question is not UTF-8; set the terminal to UTF-8");
		return ERR_INVALID;
	}
	result = decide(asking, question);
	if (result != OK)
		return result;
	if (asking->json)
		return print_json(asking);
	print_plain(asking);
	return OK;
}

static enum result
ask_lines(struct asking *asking, struct complaint *why)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t len;
	enum result result = OK;
	unsigned number = 0;

	while (result == OK && (len = getline(&line, &size, stdin)) >= 0) {
		struct text_view question = { line, (size_t)len };

		number++;
		if (question.len > 0 && line[question.len - 1] == '\n')
			question.len--;
		result = ask(asking, question, why);
		if (result == ERR_INVALID) {
			(void)snprintf(why->file, sizeof(why->file), "stdin");
			why->line = number;
		}
	}
	free(line);
	return result;
}

static int
run(struct asking *asking, const char *dir, const char *question)
{
	struct complaint why = { .text = "" };
	struct knowledge *knowledge = NULL;
	char today[DATE_SIZE];
	enum result result;

	date_of_ms(clock_now_ms(), today);
	result = knowledge_load(dir, today, &knowledge, &why);
	if (result != OK)
		return options_fail("ask", result, &why);
	asking->knowledge = knowledge;
	arena_init(&asking->arena, ASK_ARENA_MAX_BYTES);
	if (question == NULL)
		result = ask_lines(asking, &why);
	else
		result = ask(asking, text_of(question), &why);
	arena_fini(&asking->arena);
	knowledge_drop(knowledge);
	return result == OK ? EXIT_DONE : options_fail("ask", result, &why);
}

int
cli_ask(int argc, char **argv)
{
	static const struct option options[] = {
		{ "faq", required_argument, NULL, 'f' },
		{ "json", no_argument, NULL, 'j' },
		{ "explain", no_argument, NULL, 'e' },
		{ "batch", no_argument, NULL, 'b' },
		{ 0 },
	};
	const char *dir = options_faq_dir();
	struct asking asking = { 0 };
	bool batch = false;
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'f':
			dir = optarg;
			break;
		case 'j':
			asking.json = true;
			break;
		case 'e':
			asking.explain = true;
			break;
		case 'b':
			batch = true;
			asking.json = true;
			break;
		default:
			return EXIT_USAGE;
		}
	}
	if (batch ? optind < argc : optind + 1 != argc) {
		fprintf(stderr,
		    "hoidap ask: give one question in quotes, or --batch and "
		    "questions on stdin\n");
		return EXIT_USAGE;
	}
	return run(&asking, dir, batch ? NULL : argv[optind]);
}
