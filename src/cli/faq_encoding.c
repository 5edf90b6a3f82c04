/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_encoding.h"

#include <string.h>

#include "utf8.h"

/* Files from Vietnamese offices come in encodings that no converter can tell
 * apart with certainty, and a wrong guess would publish nonsense.  So nothing
 * is converted: what is not UTF-8 is refused, and the guess only chooses the
 * advice.  It counts the bytes that one encoding uses for the commonest letters
 * and the others hardly do.
 *
 * Text of an old font (TCVN3 of .VnTime, VNI of VNI-Times) stays what it is
 * when Excel saves it as UTF-8: the same letters of Latin-1, spelt in UTF-8.
 * Such text is brought back to one byte a letter and counted alike. */

static bool
is_letter(unsigned char byte)
{
	return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

static bool
is_vowel(unsigned char byte)
{
	return byte != 0 && strchr("aeiouyAEIOUY", byte) != NULL;
}

/* ă â ê ô ơ ư đ, and à ả ã á ạ, which are no letters in the other two. */
static bool
speaks_for_tcvn3(unsigned char byte, unsigned char before)
{
	(void)before;
	return byte >= 0xA8 && byte <= 0xB9 && byte != 0xB0;
}

/* đ, and the tones and hats that stand behind a vowel.  Of these only letters
 * that Unicode Vietnamese does not have at all: ñ ø û ï ä å ë ü. */
static bool
speaks_for_vni(unsigned char byte, unsigned char before)
{
	return byte == 0xF1 ||
	       (is_vowel(before) && byte >= 0xE4 &&
		   strchr("\xF8\xFB\xEF\xE4\xE5\xEB\xFC", byte) != NULL);
}

/* The five tones stand alone, behind their vowel; đ ă ơ ư are letters. */
static bool
speaks_for_1258(unsigned char byte, unsigned char before)
{
	if (byte == 0xCC || byte == 0xD2 || byte == 0xDE || byte == 0xEC ||
	    byte == 0xF2)
		return is_vowel(before) || before >= 0xE0;
	return byte == 0xF0 || byte == 0xFD;
}

static size_t
count(struct text_view bytes,
    bool (*speaks)(unsigned char byte, unsigned char before))
{
	size_t signs = 0;
	unsigned char before = ' ';

	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char byte = (unsigned char)bytes.at[i];

		signs += speaks(byte, before);
		before = byte;
	}
	return signs;
}

#define SAVE_AGAIN                                                                           \
	"mở lại bằng Excel, chọn Lưu thành (Save As), kiểu “CSV UTF-8 (Comma " \
	"delimited)”"
#define CONVERT_FIRST                                                                     \
	"chuyển chữ sang Unicode trước (UniKey: Ctrl+Shift+F6, chọn bảng mã " \
	"nguồn và Unicode), rồi " SAVE_AGAIN

static enum result
refuse(const char *file, struct complaint *why, const char *looks_like,
    const char *remedy)
{
	complain(why, file, 0, "%s: hãy %s", looks_like, remedy);
	return ERR_INVALID;
}

/* Text that is no UTF-8 is certainly one of them. */
static enum result
refuse_legacy(struct text_view bytes, const char *file, struct complaint *why)
{
	size_t tcvn3 = count(bytes, speaks_for_tcvn3);
	size_t vni = count(bytes, speaks_for_vni);
	size_t windows = count(bytes, speaks_for_1258);

	if (tcvn3 > vni && tcvn3 > windows)
		return refuse(file, why,
		    "chữ trong tệp là bảng mã cũ TCVN3 (phông .VnTime)",
		    CONVERT_FIRST);
	if (vni > windows)
		return refuse(file, why,
		    "chữ trong tệp là bảng mã cũ VNI (phông VNI-Times)",
		    CONVERT_FIRST);
	return refuse(file, why,
	    windows > 0 ? "tệp lưu theo bảng mã Windows-1258, không phải UTF-8"
			: "tệp không phải UTF-8",
	    SAVE_AGAIN);
}

/* Half of the bytes of Latin text in UTF-16 are 0. */
static bool
looks_like_utf16(struct text_view bytes)
{
	size_t zeros = 0;

	if (text_starts(bytes, TEXT("\xFF\xFE")) ||
	    text_starts(bytes, TEXT("\xFE\xFF")))
		return true;
	for (size_t i = 0; i < bytes.len; i++)
		zeros += bytes.at[i] == '\0';
	return bytes.len > 8 && zeros > bytes.len / 4;
}

/* "Th? t?c h? kh?u": plain CSV where Windows has no code for the letters. */
static bool
lost_its_accents(struct text_view bytes)
{
	size_t lost = 0;

	for (size_t i = 0; i + 1 < bytes.len; i++) {
		unsigned char byte = (unsigned char)bytes.at[i];

		if (byte >= 0x80)
			return false;
		lost += byte == '?' && i > 0 &&
			is_letter((unsigned char)bytes.at[i - 1]) &&
			is_letter((unsigned char)bytes.at[i + 1]);
	}
	return lost >= 3;
}

/* How much of the text is letters that Vietnamese does not have, or does not
 * have there, but an old font shows as Vietnamese?  More than one in thirty
 * bytes never happens in Unicode text. */
static enum result
refuse_old_fonts(struct text_view text, const char *file, struct complaint *why)
{
	size_t letters = 0;
	size_t tcvn3 = 0;
	size_t vni = 0;
	unsigned char before = ' ';

	for (size_t pos = 0; pos < text.len; letters++) {
		uint32_t code_point = utf8_next(text, &pos);
		unsigned char byte =
		    code_point < 0x100 ? (unsigned char)code_point : 0;

		tcvn3 += speaks_for_tcvn3(byte, before);
		vni += speaks_for_vni(byte, before);
		before = byte;
	}
	if (tcvn3 >= 3 && tcvn3 > letters / 30 && tcvn3 > vni)
		return refuse(file, why,
		    "chữ trong tệp là bảng mã cũ TCVN3 (phông .VnTime)",
		    CONVERT_FIRST);
	if (vni >= 3 && vni > letters / 30)
		return refuse(file, why,
		    "chữ trong tệp là bảng mã cũ VNI (phông VNI-Times)",
		    CONVERT_FIRST);
	return OK;
}

enum result
faq_encoding_check(
    struct text_view bytes, const char *file, struct complaint *why)
{
	if (looks_like_utf16(bytes))
		return refuse(file, why,
		    "tệp lưu theo UTF-16 (“Unicode Text”), không phải UTF-8",
		    SAVE_AGAIN);
	if (bytes.len > 0 && memchr(bytes.at, '\0', bytes.len) != NULL)
		return refuse(
		    file, why, "tệp có byte 0, không phải văn bản", SAVE_AGAIN);
	if (!utf8_valid(bytes))
		return refuse_legacy(bytes, file, why);
	if (lost_its_accents(bytes))
		return refuse(file, why,
		    "chữ có dấu trong tệp đã thành dấu hỏi (“Th? t?c”)",
		    "lấy lại tệp gốc, " SAVE_AGAIN);
	return refuse_old_fonts(bytes, file, why);
}
