/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_SMALL_BASE_H
#define HOIDAP_TEST_SMALL_BASE_H

#include "faq.h"
#include "tests/support/cmocka_all.h"

/* A base of four entries, filled by hand: small enough to read, large enough
 * to be confused.  Each test file includes it once. */

static void
small_phrases(struct faq *faq, struct phrases *out, const char *const *texts)
{
	size_t count = 0;

	while (texts[count] != NULL)
		count++;
	out->at = arena_alloc(&faq->arena, count + 1, sizeof(*out->at));
	assert_non_null(out->at);
	for (size_t i = 0; i < count; i++)
		out->at[i] = text_of(texts[i]);
	out->count = count;
}

struct small_entry {
	const char *id;
	const char *question;
	const char *asked_as[8];
	const char *not_asked_as[3];
	const char *keyword[3]; /* one keyword, of these phrases */
	const char *pattern;
};

static const struct small_entry small_entries[] = {
	{ .id = "quen-mat-khau",
	    .question = "Quên mật khẩu VNeID thì lấy lại thế nào?",
	    .asked_as = { "em quên mật khẩu rồi", "lay lai mat khau vneid",
		"đổi mật khẩu đăng nhập", "không nhớ mật khẩu tài khoản",
		"nhập sai mật khẩu nhiều lần", "cấp lại mật khẩu" },
	    .not_asked_as = { "quên mã pin ký số" } },
	{ .id = "mat-dien-thoai",
	    .question = "Mất điện thoại thì khóa VNeID thế nào?",
	    .asked_as = { "bị mất máy, khóa tài khoản ra sao",
		"rớt điện thoại có VNeID", "mat dien thoai co vneid",
		"bị giật điện thoại thì làm gì", "khóa tài khoản khi mất máy",
		"mất sim mất máy" } },
	{ .id = "dang-ky-tam-tru",
	    .question = "Đăng ký tạm trú trực tuyến thế nào?",
	    .asked_as = { "thuê trọ thì khai tạm trú ở đâu",
		"dang ky tam tru online", "gia hạn tạm trú cho người thuê",
		"tạm trú cần giấy tờ gì", "khai báo tạm trú cho sinh viên",
		"chủ nhà làm tạm trú giùm được không" },
	    .keyword = { "tạm trú", "nhà trọ" } },
	{ .id = "chu-ky-so",
	    .question = "Chữ ký số từ xa giá bao nhiêu?",
	    .asked_as = { "phí ký số một năm", "chu ky so ton bao nhieu tien",
		"ký số có miễn phí không", "gói chữ ký số cá nhân giá sao",
		"mua chữ ký số hết nhiêu", "bảng giá chữ ký số" },
	    .pattern = "\\bsmart\\s?ca\\b" },
};

enum { SMALL_COUNT = sizeof(small_entries) / sizeof(small_entries[0]) };

static void
small_fill(struct faq *faq, struct faq_entry *out, const struct small_entry *in)
{
	*out = (struct faq_entry){ .id = text_of(in->id),
		.question = text_of(in->question),
		.file = "small.json",
		.line = 7 };
	small_phrases(faq, &out->asked_as, in->asked_as);
	small_phrases(faq, &out->not_asked_as, in->not_asked_as);
	if (in->keyword[0] != NULL) {
		out->keywords =
		    arena_alloc(&faq->arena, 1, sizeof(*out->keywords));
		assert_non_null(out->keywords);
		small_phrases(faq, &out->keywords[0], in->keyword);
		out->keyword_count = 1;
	}
	if (in->pattern != NULL) {
		const char *const patterns[] = { in->pattern, NULL };

		small_phrases(faq, &out->patterns, patterns);
	}
}

static void
small_lexicon(struct faq *faq)
{
	static const char *const lines[][3] = { { "mk", "mật khẩu", "mình" },
		{ "đt", "điện thoại", NULL }, { "ko", "không", NULL },
		{ "cks", "chữ ký số", NULL } };

	faq->lexicon_count = sizeof(lines) / sizeof(lines[0]);
	faq->lexicon =
	    arena_alloc(&faq->arena, faq->lexicon_count, sizeof(*faq->lexicon));
	assert_non_null(faq->lexicon);
	for (size_t i = 0; i < faq->lexicon_count; i++) {
		const char *const means[] = { lines[i][1], lines[i][2], NULL };

		faq->lexicon[i].written = text_of(lines[i][0]);
		small_phrases(faq, &faq->lexicon[i].means, means);
	}
}

/* Yours to faq_free(). */
static struct faq *
small_base(void)
{
	static const char *const off_topic[] = { "hôm nay trời mưa không",
		"chỉ em nấu phở", "đội nào thắng trận tối qua",
		"giá vàng hôm nay", "kể chuyện cười đi", "quán nào ngon",
		"em yêu anh", "mai bão chưa", NULL };
	struct faq *faq = faq_new();

	assert_non_null(faq);
	faq->entries =
	    arena_alloc(&faq->arena, SMALL_COUNT, sizeof(*faq->entries));
	assert_non_null(faq->entries);
	for (size_t i = 0; i < SMALL_COUNT; i++)
		small_fill(faq, &faq->entries[i], &small_entries[i]);
	faq->entry_count = SMALL_COUNT;
	small_phrases(faq, &faq->off_topic, off_topic);
	small_lexicon(faq);
	return faq;
}

#endif
