/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/procedures.h"

#include <assert.h>

/* An act, a thing and a circumstance give 12 * 50 * 10 names. */

static const char *const acts[] = {
	"Cấp",
	"Cấp lại",
	"Cấp đổi",
	"Gia hạn",
	"Điều chỉnh nội dung",
	"Thu hồi",
	"Đăng ký",
	"Xác nhận",
	"Thông báo thay đổi",
	"Chấm dứt hiệu lực",
	"Thẩm định, phê duyệt",
	"Bổ sung thông tin",
};

static const struct {
	const char *thing;
	const char *agency;
} things[] = {
	{ "giấy phép kinh doanh bán lẻ rượu", "Sở Công Thương" },
	{ "giấy phép bán lẻ sản phẩm thuốc lá", "Sở Công Thương" },
	{ "giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
	    "Sở An toàn thực phẩm" },
	{ "giấy chứng nhận đăng ký hộ kinh doanh", "Ủy ban nhân dân cấp xã" },
	{ "giấy chứng nhận đăng ký hợp tác xã", "Ủy ban nhân dân cấp xã" },
	{ "giấy phép xây dựng nhà ở riêng lẻ", "Ủy ban nhân dân cấp xã" },
	{ "giấy phép xây dựng công trình quảng cáo", "Sở Xây dựng" },
	{ "chứng chỉ hành nghề hoạt động xây dựng hạng II", "Sở Xây dựng" },
	{ "giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền "
	  "với đất",
	    "Văn phòng đăng ký đất đai" },
	{ "biến động quyền sử dụng đất do chuyển nhượng, tặng cho",
	    "Văn phòng đăng ký đất đai" },
	{ "biện pháp bảo đảm bằng quyền sử dụng đất",
	    "Văn phòng đăng ký đất đai" },
	{ "giấy phép khai thác nước dưới đất", "Sở Nông nghiệp và Môi trường" },
	{ "giấy phép môi trường của dự án đầu tư",
	    "Sở Nông nghiệp và Môi trường" },
	{ "giấy phép khai thác thủy sản", "Sở Nông nghiệp và Môi trường" },
	{ "giấy chứng nhận đăng ký tàu cá", "Sở Nông nghiệp và Môi trường" },
	{ "giấy chứng nhận vùng nuôi trồng thủy sản",
	    "Sở Nông nghiệp và Môi trường" },
	{ "chứng chỉ hành nghề thú y", "Sở Nông nghiệp và Môi trường" },
	{ "giấy phép lái xe cơ giới đường bộ", "Công an tỉnh, thành phố" },
	{ "giấy chứng nhận đăng ký xe mô tô", "Công an cấp xã" },
	{ "phù hiệu xe tuyến cố định", "Sở Xây dựng" },
	{ "giấy chứng nhận đăng ký phương tiện thủy nội địa", "Sở Xây dựng" },
	{ "giấy phép hoạt động bến thủy nội địa", "Sở Xây dựng" },
	{ "giấy khai sinh", "Ủy ban nhân dân cấp xã" },
	{ "giấy chứng nhận kết hôn", "Ủy ban nhân dân cấp xã" },
	{ "giấy xác nhận tình trạng hôn nhân", "Ủy ban nhân dân cấp xã" },
	{ "việc nhận cha, mẹ, con", "Ủy ban nhân dân cấp xã" },
	{ "việc giám hộ", "Ủy ban nhân dân cấp xã" },
	{ "việc nuôi con nuôi trong nước", "Ủy ban nhân dân cấp xã" },
	{ "bản sao trích lục hộ tịch", "Ủy ban nhân dân cấp xã" },
	{ "phiếu lý lịch tư pháp", "Công an tỉnh, thành phố" },
	{ "thẻ căn cước", "Công an cấp xã" },
	{ "hộ chiếu phổ thông", "Công an tỉnh, thành phố" },
	{ "thẻ tạm trú cho người nước ngoài", "Công an tỉnh, thành phố" },
	{ "giấy phép lao động cho người lao động nước ngoài", "Sở Nội vụ" },
	{ "nội quy lao động của doanh nghiệp", "Sở Nội vụ" },
	{ "chế độ ưu đãi đối với người có công với cách mạng",
	    "Ủy ban nhân dân cấp xã" },
	{ "trợ cấp xã hội hằng tháng", "Ủy ban nhân dân cấp xã" },
	{ "mức độ khuyết tật", "Ủy ban nhân dân cấp xã" },
	{ "hỗ trợ chi phí mai táng", "Ủy ban nhân dân cấp xã" },
	{ "thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi", "Bảo hiểm xã hội cơ sở" },
	{ "chế độ thai sản", "Bảo hiểm xã hội cơ sở" },
	{ "giấy phép hành nghề khám bệnh, chữa bệnh", "Sở Y tế" },
	{ "giấy phép hoạt động phòng khám chuyên khoa", "Sở Y tế" },
	{ "giấy chứng nhận đủ điều kiện kinh doanh dược", "Sở Y tế" },
	{ "quyết định thành lập trường mẫu giáo tư thục",
	    "Ủy ban nhân dân cấp xã" },
	{ "giấy phép hoạt động trung tâm ngoại ngữ, tin học",
	    "Sở Giáo dục và Đào tạo" },
	{ "bằng tốt nghiệp trung học phổ thông từ sổ gốc",
	    "Sở Giáo dục và Đào tạo" },
	{ "giấy phép kinh doanh dịch vụ lữ hành nội địa", "Sở Du lịch" },
	{ "thẻ hướng dẫn viên du lịch quốc tế", "Sở Du lịch" },
	{ "giấy phép tổ chức biểu diễn nghệ thuật", "Sở Văn hóa và Thể thao" },
};

static const char *const circumstances[] = {
	"",
	" đối với cá nhân",
	" đối với tổ chức",
	" có yếu tố nước ngoài",
	" do bị mất, hư hỏng hoặc sai thông tin",
	" khi thay đổi địa chỉ hoặc người đại diện theo pháp luật",
	" tại khu công nghiệp, khu chế xuất, khu kinh tế",
	" đối với người dân tộc thiểu số, hộ nghèo và hộ cận nghèo",
	" thuộc thẩm quyền của Ủy ban nhân dân cấp tỉnh",
	" theo hình thức liên thông trên Cổng Dịch vụ công quốc gia",
};

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static enum result
add_row(size_t number, struct buf *out)
{
	static const char *const levels[] = { "Cấp xã", "Cấp tỉnh", "Cấp bộ" };
	size_t act = number % COUNT_OF(acts);
	size_t thing = number / COUNT_OF(acts) % COUNT_OF(things);
	size_t circumstance = number / COUNT_OF(acts) / COUNT_OF(things);
	size_t code = 1000000 + 37 * number;

	return buf_printf(out,
	    "%zu.%06zu.000.00.00.H29;\"%s %s%s\";%s;%s;%s;%zu ngày làm việc;"
	    "https://dichvucong.gov.vn/thu-tuc/%zu\r\n",
	    1 + number % 2, code % 1000000, acts[act], things[thing].thing,
	    circumstances[circumstance], things[thing].agency,
	    levels[number % COUNT_OF(levels)],
	    number % 3 == 0 ? "Không" : "Theo nghị quyết của HĐND",
	    3 + number % 30, code);
}

enum result
procedures_csv(size_t count, struct buf *out)
{
	enum result result = buf_add(
	    out, TEXT("\xEF\xBB\xBF"
		      "Mã thủ tục;Tên thủ tục;Cơ quan thực hiện;Cấp thực hiện;"
		      "Phí, lệ phí;Thời hạn giải quyết;Đường dẫn\r\n"));

	static_assert(
	    COUNT_OF(acts) * COUNT_OF(things) * COUNT_OF(circumstances) ==
		PROCEDURES_MAX,
	    "as many as the header says");
	assert(count <= PROCEDURES_MAX);
	for (size_t i = 0; i < count && result == OK; i++)
		result = add_row(i, out);
	return result;
}
