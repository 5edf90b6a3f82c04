/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Words of courtesy and grammar, which say nothing of what is asked.  They
 * count as if half of all questions had them, also before any has been seen.
 * Only such as stay harmless without marks: "cần" is not here, since "can
 * cuoc" is a thing that is asked about.  Included where FILLER(phrase) is
 * defined. */

/* clang-format off */

FILLER("ạ") FILLER("dạ") FILLER("à") FILLER("ơi") FILLER("nha") FILLER("nhé")
FILLER("nhe") FILLER("nhỉ") FILLER("vậy") FILLER("dậy") FILLER("hả")
FILLER("em") FILLER("anh") FILLER("anh chị") FILLER("tôi") FILLER("tui")
FILLER("ad") FILLER("admin") FILLER("alo") FILLER("hello") FILLER("em chào")
FILLER("xin") FILLER("giúp") FILLER("dùm") FILLER("giùm") FILLER("với")
FILLER("cho hỏi") FILLER("cho em hỏi") FILLER("cho tôi hỏi")
FILLER("cho tui hỏi") FILLER("cho mình hỏi") FILLER("xin hỏi")
FILLER("muốn hỏi") FILLER("hỏi chút") FILLER("cảm ơn") FILLER("em cảm ơn")
FILLER("thì") FILLER("là") FILLER("và") FILLER("có") FILLER("được")
FILLER("không") FILLER("muốn") FILLER("phải") FILLER("bị") FILLER("làm")
FILLER("đi") FILLER("này") FILLER("gì") FILLER("nào") FILLER("biết")
FILLER("cách") FILLER("ở") FILLER("của") FILLER("các") FILLER("những")
FILLER("khi") FILLER("rồi") FILLER("vừa") FILLER("đã") FILLER("luôn")
FILLER("trên") FILLER("như") FILLER("xong") FILLER("gồm") FILLER("hay")
FILLER("đăng ký") FILLER("thủ tục") FILLER("hồ sơ") FILLER("giấy tờ")
FILLER("hướng dẫn") FILLER("thế nào") FILLER("như thế nào")
FILLER("làm thế nào") FILLER("ra sao")
FILLER("làm sao") FILLER("thì sao") FILLER("sao vậy") FILLER("cách nào")
FILLER("kiểu gì") FILLER("được không") FILLER("có được không")
FILLER("được hay không") FILLER("có được")

/* clang-format on */
