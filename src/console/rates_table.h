/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Every rate that staff see, each with what it says, in both languages.
 * RATE(key, part, whole, title, title in English, meaning, its English), where
 * part and whole are expressions over the counts COUNTS and the grades GRADED.
 * Included where RATE is defined. */

/* clang-format off */

RATE(answered, COUNTS.answered + COUNTS.picked, COUNTS.questions,
    "Được trả lời ngay", "Answered at once",
    "Số câu hỏi được trả lời, được chỉ đúng nơi giải quyết, hoặc người "
    "dân đã chọn một gợi ý, chia cho tổng số câu hỏi. Không nói câu "
    "trả lời có đúng hay không.",
    "Questions that got an answer or the right office, or whose "
    "choices included one that the citizen took, of all questions. It "
    "does not say whether the answer was right.")
RATE(clarified, COUNTS.clarified, COUNTS.questions,
    "Được hỏi lại", "Offered choices",
    "Số câu hỏi mà trợ lý đưa ra các gợi ý “Có phải ý anh/chị là…”, "
    "chia cho tổng số câu hỏi.",
    "Questions to which the bot offered choices, of all questions.")
RATE(unanswered, COUNTS.unanswered, COUNTS.questions,
    "Chưa trả lời được", "Not answered",
    "Số câu hỏi mà trợ lý nói chưa có câu trả lời và chuyển cho cán "
    "bộ, chia cho tổng số câu hỏi.",
    "Questions to which the bot said that it has no answer yet, of all "
    "questions.")
RATE(handed_over, COUNTS.handed_over, COUNTS.questions,
    "Chuyển cho cán bộ", "Handed to a person",
    "Số lần người dân xin gặp cán bộ, chia cho tổng số câu hỏi.",
    "Questions in which the citizen asked for a person, of all questions.")
RATE(declined, COUNTS.declined, COUNTS.clarified,
    "Gợi ý bị từ chối", "Choices declined",
    "Số lần người dân chọn “Không phải” trước các gợi ý, chia cho số "
    "câu được hỏi lại.",
    "Questions whose choices the citizen declined, of those with choices.")
RATE(disputed, COUNTS.disputed, COUNTS.answered,
    "Người dân báo sai", "Called wrong by citizens",
    "Số câu trả lời mà người dân báo là không đúng, chia cho số câu "
    "trả lời. Phần lớn người dân không báo, nên đây là mức thấp nhất.",
    "Answers that the citizen called wrong, of all answers. Most "
    "citizens say nothing, so this is the least there is.")
RATE(helped, COUNTS.helped, COUNTS.helped + COUNTS.unhelpful,
    "Người dân thấy hữu ích", "Found helpful",
    "Số người bấm “Có ích”, chia cho số người đã đánh giá. Người không "
    "đánh giá không được tính.",
    "Citizens who said it helped, of those who said anything.")
RATE(wrong, GRADED[GRADE_WRONG] + GRADED[GRADE_UNASKED],
    GRADED[GRADE_RIGHT] + GRADED[GRADE_PARTLY] + GRADED[GRADE_WRONG] +
	GRADED[GRADE_UNASKED],
    "Sai theo kiểm tra", "Wrong by audit",
    "Số câu trả lời mà cán bộ chấm là sai hoặc lẽ ra không nên trả "
    "lời, chia cho số câu trả lời đã chấm trong mẫu ngẫu nhiên.",
    "Answers that staff graded wrong, or as better not given, of the "
    "graded ones of a random sample.")

/* clang-format on */
