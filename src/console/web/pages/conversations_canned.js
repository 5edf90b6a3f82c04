// SPDX-License-Identifier: AGPL-3.0-or-later
// Texts kept for answering: pick one, or change them all in one field, a name
// in the first line of each and an empty line between them.  When a colleague
// has changed them meanwhile, one chooses between theirs, one's own, and both.

import { html, useState } from "../vendor/preact.js";
import { api } from "../api.js";
import { Dialog } from "../dialog.js";
import { DraftNotice, useDraft } from "../draft.js";
import { Field, FormError, Submit, useForm } from "../fields.js";
import { Loaded, useLoad } from "../load.js";
import { t } from "../text.js";
import { toast } from "../toast.js";

const print = ({ version, texts }) => ({ version,
	all: texts.map((one) => `${one.title}\n${one.text}`).join("\n\n") });
const parse = (all) => all.split(/\n\s*\n/).map((one) => one.trim()).filter(Boolean).map((one) => {
	const [title, ...text] = one.split("\n");
	return { title, text: text.join("\n") || title };
});

function Edit({ list, onDone, onClose }) {
	const [{ all, version }, change, draft] = useDraft("canned", print(list));
	const [theirs, setTheirs] = useState(null);
	const form = useForm(async () => {
		try {
			const now = await api("PUT", "/canned-replies", { version, texts: parse(all) });
			draft.drop();
			toast(t("saved"));
			onDone(now);
		} catch (error) {
			if (error.code !== "conflict") throw error;
			setTheirs(print(await api("GET", "/canned-replies")));
		}
	});
	const choose = (words, next) => html`<button type="button" class="secondary" onClick=${() => {
		change({ version: theirs.version, all: next });
		setTheirs(null);
	}}>${t(words)}</button> `;
	return html`<${Dialog} title=${t("canned.edit")} onClose=${onClose}><form onSubmit=${form.submit}>
		<${DraftNotice} draft=${draft} />
		<${Field} label=${t("canned.all")} help=${t("canned.help")} as="textarea" rows="12" value=${all}
			onInput=${(next) => change({ all: next })} />
		${theirs && html`<div role="alert" class="notice bad"><p>${t("canned.conflict")}</p>
			<p class="words">${theirs.all}</p>
			${choose("canned.theirs", theirs.all)}${choose("canned.mine", all)}${choose("canned.both", `${theirs.all}\n\n${all}`)}</div>`}
		<${FormError} form=${form} />
		<${Submit} form=${form}>${t("save")}<//>
	</form><//>`;
}

export function Canned({ onPick }) {
	const [edits, setEdits] = useState(false);
	const canned = useLoad(() => api("GET", "/canned-replies"), []);
	return html`<${Loaded} of=${canned}>${(list) => html`<div class="canned">
		<${Field} label=${t("canned.pick")} as="select" value="" onInput=${(i) => i && onPick(list.texts[i].text)}>
			<option value="">${t(list.texts.length ? "canned.choose" : "canned.empty")}</option>
			${list.texts.map((one, i) => html`<option value=${i}>${one.title}</option>`)}<//>
		<button type="button" class="plain" onClick=${() => setEdits(true)}>${t("canned.edit")}</button>
		${edits && html`<${Edit} list=${list} onClose=${() => setEdits(false)} onDone=${(now) => {
			canned.set(now);
			setEdits(false);
		}} />`}</div>`}<//>`;
}
