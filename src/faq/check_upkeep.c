/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "locate.h"
#include "quote.h"

/* Does somebody keep the entry right?  Sources, dates, an office, phrasings. */

enum { REVIEW_DAYS = 180, PHRASINGS_MIN = 5 };

/* Days since the year 0 of a date YYYY-MM-DD (after Howard Hinnant's
 * days_from_civil: years begin in March, so that leap days come last). */
static long
day_number(struct text_view date)
{
	char text[DATE_SIZE];
	long year;
	long month;

	if (text_copy(text, sizeof(text), date) != OK)
		return 0;
	year = strtol(text, NULL, 10);
	month = strtol(text + 5, NULL, 10);
	if (month < 3) {
		year--;
		month += 12;
	}
	return 365 * year + year / 4 - year / 100 + year / 400 +
	       (153 * (month - 3) + 2) / 5 + strtol(text + 8, NULL, 10);
}

static enum result
check_review(const struct check *check, const struct faq_entry *entry)
{
	const struct finding_spot whole = { entry, NULL, FINDING_WHOLE };
	const struct finding_spot spot = { entry, "reviewed", FINDING_WHOLE };
	long days;

	if (entry->reviewed.len == 0)
		return findings_add(check->findings, FINDING_OLD_REVIEW, &whole,
		    "it does not say when it was \"reviewed\"");
	days = day_number(text_of(check->today)) - day_number(entry->reviewed);
	if (days <= REVIEW_DAYS)
		return OK;
	return findings_add(check->findings, FINDING_OLD_REVIEW, &spot,
	    "it was reviewed %ld days ago, more than %d", days, REVIEW_DAYS);
}

static enum result
check_sources(const struct check *check, const struct faq_entry *entry)
{
	const struct finding_spot whole = { entry, NULL, FINDING_WHOLE };
	enum result result = OK;

	if (entry->source_count == 0)
		return findings_add(check->findings, FINDING_NO_SOURCE, &whole,
		    "the answer names no source");
	for (size_t i = 0; i < entry->source_count && result == OK; i++) {
		const struct finding_spot spot = { entry, "sources", i };

		if (entry->sources[i].dated.len == 0)
			result = findings_add(check->findings, FINDING_NO_DATE,
			    &spot, "the source \"%s\" is not \"dated\"",
			    quote(entry->sources[i].title).text);
	}
	return result;
}

static enum result
check_question(const struct check *check, const struct faq_entry *entry)
{
	const struct finding_spot spot = finding_spot_of(entry, 0);
	struct text_view question = entry->question;

	if (question.at[question.len - 1] == '?')
		return OK;
	return findings_add(check->findings, FINDING_NO_QUESTION_MARK, &spot,
	    "the question does not end with \"?\"");
}

static enum result
check_phrasing_count(const struct check *check, const struct faq_entry *entry)
{
	const struct finding_spot whole = { entry, NULL, FINDING_WHOLE };
	size_t count = 1 + entry->asked_as.count;

	if (count >= PHRASINGS_MIN)
		return OK;
	return findings_add(check->findings, FINDING_FEW_PHRASINGS, &whole,
	    "it is known by %zu phrasing%s, fewer than %d", count,
	    count == 1 ? "" : "s", PHRASINGS_MIN);
}

static enum result
check_owner(const struct check *check, const struct faq_entry *entry)
{
	const struct finding_spot whole = { entry, NULL, FINDING_WHOLE };

	if (entry->owner.len > 0)
		return OK;
	return findings_add(
	    check->findings, FINDING_NO_OWNER, &whole, "it has no \"owner\"");
}

static enum result
check_expiry(const struct check *check, const struct faq_entry *entry)
{
	const struct finding_spot spot = { entry, "valid_until",
		FINDING_WHOLE };

	if (entry->status != ENTRY_PUBLISHED || entry->valid_until.len == 0 ||
	    text_compare(text_of(check->today), entry->valid_until) <= 0)
		return OK;
	return findings_add(check->findings, FINDING_EXPIRED, &spot,
	    "it is published, and was valid until %.*s",
	    TEXT_ARGS(entry->valid_until));
}

static enum result
check_entry(const struct check *check, const struct faq_entry *entry)
{
	/* What states no facts needs no sources and is no question. */
	static const struct {
		enum result (*rule)(
		    const struct check *check, const struct faq_entry *entry);
		bool facts_only;
	} rules[] = {
		{ check_expiry, false },
		{ check_owner, false },
		{ check_review, false },
		{ check_phrasing_count, false },
		{ check_sources, true },
		{ check_question, true },
	};
	enum result result = OK;

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]) && result == OK;
	     i++) {
		if (!rules[i].facts_only || entry->kind == ENTRY_ANSWER)
			result = rules[i].rule(check, entry);
	}
	return result;
}

static enum result
check_variable(const struct check *check, const struct faq_variable *variable)
{
	struct finding finding = { .kind = FINDING_STALE_VARIABLE };
	char what[256];

	if (variable->review_by.len == 0 || variable->value.len == 0 ||
	    text_compare(text_of(check->today), variable->review_by) <= 0)
		return OK;
	finding.file = locate_variable(
	    check->findings->locate, variable->name, &finding.line);
	(void)snprintf(what, sizeof(what),
	    "variable \"%.*s\" was to be reviewed by %.*s, and its "
	    "\"otherwise\" is said instead",
	    TEXT_ARGS(variable->name), TEXT_ARGS(variable->review_by));
	return findings_keep(check->findings, finding, what);
}

enum result
check_upkeep(const struct check *check)
{
	const struct faq *faq = check->faq;
	enum result result = OK;

	for (size_t i = 0; i < faq->entry_count && result == OK; i++) {
		if (check_concerns(&faq->entries[i]))
			result = check_entry(check, &faq->entries[i]);
	}
	for (size_t i = 0; i < faq->variable_count && result == OK; i++)
		result = check_variable(check, &faq->variables[i]);
	return result;
}
