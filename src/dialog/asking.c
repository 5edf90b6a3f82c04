/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Does a text ask, what of, and does it name its subject?
 *
 * Vietnamese asks with words: "gì", "đâu", "thế nào" anywhere, "không" and
 * "chưa" at the end.  A bare question ("còn phí thì sao") holds nothing but
 * such words and the aspect it is about, so its subject is what was spoken of
 * before.  These are closed classes of the language, not knowledge of the
 * base, which is why they stand here and not in faq/. */
#include "asking.h"

#include "words.h"

enum { BARE_WORDS_MAX = 8 };

#define ASK_ACCENTED "gì đâu nào sao ai bao cách hỏi mấy hướng giúp giùm nhờ"
#define ASK_FOLDED "gi dau nao sao ai bao cach hoi j ntn huong s giup gium"
#define PARTICLES                                                              \
	"a ah ha hen hi nha nhe nhi vay z v day ta vi anh chi em ad ban oi "   \
	"ha "                                                                  \
	"co chu bac minh admin shop nua the"

/* What a bare question may be made of, folded. */
#define GENERAL                                                                \
	"con thi la the vay z a ah oi nhi nha nhe ha di do no nay kia roi "    \
	"het "                                                                 \
	"bao nhieu lau may phi le tien gia ton mat ngay gio thang tuan giay "  \
	"to "                                                                  \
	"ho so gi j can nhung cac chuan bi mang theo dem o dau cho nop lam "   \
	"nhan khi nao co phai ra va voi cung them hen dong sao toi em anh "    \
	"chi "                                                                 \
	"minh ad bot dien muc noi den cai viec phong khoang luon vao ve thoi " \
	"han hoi cho duoc khong k ko thu tuc biet"

static const struct {
	enum aspect aspect;
	const char *accented; /* words of the question */
	const char *folded;
	const char *lines[9]; /* phrases of an answer's line */
} aspects[] = {
	{ ASPECT_FEE, "phí tiền giá tốn", "phi tien gia ton",
	    { " phí ", " đồng ", " tiền ", " giá ", " miễn " } },
	{ ASPECT_TIME, "lâu ngày giờ tuần tháng", "lau ngay gio tuan thang",
	    { " ngày làm việc ", " số ngày ", " mấy ngày ", " thời hạn ",
		" thời gian ", " phút ", " giờ ", " bao lâu " } },
	{ ASPECT_PAPERS, "giấy mang đem chuẩn", "giay mang dem chuan",
	    { " giấy ", " giấy tờ ", " tờ khai ", " mang ", " ảnh ",
		" bản sao ", " bản chính ", " cần có " } },
	{ ASPECT_PLACE, "đâu chỗ nơi", "dau noi",
	    { " tại ", " đến ", " nơi ", " công an ", " trung tâm ",
		" cơ quan ", " ủy ban " } },
};

enum { ASPECTS = sizeof(aspects) / sizeof(aspects[0]) };

/* "bản sao" asks nothing. */
static bool
is_asking_word(const struct tokens *tokens, size_t at)
{
	const struct token *token = &tokens->at[at];

	if (at > 0 && text_is(token->folded, "sao") &&
	    text_is(tokens->at[at - 1].folded, "ban"))
		return false;
	return words_mean(token, ASK_ACCENTED, ASK_FOLDED);
}

/* "... được không ạ", "... chưa vậy anh". */
static bool
ends_asking(const struct tokens *tokens)
{
	size_t end = tokens->count;

	while (end > 0 && words_have(PARTICLES, tokens->at[end - 1].folded))
		end--;
	return end > 1 && (words_deny(&tokens->at[end - 1]) ||
			      text_is(tokens->at[end - 1].folded, "chua"));
}

bool
asking_is_empty(const struct token *token)
{
	return words_mean(token,
	    ASK_ACCENTED " là thế thì được không nhiêu lâu cần làm phải",
	    ASK_FOLDED " thi nhieu");
}

static bool
is_bare(const struct tokens *tokens)
{
	if (tokens->count == 0 || tokens->count > BARE_WORDS_MAX)
		return false;
	for (size_t i = 0; i < tokens->count; i++)
		if (!words_have(GENERAL, tokens->at[i].folded))
			return false;
	return true;
}

static unsigned
aspects_of(const struct tokens *tokens)
{
	unsigned found = 0;

	for (size_t i = 0; i < tokens->count; i++)
		for (size_t j = 0; j < ASPECTS; j++)
			if (words_mean(&tokens->at[i], aspects[j].accented,
				aspects[j].folded))
				found |= aspects[j].aspect;
	return found;
}

struct dialog_asking
asking_of(struct text_view text, const struct tokens *tokens)
{
	struct text_view trimmed = text_trim(text);
	struct dialog_asking asking = { .words = tokens->count };

	asking.asks = ends_asking(tokens) ||
		      (trimmed.len > 0 && trimmed.at[trimmed.len - 1] == '?');
	for (size_t i = 0; i < tokens->count && !asking.asks; i++)
		asking.asks = is_asking_word(tokens, i);
	if (tokens->count <= BARE_WORDS_MAX)
		asking.aspects = aspects_of(tokens);
	asking.bare = is_bare(tokens) && (asking.asks || asking.aspects != 0);
	asking.goes_on =
	    tokens->count > 1 &&
	    words_mean(&tokens->at[0], "còn thế vậy nếu", "con the vay neu");
	return asking;
}

bool
asking_answers(unsigned wanted, struct text_view line)
{
	for (size_t i = 0; i < ASPECTS; i++) {
		if ((wanted & aspects[i].aspect) == 0)
			continue;
		for (size_t j = 0; aspects[i].lines[j] != NULL; j++)
			if (text_find(line, text_of(aspects[i].lines[j])) !=
			    SIZE_MAX)
				return true;
	}
	return false;
}
