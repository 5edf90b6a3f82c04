/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "check.h"

#include <utf8proc.h>

/* A base that loads can be served; these rules ask whether it should be.  They
 * look at the whole of it: what one entry says beside what the others say, and
 * what is true today.  How the matching fares is not seen from here
 * (src/cli/faq_check.c adds it). */

static enum result (*const rules[])(const struct check *check) = {
	check_spelling,
	check_upkeep,
	check_answer,
	check_buttons,
	check_patterns,
	check_phrasings,
	check_alike,
	check_keywords,
};

bool
check_concerns(const struct faq_entry *entry)
{
	return entry->status != ENTRY_RETIRED;
}

bool
check_is_letter(uint32_t code_point)
{
	utf8proc_category_t category = utf8proc_category((int32_t)code_point);

	return category >= UTF8PROC_CATEGORY_LU &&
	       category <= UTF8PROC_CATEGORY_LO;
}

enum result
check_all(struct findings *findings, const char *today)
{
	struct phrasings phrasings;
	const struct check check = {
		.faq = findings->faq,
		.today = today,
		.phrasings = &phrasings,
		.findings = findings,
	};
	enum result result = phrasings_read(findings->faq, &phrasings);

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]) && result == OK;
	     i++)
		result = rules[i](&check);
	phrasings_fini(&phrasings);
	return result;
}
