// SPDX-License-Identifier: AGPL-3.0-or-later
// From a group to the FAQ base: its words become a phrasing of an entry, or a
// new entry begins with them.  Those who may publish check and publish it right
// here, and the askers get the answer.

import { html, useEffect, useState } from "../vendor/preact.js";
import { api, query } from "../api.js";
import { Dialog } from "../dialog.js";
import { DraftNotice, useDraft } from "../draft.js";
import { Check, Field, FormError, Submit, useForm, useId } from "../fields.js";
import { Loaded, Progress, useLoad } from "../load.js";
import { number, t } from "../text.js";
import { toast } from "../toast.js";
import { reached, sendKey, useFocus } from "./questions_reply.js";
import { Act, Ends } from "./questions_work.js";

const PAUSE_MS = 150;
const CHECK_MS = 300;
const REPLAYED = 2000;
const OFFERED = 6;

export const percent = (confidence) => `${Math.min(99, Math.round(confidence * 100))}%`;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// An answer with variables, as citizens get it.
async function spoken(entry) {
	if (!entry.answer.includes("{{")) return entry.answer;
	return (await api("POST", "/faq/preview", { entry })).reply.text;
}

/* ---- an entry that is there ---- */

// Until something is typed: the entries that are nearest to the group.
function useFound(words, group) {
	const near = group.candidates.map(({ entry, confidence }) => ({ ...entry, confidence }));
	const [found, set] = useState(near);
	useEffect(() => {
		if (!words.trim()) {
			set(near);
			return undefined;
		}
		let gone = false;
		const timer = setTimeout(() => api("GET", `/faq${query({ q: words, limit: 8 })}`).then(
			({ entries }) => gone || set(entries),
			(error) => toast(error.message, { bad: true })), PAUSE_MS);
		return () => {
			gone = true;
			clearTimeout(timer);
		};
	}, [words]);
	return found;
}

export function Attach({ group, work, mayReply, onReply, onClose }) {
	const [values, change, draft] = useDraft(`attach.${group.id}`, { text: group.text });
	const [words, setWords] = useState("");
	const [at, setAt] = useState(0);
	const id = useId();
	const found = useFound(words, group);
	const form = useForm(async () => {
		const entry = found[at];
		if (!entry) return;
		const said = await work.run(group, "attach", { entry: entry.id, text: values.text });
		if (said) draft.drop();
		onClose();
		if (!said || !mayReply) return;
		const { in_force: { entry: full } } = await api("GET", `/faq/entries/${entry.id}`);
		onReply(said, await spoken(full), entry.id);
	});
	function keys(event) {
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		if (!step) return;
		event.preventDefault();
		setAt(Math.max(0, Math.min(found.length - 1, at + step)));
	}
	return html`<${Dialog} title=${t("q.attach")} onClose=${onClose}>
		<form onSubmit=${form.submit}>
			<${DraftNotice} draft=${draft} />
			<${Field} label=${t("q.find")} help=${t("q.find_help")} autofocus autocomplete="off" value=${words}
				role="combobox" aria-expanded="true" aria-controls=${id} aria-activedescendant=${found[at] && `${id}-${at}`}
				error=${form.errors.entry} onKeyDown=${keys} onInput=${(next) => { setWords(next); setAt(0); }} />
			<ul class="list" role="listbox" id=${id} aria-label=${t("q.near")}>${found.map((entry, i) => html`
				<li key=${entry.id} id=${`${id}-${i}`} role="option" aria-selected=${i === at ? "true" : "false"}
					class=${i === at ? "current" : ""} onClick=${() => setAt(i)}>
					${entry.question || entry.id} ${entry.confidence !== undefined && html`<span class="badge">${percent(entry.confidence)}</span>`}
				</li>`)}</ul>
			<${Field} label=${t("q.phrasing")} required maxlength="160" value=${values.text}
				error=${form.errors.text} onInput=${(text) => change({ text })} />
			<${FormError} form=${form} fields=${["entry", "text"]} />
			<${Ends} form=${form} onClose=${onClose} disabled=${!found[at]}>${t("q.attach")}<//>
		</form><//>`;
}

/* ---- a new entry ---- */

// The group's number keeps it from meeting another one.
const idOf = (group) => `${group.text.toLowerCase().replace(/đ/g, "d").normalize("NFD")
	.replace(/[^a-z0-9\s]/g, "").trim().split(/\s+/).slice(0, 8).join("-")}-${group.id}`.replace(/^-/, "");

function Write({ group, work, session, start, onClose }) {
	const may = (permission) => session.permissions.includes(permission);
	const { proposal, topics, reach } = start;
	const others = proposal.asked_as.slice(0, OFFERED);
	const n = reach ? reached(reach, false) : 0;
	const [values, change, draft] = useDraft(`entry.of.${group.id}`, {
		question: proposal.question, topic: proposal.topic || Object.keys(topics)[0], answer: "",
		asked: others.slice(0, 3), reply: true, seen: {},
	});
	const [check, setCheck] = useState(null);
	const [override, setOverride] = useState("");
	const root = useFocus(Boolean(check?.report));
	const id = idOf(group);
	const entry = { id, question: values.question, asked_as: values.asked, answer: values.answer };
	const replies = values.reply && n > 0;

	async function tellAskers(published) {
		const body = published ? { entry: id } : {};
		if (replies) await work.run(group, "reply", { ...body, text: await spoken(entry) });
		else if (published) await work.run(group, "answer", body);
		draft.drop();
		onClose();
	}
	async function inReview() {
		toast(t("q.in_review"));
		await tellAskers(false);
	}
	const form = useForm(async () => {
		const path = `/faq/entries/${id}`;
		const kept = await api("PUT", `${path}/draft`, { ...values.seen, topic: values.topic, entry });
		const seen = await api("POST", `${path}/submit`, { number: kept.number, version: kept.version });
		change({ seen: { number: seen.number, version: seen.version } });
		if (!may("faq_approve")) return inReview();
		let state = await api("POST", "/faq/checks", { entries: [id], questions: REPLAYED });
		while (!state.report && !state.failed) {
			setCheck(state);
			await pause(CHECK_MS);
			state = await api("GET", `/faq/checks/${state.check}`);
		}
		return setCheck(state);
	});
	const publish = useForm(async () => {
		try {
			await api("POST", `/faq/checks/${check.check}/publish`, check.report.passes ? {} : { override });
		} catch (error) {
			if (error.code === "same_person") return inReview();
			throw error;
		}
		toast(t("q.published"));
		return tellAskers(true);
	});
	if (check) {
		const { report } = check;
		// What the gate holds against it; a reviewer may say why not.
		const lost = report && !report.refused && !report.passes && (report.golden?.lost || []);
		return html`<form ref=${root} onSubmit=${publish.submit}>
			${!report && !check.failed && html`<${Progress} label=${t("q.check")}
				value=${check.total ? check.done / check.total : undefined} />`}
			${report?.replay && html`<p>${t("q.change", { changed: number(report.replay.changed), questions: number(report.replay.questions) })}</p>
				<ul>${report.replay.changes.slice(0, 5).map(({ text }) => html`<li>${text}</li>`)}</ul>`}
			${lost && html`<div class="notice bad" role="alert"><p>${t("q.lost")}</p>
				<ul>${lost.slice(0, 5).map(({ question }) => html`<li>${question}</li>`)}</ul></div>
				<${Field} label=${t("q.override")} required autofocus maxlength="300" value=${override}
					error=${publish.errors.override} onInput=${setOverride} />`}
			${(check.failed || report?.refused) && html`<p class="notice bad" role="alert">${t("q.bad")}</p>`}
			<${FormError} form=${publish} fields=${["override"]} />
			<div class="actions">${report && !report.refused && html`<${Submit} form=${publish} autofocus=${!lost}>${t("q.publish")}${replies ? ` (${n})` : ""}<//>`}
				<${Act} act=${() => setCheck(null)}>${t("cancel")}<//></div>
		</form>`;
	}
	return html`<form ref=${root} onSubmit=${form.submit} onKeyDown=${sendKey}>
		<${DraftNotice} draft=${draft} />
		<${Field} label=${t("q.question")} required value=${values.question} error=${form.errors.question}
			onInput=${(question) => change({ question })} />
		<${Field} as="textarea" rows="6" label=${t("q.text")} required autofocus value=${values.answer}
			error=${form.errors.answer} onInput=${(answer) => change({ answer })} />
		<${Field} as="select" label=${t("q.topic")} value=${values.topic} error=${form.errors.topic}
			onInput=${(topic) => change({ topic })}>${Object.entries(topics).map(([key, title]) =>
				html`<option value=${key} selected=${key === values.topic}>${title}</option>`)}<//>
		<fieldset><legend>${t("q.phrasings")}</legend>${others.map((text) => html`<${Check} key=${text} label=${text}
			checked=${values.asked.includes(text)} onChange=${(on) =>
				change({ asked: on ? [...values.asked, text] : values.asked.filter((one) => one !== text) })} />`)}</fieldset>
		${n > 0 && html`<${Check} label=${t("q.then_reply", { n })} checked=${values.reply} onChange=${(reply) => change({ reply })} />`}
		<${FormError} form=${form} fields=${["question", "answer", "topic"]} />
		<${Ends} form=${form} onClose=${onClose}>${t(may("faq_approve") ? "q.check" : "q.save")}<//>
	</form>`;
}

export function NewEntry(props) {
	const { group, session, onClose } = props;
	const start = useLoad(async () => {
		const mayReply = session.permissions.includes("reply");
		const [proposal, { topics }, reach] = await Promise.all([
			api("GET", `/groups/${group.id}/proposal`),
			api("GET", "/faq?limit=1"),
			mayReply ? api("GET", `/groups/${group.id}/reach`) : null,
		]);
		return { proposal, topics, reach };
	}, [group.id]);
	return html`<${Dialog} title=${t("q.new")} onClose=${onClose}>
		<${Loaded} of=${start}>${(data) => html`<${Write} ...${props} start=${data} />`}<//><//>`;
}
