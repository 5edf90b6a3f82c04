/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Words that steer.  A text is a cue when it holds one of the cue's phrases
 * and nothing but words that may stand around them: "không phải" declines, and
 * "không phải, tôi hỏi lệ phí" is a question.  Phrases are written folded, so
 * that they are found with and without diacritics; where the marks decide
 * ("đúng", "đừng", "dùng"), a marked word is told apart first. */
#include "cues.h"

#include <string.h>

#include "asking.h"
#include "words.h"

enum {
	TEXT_MAX_BYTES = 160, /* longer texts ask something */
	WORDS_MAX = 12,
	JOINED_MAX_BYTES = 4 * TEXT_MAX_BYTES,
};

#define WHO " toi tui minh em anh chi co chu bac ban ad bot oi a "
#define POLITE " nhe nha nhen nghen di do nay ay vay luon giup dum gium cho "

static const struct rule {
	enum cue cue;
	const char *phrases; /* alternatives; "a&b": both */
	const char *around;  /* NULL: a phrase must be the whole text */
} rules[] = {
	{ CUE_NOT_THESE,
	    "khong phai|khong co|khong cai|khong dung|khong y|sai|nham|khac",
	    WHO POLITE " khong phai co cai nao het ca dung y cac la deu trong "
		       "so dau roi may cau thu gi khac muon hoi can tron sai "
		       "nham " },
	{ CUE_NOT_THESE, "khong|deu khong|khong nao", NULL },
	{ CUE_WRONG,
	    "khong dung|chua dung|khong phai|chua phai|sai|nham|lac de",
	    WHO POLITE " khong chua dung phai sai nham roi y hoi tra loi cau "
		       "cai bet het lac de cua muon can la ma qua noi " },
	{ CUE_UNCLEAR,
	    "khong hieu|chua hieu|kho hieu|khong ro|chua ro|noi lai|noi ro|"
	    "noi ngan|noi de hieu|nhac lai|giai thich lai|giai thich ro|la sao",
	    WHO POLITE
	    " khong chua kho hieu ro qua gi het ca noi lai hon ngan gon nhac "
	    "giai thich de doc la sao lam may cai nghia van xin vui long "
	    "tron " },
	{ CUE_ERASE,
	    "xoa&du lieu|xoa&thong tin|xoa&tin nhan|xoa&lich su|"
	    "xoa&tro chuyen|xoa&hoi thoai|xoa tat ca|xoa het|delete my data",
	    WHO POLITE
	    " xoa du lieu thong tin nhan lich su tro chuyen cuoc doan hoi "
	    "thoai tat ca het ca cua cac nhung muon yeu cau hay xin vui long "
	    "voi chat da luu delete my data " },
	{ CUE_PERSON,
	    "gap can bo|gap nguoi that|gap nhan vien|noi chuyen voi can bo|"
	    "noi chuyen voi nguoi that",
	    WHO POLITE " gap can bo nguoi that nhan vien noi chuyen voi muon "
		       "xin duoc " },
	{ CUE_BOT,
	    "bot|bot oi|goi bot|tiep tuc|tiep tuc di|tro ly|bot tra loi tiep|"
	    "tro ly tra loi tiep|bot tiep tuc|tro ly tu dong",
	    NULL },
	{ CUE_HELPED, "huu ich|co ich|giup duoc|co giup|duoc viec",
	    WHO POLITE " da vang co rat qua lam cam on nhieu roi cau tra loi "
		       "huu ich giup duoc viec that su cai thi " },
	{ CUE_USELESS,
	    "khong giup|khong huu ich|khong co ich|vo ich|chua giup|"
	    "khong giai quyet|chang giup|cha giup",
	    WHO POLITE " khong chua chang cha giup duoc gi huu ich co cau tra "
		       "loi het ca vo giai quyet that ma thi viec van nao " },
	{ CUE_INSULT,
	    "ngu|dot|vo dung|vo dụng|oc cho|do dien|do khung|rac "
	    "ruoi|cut|dm|dmm|vcl|"
	    "dcm|dkm|vkl|clgt|do cho|deo|stupid|idiot|fuck",
	    WHO POLITE
	    " ngu dot vo dung dụng oc cho do dien khung rac ruoi cut dm "
	    "dmm vcl dcm dkm vkl clgt deo stupid idiot fuck you may "
	    "tao thang con cai qua the nhu ma lam that het nguoi "
	    "tra loi gi me va noi biet suot ngay toan dot nat bit "
	    "shit " },
	{ CUE_YES,
	    "co|co a|da co|da|vang|u|dong y|dong y xoa|ok|oke|yes|xoa|xoa di|"
	    "xoa het|xoa het di|co xoa|chac chan|xac nhan",
	    NULL },
	{ CUE_NO, "khong|khong xoa|thoi|thoi khong|giu lai|giu|huy|bo qua",
	    NULL },
};

enum { RULES = sizeof(rules) / sizeof(rules[0]) };

/* ---- the words ---- */

/* The word as the rules spell it. */
static struct text_view
canonical(const struct token *token)
{
	/* Harmless words that only look like rude ones: "ngủ", "đợt". */
	static const struct {
		const char *folded;
		const char *accented;
	} exact[] = {
		{ "ngu", "ngu" },
		{ "dot", "dốt" },
		{ "dien", "điên" },
		{ "khung", "khùng" },
		{ "cut", "cút" },
		{ "deo", "đéo" },
	};

	if (words_deny(token))
		return TEXT("khong");
	for (size_t i = 0; i < sizeof(exact) / sizeof(exact[0]); i++)
		if (token->marked && text_is(token->folded, exact[i].folded) &&
		    !text_is(token->accented, exact[i].accented))
			return token->accented;
	if (text_is(token->folded, "dung") && token->marked) {
		if (text_is(token->accented, "đừng"))
			return TEXT("khong");
		if (!text_is(token->accented, "đúng"))
			return token->accented;
	}
	return token->folded;
}

/* A text's words as the rules spell them; and all together, with a space at
 * both ends, " word word ", so that a phrase is found whole. */
struct spelling {
	struct text_view word[WORDS_MAX];
	size_t count;
	struct buf joined;
};

static enum result
spell(const struct tokens *tokens, struct spelling *out)
{
	enum result result = buf_add_char(&out->joined, ' ');

	for (size_t i = 0; result == OK && i < tokens->count; i++) {
		out->word[i] = canonical(&tokens->at[i]);
		result = buf_add(&out->joined, out->word[i]);
		if (result == OK)
			result = buf_add_char(&out->joined, ' ');
	}
	out->count = tokens->count;
	return result;
}

/* ---- rules ---- */

static bool
holds(struct text_view words, struct text_view phrase)
{
	char padded[TEXT_MAX_BYTES];

	if (phrase.len + 2 > sizeof(padded))
		return false;
	padded[0] = ' ';
	memcpy(padded + 1, phrase.at, phrase.len);
	padded[phrase.len + 1] = ' ';
	return text_find(words, (struct text_view){ padded, phrase.len + 2 }) !=
	       SIZE_MAX;
}

static bool
holds_all(struct text_view words, struct text_view phrases)
{
	struct text_view phrase;

	while (text_split(&phrases, '&', &phrase))
		if (!holds(words, phrase))
			return false;
	return true;
}

static bool
all_allowed(const struct spelling *spelling, const char *around)
{
	for (size_t i = 0; i < spelling->count; i++)
		if (!words_have(around, spelling->word[i]))
			return false;
	return true;
}

static bool
fits(const struct rule *rule, const struct spelling *spelling)
{
	struct text_view rest = text_of(rule->phrases);
	struct text_view joined = buf_view(&spelling->joined);
	struct text_view whole = text_trim(joined);
	struct text_view phrase;

	if (rule->around != NULL && !all_allowed(spelling, rule->around))
		return false;
	while (text_split(&rest, '|', &phrase))
		if (rule->around == NULL ? text_equal(whole, phrase)
					 : holds_all(joined, phrase))
			return true;
	return false;
}

/* ---- the option that is named ---- */

static const struct ordinal {
	const char *folded;
	const char *accented;
	unsigned option;
} ordinals[] = {
	{ "dau", "đầu", 1 },
	{ "nhat", "nhất", 1 },
	{ "mot", "một", 1 },
	{ "hai", "hai", 2 },
	{ "nhi", "nhì", 2 },
	{ "ba", "ba", 3 },
	{ "bon", "bốn", 4 },
	{ "tu", "tư", 4 },
	{ "nam", "năm", 5 },
	{ "cuoi", "cuối", CUES_LAST },
	{ "chot", "chót", CUES_LAST },
};

/* 0: names none. */
static unsigned
option_of(const struct token *token)
{
	uint64_t number;

	if (token->kind == TOKEN_NUMBER)
		return text_number(
			   token->folded, 1, REPLY_BUTTONS_MAX, &number) == OK
			   ? (unsigned)number
			   : 0;
	for (size_t i = 0; i < sizeof(ordinals) / sizeof(ordinals[0]); i++)
		if (token->marked
			? text_is(token->accented, ordinals[i].accented)
			: text_is(token->folded, ordinals[i].folded))
			return ordinals[i].option;
	return 0;
}

static void
read_option(const struct tokens *tokens, const struct spelling *spelling,
    struct cues *out)
{
	static const char leaders[] =
	    "cai y so cau muc lua chon nut phuong an option";
	static const char fillers[] =
	    WHO POLITE " thu tien cung lay la dung roi ";
	unsigned option = 0;
	bool led = false;

	for (size_t i = 0; i < tokens->count; i++) {
		const struct token *token = &tokens->at[i];
		unsigned named = option_of(token);

		if (named > 0 && option > 0)
			return; /* "một hai" */
		led = led || token->kind == TOKEN_NUMBER ||
		      words_have(leaders, token->folded);
		if (named > 0)
			option = named;
		else if (!words_have(leaders, token->folded) &&
			 !words_have(fillers, spelling->word[i]))
			return;
	}
	out->option = option;
	out->bare = option > 0 && !led;
}

enum result
cues_read(struct text_view text, struct arena *arena, struct cues *out)
{
	struct tokens tokens;
	enum result result = tokens_read(text, arena, &tokens);

	return result == OK ? cues_of(text, &tokens, arena, out) : result;
}

enum result
cues_of(struct text_view text, const struct tokens *tokens, struct arena *arena,
    struct cues *out)
{
	struct text_view trimmed = text_trim(text);
	struct spelling spelling = { .count = 0 };
	struct cues cues = { 0 };
	enum result result;

	if (trimmed.len > TEXT_MAX_BYTES || tokens->count == 0 ||
	    tokens->count > WORDS_MAX) {
		*out = cues;
		return OK;
	}
	buf_init(&spelling.joined, JOINED_MAX_BYTES);
	result = spell(tokens, &spelling);
	if (result == OK)
		result = arena_text(
		    arena, text_trim(buf_view(&spelling.joined)), &cues.folded);
	if (result != OK)
		goto out;
	for (size_t i = 0; i < RULES; i++)
		if (fits(&rules[i], &spelling))
			cues.kinds |= rules[i].cue;
	cues.asking = asking_of(trimmed, tokens);
	read_option(tokens, &spelling, &cues);
	*out = cues;
out:
	buf_fini(&spelling.joined);
	return result;
}

enum result
cues_say(const struct cues *cues, struct text_view title, struct arena *arena,
    bool *out)
{
	struct cues wanted;
	enum result result = cues_read(title, arena, &wanted);

	if (result == OK)
		*out = cues->folded.len > 0 &&
		       text_equal(cues->folded, wanted.folded);
	return result;
}
