/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "phrases.h"

#define ASK_IN_WORDS " Anh/chị gõ câu hỏi bằng chữ giúp ạ."

const char *
phrase_for_attachment(enum attachment_kind kind)
{
	switch (kind) {
	case ATTACHMENT_IMAGE:
		return "Cảm ơn anh/chị đã gửi hình. Trợ lý tự động chưa đọc "
		       "được hình ảnh, và hình giấy tờ tùy thân thì không nên "
		       "gửi vào đây." ASK_IN_WORDS;
	case ATTACHMENT_STICKER:
		return "Cảm ơn anh/chị! Anh/chị cần hỏi gì về dịch vụ công "
		       "trực tuyến, cứ gõ câu hỏi bằng chữ nhé.";
	case ATTACHMENT_AUDIO:
		return "Trợ lý tự động chưa nghe được tin nhắn thoại, mong "
		       "anh/chị thông cảm." ASK_IN_WORDS;
	case ATTACHMENT_VIDEO:
		return "Trợ lý tự động chưa xem được video." ASK_IN_WORDS;
	case ATTACHMENT_FILE:
		return "Trợ lý tự động không nhận và không mở được tệp. Hồ sơ "
		       "phải nộp trên Cổng Dịch vụ công quốc gia, không gửi "
		       "qua tin nhắn." ASK_IN_WORDS;
	case ATTACHMENT_LOCATION:
		return "Cảm ơn anh/chị đã gửi vị trí. Trợ lý tự động chưa tìm "
		       "được địa điểm theo bản đồ. Anh/chị cho biết đang ở "
		       "phường, xã nào và cần hỏi gì ạ.";
	case ATTACHMENT_LINK:
		return "Trợ lý tự động không mở được đường link. Anh/chị đừng "
		       "nhập mật khẩu hay mã OTP vào trang lạ." ASK_IN_WORDS;
	case ATTACHMENT_CONTACT:
		return "Trợ lý tự động không lưu danh bạ được gửi "
		       "tới." ASK_IN_WORDS;
	case ATTACHMENT_NONE:
	case ATTACHMENT_OTHER:
		break;
	}
	return "Trợ lý tự động chưa đọc được loại tin nhắn này." ASK_IN_WORDS;
}
