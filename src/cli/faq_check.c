/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap faq check`: what the rules of src/faq find, and which entries the
 * matching mixes up. */
#include <stdio.h>

#include "commands.h"
#include "confusions.h"
#include "faq_commands.h"
#include "findings.h"
#include "json_parts.h"
#include "options.h"

enum {
	CONFUSED_MIN = 2, /* phrasings; one alone may be chance */
	/* Learning from more would take minutes; `faq test` has the time. */
	LEARNT_MAX = 20000,
};

struct checking {
	struct findings *findings;
	size_t phrasings;
	bool tried_matching;
};

/* ---- the matching ---- */

static struct finding_spot
spot_of(const struct match_trial *trial)
{
	const struct faq_entry *entry = trial->entry;

	for (size_t i = 0; i < entry->asked_as.count; i++) {
		if (entry->asked_as.at[i].at == trial->text.at)
			return finding_spot_of(entry, i + 1);
	}
	return finding_spot_of(entry, 0);
}

static enum result
add_confusions(struct findings *findings, const struct match_index *index)
{
	struct match_thresholds thresholds;
	struct confusions confusions;
	enum result result;

	match_thresholds(index, &thresholds);
	result = confusions_find(index, thresholds.answer, &confusions);
	if (result != OK)
		return result;
	for (size_t i = 0; i < confusions.count && result == OK; i++) {
		const struct confusion *one = &confusions.at[i];
		const struct finding_spot spot = spot_of(one->surest);

		if (one->count < CONFUSED_MIN)
			break;
		result = findings_add(findings, FINDING_TAKEN_FOR_ANOTHER,
		    &spot,
		    "%zu of %zu phrasings, such as \"%.*s\", would be answered "
		    "with \"%.*s\" if they were not written here",
		    one->count, 1 + one->entry->asked_as.count,
		    TEXT_ARGS(one->surest->text),
		    TEXT_ARGS(one->taken_for->id));
	}
	confusions_fini(&confusions);
	return result;
}

static enum result
add_matching(struct findings *findings, const char *today)
{
	struct complaint why = { .text = "" };
	struct match_index *index = NULL;
	enum result result =
	    match_index_new(findings->faq, today, &index, &why);

	if (result == OK)
		result = add_confusions(findings, index);
	else if (result == ERR_INVALID)
		result = findings_refuse(findings, &why);
	match_index_free(index);
	findings_sort(findings);
	return result;
}

/* ---- the report ---- */

static json_t *
finding_json(const struct finding *finding)
{
	const struct finding_rule *rule = finding_rule(finding->kind);

	return json_pack("{s:s, s:i, s:s, s:s, s:o, s:o, s:s}", "file",
	    finding->file, "line", (int)finding->line, "severity",
	    rule->error ? "error" : "warning", "rule", rule->name, "entry",
	    json_parts_view(finding->entry), "what",
	    json_parts_view(finding->what), "mend", rule->mend);
}

static enum result
print_json(const struct checking *checking)
{
	const struct findings *findings = checking->findings;
	json_t *list = json_array();
	json_t *report;

	for (size_t i = 0; i < findings->count; i++) {
		if (json_array_append_new(
			list, finding_json(&findings->at[i])) != 0) {
			json_decref(list);
			return ERR_NOMEM;
		}
	}
	report = json_pack("{s:i, s:i, s:b, s:o}", "errors",
	    (int)findings->error_count, "warnings",
	    (int)(findings->count - findings->error_count), "tried_matching",
	    checking->tried_matching, "findings", list);
	return faq_print_json(report);
}

static void
print_finding(const struct finding *finding)
{
	const struct finding_rule *rule = finding_rule(finding->kind);

	printf("%s:", finding->file);
	if (finding->line > 0)
		printf("%u:", finding->line);
	printf(" %s: ", rule->error ? "error" : "warning");
	if (finding->entry.len > 0)
		printf("entry \"%.*s\": ", TEXT_ARGS(finding->entry));
	printf("%.*s%s%s [%s]\n", TEXT_ARGS(finding->what),
	    rule->mend[0] == '\0' ? "" : "; ", rule->mend, rule->name);
}

static const char *
plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static void
print_plain(const struct checking *checking)
{
	const struct findings *findings = checking->findings;
	const struct faq *faq = findings->faq;
	size_t errors = findings->error_count;
	size_t warnings = findings->count - errors;

	for (size_t i = 0; i < findings->count; i++)
		print_finding(&findings->at[i]);
	if (faq == NULL)
		return;
	if (!checking->tried_matching)
		printf("the matching was not tried, since there are more than "
		       "%d phrasings; `hoidap faq test` tries it\n",
		    LEARNT_MAX);
	printf("%s: %zu error%s, %zu warning%s; %zu entries, %zu phrasings, "
	       "version %s\n",
	    errors == 0 ? "the base is good" : "the base must be mended",
	    errors, plural(errors), warnings, plural(warnings),
	    faq->entry_count, checking->phrasings, faq->version);
}

/* ---- the whole ---- */

static enum result
look_over(struct checking *checking, const struct faq_options *options)
{
	enum result result =
	    findings_collect(options->dir, options->today, &checking->findings);
	const struct faq *faq;

	if (result != OK)
		return result;
	faq = checking->findings->faq;
	for (size_t i = 0; faq != NULL && i < faq->entry_count; i++)
		checking->phrasings += faq->entries[i].asked_as.count + 1;
	if (faq != NULL && checking->phrasings <= LEARNT_MAX) {
		checking->tried_matching = true;
		result = add_matching(checking->findings, options->today);
	}
	return result;
}

int
cli_faq_check(int argc, char **argv)
{
	const struct complaint nothing = { .text = "" };
	struct checking checking = { .findings = NULL };
	struct faq_options options;
	enum result result;
	bool good;

	if (!faq_options_read(argc, argv, &options))
		return EXIT_USAGE;
	result = look_over(&checking, &options);
	if (result == OK && options.json)
		result = print_json(&checking);
	else if (result == OK)
		print_plain(&checking);
	good = result == OK && checking.findings->error_count == 0;
	findings_free(checking.findings);
	if (result != OK)
		return options_fail("faq check", result, &nothing);
	return good ? EXIT_DONE : EXIT_FAILED;
}
