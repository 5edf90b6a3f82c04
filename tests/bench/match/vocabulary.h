/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_BENCH_VOCABULARY_H
#define HOIDAP_BENCH_VOCABULARY_H

/* What generated.h builds questions of: the words of public services. */

static const char *const vocabulary_actions[] = { "đăng ký", "làm", "cấp lại",
	"gia hạn", "đổi", "hủy", "tra cứu", "xác nhận", "sửa", "xin bản sao",
	"nộp hồ sơ", "khai báo", "làm hộ", "khiếu nại về", "kích hoạt",
	"xin cấp mới" };

static const char *const vocabulary_things[] = { "căn cước", "giấy khai sinh",
	"giấy kết hôn", "giấy khai tử", "hộ chiếu", "bằng lái xe", "thường trú",
	"tạm trú", "tạm vắng", "lý lịch tư pháp", "sổ đỏ", "giấy phép xây dựng",
	"hộ kinh doanh", "thẻ bảo hiểm y tế", "sổ bảo hiểm xã hội",
	"trợ cấp thất nghiệp", "tiền tuất", "chế độ thai sản", "thẻ trẻ em",
	"giấy phép lái tàu", "biển số xe", "đăng kiểm xe",
	"tài khoản định danh", "chữ ký số", "mã số thuế", "hóa đơn điện tử",
	"thuế đất", "thuế thu nhập", "lệ phí trước bạ", "học bạ",
	"bằng tốt nghiệp", "chuyển trường", "tuyển sinh lớp một", "học phí",
	"thẻ thư viện", "giấy khám sức khỏe", "lịch tiêm chủng", "sổ sức khỏe",
	"đồng hồ nước", "công tơ điện", "hợp đồng internet", "chỗ đậu xe",
	"vé tháng xe buýt", "giấy phép quảng cáo", "an toàn thực phẩm",
	"phòng cháy chữa cháy", "nuôi chó mèo", "rác thải", "cây xanh",
	"thoát nước", "hộ nghèo", "người khuyết tật", "người cao tuổi",
	"người có công", "con nuôi", "giám hộ", "hòa giải", "chứng thực chữ ký",
	"công chứng hợp đồng", "thừa kế", "di chúc", "lao động nước ngoài",
	"thị thực", "quốc tịch" };

enum { VOCABULARY_CORES = 7 };

/* A thing that is asked about a service: ways to ask (%s is the service), and
 * what a curator would look for in the question, folded. */
struct vocabulary_aspect {
	const char *cores[VOCABULARY_CORES];
	const char *pattern;
};

static const struct vocabulary_aspect vocabulary_aspects[] = {
	{ { "phí %s là bao nhiêu", "%s tốn bao nhiêu tiền", "%s mất mấy đồng",
	      "lệ phí %s hiện nay", "%s có phải đóng tiền không",
	      "giá %s hết nhiêu", "chi phí để %s" },
	    "phi|tien|dong|gia" },
	{ { "%s ở đâu", "%s thì tới chỗ nào", "nơi nhận %s", "địa chỉ %s",
	      "%s phải ra cơ quan nào", "chỗ nào cho %s", "đi đâu để %s" },
	    "dau|cho nao|noi|dia chi|co quan" },
	{ { "%s cần giấy tờ gì", "hồ sơ %s gồm những gì",
	      "%s phải đem theo giấy nào", "giấy tờ để %s",
	      "muốn %s thì chuẩn bị gì", "%s đòi mấy loại giấy",
	      "thành phần hồ sơ %s" },
	    "giay to|ho so|giay nao|chuan bi|loai giay" },
	{ { "%s bao lâu thì xong", "mấy ngày có kết quả %s",
	      "thời hạn giải quyết %s", "%s mất mấy bữa", "chừng nào xong %s",
	      "%s chờ lâu không", "bao giờ nhận kết quả %s" },
	    "bao lau|may ngay|thoi han|may bua|chung nao|lau khong|bao gio" },
	{ { "%s qua mạng được không", "%s online thế nào",
	      "nộp trực tuyến để %s", "ngồi nhà %s được không",
	      "%s trên điện thoại", "cách %s trên cổng dịch vụ công",
	      "khỏi ra phường mà %s được không" },
	    "qua mang|online|truc tuyen|ngoi nha|dien thoai|cong|khoi ra" },
	{ { "nhờ người khác %s được không", "ủy quyền %s",
	      "con cái %s thay cha mẹ được không", "%s giùm người thân",
	      "bận quá có ai %s thay không", "%s hộ vợ được không",
	      "giấy ủy quyền để %s" },
	    "nguoi khac|uy quyen|thay|gium|ho vo" },
	{ { "ai được %s", "điều kiện %s", "đối tượng nào %s",
	      "mấy tuổi thì %s được", "người tỉnh khác %s được không",
	      "trường hợp nào phải %s", "tôi có được %s không" },
	    "ai duoc|dieu kien|doi tuong|may tuoi|tinh khac|truong hop|toi "
	    "co" },
	{ { "%s trễ có bị phạt không", "quá hạn mà chưa %s thì sao",
	      "không %s bị phạt bao nhiêu", "quên %s thì xử lý thế nào",
	      "mức phạt khi chậm %s", "chậm %s có sao không",
	      "lỡ hạn %s phải làm sao" },
	    "tre|qua han|phat|quen|cham|lo han" },
};

static const char *const vocabulary_openings[] = { "", "", "", "cho hỏi ",
	"cho em hỏi ", "ad ơi ", "tôi muốn biết ", "dạ ", "anh chị ơi ",
	"xin hỏi ", "mình cần biết ", "nhà tôi mới chuyển tới, " };

static const char *const vocabulary_closings[] = { "", "", "", " ạ", " vậy",
	" với ạ", " nha", " vậy ad", " giúp em với", "?" };

/* Offices have names of two of these. */
static const char *const vocabulary_names[] = { "Tân", "Phú", "Bình", "An",
	"Hòa", "Long", "Thạnh", "Vĩnh", "Mỹ", "Định", "Thuận", "Lộc", "Phước",
	"Hiệp", "Sơn", "Hải", "Trung", "Đông", "Xuân", "Thới", "Khánh", "Quang",
	"Nhơn", "Lợi" };

#define VOCABULARY_COUNT(list) (sizeof(list) / sizeof((list)[0]))

#endif
