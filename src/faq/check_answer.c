/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "check.h"

#include <stdlib.h>

#include "quote.h"
#include "utf8.h"

/* What the answer says: how long it is, which figures it states, and which
 * addresses it and its sources name. */

enum {
	REPLY_MAX_UTF16 = 2000, /* one message of Messenger and of Zalo */
	ANSWER_MAX_CHARS = 700, /* what people read to its end */
};

static enum result
check_length(const struct check *check, const struct faq_entry *entry,
    struct arena *scratch)
{
	const struct finding_spot spot = { entry, "answer", FINDING_WHOLE };
	size_t chars = utf8_length(entry->answer);
	struct reply reply;
	enum result result;
	size_t units;

	arena_reset(scratch);
	result = faq_answer(check->faq, entry, check->today, scratch, &reply);
	if (result != OK)
		return result;
	units = utf16_length(reply.text);
	if (units > REPLY_MAX_UTF16)
		return findings_add(check->findings, FINDING_LONG_REPLY, &spot,
		    "with its sources it has %zu characters, and a message "
		    "holds %d",
		    units, REPLY_MAX_UTF16);
	if (chars > ANSWER_MAX_CHARS)
		return findings_add(check->findings, FINDING_LONG_ANSWER, &spot,
		    "the answer has %zu characters, more than %d", chars,
		    ANSWER_MAX_CHARS);
	return OK;
}

/* ---- figures ---- */

static bool
is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* Does a whole UNIT stand at the beginning of REST? */
static bool
begins_with_unit(struct text_view rest, struct text_view unit)
{
	size_t pos = unit.len;

	if (!text_starts(rest, unit))
		return false;
	if (rest.len == unit.len || unit.at[0] == '%')
		return true;
	return !check_is_letter(utf8_next(rest, &pos));
}

/* The length of the unit at the beginning of REST, 0 when there is none. */
static size_t
unit_length(struct text_view rest)
{
	static const char *const units[] = { "%", "đồng", "đ", "VNĐ", "VND",
		"nghìn", "ngàn", "triệu", "tỷ", "phút", "giờ", "ngày", "tuần",
		"tháng", "năm" };

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		struct text_view unit = text_of(units[i]);

		if (begins_with_unit(rest, unit))
			return unit.len;
	}
	return 0;
}

/* The first figure in TEXT, number and unit; empty when it states none. */
static struct text_view
find_figure(struct text_view text)
{
	for (size_t from = 0; from < text.len; from++) {
		size_t to = from;
		size_t unit;

		while (to < text.len && (is_digit(text.at[to]) ||
					    (to > from && text.at[to] == '.')))
			to++;
		if (to == from)
			continue;
		unit = to;
		while (unit < text.len && text.at[unit] == ' ')
			unit++;
		to = unit_length(text_slice(text, unit, text.len));
		if (to > 0)
			return text_slice(text, from, unit + to);
		from = unit;
	}
	return (struct text_view){ NULL, 0 };
}

static enum result
check_figures(const struct check *check, const struct faq_entry *entry)
{
	const struct finding_spot spot = { entry, "answer", FINDING_WHOLE };
	struct text_view figure = find_figure(entry->answer);

	if (figure.len == 0 || entry->kind != ENTRY_ANSWER ||
	    entry->source_count > 0)
		return OK;
	return findings_add(check->findings, FINDING_UNSOURCED_FIGURE, &spot,
	    "the answer states \"%s\" and names no source", quote(figure).text);
}

/* ---- addresses ---- */

static enum result
check_addresses(const struct check *check, const struct faq_entry *entry)
{
	const struct finding_spot answer = { entry, "answer", FINDING_WHOLE };
	enum result result = OK;

	if (text_find(entry->answer, TEXT("http://")) != SIZE_MAX)
		result = findings_add(check->findings, FINDING_INSECURE_URL,
		    &answer, "the answer has an address that is not https://");
	for (size_t i = 0; i < entry->source_count && result == OK; i++) {
		const struct finding_spot spot = { entry, "sources", i };

		if (text_starts(entry->sources[i].url, TEXT("http://")))
			result =
			    findings_add(check->findings, FINDING_INSECURE_URL,
				&spot, "the source has the address \"%s\"",
				quote(entry->sources[i].url).text);
	}
	return result;
}

enum result
check_answer(const struct check *check)
{
	const struct faq *faq = check->faq;
	enum result result = OK;
	struct arena scratch;

	arena_init(&scratch, 4 * (size_t)REPLY_TEXT_MAX_BYTES);
	for (size_t i = 0; i < faq->entry_count && result == OK; i++) {
		const struct faq_entry *entry = &faq->entries[i];

		if (!check_concerns(entry))
			continue;
		result = check_length(check, entry, &scratch);
		if (result == OK)
			result = check_figures(check, entry);
		if (result == OK)
			result = check_addresses(check, entry);
	}
	arena_fini(&scratch);
	return result;
}
