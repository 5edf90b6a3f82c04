/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Personal numbers out, everything else kept.
 *
 * One pass from left to right.  Where a word begins, the recognisers are tried
 * in the order of the table; the first that takes something replaces it by its
 * tag.  A number without separators is judged by its length and first digits;
 * one with separators must be grouped the way people group such a number, so
 * that fees (1.500.000), dates and decree numbers stay.  Secrets are known
 * only by the word before them.  When in doubt a number goes: a curator can
 * read a question without it. */
#include "mask.h"
#include "normalise.h"

#include <string.h>

enum {
	DIGITS_MAX = 19,
	DIGITS_MIN = 9, /* what is shorter is personal only with a name to it */
	WORDS_AFTER_NAME = 4,
	BEFORE_BYTES = 48,
	RUN_MAX = 128, /* looked ahead at most, so that the cost is linear */
};

/* A run of digits in groups, as written. */
struct digits {
	char value[DIGITS_MAX + 1];
	size_t count;
	size_t groups;
	size_t first_group; /* digits in it */
	size_t last_group;
	bool even_groups; /* all but the last as long as the first */
	bool pointed;	  /* groups split by '.' or ',' */
	bool dashed;	  /* the last split is '-' */
	size_t end;	  /* offset behind it */
};

struct name;

struct masker {
	struct text_view text;
	size_t pos;
	unsigned kinds;
	char before[BEFORE_BYTES]; /* the last words, folded */
	const struct name *name;   /* what the next words may be the value of */
	size_t words_left;
};

static bool
is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool
is_letter(char byte)
{
	return ((unsigned char)byte | 0x20) >= 'a' &&
	       ((unsigned char)byte | 0x20) <= 'z';
}

static bool
is_word_byte(char byte)
{
	return is_digit(byte) || is_letter(byte) || (unsigned char)byte >= 0x80;
}

static char
byte_at(const struct masker *masker, size_t at)
{
	if (at >= masker->text.len)
		return '\0';
	return masker->text.at[at];
}

/* Take the group of digits at AT into DIGITS; false when there is no room. */
static bool
take_group(const struct masker *masker, size_t at, struct digits *digits)
{
	size_t count = 0;

	while (is_digit(byte_at(masker, at + count)))
		count++;
	digits->end = at + count;
	if (count == 0 || digits->count + count > DIGITS_MAX)
		return false;
	memcpy(digits->value + digits->count, masker->text.at + at, count);
	digits->count += count;
	if (digits->groups == 0)
		digits->first_group = count;
	else
		digits->even_groups = digits->even_groups &&
				      digits->last_group == digits->first_group;
	digits->last_group = count;
	digits->groups++;
	return true;
}

static bool
starts(const struct digits *digits, const char *prefix)
{
	return strncmp(digits->value, prefix, strlen(prefix)) == 0;
}

/* 1.500.000: groups of three behind points, not led by a zero. */
static bool
is_money(const struct digits *digits)
{
	return digits->pointed && digits->first_group <= 3 &&
	       digits->last_group == 3 && digits->value[0] != '0';
}

static bool
is_mobile(const char *value)
{
	return value[0] == '0' && strchr("35789", value[1]) != NULL &&
	       value[1] != '\0' && strncmp(value, "030", 3) != 0 &&
	       strncmp(value, "031", 3) != 0;
}

/* Which kind of personal number these digits are when written without
 * separators, or 0. */
static unsigned
kind_of_whole(const struct digits *digits)
{
	switch (digits->count) {
	case 9:
	case 12:
		return MASKED_IDENTITY;
	case 10:
		return is_mobile(digits->value) ? MASKED_PHONE : MASKED_TAX;
	case 11:
		if (starts(digits, "84") || starts(digits, "02"))
			return MASKED_PHONE;
		return MASKED_CARD;
	default:
		return digits->count > 12 ? MASKED_CARD : 0;
	}
}

/* The same when written in groups. */
static unsigned
kind_of_groups(const struct digits *digits)
{
	if (is_money(digits))
		return 0;
	if (digits->count == 13 && digits->dashed && digits->groups == 2)
		return MASKED_TAX;
	if (digits->count == 10 && is_mobile(digits->value))
		return MASKED_PHONE;
	if (digits->count == 11 && starts(digits, "02"))
		return MASKED_PHONE;
	if (digits->count == 12 && digits->value[0] == '0')
		return MASKED_IDENTITY;
	if (digits->count == 9 && digits->groups == 3 &&
	    digits->last_group == 3 && digits->even_groups)
		return MASKED_IDENTITY;
	if (digits->count >= 16 && digits->first_group == 4 &&
	    digits->even_groups)
		return MASKED_CARD;
	return 0;
}

static unsigned
kind_of(const struct digits *digits, bool plus)
{
	if (plus && digits->count >= 10 && digits->count <= 12)
		return MASKED_PHONE;
	return digits->groups == 1 ? kind_of_whole(digits)
				   : kind_of_groups(digits);
}

static bool
is_separator(char byte)
{
	return byte == ' ' || byte == '.' || byte == '-' || byte == ',';
}

/* The longest run of groups that is a personal number. */
static unsigned
take_number(const struct masker *masker, size_t *end_out)
{
	bool plus = byte_at(masker, masker->pos) == '+';
	size_t at = masker->pos + (plus ? 1 : 0);
	struct digits digits = { .even_groups = true };
	unsigned kind = 0;

	while (take_group(masker, at, &digits)) {
		unsigned found = kind_of(&digits, plus);

		if (found != 0) {
			kind = found;
			*end_out = digits.end;
		}
		if (digits.groups == 1 && digits.count >= DIGITS_MIN &&
		    byte_at(masker, digits.end) != '-')
			break;
		if (!is_separator(byte_at(masker, digits.end)))
			break;
		digits.pointed = byte_at(masker, digits.end) == '.' ||
				 byte_at(masker, digits.end) == ',';
		digits.dashed = byte_at(masker, digits.end) == '-';
		at = digits.end + 1;
	}
	if (digits.groups == 0 && digits.end > at) { /* too long for any */
		kind = MASKED_CARD;
		*end_out = digits.end;
	}
	return kind;
}

static bool
is_code_byte(char byte)
{
	return is_digit(byte) || is_letter(byte) || byte == '.' || byte == '-';
}

/* H29.12-251104-0012, 000.00.15.H29-251104-0001: letters and many digits,
 * held together by points and dashes. */
static unsigned
take_dossier(const struct masker *masker, size_t *end_out)
{
	size_t at = masker->pos;
	size_t digits = 0;
	size_t letters = 0;
	size_t joints = 0;

	for (; at < masker->pos + RUN_MAX && is_code_byte(byte_at(masker, at));
	     at++) {
		digits += is_digit(byte_at(masker, at)) ? 1 : 0;
		letters += is_letter(byte_at(masker, at)) ? 1 : 0;
		joints += !is_word_byte(byte_at(masker, at)) ? 1 : 0;
	}
	while (at > masker->pos && !is_word_byte(byte_at(masker, at - 1))) {
		at--;
		joints--;
	}
	if (letters == 0 || letters > 6 || digits < 8 || joints < 2)
		return 0;
	*end_out = at;
	return MASKED_DOSSIER;
}

static bool
is_mail_byte(char byte)
{
	return is_digit(byte) || is_letter(byte) ||
	       (byte != '\0' && strchr("._%+-", byte) != NULL);
}

static unsigned
take_email(const struct masker *masker, size_t *end_out)
{
	size_t at = masker->pos;
	size_t domain;
	bool dotted = false;

	while (at < masker->pos + RUN_MAX && is_mail_byte(byte_at(masker, at)))
		at++;
	if (at == masker->pos || byte_at(masker, at) != '@')
		return 0;
	domain = ++at;
	while (at < domain + RUN_MAX && is_mail_byte(byte_at(masker, at))) {
		dotted = dotted || byte_at(masker, at) == '.';
		at++;
	}
	while (at > domain && !is_word_byte(byte_at(masker, at - 1)))
		at--;
	if (!dotted || at == domain)
		return 0;
	*end_out = at;
	return MASKED_EMAIL;
}

/* Words that name what follows them, folded.  A password may be anything with
 * a digit in it; the others are digits alone. */
static const struct name {
	const char *words;
	size_t shortest;
	unsigned kind;
	bool digits_only;
} names[] = {
	{ "otp", 4, MASKED_SECRET, true },
	{ "ma pin", 4, MASKED_SECRET, true },
	{ "pin", 4, MASKED_SECRET, true },
	{ "cvv", 3, MASKED_SECRET, true },
	{ "passcode", 4, MASKED_SECRET, true },
	{ "ma xac thuc", 4, MASKED_SECRET, true },
	{ "ma xac nhan", 4, MASKED_SECRET, true },
	{ "mat khau", 4, MASKED_SECRET, false },
	{ "password", 4, MASKED_SECRET, false },
	{ "pass", 4, MASKED_SECRET, false },
	{ "mk", 4, MASKED_SECRET, false },
	{ "so tai khoan", 6, MASKED_CARD, true },
	{ "stk", 6, MASKED_CARD, true },
};

/* "otp cua em la 123456": the value stands within a few words of its name. */
static unsigned
take_named(const struct masker *masker, size_t *end_out)
{
	size_t at = masker->pos;
	size_t digits = 0;

	if (masker->name == NULL)
		return 0;
	while (
	    (unsigned char)byte_at(masker, at) > ' ' &&
	    (is_word_byte(byte_at(masker, at)) || !masker->name->digits_only)) {
		digits += is_digit(byte_at(masker, at)) ? 1 : 0;
		at++;
	}
	if (at - masker->pos < masker->name->shortest || digits == 0 ||
	    (masker->name->digits_only && digits < at - masker->pos))
		return 0;
	*end_out = at;
	return masker->name->kind;
}

/* The last words before POS, folded, each behind a space. */
static void
remember(struct masker *masker, struct text_view word)
{
	char folded[NORMAL_BYTES_MAX];
	int32_t letters[NORMAL_CODE_POINTS_MAX];
	size_t len = fold_word(letters, normalise_word(word, letters), folded);
	size_t kept = strlen(masker->before);

	if (len + 2 > sizeof(masker->before)) {
		masker->before[0] = '\0';
		return;
	}
	if (kept + len + 2 > sizeof(masker->before)) {
		size_t cut = kept + len + 2 - sizeof(masker->before);

		memmove(masker->before, masker->before + cut, kept - cut + 1);
		kept -= cut;
	}
	masker->before[kept++] = ' ';
	memcpy(masker->before + kept, folded, len);
	masker->before[kept + len] = '\0';
}

static bool
ends_with_words(const char *text, const char *words)
{
	size_t text_len = strlen(text);
	size_t len = strlen(words);

	return text_len > len && text[text_len - len - 1] == ' ' &&
	       strcmp(text + text_len - len, words) == 0;
}

static void
look_for_name(struct masker *masker)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (ends_with_words(masker->before, names[i].words)) {
			masker->name = &names[i];
			masker->words_left = WORDS_AFTER_NAME;
			return;
		}
	}
	if (masker->words_left > 0 && --masker->words_left == 0)
		masker->name = NULL;
}

static const struct {
	enum masked kind;
	const char *tag;
} tags[] = {
	{ MASKED_IDENTITY, "[số căn cước]" },
	{ MASKED_PHONE, "[số điện thoại]" },
	{ MASKED_EMAIL, "[email]" },
	{ MASKED_CARD, "[số thẻ hoặc tài khoản]" },
	{ MASKED_TAX, "[mã số thuế]" },
	{ MASKED_SECRET, "[mã bí mật]" },
	{ MASKED_DOSSIER, "[mã hồ sơ]" },
};

static enum result
add_tag(struct buf *out, unsigned kind)
{
	size_t i = 0;

	while (tags[i].kind != kind)
		i++;
	return buf_add(out, text_of(tags[i].tag));
}

/* The end of the word at POS; a number glued to its letters is cut off. */
static size_t
word_end(const struct masker *masker)
{
	size_t at = masker->pos;

	while (is_word_byte(byte_at(masker, at))) {
		size_t digits = 0;

		while (is_digit(byte_at(masker, at + digits)))
			digits++;
		if (digits >= DIGITS_MIN && at > masker->pos)
			return at;
		at += digits > 0 ? digits : 1;
	}
	return at;
}

/* What begins at POS, or 0. */
static unsigned
take(const struct masker *masker, size_t *end_out)
{
	static unsigned (*const recognisers[])(
	    const struct masker *masker, size_t *end_out) = { take_named,
		take_email, take_dossier, take_number };

	for (size_t i = 0; i < sizeof(recognisers) / sizeof(recognisers[0]);
	     i++) {
		unsigned kind = recognisers[i](masker, end_out);

		if (kind != 0)
			return kind;
	}
	return 0;
}

static enum result
mask_next(struct masker *masker, struct buf *out)
{
	size_t from = masker->pos;
	size_t end = from;
	unsigned kind = 0;

	if (is_word_byte(byte_at(masker, from)) || byte_at(masker, from) == '+')
		kind = take(masker, &end);
	masker->kinds |= kind;
	if (kind != 0) {
		masker->pos = end;
		masker->name = NULL;
		return add_tag(out, kind);
	}
	end = word_end(masker);
	if (end > from) {
		remember(masker, text_slice(masker->text, from, end));
		look_for_name(masker);
	} else {
		end = from + 1;
	}
	masker->pos = end;
	return buf_add(out, text_slice(masker->text, from, end));
}

static enum result
mask_narrow(struct text_view text, struct buf *out, unsigned *kinds_out)
{
	struct masker masker = { .text = text };

	while (masker.pos < text.len) {
		enum result result = mask_next(&masker, out);

		if (result != OK)
			return result;
	}
	*kinds_out = masker.kinds;
	return OK;
}

/* Is the full-width digit of three bytes (０ to ９) at AT? */
static bool
is_wide_digit(struct text_view text, size_t at)
{
	return text.len - at >= 3 && (unsigned char)text.at[at] == 0xEF &&
	       (unsigned char)text.at[at + 1] == 0xBC &&
	       (unsigned char)text.at[at + 2] >= 0x90 &&
	       (unsigned char)text.at[at + 2] <= 0x99;
}

static bool
has_wide_digit(struct text_view text)
{
	for (size_t at = 0; at < text.len; at++) {
		if (is_wide_digit(text, at))
			return true;
	}
	return false;
}

/* TEXT with its full-width digits as ASCII. */
static enum result
narrow_digits(struct text_view text, struct buf *out)
{
	enum result result = OK;

	for (size_t at = 0; result == OK && at < text.len;) {
		char byte = text.at[at];

		if (is_wide_digit(text, at)) {
			byte =
			    (char)((unsigned char)text.at[at + 2] - 0x90 + '0');
			at += 2;
		}
		result = buf_add_char(out, byte);
		at++;
	}
	return result;
}

/* A text that turns out to hold nothing personal keeps its digits as typed. */
enum result
mask_personal(struct text_view text, struct buf *out, unsigned *kinds_out)
{
	struct buf narrow;
	struct buf masked;
	unsigned kinds;
	enum result result;

	if (!has_wide_digit(text))
		return mask_narrow(text, out, kinds_out);
	buf_init(&narrow, text.len);
	buf_init(&masked, out->max_bytes);
	result = narrow_digits(text, &narrow);
	if (result == OK)
		result = mask_narrow(buf_view(&narrow), &masked, &kinds);
	if (result == OK)
		result = buf_add(out, kinds == 0 ? text : buf_view(&masked));
	if (result == OK)
		*kinds_out = kinds;
	buf_fini(&narrow);
	buf_fini(&masked);
	return result;
}
