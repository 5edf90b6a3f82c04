/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What happened, and what somebody should look at today. */
#include <string.h>

#include "figures_json.h"
#include "group_list.h"
#include "store_reach.h"
#include "store_review.h"

enum {
	GROUPS_SHOWN = 5,
	STALE_SHOWN = 10,
	REVIEWED_DAYS = 180, /* older than this is stale */
	ENDS_DAYS = 30,	     /* an entry that ends so soon is named */
	WAITING_DAYS = 7,    /* no window of a platform is longer */
	WINDOW_ENDS_HOURS = 6,
};

static const uint64_t hour_ms = (uint64_t)3600 * 1000;

static uint64_t
days(unsigned count)
{
	return count * 24 * hour_ms;
}

/* ---- figures ---- */

static json_t *
days_json(const struct figures *figures)
{
	json_t *list = json_array();

	for (size_t i = 0; i < figures->day_count; i++)
		if (!figures_json_add(
			&list, figures_json_counts(&figures->days[i])))
			return NULL;
	return list;
}

static json_t *
hours_json(const struct figures *figures)
{
	json_t *list = json_array();

	for (size_t i = 0; i < FIGURES_HOURS; i++)
		if (!figures_json_add(
			&list, figures_json_counts(&figures->hours[i])))
			return NULL;
	return list;
}

static json_t *
rates_json(const struct figures_counts *counts, const uint64_t graded[GRADES],
    enum figures_language language)
{
	struct figures_rate rates[FIGURES_RATES];
	json_t *list = json_array();

	figures_json_rates(counts, graded, language, rates);
	for (size_t i = 0; i < FIGURES_RATES; i++)
		if (!figures_json_add(&list, figures_json_rate(&rates[i])))
			return NULL;
	return list;
}

static struct staff_answer
get_figures(struct staff_request *request)
{
	struct figures_period period;
	struct figures figures;
	struct figures_row *topics;
	struct staff_answer answer;
	uint64_t graded[GRADES];
	size_t count;
	const struct knowledge *knowledge;
	enum result result;

	if (!figures_json_period(request, &period, &answer))
		return answer;
	result = store_figures(
	    request->console->store, &period, request->arena, &figures);
	if (result == OK)
		result = store_grades(request->console->store, &period, graded);
	if (result != OK)
		return staff_failed(result);
	figures_json_sort(figures.channels, figures.channel_count);
	knowledge = knowledge_slot_get(request->console->knowledge);
	result = figures_json_topics(
	    knowledge->faq, &figures, request->arena, &topics, &count);
	knowledge_drop(knowledge);
	if (result != OK)
		return staff_failed(result);
	return staff_ok(json_pack("{s:o, s:o, s:I, s:o, s:o, s:o, s:o, s:{s:I, "
				  "s:I, s:I}}",
	    "all", figures_json_counts(&figures.all), "rates",
	    rates_json(&figures.all, graded, figures_json_language(request)),
	    "first_day_ms", (json_int_t)figures.first_day_ms, "days",
	    days_json(&figures), "hours", hours_json(&figures), "channels",
	    figures_json_rows(figures.channels, figures.channel_count),
	    "topics", figures_json_rows(topics, count), "wait", "replies",
	    (json_int_t)figures.wait.replies, "median_ms",
	    (json_int_t)figures.wait.median_ms, "nine_in_ten_ms",
	    (json_int_t)figures.wait.nine_in_ten_ms));
}

/* ---- what is burning ---- */

static enum result
groups_json(struct staff_request *request, json_t **out)
{
	const struct review_filter filter = { .order = REVIEW_BY_GROWTH,
		.now_ms = request->now_ms,
		.recent_ms = group_list_recent_ms(),
		.limit = GROUPS_SHOWN };
	struct review_page page;
	json_t *list = json_array();
	enum result result = store_review_list(
	    request->console->store, &filter, request->arena, &page);

	for (size_t i = 0; result == OK && i < page.count; i++) {
		const struct review_group *group = &page.groups[i];

		if (group->recent <= group->before_recent)
			break; /* the rest does not grow */
		if (!figures_json_add(
			&list, json_pack("{s:I, s:o, s:I, s:I}", "id",
				   (json_int_t)group->id, "text",
				   staff_string(group->text), "recent",
				   (json_int_t)group->recent, "before",
				   (json_int_t)group->before_recent)))
			result = ERR_NOMEM;
	}
	if (result != OK)
		json_decref(list);
	else
		*out = list;
	return result;
}

struct stale_days {
	char today[DATE_SIZE];
	char reviewed_before[DATE_SIZE];
	char ends_by[DATE_SIZE];
};

/* "ended", "ends", "reviewed", or NULL when ENTRY is fresh. */
static const char *
stale_why(const struct faq_entry *entry, const struct stale_days *stale)
{
	struct text_view ends = entry->valid_until;

	if (entry->status != ENTRY_PUBLISHED || entry->background)
		return NULL;
	if (ends.len > 0 && text_compare(ends, text_of(stale->today)) < 0)
		return "ended";
	if (ends.len > 0 && text_compare(ends, text_of(stale->ends_by)) <= 0)
		return "ends";
	if (entry->kind == ENTRY_ANSWER && entry->reviewed.len > 0 &&
	    text_compare(entry->reviewed, text_of(stale->reviewed_before)) < 0)
		return "reviewed";
	return NULL;
}

/* {"count", "entries": the first few}. */
static json_t *
stale_json(const struct faq *faq, uint64_t now_ms)
{
	struct stale_days stale;
	json_t *list = json_array();
	json_int_t count = 0;

	date_of_ms(now_ms, stale.today);
	date_of_ms(now_ms - days(REVIEWED_DAYS), stale.reviewed_before);
	date_of_ms(now_ms + days(ENDS_DAYS), stale.ends_by);
	for (size_t i = 0; i < faq->entry_count; i++) {
		const struct faq_entry *entry = &faq->entries[i];
		const char *why = stale_why(entry, &stale);

		if (why == NULL || ++count > STALE_SHOWN)
			continue;
		if (!figures_json_add(&list,
			json_pack("{s:o, s:o, s:s, s:o}", "id",
			    staff_string(entry->id), "question",
			    staff_string(entry->question), "why", why, "date",
			    staff_string(strcmp(why, "reviewed") == 0
					     ? entry->reviewed
					     : entry->valid_until))))
			return NULL;
	}
	return json_pack("{s:I, s:o}", "count", count, "entries", list);
}

/* "missing", "dead", "expiring", or NULL when all is well. */
static const char *
token_trouble(enum result loaded, const struct stored_token *token,
    const struct token_protocol *protocol, uint64_t now_ms)
{
	if (loaded == ERR_NOT_FOUND)
		return "missing";
	if (token->dead)
		return "dead";
	/* It should have been refreshed long ago. */
	if (token->pair.expires_ms > 0 &&
	    token->pair.expires_ms < now_ms + protocol->refresh_before_ms / 2)
		return "expiring";
	return NULL;
}

/* Accounts whose token a person should look at. */
static enum result
tokens_json(struct staff_request *request, json_t **out)
{
	const struct settings *settings = request->console->settings;
	json_t *list = json_array();

	for (size_t i = 0; i < settings->account_count; i++) {
		const struct account *account = &settings->accounts[i];
		struct stored_token token = { .dead = false };
		const char *why;
		enum result result;

		if (account->channel->token == NULL)
			continue;
		result = store_token_load(request->console->store,
		    account->channel->name, account->id, &token);
		if (result != OK && result != ERR_NOT_FOUND) {
			json_decref(list);
			return result;
		}
		why = token_trouble(
		    result, &token, account->channel->token, request->now_ms);
		if (why != NULL &&
		    !figures_json_add(
			&list, json_pack("{s:s, s:s, s:s, s:I}", "channel",
				   account->channel->name, "account",
				   account->name, "why", why, "expires_ms",
				   (json_int_t)token.pair.expires_ms)))
			return ERR_NOMEM;
	}
	*out = list;
	return OK;
}

/* Citizens whose open question can soon be answered no more. */
static enum result
windows_json(struct staff_request *request, json_t **out)
{
	const struct figures_period week = {
		request->now_ms - days(WAITING_DAYS), request->now_ms + 1
	};
	const struct window_terms terms = { request->now_ms,
		request->console->settings->zalo_free_replies_max };
	struct store *store = request->console->store;
	struct asker *askers = NULL;
	uint64_t *questions = NULL;
	uint64_t first_ms = 0;
	json_int_t ending = 0;
	size_t count = 0;
	enum result result = store_figures_waiting(store, &week,
	    REACH_QUESTIONS_MAX, request->arena, &questions, &count);

	if (result == OK && count > 0)
		result = store_reach_askers(
		    store, questions, count, request->arena, &askers, &count);
	for (size_t i = 0; result == OK && i < count; i++) {
		struct reply_window window = reach_window(&askers[i], &terms);

		if (askers[i].told != 0 || window.reach == REACH_NONE ||
		    window.until_ms == 0 ||
		    window.until_ms >
			request->now_ms + WINDOW_ENDS_HOURS * hour_ms)
			continue;
		ending++;
		if (first_ms == 0 || window.until_ms < first_ms)
			first_ms = window.until_ms;
	}
	if (result == OK)
		*out = json_pack("{s:I, s:I, s:i}", "questions", ending,
		    "first_ms", (json_int_t)first_ms, "hours",
		    WINDOW_ENDS_HOURS);
	return result;
}

static struct staff_answer
get_burning(struct staff_request *request)
{
	const struct knowledge *knowledge;
	struct store_counts counts;
	json_t *groups = NULL;
	json_t *tokens = NULL;
	json_t *windows = NULL;
	json_t *stale = NULL;
	enum result result = store_count(request->console->store, &counts);

	if (result == OK)
		result = groups_json(request, &groups);
	if (result == OK)
		result = tokens_json(request, &tokens);
	if (result == OK)
		result = windows_json(request, &windows);
	if (result != OK)
		goto out;
	knowledge = knowledge_slot_get(request->console->knowledge);
	stale = stale_json(knowledge->faq, request->now_ms);
	knowledge_drop(knowledge);
	return staff_ok(
	    json_pack("{s:o, s:o, s:o, s:o, s:I, s:I, s:I}", "groups", groups,
		"tokens", tokens, "windows", windows, "stale", stale, "parked",
		(json_int_t)counts.parked, "queued", (json_int_t)counts.queued,
		"oldest_queued_ms", (json_int_t)counts.oldest_queued_ms));
out:
	json_decref(groups);
	json_decref(tokens);
	return staff_failed(result);
}

const struct staff_route overview_routes[] = {
	{ "GET", "/figures", PERMISSION_SIGNED_IN, get_figures,
	    "Counts of a period by day, hour, channel and topic, and rates "
	    "with their meaning and 95 % interval; ?from= and ?until= (ms, at "
	    "most 400 days), ?language=en" },
	{ "GET", "/figures/burning", PERMISSION_SIGNED_IN, get_burning,
	    "What should be looked at: groups that grow, entries that are "
	    "stale, parked replies, tokens, windows that end soon" },
	{ NULL, NULL, PERMISSION_PUBLIC, NULL, NULL },
};
