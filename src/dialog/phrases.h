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
#define PHRASE_SEVERAL "Dạ, anh/chị hỏi %u việc, xin trả lời từng việc."
#define PHRASE_SEVERAL_TITLE "■ %.*s"
#define PHRASE_FOLLOW "Về “%.*s”:%.*s"
#define PHRASE_HELPED_ASK "Câu trả lời này có giúp được anh/chị không?"
#define PHRASE_HELPED_YES "Có"
#define PHRASE_HELPED_NO "Chưa"
#define PHRASE_HELPED_THANKS                                                   \
	"Cảm ơn anh/chị đã cho biết. Anh/chị cần hỏi gì thêm, cứ nhắn ạ."
#define PHRASE_HELPED_WHY                                                                     \
	"Xin lỗi anh/chị. Còn thiếu hay sai chỗ nào, anh/chị nhắn một câu, " \
	"cán "                                                                               \
	"bộ sẽ đọc để sửa; hoặc bấm nút gặp cán bộ."
#define PHRASE_WORDS_KEPT                                                                                 \
	"Cảm ơn anh/chị, góp ý đã được ghi lại để cán bộ đọc. Cần trả lời " \
	"ngay, "                                                                                          \
	"anh/chị bấm nút gặp cán bộ."
#define PHRASE_INSULTED                                                                          \
	"Trợ lý tự động xin lỗi nếu đã làm anh/chị bực mình. Anh/chị cho " \
	"biết "                                                                                \
	"đang vướng việc gì, hoặc bấm nút để gặp cán bộ."
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

/* Once, before the first answer. */
#define PHRASE_NOTICE                                                                                 \
	"Đây là trợ lý tự động. Tin nhắn được lưu tối đa %u ngày, đã che "    \
	"số giấy tờ, điện thoại.\n"                                                        \
	"Gõ \"gặp cán bộ\" để hỏi người thật, \"xóa dữ liệu của tôi\" để " \
	"xóa."
#define PHRASE_SAY_AGAIN                                                                         \
	"Dạ, xin nói ngắn lại:\n%.*s\n\n"                                                 \
	"Chỗ nào chưa rõ, anh/chị hỏi riêng chỗ đó, hoặc bấm nút gặp cán " \
	"bộ."
#define PHRASE_PERSON_EXPLAINS                                                                 \
	"Xin lỗi anh/chị, trợ lý tự động giải thích chưa rõ. Cán bộ sẽ " \
	"giải thích cụ thể hơn: anh/chị bấm nút dưới đây."
#define PHRASE_DISPUTED                                                                           \
	"Xin lỗi anh/chị vì câu trả lời chưa đúng. Phản hồi này đã được " \
	"ghi lại để cán bộ xem và sửa. Anh/chị hỏi lại bằng cách khác, "     \
	"hoặc bấm nút gặp cán bộ."
#define PHRASE_ERASE_ASK                                                                         \
	"Anh/chị muốn xóa toàn bộ tin nhắn và dữ liệu của mình mà trợ lý " \
	"đang lưu? Xóa rồi không lấy lại được."
#define PHRASE_ERASE_YES "Xóa hết"
#define PHRASE_ERASE_NO "Giữ lại"
#define PHRASE_ERASE_KEPT                                                      \
	"Dạ, dữ liệu được giữ nguyên. Anh/chị cần hỏi gì thêm, cứ nhắn ạ."
#define PHRASE_ERASED                                                                         \
	"Đã xóa các câu hỏi, tin nhắn đang chờ gửi và thông tin cuộc trò " \
	"chuyện của anh/chị ở trợ lý này. Tin nhắn hiện trên màn hình, "   \
	"anh/chị tự xóa trong ứng dụng của mình."
#define PHRASE_PEOPLE_HERE                                                     \
	"Đang trong giờ làm việc: cán bộ sẽ đọc và trả lời anh/chị tại đây."
#define PHRASE_BOT_SILENT                                                                             \
	"Trợ lý tự động tạm dừng %u phút để cán bộ trả lời. Muốn trợ lý " \
	"trả lời tiếp, anh/chị gõ BOT."
#define PHRASE_PEOPLE_AWAY "Hiện ngoài giờ làm việc của cán bộ"
#define PHRASE_PEOPLE_BACK "Cán bộ làm việc lại lúc %s."
#define PHRASE_QUESTION_KEPT                                                                            \
	"Yêu cầu đã được ghi lại để cán bộ đọc; trong lúc chờ, anh/chị vẫn " \
	"hỏi trợ lý tự động được."
#define PHRASE_PERSON_TAKES                                                    \
	"Cán bộ đang xem cuộc trò chuyện này và sẽ trả lời anh/chị tại đây."
#define PHRASE_PERSON_DONE                                                                                \
	"Trợ lý tự động lại trả lời thay cán bộ. Anh/chị cần hỏi gì thêm, cứ " \
	"nhắn ạ."
#define PHRASE_LATER                                                           \
	"Cán bộ trả lời câu hỏi của anh/chị ngày %.2s/%.2s: “%.*s%s”"
#define PHRASE_LATER_ERASED "Cán bộ trả lời câu hỏi của anh/chị ngày %.2s/%.2s."
#define PHRASE_BOT_BACK "Dạ, trợ lý tự động đã trở lại. Anh/chị cần hỏi gì ạ?"
#define PHRASE_SLOW_DOWN                                                                     \
	"Anh/chị nhắn nhanh quá, trợ lý tự động chưa kịp đọc. Xin chờ " \
	"khoảng một phút rồi nhắn tiếp giúp ạ."

/* A kind word for what is not text; how to go on. */
const char *phrase_for_attachment(enum attachment_kind kind);

#endif
