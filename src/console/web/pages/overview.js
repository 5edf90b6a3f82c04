// SPDX-License-Identifier: AGPL-3.0-or-later
// Where one lands: what should be looked at today, and what happened.

import { html, useMemo } from "../vendor/preact.js";
import { api, query } from "../api.js";
import { Chart } from "../chart.js";
import { Loaded, useLoad } from "../load.js";
import { mayOpen, pages } from "../pages.js";
import { Period, Rate, inLanguage, lastDays } from "../rate.js";
import { ReportTable } from "../report_table.js";
import { link } from "../router.js";
import { addWords, number, t } from "../text.js";
import { when } from "../time.js";

addWords({
	"overview.today": ["Hôm nay: {questions} câu hỏi, {answered} được trả lời ngay, {unanswered} chưa trả lời được.", "Today: {questions} questions, {answered} answered at once, {unanswered} not answered."],
	"overview.all": ["{n} câu hỏi trong kỳ. Bấm vào một tỷ lệ để xem cách tính.", "{n} questions in the period. Press a rate to see what it means."],
	"burning.title": ["Cần xem ngay", "Look at these"],
	"burning.none": ["Không có việc gấp.", "Nothing is urgent."],
	"burning.group": ["“{text}”: {recent} lần trong 7 ngày qua, tuần trước {before}.", "“{text}”: {recent} times in 7 days, {before} the week before."],
	"burning.erased": ["(nội dung đã xóa)", "(erased)"],
	"burning.windows": ["{n} câu hỏi sắp hết hạn nhắn lại, sớm nhất {at}.", "{n} questions can soon be answered no more, the first at {at}."],
	"burning.parked": ["{n} tin nhắn không gửi được, chờ xử lý.", "{n} replies could not be sent."],
	"burning.stale": ["{n} mục trong kho câu hỏi cần xem lại:", "{n} entries need a look:"],
	"burning.token": ["{account} ({channel}): mã truy cập thiếu hoặc hết hạn, cần cấp quyền lại.", "{account} ({channel}): the token is missing or at its end; consent again."],
	"stale.reviewed": ["rà soát {date}", "reviewed {date}"],
	"stale.ends": ["hiệu lực đến {date}", "valid until {date}"],
	"figures.rates": ["Tỷ lệ", "Rates"],
	"figures.by_day": ["Theo ngày", "By day"],
	"figures.by_hour": ["Theo giờ trong ngày", "By hour of the day"],
	"figures.questions": ["Câu hỏi", "Questions"],
	"figures.answered": ["Trả lời ngay", "Answered"],
	"figures.unanswered": ["Chưa trả lời", "Not answered"],
});

const DAYS = [1, 7, 30, 90, 365];
// Tables of the report that are shown here as well.
const SHOWN = ["channels", "topics", "staff"];
const DAY = 24 * 3600 * 1000;
const date = (iso) => iso.split("-").reverse().join("/");
const answered = (counts) => counts.answered + counts.picked;

function Burning({ data, session }) {
	// A link only where this person may follow it.
	const go = (words, page, ...rest) => (pages.some((one) => one.path === page && mayOpen(one, session))
		? html`<a href=${link(page, ...rest)}>${words}</a>` : words);
	const items = [
		...data.tokens.map((one) => html`<li>${t("burning.token", one)}</li>`),
		data.windows.questions > 0 && html`<li>${go(t("burning.windows",
			{ n: data.windows.questions, at: when(data.windows.first_ms) }), "questions")}</li>`,
		data.parked > 0 && html`<li>${go(t("burning.parked", { n: data.parked }), "conversations")}</li>`,
		...data.groups.map((group) => html`<li>${go(t("burning.group",
			{ ...group, text: group.text || t("burning.erased") }), "questions", group.id)}</li>`),
		data.stale.count > 0 && html`<li>${t("burning.stale", { n: data.stale.count })}
			<ul>${data.stale.entries.map((entry) => html`<li>${go(entry.question, "faq", entry.id)}
				${" "}<span class="quiet">${t(entry.why === "reviewed" ? "stale.reviewed" : "stale.ends", { date: date(entry.date) })}</span></li>`)}</ul></li>`,
	].filter(Boolean);
	return items.length === 0 ? html`<p>${t("burning.none")}</p>` : html`<ul class="burning">${items}</ul>`;
}

function Figures({ data }) {
	const series = (list) => [
		{ name: t("figures.questions"), values: list.map((one) => one.questions) },
		{ name: t("figures.answered"), values: list.map(answered) },
		{ name: t("figures.unanswered"), values: list.map((one) => one.unanswered) },
	];
	const daily = useMemo(() => ({
		x: data.days.map((one, i) => data.first_day_ms + i * DAY),
		series: series(data.days),
	}), [data]);
	const hourly = useMemo(() => ({ x: data.hours.map((one, i) => i), series: series(data.hours) }), [data]);
	const today = data.days[data.days.length - 1];
	return html`
		<p>${t("overview.today", { questions: number(today.questions), answered: number(answered(today)), unanswered: number(today.unanswered) })}</p>
		<section><h2>${t("figures.rates")}</h2><p class="quiet">${t("overview.all", { n: number(data.all.questions) })}</p>
			<ul class="rates">${data.rates.map((rate) => html`<${Rate} key=${rate.key} rate=${rate} />`)}</ul></section>
		${data.days.length > 1 && html`<${Chart} label=${t("figures.by_day")} ...${daily} />`}
		<${Chart} label=${t("figures.by_hour")} isTime=${false} ...${hourly} />`;
}

export default function Overview({ session, address }) {
	const days = DAYS.includes(Number(address.query.days)) ? Number(address.query.days) : 30;
	const burning = useLoad(() => api("GET", "/figures/burning"), []);
	const asked = query({ ...lastDays(days), ...inLanguage });
	const figures = useLoad(() => api("GET", `/figures${asked}`), [asked]);
	const report = useLoad(() => api("GET", `/reports${asked}`), [asked]);
	return html`<h1>${t("overview.hello", { name: session.user.name })}</h1>
		<section><h2>${t("burning.title")}</h2>
			<${Loaded} of=${burning}>${(data) => html`<${Burning} data=${data} session=${session} />`}<//></section>
		<${Period} days=${days} choices=${DAYS} to=${(n) => link("", { days: n })} />
		<div><${Loaded} of=${figures}>${(data) => html`<${Figures} data=${data} />`}<//></div>
		<div><${Loaded} of=${report}>${(data) => data.tables.filter((table) => SHOWN.includes(table.key))
			.map((table) => html`<${ReportTable} key=${table.key} table=${table} />`)}<//></div>`;
}
