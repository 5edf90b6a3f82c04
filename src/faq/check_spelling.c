/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "locate.h"
#include "quote.h"
#include "utf8.h"

/* How the files are written.  The loader composes every text, so text that is
 * not composed does no harm to citizens; but a search in an editor does not
 * find it, and two people then write one entry twice.  The place of the tone
 * mark (hòa, hoà) is a matter of taste, and mixing the two is a blemish in
 * what citizens read. */

/* ---- composed characters ---- */

/* TEXT is valid UTF-8: Jansson has read it. */
static enum result
is_composed(struct text_view text, bool *composed_out)
{
	utf8proc_uint8_t *composed = NULL;
	utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)text.at,
	    (utf8proc_ssize_t)text.len, &composed,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE);

	if (len < 0)
		return ERR_NOMEM;
	*composed_out = (size_t)len == text.len &&
			(len == 0 || memcmp(composed, text.at, text.len) == 0);
	free(composed);
	return OK;
}

static enum result
report_lines(const struct check *check, const struct load_file *file)
{
	struct finding finding = { .kind = FINDING_NOT_COMPOSED,
		.file = file->path };
	struct text_view rest = file->text;
	struct text_view line;
	enum result result = OK;

	while (result == OK && text_split(&rest, '\n', &line)) {
		bool composed = true;

		finding.line++;
		result = is_composed(line, &composed);
		if (result == OK && !composed)
			result = findings_keep(check->findings, finding,
			    "letters and their marks are separate characters");
	}
	return result;
}

static enum result
check_composed(const struct check *check)
{
	const struct files *files = &check->findings->locate->files;
	enum result result = OK;

	for (size_t i = 0; i < files->count && result == OK; i++) {
		bool composed = true;

		result = is_composed(files->at[i].text, &composed);
		if (result == OK && !composed)
			result = report_lines(check, &files->at[i]);
	}
	return result;
}

/* ---- tone marks ---- */

struct tones {
	const struct check *check;
	size_t old_style; /* words, as hòa */
	bool reports;	  /* else it counts */
};

struct vowel {
	int32_t base;
	bool toned;
	bool bare; /* no mark at all */
};

static struct vowel
vowel_of(uint32_t code_point)
{
	enum { PARTS = 8 };
	static const int32_t tones[] = { 0x300, 0x301, 0x303, 0x309, 0x323 };
	struct vowel vowel = { .base = 0 };
	int32_t parts[PARTS];
	int boundary = 0;
	utf8proc_ssize_t count = utf8proc_decompose_char((int32_t)code_point,
	    parts, PARTS, UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &boundary);

	if (count < 1 || count > 2)
		return vowel;
	vowel.base = parts[0];
	vowel.bare = count == 1;
	for (size_t i = 0; i < sizeof(tones) / sizeof(tones[0]); i++)
		vowel.toned |= count == 2 && parts[1] == tones[i];
	return vowel;
}

/* An open oa, oe or uy: elsewhere both styles agree. */
static bool
is_open_rime(const struct vowel last[3])
{
	if (last[1].base == 'o')
		return last[2].base == 'a' || last[2].base == 'e';
	return last[1].base == 'u' && last[2].base == 'y' &&
	       last[0].base != 'q';
}

/* The word that begins at *POS, which moves past it; LAST are its last three
 * letters. */
static struct text_view
read_word(struct text_view text, size_t *pos, struct vowel last[3])
{
	size_t from = *pos;
	size_t to = from;

	while (*pos < text.len) {
		uint32_t code_point = utf8_next(text, pos);

		if (!check_is_letter(code_point))
			break;
		last[0] = last[1];
		last[1] = last[2];
		last[2] = vowel_of(code_point);
		to = *pos;
	}
	return text_slice(text, from, to);
}

static enum result
look_at(
    struct tones *tones, const struct finding_spot *spot, struct text_view text)
{
	for (size_t pos = 0; pos < text.len;) {
		struct vowel last[3] = { { .base = 0 } };
		struct text_view word = read_word(text, &pos, last);

		if (!is_open_rime(last))
			continue;
		if (last[1].toned && last[2].bare)
			tones->old_style++;
		if (tones->reports && last[1].bare && last[2].toned)
			return findings_add(tones->check->findings,
			    FINDING_NEW_STYLE_TONE, spot,
			    "\"%s\" has its mark on the second vowel",
			    quote(word).text);
	}
	return OK;
}

/* What citizens read; how they write is their own affair. */
static enum result
look_at_entries(struct tones *tones)
{
	const struct faq *faq = tones->check->faq;
	enum result result = OK;

	for (size_t i = 0; i < faq->entry_count && result == OK; i++) {
		const struct faq_entry *entry = &faq->entries[i];
		const struct finding_spot question = finding_spot_of(entry, 0);
		const struct finding_spot answer = { entry, "answer",
			FINDING_WHOLE };

		if (!check_concerns(entry))
			continue;
		result = look_at(tones, &question, entry->question);
		if (result == OK)
			result = look_at(tones, &answer, entry->answer);
		for (size_t k = 0; k < entry->button_count && result == OK;
		     k++) {
			const struct finding_spot button = { entry, "buttons",
				k };

			result =
			    look_at(tones, &button, entry->buttons[k].title);
		}
	}
	return result;
}

enum result
check_spelling(const struct check *check)
{
	struct tones tones = { .check = check };
	enum result result = check_composed(check);

	if (result == OK)
		result = look_at_entries(&tones);
	tones.reports = tones.old_style > 0;
	if (result == OK && tones.reports)
		result = look_at_entries(&tones);
	return result;
}
