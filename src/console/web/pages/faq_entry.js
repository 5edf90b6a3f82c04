// SPDX-License-Identifier: AGPL-3.0-or-later
// One entry: its editor with the preview, its way through review, its history.

import { html, useState } from "../vendor/preact.js";
import { api } from "../api.js";
import { DraftNotice, useDraft } from "../draft.js";
import { Field, FormError, Submit, useForm } from "../fields.js";
import { Loaded, useLoad } from "../load.js";
import { go, link } from "../router.js";
import { t } from "../text.js";
import { when } from "../time.js";
import { toast } from "../toast.js";
import { Conflict } from "./faq_conflict.js";
import { EntryFields, toEntry, toForm } from "./faq_form.js";
import { Diff, History, Reason } from "./faq_history.js";
import { Preview } from "./faq_preview.js";
import { PublishCheck, Published } from "./faq_publish.js";

const NEW_TOPIC = "+";

// What a save must say that its author saw.
const seenOf = (data) => ({
	base: data.in_force?.number ?? 0,
	number: data.draft?.number ?? 0,
	version: data.draft?.version ?? 0,
});

function Where({ values, change, topics, errors, isNew }) {
	const id = isNew && html`<${Field} label=${t("faq.id")} help=${t("faq.id_help")} name="id" required pattern=${"[a-z0-9\\-]+"} maxlength="64"
		autocapitalize="none" spellcheck=${false} value=${values.id} error=${errors.id} onInput=${(next) => change({ id: next })} />`;
	return html`<div class="row">${id}<${Field} as="select" label=${t("faq.topic")} value=${values.pick}
			onInput=${(pick) => change({ pick, topic: pick === NEW_TOPIC ? "" : pick })}>
			${Object.entries(topics).map(([key, title]) => html`<option value=${key}>${title}</option>`)}
			<option value=${NEW_TOPIC}>${t("faq.topic_new")}</option><//></div>
		${values.pick === NEW_TOPIC && html`<div class="row">
			<${Field} label=${t("faq.topic_title")} required value=${values.topic_title} onInput=${(topic_title) => change({ topic_title })} />
			<${Field} label=${t("faq.topic_id")} help=${t("faq.id_help")} required value=${values.topic} error=${errors.topic} onInput=${(topic) => change({ topic })} /></div>`}`;
}

function State({ data: { draft, history, conflict } }) {
	const last = history[0];
	const words = (act, key, more) => html`<p class="notice">${t(key, { who: act.login, when: when(act.at_ms), ...more })}</p>`;
	return html`${draft && words(draft.written, `faq.is_${draft.state}`, { n: draft.number })}
		${last?.state === "rejected" && words(last.decided, "faq.was_rejected", { n: last.number, why: last.decided.why })}
		${conflict && html`<p class="notice bad">${t("faq.file_conflict")}</p>`}`;
}

function Editor({ id, data, topics, variables, session, onChanged }) {
	const { draft, in_force: inForce } = data;
	const now = draft || inForce;
	const [values, change, kept] = useDraft(`entry.${id || "~new"}`, {
		...toForm(now?.entry || {}), id, pick: now?.topic || Object.keys(topics)[0],
		topic: now?.topic || Object.keys(topics)[0], topic_title: "", why: "", seen: seenOf(data), began: now?.entry || {},
	});
	const [faults, setFaults] = useState([]);
	const [clash, setClash] = useState(null);
	const [asks, ask] = useState(null); // what needs a reason
	const may = (name) => session.permissions.includes(name);
	const entry = toEntry(values);
	const path = `/faq/entries/${values.id}`;

	async function save() {
		setFaults([]);
		try {
			const saved = await api("PUT", `${path}/draft`, { ...values.seen, entry, topic: values.topic,
				...(values.pick === NEW_TOPIC && { topic_title: values.topic_title }), ...(values.why && { why: values.why }) });
			kept.drop({ ...values, began: entry, seen: { ...values.seen, number: saved.number, version: saved.version } });
			return saved;
		} catch (error) {
			if (error.code === "draft_faults") setFaults(error.body.faults);
			if (error.code === "conflict") {
				const fresh = await api("GET", path);
				setClash({ theirs: (fresh.draft || fresh.in_force)?.entry || {}, seen: seenOf(fresh) });
			}
			throw error;
		}
	}
	async function step(name, { number, version }, words, more) {
		await api("POST", `${path}/${name}`, { number, version, ...more });
		toast(t(words));
		onChanged(values.id);
	}
	const form = useForm(async () => {
		await save();
		toast(t("faq.draft_saved"));
		onChanged(values.id);
	});
	const submit = useForm(async () => step("submit", await save(), "faq.submitted"));
	const other = async (...args) => {
		try {
			await step(...args);
		} catch (error) {
			toast(error.message, { bad: true });
		}
	};
	const reasons = {
		reject: (why) => step("reject", draft, "faq.rejected", { why }),
		retire: (why) => step("retire", values.seen, "faq.retired", { ...values.seen, why }),
	};
	const button = (words, act, kind = "secondary") => html`<button type="button" class=${kind} onClick=${act}>${t(words)}</button>`;
	const isRetired = inForce?.entry.status === "retired";
	const errors = { ...form.errors, ...submit.errors };
	const waits = draft?.state === "review";
	const check = draft && html`<${PublishCheck} ids=${[id]} session=${session} onPublished=${(result) => {
		kept.drop();
		onChanged(id, result);
	}} />`;
	return html`<${State} data=${data} />
		${waits && html`<h2>${t("faq.changes")}</h2><${Diff} id=${id} from=${inForce?.number ?? 0} to=${draft.number} />
			${may("faq_approve") && button("faq.reject", () => ask("reject"))}${check}`}
		<form class="editor" onSubmit=${form.submit}>
			<div><${DraftNotice} draft=${{ ...kept, drop: () => {
					kept.drop();
					setFaults([]);
				} }} />
				<fieldset disabled=${!may("faq_edit")}>
					<${Where} values=${values} change=${change} topics=${topics} errors=${errors} isNew=${!id} />
					<${EntryFields} id=${values.id} values=${values} change=${change} faults=${faults} variables=${variables} />
					${may("faq_edit") && html`<${Field} label=${t("faq.why")} name="why" maxlength="300" value=${values.why} onInput=${(why) => change({ why })} />`}
				</fieldset>
				<${FormError} form=${form} fields=${["id", "topic"]} /><${FormError} form=${submit} fields=${["id", "topic"]} />
				${may("faq_edit") && html`<div class="actions sticky">
					<${Submit} form=${form}>${t("faq.save_draft")}<//>
						${!waits && button("faq.submit", () => submit.submit())}
					${waits && button("faq.take_back", () => other("take-back", draft, "faq.taken_back"))}
					${draft && button("faq.withdraw", () => other("withdraw", draft, "faq.withdrawn"))}
					${inForce && !draft && !isRetired && button("faq.retire", () => ask("retire"))}
				</div>`}</div>
			<${Preview} entry=${{ ...entry, id: values.id || "x" }} />
		</form>
		${!waits && check}
		${id && html`<${History} id=${id} data=${data} session=${session} onUse=${(old) => {
				change(toForm(old));
				scrollTo(0, 0);
			}} onBack=${async (to, why) => {
				await api("POST", `${path}/rollback`, { from: inForce.number, to, why });
				toast(t("faq.rolled_back"));
				onChanged(id);
			}} />`}
		${asks && html`<${Reason} title=${t(`faq.${asks}`)} onClose=${() => ask(null)} send=${reasons[asks]} />`}
		${clash && html`<${Conflict} base=${values.began} theirs=${clash.theirs} mine=${entry} onClose=${() => setClash(null)}
			onTake=${(merged) => {
				change({ ...toForm(merged), seen: clash.seen, began: clash.theirs });
				setClash(null);
				form.setErrors({});
				submit.setErrors({});
				toast(t("conflict.merged"));
			}} />`}`;
}

const NOTHING = { in_force: null, draft: null, history: [] };

/** ID "": a new one. */
export function Entry({ id, session }) {
	const [published, setPublished] = useState(null);
	const loaded = useLoad(async () => {
		const [data, { variables }, { topics }] = await Promise.all([id ? api("GET", `/faq/entries/${id}`) : NOTHING,
			api("GET", "/faq/variables"), api("GET", "/faq?limit=1")]);
		const draft = data.draft;
		if (draft && !(draft.topic in topics)) topics[draft.topic] = draft.topic;
		return { data, variables, topics };
	}, [id]);
	return html`<p><a href=${link("faq")}>← ${t("faq.title")}</a></p>
		<${Loaded} of=${loaded}>${({ data, variables, topics }) => {
			const shown = (data.draft || data.in_force)?.entry;
			const version = `${data.draft?.number}.${data.draft?.version}.${data.in_force?.number}`;
			return html`<h1>${shown?.question || id || t("faq.new")}</h1>
				${published && html`<${Published} result=${published} />`}
				<${Editor} key=${version} id=${id} data=${data} topics=${topics} variables=${variables} session=${session}
					onChanged=${(saved, result) => {
						setPublished(result);
						if (saved === id) loaded.reload();
						else go(link("faq", saved), true);
					}} />`;
		}}<//>`;
}
