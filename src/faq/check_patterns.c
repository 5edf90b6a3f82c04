/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "check.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "quote.h"
#include "utf8.h"

/* A pattern meets whatever strangers write, so it is tried on what a stranger
 * would write to hurt it: its own letters over and over, and words without
 * end.  The limits are those under which src/match runs it; there, a pattern
 * that hits them does not match, here, it is a finding. */

enum {
	MATCH_LIMIT = 20000,
	DEPTH_LIMIT = 200,
	HEAP_LIMIT_KIB = 256,
	SUBJECT_BYTES = 8192, /* what the tokeniser leaves of a message */
	WORD_LETTERS = 48,    /* and of a word */
};

struct trier {
	const struct check *check;
	pcre2_match_context *limits;
	pcre2_match_data *data;
	struct buf subject;
};

/* ---- hostile messages ---- */

static bool
is_plain(unsigned char byte)
{
	return byte >= 0x80 || (byte >= '0' && byte <= '9') ||
	       ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

/* The letters and digits of PATTERN, which match something in it. */
static enum result
add_letters(struct buf *letters, struct text_view pattern)
{
	enum result result = OK;

	for (size_t i = 0; i < pattern.len && result == OK; i++) {
		if (pattern.at[i] == '\\')
			i++; /* \b is no letter */
		else if (is_plain((unsigned char)pattern.at[i]))
			result = buf_add_char(letters, pattern.at[i]);
	}
	return result;
}

/* A word of full length, of LETTERS over and over. */
static enum result
add_word(struct buf *piece, struct text_view letters)
{
	enum result result = OK;
	size_t pos = 0;

	for (size_t i = 0; i < WORD_LETTERS && result == OK && letters.len > 0;
	     i++) {
		size_t from = pos;

		(void)utf8_next(letters, &pos);
		result = buf_add(piece, text_slice(letters, from, pos));
		if (pos == letters.len)
			pos = 0;
	}
	return result == OK ? buf_add_char(piece, ' ') : result;
}

static enum result
add_piece(struct buf *piece, size_t which, struct text_view letters)
{
	static const char *const fixed[] = { "a ", "1 ", "aaaaaaaaaaaaaaaa ",
		"1234567890", "không " };
	enum { FIXED = sizeof(fixed) / sizeof(fixed[0]) };
	size_t last = letters.len > 0 ? letters.len - 1 : 0;
	size_t first = 0;

	if (which < FIXED)
		return buf_add(piece, text_of(fixed[which]));
	if (letters.len > 0)
		(void)utf8_next(letters, &first);
	while (last > 0 && ((unsigned char)letters.at[last] & 0xC0) == 0x80)
		last--;
	if (which == FIXED)
		return add_word(piece, text_slice(letters, 0, first));
	if (which == FIXED + 1)
		return add_word(piece, text_slice(letters, 0, last));
	return add_word(piece, letters);
}

enum { HOSTILE_MESSAGES = 2 * 8 };

/* Number WHICH of the messages: a piece that the pattern nearly matches, over
 * and over.  Every other one has the letters of the pattern behind it: PCRE2
 * looks for some of them before it tries. */
static enum result
write_hostile(struct buf *subject, size_t which, struct text_view pattern)
{
	enum result result;
	struct buf letters;
	struct buf piece;

	buf_init(&letters, SUBJECT_BYTES);
	buf_init(&piece, SUBJECT_BYTES);
	buf_reset(subject);
	result = add_letters(&letters, pattern);
	if (result == OK)
		result = add_piece(&piece, which / 2, buf_view(&letters));
	while (result == OK && subject->len + piece.len < SUBJECT_BYTES)
		result = buf_add(subject, buf_view(&piece));
	if (result == OK)
		result = buf_add(subject, TEXT("! "));
	if (result == OK && which % 2 == 1)
		result = buf_add(subject, buf_view(&letters));
	buf_fini(&letters);
	buf_fini(&piece);
	return result;
}

/* ---- trying ---- */

static bool
runs_out(const struct trier *trier, const pcre2_code *code)
{
	int outcome =
	    pcre2_match(code, (PCRE2_SPTR)trier->subject.at, trier->subject.len,
		0, PCRE2_NO_UTF_CHECK, trier->data, trier->limits);

	return outcome == PCRE2_ERROR_MATCHLIMIT ||
	       outcome == PCRE2_ERROR_DEPTHLIMIT ||
	       outcome == PCRE2_ERROR_HEAPLIMIT ||
	       outcome == PCRE2_ERROR_JIT_STACKLIMIT;
}

/* Without JIT: the interpreter counts the steps more strictly, and the bot
 * must stand it where JIT is not to be had. */
static enum result
try_pattern(
    struct trier *trier, const struct finding_spot *spot, struct text_view text)
{
	int error;
	PCRE2_SIZE at;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)text.at, text.len,
	    PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS, &error, &at, NULL);
	enum result result = code == NULL ? ERR_NOMEM : OK; /* it has loaded */

	for (size_t i = 0; i < HOSTILE_MESSAGES && result == OK; i++) {
		result = write_hostile(&trier->subject, i, text);
		if (result != OK || !runs_out(trier, code))
			continue;
		result = findings_add(trier->check->findings,
		    FINDING_SLOW_PATTERN, spot,
		    "pattern \"%s\" takes too many steps on a long message "
		    "like \"%s\"",
		    quote(text).text,
		    quote(utf8_cut(buf_view(&trier->subject), 30)).text);
		break;
	}
	pcre2_code_free(code);
	return result;
}

static enum result
try_all(struct trier *trier)
{
	const struct faq *faq = trier->check->faq;
	enum result result = OK;

	for (size_t i = 0; i < faq->entry_count; i++) {
		const struct faq_entry *entry = &faq->entries[i];

		for (size_t k = 0; k < entry->patterns.count && result == OK &&
				   check_concerns(entry);
		     k++) {
			const struct finding_spot spot = { entry, "patterns",
				k };

			result =
			    try_pattern(trier, &spot, entry->patterns.at[k]);
		}
	}
	return result;
}

enum result
check_patterns(const struct check *check)
{
	struct trier trier = {
		.check = check,
		.limits = pcre2_match_context_create(NULL),
		.data = pcre2_match_data_create(1, NULL),
	};
	enum result result = ERR_NOMEM;

	buf_init(&trier.subject, 2 * (size_t)SUBJECT_BYTES);
	if (trier.limits == NULL || trier.data == NULL)
		goto out;
	(void)pcre2_set_match_limit(trier.limits, MATCH_LIMIT);
	(void)pcre2_set_depth_limit(trier.limits, DEPTH_LIMIT);
	(void)pcre2_set_heap_limit(trier.limits, HEAP_LIMIT_KIB);
	result = try_all(&trier);
out:
	pcre2_match_data_free(trier.data);
	pcre2_match_context_free(trier.limits);
	buf_fini(&trier.subject);
	return result;
}
