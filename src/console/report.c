/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The monthly and quarterly report of the office. */
#include "report.h"

#include <stdio.h>

/* Days are listed one by one up to this many, else months. */
enum { DAYS_LISTED_MAX = 31, MONTH_AT = 3 };

static const uint64_t day_ms = (uint64_t)24 * 3600 * 1000;
static const double ms_per_hour = 3600.0 * 1000.0;

struct heading {
	const char *key;
	const char *title[2];
	const char *columns[REPORT_COLUMNS_MAX][2];
};

static const struct heading headings[] = {
	{ "summary", { "Tóm tắt", "Summary" },
	    { { "Chỉ số", "Figure" }, { "Số lượng", "Count" },
		{ "Trên tổng số", "Out of" }, { "Tỷ lệ", "Share" },
		{ "Từ (95 %)", "From (95 %)" }, { "Đến (95 %)", "To (95 %)" },
		{ "Cách tính", "Meaning" } } },
	{ "topics", { "Theo chủ đề", "By topic" },
	    { { "Chủ đề", "Topic" }, { "Câu hỏi", "Questions" },
		{ "Trả lời ngay", "Answered" }, { "Hỏi lại", "Choices" },
		{ "Chưa trả lời", "Not answered" },
		{ "Báo sai", "Called wrong" } } },
	{ "channels", { "Theo kênh", "By channel" },
	    { { "Kênh", "Channel" }, { "Câu hỏi", "Questions" },
		{ "Trả lời ngay", "Answered" }, { "Hỏi lại", "Choices" },
		{ "Chưa trả lời", "Not answered" },
		{ "Báo sai", "Called wrong" } } },
	{ "times", { "Theo thời gian", "By time" },
	    { { "Thời gian", "Time" }, { "Câu hỏi", "Questions" },
		{ "Trả lời ngay", "Answered" }, { "Hỏi lại", "Choices" },
		{ "Chưa trả lời", "Not answered" },
		{ "Báo sai", "Called wrong" } } },
	{ "staff", { "Cán bộ trả lời", "Answers by staff" },
	    { { "Chỉ số", "Figure" }, { "Giá trị", "Value" } } },
	{ "unanswered",
	    { "Chưa trả lời được, nhiều nhất", "Most often not answered" },
	    { { "Câu hỏi", "Question" }, { "Số lần", "Times" } } },
	{ "added", { "Đã bổ sung", "What was added" },
	    { { "Ngày", "Day" }, { "Câu hỏi", "Question" },
		{ "Người xuất bản", "Published by" } } },
};

enum { HEADINGS = sizeof(headings) / sizeof(headings[0]) };

/* ---- cells ---- */

struct making {
	const struct report_source *source;
	struct arena *arena;
	struct report *report;
	struct report_table *table;
	bool full; /* out of memory: checked once, at the end */
};

static void
begin_table(struct making *making, size_t heading, size_t rows)
{
	enum figures_language language = making->source->language;
	struct report_table *table =
	    &making->report->tables[making->report->table_count++];
	const struct heading *from = &headings[heading];

	table->key = from->key;
	table->title = from->title[language];
	while (table->column_count < REPORT_COLUMNS_MAX &&
	       from->columns[table->column_count][0] != NULL) {
		table->columns[table->column_count] =
		    from->columns[table->column_count][language];
		table->column_count++;
	}
	table->row_room = rows;
	table->cells = arena_alloc(making->arena,
	    rows * table->column_count + 1, sizeof(*table->cells));
	making->table = table;
	making->full = making->full || table->cells == NULL;
}

/* The cells of one more row, zeroed: empty texts. */
static struct report_cell *
add_row(struct making *making)
{
	struct report_table *table = making->table;

	if (making->full || table->row_count == table->row_room) {
		making->full = true;
		return NULL;
	}
	return &table->cells[table->row_count++ * table->column_count];
}

static struct report_cell
text_cell(struct text_view text)
{
	return (struct report_cell){ REPORT_TEXT, text, 0 };
}

static struct report_cell
number_cell(enum report_kind kind, double number)
{
	return (struct report_cell){ kind, TEXT(""), number };
}

static struct report_cell
count_cell(uint64_t count)
{
	return number_cell(REPORT_COUNT, (double)count);
}

static const char *
word(const struct making *making, const char *vietnamese, const char *english)
{
	return making->source->language == FIGURES_ENGLISH ? english
							   : vietnamese;
}

/* "24/11/2026", as it is written in Vietnam. */
static void
local_date(uint64_t ms, char out[DATE_SIZE])
{
	char date[DATE_SIZE];

	date_of_ms(ms, date);
	(void)snprintf(
	    out, DATE_SIZE, "%.2s/%.2s/%.4s", &date[8], &date[5], date);
}

/* ---- tables ---- */

static void
add_summary(struct making *making)
{
	const struct report_source *source = making->source;
	struct figures_rate rates[FIGURES_RATES];
	struct report_cell *row;

	figures_json_rates(
	    &source->figures->all, source->graded, source->language, rates);
	begin_table(making, 0, FIGURES_RATES + 1);
	row = add_row(making);
	if (row != NULL) {
		row[0] =
		    text_cell(text_of(word(making, "Câu hỏi", "Questions")));
		row[1] = count_cell(source->figures->all.questions);
		row[6] = text_cell(text_of(word(making,
		    "Tin nhắn có hỏi một điều gì; lời chào, lời cảm ơn không "
		    "được tính.",
		    "Messages that asked something; greetings and thanks do "
		    "not count.")));
	}
	for (size_t i = 0; i < FIGURES_RATES; i++) {
		const struct figures_rate *rate = &rates[i];

		row = add_row(making);
		if (row == NULL)
			return;
		row[0] = text_cell(text_of(rate->title));
		row[1] = count_cell(rate->part);
		row[2] = count_cell(rate->whole);
		row[6] = text_cell(text_of(rate->meaning));
		if (rate->whole == 0)
			continue;
		row[3] = number_cell(
		    REPORT_SHARE, (double)rate->part / (double)rate->whole);
		row[4] = number_cell(REPORT_SHARE, rate->interval.low);
		row[5] = number_cell(REPORT_SHARE, rate->interval.high);
	}
}

static void
add_counts(struct making *making, struct text_view name,
    const struct figures_counts *counts)
{
	struct report_cell *row = add_row(making);

	if (row == NULL)
		return;
	row[0] = text_cell(name);
	row[1] = count_cell(counts->questions);
	row[2] = count_cell(counts->answered + counts->picked);
	row[3] = count_cell(counts->clarified);
	row[4] = count_cell(counts->unanswered);
	row[5] = count_cell(counts->disputed);
}

static void
add_topics(struct making *making)
{
	const struct report_source *source = making->source;

	begin_table(making, 1, source->topic_count);
	for (size_t i = 0; i < source->topic_count; i++) {
		struct text_view name = source->topics[i].name;

		if (name.len == 0)
			name = text_of(word(making, "Chưa rõ chủ đề",
			    "No topic, since no entry was given"));
		else if (text_is(name, "?"))
			name = text_of(word(
			    making, "Mục đã bị bỏ", "Entries that are gone"));
		add_counts(making, name, &source->topics[i].counts);
	}
}

static void
add_channels(struct making *making)
{
	static const char *const names[][2] = { { "messenger", "Messenger" },
		{ "zalo", "Zalo" }, { "web", "Web" } };
	const struct figures *figures = making->source->figures;

	begin_table(making, 2, figures->channel_count);
	for (size_t i = 0; i < figures->channel_count; i++) {
		struct text_view name = figures->channels[i].name;

		for (size_t at = 0; at < sizeof(names) / sizeof(names[0]); at++)
			if (text_is(name, names[at][0]))
				name = text_of(names[at][1]);
		add_counts(making, name, &figures->channels[i].counts);
	}
}

/* Days, or the months that they lie in. */
static void
add_times(struct making *making)
{
	const struct figures *figures = making->source->figures;
	bool by_month = figures->day_count > DAYS_LISTED_MAX;
	size_t skip = by_month ? MONTH_AT : 0;

	begin_table(making, 3, figures->day_count);
	for (size_t i = 0; i < figures->day_count && !making->full;) {
		struct figures_counts sum = { .questions = 0 };
		struct text_view name;
		char date[DATE_SIZE];

		local_date(figures->first_day_ms + i * day_ms, date);
		if (arena_text(making->arena, text_of(date + skip), &name) !=
		    OK) {
			making->full = true;
			return;
		}
		do {
			store_figures_add(&sum, &figures->days[i++]);
			local_date(figures->first_day_ms + i * day_ms, date);
		} while (i < figures->day_count && text_is(name, date + skip));
		add_counts(making, name, &sum);
	}
}

static void
add_wait(struct making *making, const char *name, struct report_cell value)
{
	struct report_cell *row = add_row(making);

	if (row == NULL)
		return;
	row[0] = text_cell(text_of(name));
	row[1] = value;
}

static void
add_staff(struct making *making)
{
	const struct figures_wait *wait = &making->source->figures->wait;
	bool none = wait->replies == 0;

	begin_table(making, 4, 3);
	add_wait(making,
	    word(making, "Câu hỏi được cán bộ trả lời",
		"Questions that staff answered"),
	    count_cell(wait->replies));
	add_wait(making,
	    word(making, "Một nửa được trả lời trong (giờ)",
		"Half of them within (hours)"),
	    none ? text_cell(TEXT("–"))
		 : number_cell(
		       REPORT_HOURS, (double)wait->median_ms / ms_per_hour));
	add_wait(making,
	    word(making, "Chín phần mười được trả lời trong (giờ)",
		"Nine in ten of them within (hours)"),
	    none ? text_cell(TEXT("–"))
		 : number_cell(REPORT_HOURS,
		       (double)wait->nine_in_ten_ms / ms_per_hour));
}

static void
add_unanswered(struct making *making)
{
	const struct report_source *source = making->source;

	begin_table(making, 5, source->group_count);
	for (size_t i = 0; i < source->group_count; i++) {
		const struct figures_group *group = &source->groups[i];
		struct report_cell *row = add_row(making);

		if (row == NULL)
			return;
		row[0] = text_cell(
		    group->text.len > 0
			? group->text
			: text_of(word(making, "(nội dung đã xóa theo hạn)",
			      "(text erased by now)")));
		row[1] = count_cell(group->questions);
	}
}

/* Published entries, by the words of the audit log: "entry ID". */
static void
add_added(struct making *making)
{
	static const struct text_view prefix = { "entry ", 6 };
	const struct report_source *source = making->source;

	begin_table(making, 6, source->added_count);
	for (size_t i = 0; i < source->added_count; i++) {
		const struct audit_line *line = &source->added[i];
		struct text_view id = line->subject;
		const struct faq_entry *entry;
		struct report_cell *row = add_row(making);
		char date[DATE_SIZE];

		if (row == NULL)
			return;
		if (text_starts(id, prefix))
			id = text_slice(id, prefix.len, id.len);
		entry = faq_find(source->faq, id);
		local_date(line->at_ms, date);
		if (arena_text(making->arena, text_of(date), &row[0].text) !=
			OK ||
		    arena_text(making->arena,
			entry == NULL ? id : entry->question,
			&row[1].text) != OK)
			making->full = true;
		row[2] = text_cell(line->login);
	}
}

static enum result
add_title(struct making *making)
{
	const struct figures_period *period = &making->source->period;
	char from[DATE_SIZE];
	char until[DATE_SIZE];
	struct buf title;
	enum result result;

	local_date(period->from_ms, from);
	local_date(period->until_ms - 1, until);
	buf_init(&title, 256);
	result = buf_printf(&title, "%s %s – %s",
	    word(making, "Báo cáo hỏi đáp", "Questions and answers"), from,
	    until);
	if (result == OK)
		result = arena_text(
		    making->arena, buf_view(&title), &making->report->title);
	buf_fini(&title);
	return result;
}

enum result
report_make(
    const struct report_source *source, struct arena *arena, struct report *out)
{
	static void (*const parts[HEADINGS])(
	    struct making * making) = { add_summary, add_topics, add_channels,
		add_times, add_staff, add_unanswered, add_added };
	struct report report = { .table_count = 0 };
	struct making making = { source, arena, &report, NULL, false };
	enum result result = add_title(&making);

	for (size_t i = 0; result == OK && i < HEADINGS; i++)
		parts[i](&making);
	if (making.full)
		result = ERR_NOMEM;
	if (result == OK)
		*out = report;
	return result;
}
