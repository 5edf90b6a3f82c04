/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Telex and VNI left-overs: what a phone without a Vietnamese keyboard sends.
 *
 * Restoring the marks is not needed, since every word is also looked up
 * without them: it is enough to take the mark keys out.  A Vietnamese syllable
 * never ends in s f r x j w z and never holds a digit, so this is safe as long
 * as the outcome is a syllable and the word as typed is none.  Marks may stand
 * right behind the vowel or at the end of the word: both come out the same. */
#include "telex.h"
#include "tokens.h"

#include <string.h>

/* English words that would read as Telex. */
static const char *const english[] = { "art", "as", "bar", "best", "box", "bus",
	"car", "cos", "cost", "fast", "has", "his", "host", "how", "if", "is",
	"just", "last", "list", "lost", "max", "must", "next", "now", "of",
	"or", "part", "port", "post", "sex", "six", "sort", "tax", "test",
	"text", "us" };

static bool
is_english(struct text_view word)
{
	for (size_t i = 0; i < sizeof(english) / sizeof(english[0]); i++) {
		if (text_is(word, english[i]))
			return true;
	}
	return false;
}

static bool
is_one_of(char byte, const char *set)
{
	return byte != '\0' && strchr(set, byte) != NULL;
}

static size_t
strip_telex(struct text_view word, char *out)
{
	size_t len = 0;
	bool vowel_seen = false;

	for (size_t i = 0; i < word.len; i++) {
		char byte = word.at[i];
		char before = 'x';

		if (len > 0)
			before = out[len - 1];

		if (byte == before && is_one_of(byte, "daeo"))
			continue;
		if (vowel_seen && is_one_of(byte, "sfrxjwz"))
			continue;
		if (byte == 'w')
			byte = 'u';
		vowel_seen = vowel_seen || is_one_of(byte, "aeiouy");
		out[len++] = byte;
	}
	return len;
}

/* Licence classes (a1), form codes (ct01) and numbered words (muc2) end in a
 * low digit: VNI needs a digit inside, or one of 6 to 9. */
static size_t
strip_vni(struct text_view word, char *out)
{
	size_t len = 0;
	bool told = false;

	for (size_t i = 0; i < word.len; i++) {
		char byte = word.at[i];

		if (byte < '0' || byte > '9') {
			out[len++] = byte;
			continue;
		}
		if (len == 0)
			return 0;
		told = told || byte >= '6' || i + 1 < word.len;
	}
	return told && word.len >= 3 ? len : 0;
}

static bool
has_digit(struct text_view word)
{
	for (size_t i = 0; i < word.len; i++) {
		if (word.at[i] >= '0' && word.at[i] <= '9')
			return true;
	}
	return false;
}

static bool
is_lower_ascii(struct text_view word)
{
	for (size_t i = 0; i < word.len; i++) {
		if (!is_one_of(word.at[i], "abcdefghijklmnopqrstuvwxyz"
					   "0123456789"))
			return false;
	}
	return true;
}

size_t
telex_skeleton(struct text_view word, char out[TELEX_WORD_MAX])
{
	char plain[TELEX_WORD_MAX];
	size_t len;

	if (word.len < 2 || word.len > TELEX_WORD_MAX ||
	    !is_lower_ascii(word) || syllable_valid(word) || is_english(word))
		return 0;
	len =
	    has_digit(word) ? strip_vni(word, plain) : strip_telex(word, plain);
	if (len == 0 || !syllable_valid((struct text_view){ plain, len }))
		return 0;
	memcpy(out, plain, len);
	return len;
}
