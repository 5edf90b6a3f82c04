// SPDX-License-Identifier: AGPL-3.0-or-later
// What would production answer, and why?  Nothing is stored.

import { html, useState } from "../vendor/preact.js";
import { api } from "../api.js";
import { Field, FormError, Submit, useForm } from "../fields.js";
import { link } from "../router.js";
import { addWords, number, t } from "../text.js";
import { Bubbles } from "./faq_preview.js";
import "./faq_words.js";

addWords({
	"try.title": ["Thử câu hỏi", "Try a question"],
	"try.help": ["Máy trả lời như với người dân hỏi lần đầu. Không lưu lại gì.", "Answered as a citizen's first message. Nothing is stored."],
	"try.text": ["Câu hỏi của người dân", "A citizen's question"],
	"try.ask": ["Hỏi thử", "Ask"],
	"try.decision": ["Máy sẽ: {what}", "It would: {what}"],
	"try.confidence": ["Độ chắc {p}; từ {answer} thì trả lời, từ {clarify} thì hỏi lại, thấp hơn thì không.", "Confidence {p}; from {answer} it answers, from {clarify} it asks back, below it does not."],
	"try.read_as": ["Máy đọc là: {text}", "Read as: {text}"],
	"try.shortcut": ["Không so câu nào: {what}.", "Nothing was compared: {what}."],
	"try.candidates": ["Các câu gần nhất", "Nearest entries"],
	"try.confident": ["Độ chắc", "Confidence"],
	"try.score": ["Điểm", "Score"],
	"try.why": ["Vì sao là “{entry}”", "Why “{entry}”"],
	"try.for": ["ủng hộ", "for"],
	"try.against": ["phản đối", "against"],
	"try.phrase": ["Cụm từ", "Phrase"],
	"try.kind": ["Loại", "Kind"],
	"try.weight": ["Góp", "Share"],
	"try.base": ["Kho câu hỏi {base}, ngày {today}.", "FAQ base {base}, day {today}."],
	"try.silent": ["Máy không trả lời tin này.", "It says nothing to this."],
	"reason.words": ["từ trong câu", "words"],
	"reason.keyword": ["từ khóa", "keyword"],
	"reason.pattern": ["mẫu ký tự", "pattern"],
	"shortcut.empty": ["tin trống", "empty"],
	"shortcut.emoji": ["chỉ có biểu tượng", "emoji only"],
	"shortcut.digits": ["chỉ có số", "digits only"],
	"shortcut.gibberish": ["không thành lời", "no words"],
});

const percent = (value) => `${number(Math.round(value * 1000) / 10)}%`;

function Table({ title, heads, rows }) {
	return html`<h3>${title}</h3><div class="wide" tabindex="0" role="region" aria-label=${title}><table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
		<tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}

function Why({ id, reasons, candidates }) {
	const { question } = candidates.find((one) => one.id === id);
	return reasons.length > 0 && html`<${Table} title=${t("try.why", { entry: question })} heads=${[t("try.phrase"), t("try.kind"), t("try.weight")]}
		rows=${reasons.map(({ phrase, weight, kind }) => [phrase, t(`reason.${kind}`), html`<span class=${weight < 0 ? "error" : "good"}>
			${t(weight < 0 ? "try.against" : "try.for")} ${percent(Math.abs(weight))}</span>`])} />`;
}

function Result({ of: { text, decision, confidence, shortcut, candidates, explanations, thresholds, base, today, reply, bubbles } }) {
	return html`<div class="editor"><section>
			<h2><span role="status">${t("try.decision", { what: t(`decision.${decision}`) })}</span></h2>
			<p>${shortcut ? t("try.shortcut", { what: t(`shortcut.${shortcut}`) }) : t("try.confidence",
				{ p: percent(confidence), answer: percent(thresholds.answer), clarify: percent(thresholds.clarify) })}</p>
			<p class="quiet">${t("try.read_as", { text })}</p>
			${candidates.length > 0 && html`<${Table} title=${t("try.candidates")} heads=${[t("faq.question"), t("try.confident"), t("try.score")]}
				rows=${candidates.map((one) => [html`<a href=${link("faq", one.id)}>${one.question}</a>`,
					html`<meter min="0" max="1" optimum="1" low=${thresholds.clarify} high=${thresholds.answer} value=${one.confidence} aria-hidden="true"></meter> ${percent(one.confidence)}`,
					number(Math.round(one.score * 100) / 100)])} />`}
			${explanations.map((one) => html`<${Why} key=${one.id} ...${one} candidates=${candidates} />`)}
			<p class="quiet">${t("try.base", { base, today })}</p></section>
		<section class="preview" aria-label=${t("faq.preview")}><h2>${t("faq.preview")}</h2>
			${reply ? html`<${Bubbles} bubbles=${bubbles} />` : html`<p>${t("try.silent")}</p>`}</section></div>`;
}

export default function Try() {
	const [text, set] = useState("");
	const [result, show] = useState(null);
	const form = useForm(async () => show(await api("POST", "/try", { text })));
	return html`<h1>${t("try.title")}</h1>
		<p class="quiet">${t("try.help")}</p>
		<form class="row" onSubmit=${form.submit}><${Field} label=${t("try.text")} name="text" required maxlength="1000" autocomplete="off"
				value=${text} error=${form.errors.text} onInput=${set} />
			<${Submit} form=${form}>${t("try.ask")}<//></form><${FormError} form=${form} fields=${["text"]} />
		${result && html`<${Result} of=${result} />`}`;
}
