// SPDX-License-Identifier: AGPL-3.0-or-later
// A random sample of the answers that were given, to be graded; and what
// another threshold would change.

import { html, useMemo, useState } from "../vendor/preact.js";
import { api, query } from "../api.js";
import { Chart } from "../chart.js";
import { Field } from "../fields.js";
import { List } from "../list.js";
import { Empty, Loaded, useLoad } from "../load.js";
import { Period, Rate, inLanguage, lastDays, share } from "../rate.js";
import { go, link } from "../router.js";
import { addWords, number, t } from "../text.js";
import { when } from "../time.js";
import { toast } from "../toast.js";

addWords({
	"quality.sample": ["Mẫu ngẫu nhiên", "Random sample"],
	"quality.help": ["Chấm từng câu trả lời (phím 1 đến 4). Cùng số mẫu thì ra cùng các câu.", "Grade each answer (keys 1 to 4). The same sample number gives the same answers."],
	"quality.drawn": ["{count} câu, rút ngẫu nhiên từ {population} câu đã trả lời; đã chấm {graded}.", "{count} answers drawn at random from {population}; {graded} graded."],
	"quality.seed": ["Số mẫu", "Sample number"],
	"quality.size": ["Cỡ mẫu", "Sample size"],
	"quality.empty": ["Chưa có câu trả lời nào để chấm", "There is no answer to grade yet"],
	"quality.empty_help": ["Chọn thời gian dài hơn.", "Choose a longer period."],
	"quality.erased": ["(câu hỏi đã xóa)", "(erased)"],
	"quality.answer": ["Câu trả lời hiện nay", "The answer now"],
	"quality.edit": ["Sửa mục này", "Edit this entry"],
	"quality.group": ["Mở nhóm câu hỏi", "Open the group"],
	"grade.label": ["Chấm câu trả lời", "Grade the answer"],
	"grade.right": ["Đúng", "Right"],
	"grade.partly": ["Đúng một phần", "Partly"],
	"grade.wrong": ["Sai", "Wrong"],
	"grade.unasked": ["Không nên trả lời", "Better not answered"],
	"curve.title": ["Nếu trả lời thận trọng hơn, hoặc mạnh dạn hơn", "If the bot were more careful, or bolder"],
	"curve.help": ["Ước lượng từ {trials} lần thử với câu hỏi mẫu mà máy chưa học.", "Estimated from {trials} trials with phrasings that the matcher had not learnt."],
	"curve.answered": ["Được trả lời", "Answered"],
	"curve.wrong": ["Trả lời sai", "Wrong among them"],
	"curve.chart": ["Tỷ lệ (%) theo độ tin cậy (%)", "Share (%) by confidence (%)"],
	"curve.slider": ["Trả lời từ độ tin cậy", "Answer from confidence"],
	"curve.point": ["Từ {confidence}: trả lời {answered} câu hỏi có trong kho, {wrong} câu trả lời bị sai.", "From {confidence}: {answered} of the questions that have an entry are answered, {wrong} of the answers are wrong."],
	"curve.now": ["Đang dùng", "In force"],
});

const GRADES = ["right", "partly", "wrong", "unasked"];

function Answer({ one, onGrade }) {
	const faulty = one.grade !== "none" && one.grade !== "right";
	return html`<div class="line graded">
		<time datetime=${new Date(one.at_ms).toISOString()}>${when(one.at_ms)}</time>
		<p><strong>${one.text || t("quality.erased")}</strong></p>
		<p>→ ${one.question || one.entry} <span class="quiet">${share(one.confidence)}</span></p>
		${one.answer && html`<details><summary>${t("quality.answer")}</summary><p class="words">${one.answer}</p></details>`}
		<div class="actions" role="group" aria-label=${t("grade.label")}>${GRADES.map((grade, i) =>
			html`<button type="button" tabindex="0" class="secondary" aria-pressed=${one.grade === grade ? "true" : "false"}
				onClick=${() => onGrade(one, grade)}><kbd>${i + 1}</kbd> ${t(`grade.${grade}`)}</button>`)}</div>
		${faulty && html`<p class="next">
			<a href=${link("faq", one.entry)}>${t("quality.edit")}</a>
			${one.group > 0 && html` <a href=${link("questions", one.group)}>${t("quality.group")}</a>`}</p>`}
	</div>`;
}

function Sample({ days, seed, size }) {
	const get = () => api("GET", `/quality/sample${query({ ...lastDays(days), seed, limit: size, ...inLanguage })}`);
	const sample = useLoad(get, [days, seed, size]);
	async function grade(one, given) {
		const next = one.grade === given ? "none" : given; // once more takes it back
		try {
			await api("PUT", `/quality/answers/${one.id}/grade`, { grade: next });
			sample.set(await get()); // the rate changes with it
		} catch (error) {
			toast(error.message, { bad: true });
		}
	}
	const keys = Object.fromEntries(GRADES.map((name, i) => [String(i + 1), (one) => grade(one, name)]));
	return html`<${Loaded} of=${sample}>${(data) => {
		if (data.answers.length === 0) return html`<${Empty} title=${t("quality.empty")}><p>${t("quality.empty_help")}</p><//>`;
		const graded = Object.values(data.grades).reduce((sum, n) => sum + n, 0);
		return html`<ul class="rates"><${Rate} rate=${data.rate} /></ul>
			<p>${t("quality.drawn", { count: number(data.answers.length), population: number(data.population), graded: number(graded) })}</p>
			<${List} items=${data.answers} label=${t("quality.sample")} keys=${keys}
				row=${(one) => html`<${Answer} one=${one} onGrade=${grade} />`} />`;
	}}<//>`;
}

function Curve({ data }) {
	const [at, setAt] = useState(Math.round(data.answer * data.curve.length) - 1);
	const chart = useMemo(() => ({
		x: data.curve.map((point) => Math.round(point.confidence * 100)),
		series: [
			{ name: t("curve.answered"), values: data.curve.map((point) => Math.round(point.answered * 1000) / 10) },
			{ name: t("curve.wrong"), values: data.curve.map((point) => Math.round(point.wrong * 1000) / 10) },
		],
	}), [data]);
	const say = (point) => t("curve.point", { confidence: share(point.confidence), answered: share(point.answered), wrong: share(point.wrong) });
	return html`<p>${t("curve.help", { trials: number(data.trials) })}</p>
		<p><strong>${t("curve.now")}.</strong> ${say(data.in_force)}</p>
		<${Chart} label=${t("curve.chart")} isTime=${false} ...${chart} />
		<${Field} label=${t("curve.slider")} type="range" min="0" max=${data.curve.length - 1} value=${at}
			aria-valuetext=${share(data.curve[at].confidence)} onInput=${(value) => setAt(Number(value))} />
		<p aria-live="polite">${say(data.curve[at])}</p>`;
}

const within = (text, low, high, standard) => {
	const value = Math.floor(Number(text));
	return text && value >= low && value <= high ? value : standard;
};

export default function Quality({ address }) {
	const days = within(address.query.days, 1, 365, 30);
	const seed = within(address.query.seed, 0, 1e6, 1);
	const size = within(address.query.size, 1, 500, 20);
	const curve = useLoad(() => api("GET", "/quality/curve"), []);
	const change = (more) => go(link("quality", { days, seed, size, ...more }), true);
	return html`<h1>${t("nav.quality")}</h1>
		<section><h2>${t("quality.sample")}</h2><p>${t("quality.help")}</p>
			<${Period} days=${days} choices=${[7, 30, 90, 365]} to=${(n) => link("quality", { days: n, seed, size })} />
			<div class="filters">
				<${Field} label=${t("quality.seed")} type="number" min="0" max="1000000" value=${seed} onInput=${(value) => value && change({ seed: value })} />
				<${Field} as="select" label=${t("quality.size")} value=${size} onInput=${(value) => change({ size: value })}>
					${[20, 50, 100, 200].map((n) => html`<option value=${n} selected=${n === size}>${n}</option>`)}<//>
			</div>
			<${Sample} days=${days} seed=${seed} size=${size} /></section>
		<section><h2>${t("curve.title")}</h2>
			<${Loaded} of=${curve}>${(data) => html`<${Curve} data=${data} />`}<//></section>`;
}
