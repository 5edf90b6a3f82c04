/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_PHRASES_H
#define HOIDAP_PHRASES_H

#include "message.h"

/* Everything that the bot says by itself; answers come from the FAQ base. */

#define PHRASE_UNANSWERED                                                                              \
	"Dạ, câu này hiện chưa có câu trả lời chắc chắn nên trợ lý tự động " \
	"không đoán. Câu hỏi đã được ghi lại để cán bộ đọc và bổ sung.\n\n"  \
	"Anh/chị có thể hỏi lại ngắn gọn hơn, mỗi lần một ý, hoặc bấm nút "  \
	"dưới đây."
#define PHRASE_SEVERAL_MISSES                                                                                \
	"Dạ, trợ lý tự động vẫn chưa trả lời được câu này. Câu hỏi đã được " \
	"ghi lại cho cán bộ. Anh/chị nên hỏi trực tiếp cán bộ để khỏi mất "          \
	"thời gian."
#define PHRASE_CLARIFY "Có phải ý anh/chị là:"
#define PHRASE_CLARIFY_HOW "Anh/chị bấm nút hoặc gõ số của ý đúng."
#define PHRASE_CLARIFY_TITLE "Ý %zu"
#define PHRASE_NOT_THESE "Không phải"
#define PHRASE_PERSON_TITLE "Gặp cán bộ"
#define PHRASE_DECLINED                                                                                   \
	"Cảm ơn anh/chị đã cho biết. Câu hỏi đã được ghi lại để cán bộ đọc " \
	"và bổ sung. Anh/chị thử hỏi lại bằng cách khác, hoặc bấm nút dưới "       \
	"đây."
#define PHRASE_NOTHING_ASKED                                                                            \
	"Anh/chị cần hỏi gì ạ? Anh/chị gõ câu hỏi bằng chữ, ví dụ: \"nộp hồ " \
	"sơ trực tuyến thế nào\" hoặc \"quên mật khẩu VNeID\"."
#define PHRASE_NUMBER_ONLY                                                                                 \
	"Anh/chị vừa gửi một con số. Trợ lý tự động không tra cứu được hồ sơ " \
	"theo mã. Anh/chị cho biết câu hỏi bằng chữ giúp ạ."
#define PHRASE_WELCOME                                                                                  \
	"Xin chào anh/chị! Đây là trợ lý tự động về dịch vụ công trực tuyến. " \
	"Anh/chị gõ câu hỏi bằng chữ, có dấu hay không dấu đều được."
#define PHRASE_NO_PERSON                                                                             \
	"Dạ, trợ lý tự động chưa chuyển máy được. Anh/chị vui lòng liên hệ " \
	"trực tiếp trung tâm phục vụ hành chính công nơi anh/chị ở."
#define PHRASE_KEEP_SECRET                                                                          \
	"Lưu ý: anh/chị không cần và không nên gửi số căn cước, số tài "       \
	"khoản, mã OTP hay mật khẩu vào đây. Số vừa gửi đã được che, không " \
	"lưu lại.\n\n"

/* A kind word for what is not text; how to go on. */
const char *phrase_for_attachment(enum attachment_kind kind);

#endif
