// SPDX-License-Identifier: AGPL-3.0-or-later
// A reply to everybody who asked and can still be reached: who that is stands
// there before anything goes out.

import { html, useEffect, useRef } from "../vendor/preact.js";
import { api } from "../api.js";
import { Dialog } from "../dialog.js";
import { DraftNotice, useDraft } from "../draft.js";
import { Check, Field, FormError, useForm } from "../fields.js";
import { Table } from "../list.js";
import { Loaded, useLoad } from "../load.js";
import { t } from "../text.js";
import { when } from "../time.js";
import { Ends } from "./questions_work.js";

const names = { messenger: "Messenger", zalo: "Zalo" };
export const channelName = (channel) => names[channel] || t("q.web");

const sum = (reach, key) => reach.channels.reduce((all, row) => all + row[key], 0);

/** How many would get a reply. */
export const reached = (reach, paid) =>
	sum(reach, "free") + sum(reach, "human") + (paid ? sum(reach, "billable") : 0);

/** For a form that came after its dialog: its autofocus counts all the same. */
export function useFocus(when) {
	const form = useRef(null);
	useEffect(() => form.current?.querySelector("[autofocus]")?.focus(), [when]);
	return form;
}

/** Ctrl+Enter in a field of a form sends it. */
export function sendKey(event) {
	if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
	event.preventDefault();
	event.currentTarget.requestSubmit();
}

// Columns of zeros say nothing.
function Reach({ reach }) {
	const counts = ["free", "human", "billable", "unreachable", "told"].filter((key) => sum(reach, key));
	return html`<${Table} caption=${t("q.reach")} items=${reach.channels} keyOf=${(row) => row.channel} columns=${[
		{ title: t("q.channel"), cell: (row) => channelName(row.channel) },
		...counts.map((key) => ({ title: t(`q.${key}`), number: true, cell: (row) => row[key] })),
		{ title: t("q.until"), cell: (row) => (row.until_ms ? when(row.until_ms) : "–") },
	]} />`;
}

function Write({ group, reach, text, entry, work, onClose }) {
	const [values, change, draft] = useDraft(`reply.${group.id}`, { text: text || "", paid: false });
	const form = useForm(async () => {
		const said = await work.run(group, "reply", { ...values, ...(entry && { entry }) });
		if (said) draft.drop();
		onClose();
	});
	const billable = sum(reach, "billable");
	const n = reached(reach, values.paid);
	return html`<form ref=${useFocus()} onSubmit=${form.submit} onKeyDown=${sendKey}>
		<${DraftNotice} draft=${draft} />
		<blockquote>${group.text}</blockquote>
		<${Field} as="textarea" rows="6" label=${t("q.text")} help=${t("q.text_help")} required autofocus
			maxlength="2500" value=${values.text} error=${form.errors.text} onInput=${(next) => change({ text: next })} />
		<${Reach} reach=${reach} />
		${billable > 0 && html`<${Check} label=${t("q.paid", { n: billable })} checked=${values.paid}
			onChange=${(paid) => change({ paid })} />`}
		<${FormError} form=${form} fields=${["text"]} />
		${n + billable === 0 && html`<p class="notice">${t("q.nobody_left")}</p>`}
		<${Ends} form=${form} onClose=${onClose} disabled=${n === 0}>${t("q.send", { n })}<//>
	</form>`;
}

/** TEXT and ENTRY: what the reply begins with, and where it is from. */
export function Reply(props) {
	const { group, onClose } = props;
	const reach = useLoad(() => api("GET", `/groups/${group.id}/reach`), [group.id]);
	return html`<${Dialog} title=${t("q.reply")} onClose=${onClose}>
		<${Loaded} of=${reach}>${(found) => html`<${Write} ...${props} reach=${found} />`}<//><//>`;
}
