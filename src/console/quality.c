/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A random sample of the answers that were given, for staff to grade; and what
 * the base in force is expected to do at other thresholds. */
#include "figures_json.h"

enum {
	SAMPLE_STANDARD = 50,
	SAMPLE_MAX = 500,
	GRADE_MAX_BYTES = 20,
	CURVE_POINTS = 50,
};

static const char *const grade_names[GRADES] = { "none", "right", "partly",
	"wrong", "unasked" };

/* ---- the sample ---- */

static json_t *
answer_json(const struct graded_answer *answer, const struct faq *faq)
{
	const struct faq_entry *entry = faq_find(faq, answer->entry);

	return json_pack("{s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:f, s:o, s:I, "
			 "s:s, s:o}",
	    "id", (json_int_t)answer->question, "at_ms",
	    (json_int_t)answer->at_ms, "channel", staff_string(answer->channel),
	    "text", staff_string(answer->text), "entry",
	    staff_string(answer->entry), "question",
	    staff_string(entry == NULL ? TEXT("") : entry->question), "answer",
	    staff_string(entry == NULL ? TEXT("") : entry->answer),
	    "confidence", answer->confidence, "label",
	    staff_string(answer->label), "group", (json_int_t)answer->group,
	    "grade", grade_names[answer->grade], "login",
	    staff_string(answer->login));
}

static json_t *
answers_json(struct staff_request *request, const struct grade_sample *sample)
{
	const struct knowledge *knowledge =
	    knowledge_slot_get(request->console->knowledge);
	json_t *list = json_array();

	for (size_t i = 0; i < sample->count; i++)
		if (!figures_json_add(&list,
			answer_json(&sample->answers[i], knowledge->faq)))
			break;
	knowledge_drop(knowledge);
	return list;
}

/* Grades within the sample only: others were not drawn at random. */
static void
count_grades(const struct grade_sample *sample, uint64_t graded[GRADES])
{
	for (size_t i = 0; i < GRADES; i++)
		graded[i] = 0;
	for (size_t i = 0; i < sample->count; i++)
		graded[sample->answers[i].grade]++;
}

static json_t *
wrong_json(const uint64_t graded[GRADES], enum figures_language language)
{
	const struct figures_counts none = { .questions = 0 };
	struct figures_rate rates[FIGURES_RATES];

	figures_json_rates(&none, graded, language, rates);
	for (size_t i = 0; i < FIGURES_RATES; i++)
		if (text_is(text_of(rates[i].key), "wrong"))
			return figures_json_rate(&rates[i]);
	return NULL;
}

static struct staff_answer
get_sample(struct staff_request *request)
{
	struct grade_draw draw;
	struct grade_sample sample;
	struct staff_answer answer;
	uint64_t graded[GRADES];
	uint64_t max;
	enum result result;

	if (!figures_json_period(request, &draw.period, &answer) ||
	    !staff_query_number(
		request, "seed", UINT32_MAX, 0, &draw.seed, &answer) ||
	    !staff_query_number(
		request, "limit", SAMPLE_MAX, SAMPLE_STANDARD, &max, &answer))
		return answer;
	draw.max = max > 0 ? (size_t)max : 1;
	result = store_grade_sample(
	    request->console->store, &draw, request->arena, &sample);
	if (result != OK)
		return staff_failed(result);
	count_grades(&sample, graded);
	return staff_ok(json_pack("{s:o, s:I, s:o, s:{s:I, s:I, s:I, s:I}}",
	    "answers", answers_json(request, &sample), "population",
	    (json_int_t)sample.population, "rate",
	    wrong_json(graded, figures_json_language(request)), "grades",
	    "right", (json_int_t)graded[GRADE_RIGHT], "partly",
	    (json_int_t)graded[GRADE_PARTLY], "wrong",
	    (json_int_t)graded[GRADE_WRONG], "unasked",
	    (json_int_t)graded[GRADE_UNASKED]));
}

/* ---- a grade ---- */

static bool
read_grade(struct staff_request *request, enum grade *out,
    struct staff_answer *refusal_out)
{
	struct text_view name;

	if (!staff_text(request, "grade", GRADE_MAX_BYTES, &name, refusal_out))
		return false;
	for (size_t i = 0; i < GRADES; i++) {
		if (!text_is(name, grade_names[i]))
			continue;
		*out = (enum grade)i;
		return true;
	}
	*refusal_out = staff_error(400, "bad_field", "grade",
	    "give right, partly, wrong, unasked or none");
	return false;
}

static struct staff_answer
set_grade(struct staff_request *request)
{
	struct audit_line line;
	struct staff_answer answer;
	struct buf subject;
	enum grade grade;
	uint64_t question;
	enum result result;

	if (!staff_path_number(request, 0, &question, &answer) ||
	    !read_grade(request, &grade, &answer))
		return answer;
	line = staff_line(request, "answer.grade", TEXT(""));
	buf_init(&subject, GRADE_MAX_BYTES + 64);
	result =
	    buf_printf(&subject, "question %llu", (unsigned long long)question);
	if (result == OK)
		result = arena_text(
		    request->arena, buf_view(&subject), &line.subject);
	buf_fini(&subject);
	if (result == OK)
		result = staff_json(request,
		    json_pack("{s:s}", "grade", grade_names[grade]),
		    &line.after);
	if (result == OK)
		result = store_grade(
		    request->console->store, question, grade, &line);
	return result == OK ? staff_ok(json_object()) : staff_failed(result);
}

/* ---- the trade-off ---- */

static json_t *
point_json(const struct match_index *index, double confidence)
{
	struct match_point point = match_point_at(index, confidence);

	return json_pack("{s:f, s:f, s:f}", "confidence", confidence,
	    "answered", point.answered, "wrong", point.wrong);
}

/* Confidences from 0.02 to 1, evenly, so that a chart needs no more. */
static json_t *
curve_json(const struct match_index *index)
{
	json_t *list = json_array();

	for (int i = 1; i <= CURVE_POINTS; i++)
		if (!figures_json_add(
			&list, point_json(index, (double)i / CURVE_POINTS)))
			return NULL;
	return list;
}

static struct staff_answer
get_curve(struct staff_request *request)
{
	const struct knowledge *knowledge =
	    knowledge_slot_get(request->console->knowledge);
	struct match_thresholds thresholds;
	json_t *json;
	size_t trials;

	match_thresholds(knowledge->index, &thresholds);
	(void)match_trials(knowledge->index, &trials);
	json = json_pack("{s:f, s:f, s:f, s:I, s:o, s:o, s:s}", "answer",
	    thresholds.answer, "clarify", thresholds.clarify, "expected_wrong",
	    thresholds.expected_wrong, "trials", (json_int_t)trials, "in_force",
	    point_json(knowledge->index, thresholds.answer), "curve",
	    curve_json(knowledge->index), "base", knowledge->faq->version);
	knowledge_drop(knowledge);
	return staff_ok(json);
}

const struct staff_route quality_routes[] = {
	{ "GET", "/quality/sample", PERMISSION_QUALITY, get_sample,
	    "A random sample of the answers of a period, the same for the same "
	    "?seed=; ?from= and ?until= (ms), ?limit=, ?language=en" },
	{ "PUT", "/quality/answers/{}/grade", PERMISSION_QUALITY, set_grade,
	    "Grade the answer to a question: \"grade\" is right, partly, "
	    "wrong, unasked (better not answered) or none" },
	{ "GET", "/quality/curve", PERMISSION_QUALITY, get_curve,
	    "What the base in force would do at other thresholds, by "
	    "cross-validation" },
	{ NULL, NULL, PERMISSION_PUBLIC, NULL, NULL },
};
