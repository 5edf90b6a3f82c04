// SPDX-License-Identifier: AGPL-3.0-or-later
// The fields of an entry.  While it is edited, short lists are lines of text;
// toForm() and toEntry() go there and back, and keep what has no field.

import { html, useEffect, useRef, useState } from "../vendor/preact.js";
import { api } from "../api.js";
import { Field } from "../fields.js";
import { t } from "../text.js";
import { faultWords } from "./faq_words.js";

const texts = ["question", "answer", "owner", "reviewed", "valid_from", "valid_until"];
const lists = ["not_asked_as", "related"];
const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);
const without = (list, at) => list.filter((_, i) => i !== at);

export function toForm(entry) {
	const form = { rest: entry, asked_as: entry.asked_as || [] };
	texts.forEach((key) => { form[key] = entry[key] || ""; });
	lists.forEach((key) => { form[key] = (entry[key] || []).join("\n"); });
	form.keywords = (entry.keywords || []).map((one) => [].concat(one).join(" + ")).join("\n");
	form.buttons = (entry.buttons || []).map(({ title, url, entry: id }) => ({ title, target: url || id || "" }));
	form.sources = entry.sources || [];
	return form;
}

export function toEntry(form) {
	const entry = { ...form.rest };
	const put = (key, value) => {
		if (value.length > 0) entry[key] = value;
		else delete entry[key];
	};
	texts.forEach((key) => put(key, form[key].trim()));
	lists.forEach((key) => put(key, lines(form[key])));
	put("asked_as", lines(form.asked_as.join("\n")));
	put("keywords", lines(form.keywords).map((line) => {
		const parts = line.split(" + ").map((one) => one.trim());
		return parts.length > 1 ? parts : line;
	}));
	put("buttons", form.buttons.filter((one) => one.title || one.target).map(({ title, target }) => ({
		title, ...(target && { [/^http|^\{\{/.test(target) ? "url" : "entry"]: target.trim() }),
	})));
	put("sources", form.sources.filter((one) => one.title || one.url).map((one) =>
		Object.fromEntries(Object.entries(one).filter(([, value]) => value))));
	return entry;
}

/** VALUE once it has been still for MS. */
export function useStill(value, ms) {
	const [still, set] = useState(value);
	useEffect(() => {
		const timer = setTimeout(() => set(value), ms);
		return () => clearTimeout(timer);
	}, [value]);
	return still;
}

function opinionWords({ opinion, confidence, nearest_other: other }) {
	const p = (value) => `${Math.round(value * 100)}%`;
	if (opinion === "own") return t("opinion.own", { p: p(confidence) });
	if (opinion === "other") return t("opinion.other", { other: other.question, p: p(other.confidence) });
	return t("opinion.unknown");
}

// Asked about what is being typed or looked at: forty rows at once would only
// say what the writer knows.
function Phrasing({ id, n, text, focus, onText, onRemove, onEnter }) {
	const [touched, touch] = useState(focus);
	const [opinion, set] = useState(null);
	const input = useRef(null);
	const still = useStill(text, 300).trim();
	useEffect(() => { focus && input.current.focus(); }, []);
	useEffect(() => {
		let gone = false;
		set(null);
		if (touched && still) {
			api("POST", "/faq/opinion", { entry: id || "-", text: still })
				.then((found) => gone || set(found), () => {});
		}
		return () => { gone = true; };
	}, [touched, still]);
	return html`<li><input ref=${input} aria-label=${t("faq.asked_one", { n })} value=${text}
			onFocus=${() => touch(true)} onInput=${(event) => onText([event.target.value])}
			onPaste=${(event) => {
				const many = lines(event.clipboardData.getData("text"));
				if (many.length < 2) return;
				event.preventDefault();
				onText([text, ...many].filter(Boolean));
			}}
			onKeyDown=${(event) => {
				if (event.key !== "Enter" || event.isComposing) return;
				event.preventDefault();
				onEnter();
			}} />
		<button type="button" class="plain icon" aria-label=${t("faq.remove", { what: text })} onClick=${onRemove}>×</button>
		${touched && still && html`<small role="status" class=${`opinion ${opinion?.opinion || ""}`}>
			${opinion ? opinionWords(opinion) : t("opinion.wait")}</small>`}</li>`;
}

function Phrasings({ id, values, error, onChange }) {
	const [fresh, setFresh] = useState(-1); // the row that was just added
	const add = (at) => {
		setFresh(at);
		onChange([...values.slice(0, at), "", ...values.slice(at)]);
	};
	return html`<fieldset><legend>${t("faq.asked_as")} (${values.length})</legend>
		<small class="help">${t("faq.asked_as_help")}</small>
		<ol class="phrasings">${values.map((text, i) => html`<${Phrasing} key=${`${values.length} ${i}`} id=${id} n=${i + 1}
			text=${text} focus=${i === fresh} onEnter=${() => add(i + 1)}
			onText=${(now) => onChange([...values.slice(0, i), ...now, ...values.slice(i + 1)])}
			onRemove=${() => {
				setFresh(Math.min(i, values.length - 2)); // so the focus stays near
				onChange(without(values, i));
			}} />`)}</ol>
		${error && html`<small class="error">${error}</small>`}
		<button type="button" class="secondary" onClick=${() => add(values.length)}>${t("faq.asked_add")}</button></fieldset>`;
}

// Buttons and sources: a few rows of a few short fields.
function Rows({ title, help, add, max, columns, values, error, onChange }) {
	return html`<fieldset><legend>${title}</legend>
		${values.map((one, i) => html`<div class="row" key=${i}>
			${columns.map(([key, label, rest]) => html`<${Field} key=${key} label=${t(label, { n: i + 1 })} value=${one[key] || ""} ...${rest}
				onInput=${(value) => onChange(values.map((old, at) => (at === i ? { ...old, [key]: value } : old)))} />`)}
			<button type="button" class="plain icon" aria-label=${t("faq.remove", { what: one.title || i + 1 })}
				onClick=${() => onChange(without(values, i))}>×</button></div>`)}
		${error && html`<small class="error">${error}</small>`}
		${help && html`<small class="help">${help}</small>`}
		${values.length < max && html`<button type="button" class="secondary" onClick=${() => onChange([...values, {}])}>${add}</button>`}
	</fieldset>`;
}

function Variables({ list, onPick }) {
	return html`<details><summary>${t("faq.variables")}</summary><p class="help">${t("faq.variables_help")}</p>
		<ul class="variables">${list.map(({ name, said }) => html`<li key=${name}><button type="button" class="plain"
			onClick=${() => onPick(`{{${name}}}`)}>${`{{${name}}}`}</button> <span class="quiet">${said}</span></li>`)}</ul></details>`;
}

/** All fields but the id and the topic. */
export function EntryFields({ id, values, change, faults, variables }) {
	const root = useRef(null);
	const error = (key) => faults.filter((one) => one.field === key).map(faultWords).join(" ");
	const field = (key, rest) => html`<${Field} label=${t(`faq.${key}`)} name=${key} value=${values[key]}
		error=${error(key)} onInput=${(value) => change({ [key]: value })} ...${rest} />`;
	const area = (key, help, rows) => field(key, { as: "textarea", rows, help });
	function insert(name) {
		const box = root.current.querySelector("[name=answer]");
		change({ answer: values.answer.slice(0, box.selectionStart) + name + values.answer.slice(box.selectionEnd) });
		box.focus();
	}
	const count = [...values.answer].length;
	return html`<div ref=${root}>
		${field("question")}
		${area("answer", t("faq.answer_count", { n: count }), 9)}
		<${Variables} list=${variables} onPick=${insert} />
		<${Rows} title=${t("faq.buttons")} help=${t("faq.button_help")} add=${t("faq.button_add")} max=${3} values=${values.buttons} error=${error("buttons")}
			columns=${[["title", "faq.button_title", { maxlength: 20 }], ["target", "faq.button_target"]]} onChange=${(buttons) => change({ buttons })} />
		<${Phrasings} id=${id} values=${values.asked_as} error=${error("asked_as")} onChange=${(asked_as) => change({ asked_as })} />
		<details open=${faults.length > 0}><summary>${t("faq.matching")}</summary>
			${area("not_asked_as", t("faq.lines"), 4)}${area("keywords", t("faq.keywords_help"), 4)}${area("related", t("faq.related_help"), 3)}</details>
		<details open=${faults.length > 0}><summary>${t("faq.more")}</summary>
			<${Rows} title=${t("faq.sources")} add=${t("faq.source_add")} max=${9} values=${values.sources} error=${error("sources")} onChange=${(sources) => change({ sources })}
				columns=${[["title", "faq.source_title"], ["url", "faq.source_url"], ["dated", "faq.source_dated", { type: "date" }]]} />
			${field("owner")}
			<div class="row">${["reviewed", "valid_from", "valid_until"].map((key) => field(key, { type: "date" }))}</div></details>
	</div>`;
}
