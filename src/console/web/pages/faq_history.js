// SPDX-License-Identifier: AGPL-3.0-or-later
// All revisions of an entry, what they say differently, and the way back.

import { html, useState } from "../vendor/preact.js";
import { api } from "../api.js";
import { Dialog } from "../dialog.js";
import { Field, FormError, Submit, useForm } from "../fields.js";
import { Loaded, useLoad } from "../load.js";
import { t } from "../text.js";
import { when } from "../time.js";

/** A value of an entry as text: a line, a keyword of several parts, a button. */
export function asText(value) {
	if (Array.isArray(value)) return value.map((one) => (Array.isArray(one) ? one.join(" + ") : asText(one))).join("\n");
	if (value && typeof value === "object") return Object.values(value).join(" – ");
	return String(value ?? "");
}

export function Diff({ id, from, to }) {
	const diff = useLoad(() => api("GET", `/faq/entries/${id}/diff?from=${from}&to=${to}`), [from, to]);
	return html`<${Loaded} of=${diff}>${({ changes }) => (changes.length === 0 ? html`<p>${t("faq.no_changes")}</p>`
		: html`<dl class="diff">${changes.filter((one) => one.field !== "id").map(({ field, before, after, added, removed }) => html`<dt>${t(`faq.${field}`)}</dt>
			<dd>${(removed || (before ? [before] : [])).map((one) => html`<del>${asText(one)}</del>`)}
				${(added || (after ? [after] : [])).map((one) => html`<ins>${asText(one)}</ins>`)}</dd>`)}</dl>`)}<//>`;
}

/** Asks for a reason; send(why) does it. */
export function Reason({ title, send, onClose }) {
	const [why, set] = useState("");
	const form = useForm(() => send(why));
	return html`<${Dialog} title=${title} onClose=${onClose}><form onSubmit=${form.submit}>
		<${Field} as="textarea" label=${t("faq.must_why")} name="why" required maxlength="300" value=${why} error=${form.errors.why} onInput=${set} />
		<${FormError} form=${form} fields=${["why"]} />
		<div class="actions"><${Submit} form=${form}>${title}<//>
			<button type="button" class="secondary" onClick=${onClose}>${t("cancel")}</button></div></form><//>`;
}

/** onUse(entry): go on from that revision; onBack(number, why). */
export function History({ id, data, session, onUse, onBack }) {
	const [shown, show] = useState(null); // { number, back }
	const inForce = data.in_force?.number ?? 0;
	const may = (name) => session.permissions.includes(name);
	const rows = [...data.history, ...(inForce > 0 ? [{ number: 0, state: "file" }] : [])];
	const close = () => show(null);
	const use = async (number) => onUse((await api("GET", `/faq/entries/${id}/revisions/${number}`)).entry);
	const once = (state) => ["published", "rolled_back", "file"].includes(state);
	return html`<h2>${t("faq.history")}</h2>
		${rows.length === 0 && html`<p class="quiet">${t("faq.history_empty")}</p>`}
		<ul class="list">${rows.map(({ number, state, written, decided }) => {
			const act = decided || written;
			return html`<li key=${number}><strong>${number ? t("faq.version", { n: number }) : t("faq.files")}</strong>${" "}
				<span class=${`badge ${number === inForce ? "good" : ""}`}>${t(`state.${state}`)}</span>
				${act && html`<p class="quiet">${t("pub.by", { who: act.login, when: when(act.at_ms) })}${act.why && `: ${act.why}`}</p>`}
				<div class="actions">${number !== inForce && html`<button type="button" class="plain" onClick=${() => show({ number })}>${t("faq.compare")}</button>`}
					${may("faq_edit") && number > 0 && html`<button type="button" class="plain" onClick=${() => use(number)}>${t("faq.use")}</button>`}
					${may("faq_approve") && number < inForce && once(state) && html`<button type="button" class="plain"
						onClick=${() => show({ number, back: true })}>${t("faq.back_to")}</button>`}</div></li>`;
		})}</ul>
		${shown && !shown.back && html`<${Dialog} title=${t("faq.compare_title", { n: shown.number })} onClose=${close}>
			<${Diff} id=${id} from=${inForce} to=${shown.number} /><//>`}
		${shown?.back && html`<${Reason} title=${t("faq.back_to")} onClose=${close}
			send=${async (why) => {
				await onBack(shown.number, why);
				close();
			}} />`}`;
}
