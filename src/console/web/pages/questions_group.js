// SPDX-License-Identifier: AGPL-3.0-or-later
// One group, opened: why nobody answered it, and what was asked, word by word.

import { html, useState } from "../vendor/preact.js";
import { api, query } from "../api.js";
import { Loaded, useLoad } from "../load.js";
import { t } from "../text.js";
import { when } from "../time.js";
import { Act, standing } from "./questions_work.js";
import { channelName } from "./questions_reply.js";
import { percent } from "./questions_entry.js";

/** Why an entry did not win, as a line. */
export const whyNot = ({ entry, confidence, why_not: why }) =>
	html`<span class="badge">${percent(confidence)}</span> ${entry.question || entry.id} <span class="quiet">– ${t(`q.why.${why}`)}</span>`;

function Question({ row, ticked, onTick }) {
	const [nearest] = row.candidates;
	return html`<li><label class="check"><input type="checkbox" checked=${ticked} onChange=${onTick} />
		<span><span class="said">${row.text || t("q.erased")}</span>
			<small class="quiet">${channelName(row.channel)}, ${when(row.at_ms)}${nearest && html`; ${whyNot(nearest)}`}</small></span></label></li>`;
}

function Questions({ group, work }) {
	const path = `/groups/${group.id}/questions`;
	const rows = useLoad(() => api("GET", `${path}?limit=20`), [group.id, group.version]);
	const [ticked, setTicked] = useState([]);
	const more = () => work.attempt(async () => {
		const next = await api("GET", `${path}${query({ limit: 100, before: rows.data.next })}`);
		rows.set({ ...next, questions: [...rows.data.questions, ...next.questions] });
	});
	const tick = (id) => setTicked(ticked.includes(id) ? ticked.filter((one) => one !== id) : [...ticked, id]);
	return html`<h3>${t("q.questions")}</h3>
		<${Loaded} of=${rows}>${(data) => html`<ul class="list">${data.questions.map((row) => html`<${Question} key=${row.id}
				row=${row} ticked=${ticked.includes(row.id)} onTick=${() => tick(row.id)} />`)}</ul>
			<div class="actions">
				${data.next > 0 && html`<${Act} act=${more}>${t("more")}<//>`}
				${ticked.length > 0 && group.state === "open" && html`<${Act} act=${() =>
					work.attempt(() => work.run(group, "split", { questions: ticked }))}>${t("q.split")} (${ticked.length})<//>`}
			</div>`}<//>`;
}

/** ACTS: [{ key, name, act }], the buttons. */
export function Group({ group, acts, work, onClose }) {
	return html`<section class="opened" aria-label=${group.text}>
		<div class="heading"><h2>${group.text || t("q.erased")}</h2>
			<button type="button" class="plain icon" aria-label=${t("close")} onClick=${onClose}>×</button></div>
		<p>${standing(group)}</p>
		<div class="actions">${acts.map(({ key, name, act }) => html`<button type="button" class="secondary" key=${name}
			aria-keyshortcuts=${key} onClick=${() => act(group)}>${t(`q.${name}`)}${key && html` <kbd>${key}</kbd>`}</button>`)}</div>
		<h3>${t("q.why")}</h3>
		<ul class="list">${group.candidates.map((one) => html`<li key=${one.entry.id}>${whyNot(one)}</li>`)}</ul>
		<${Questions} key=${group.id} group=${group} work=${work} /></section>`;
}
