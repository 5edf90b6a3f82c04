// SPDX-License-Identifier: AGPL-3.0-or-later
// The FAQ: "#/faq" is the list, "#/faq/ID" an entry, "#/faq/~new" a new one,
// "#/faq/~review" what waits for a second person.  No id has a tilde.

import { html, useState } from "../vendor/preact.js";
import { api, query } from "../api.js";
import { Check, Field } from "../fields.js";
import { List, useKeys } from "../list.js";
import { Empty, Loaded, useLoad } from "../load.js";
import { go, link } from "../router.js";
import { number, t } from "../text.js";
import { Entry } from "./faq_entry.js";
import { Review } from "./faq_publish.js";
import "./faq_words.js";

const PAGE = 50;

function Row({ entry }) {
	const badge = (words, kind = "") => html`<span class=${`badge ${kind}`}>${words}</span> `;
	return html`<a href=${link("faq", entry.id)} tabindex="-1"><strong>${entry.question || entry.id}</strong></a>
		<p class="quiet">${entry.topic_title}${" · "}${t("faq.used", { n: number(entry.used) })}${
			entry.phrasings ? ` · ${t("faq.phrasings", { n: entry.phrasings })}` : ""}${entry.owner && ` · ${entry.owner}`}</p>
		${entry.draft && badge(t(`state.${entry.draft.state}`))}
		${entry.status === "retired" && badge(t("state.retired"))}
		${entry.stale && badge(t("faq.stale"), "bad")}
		${entry.conflict && badge(t("faq.conflict"), "bad")}`;
}

function Filters({ values, data }) {
	const [words, setWords] = useState(values.q || "");
	const apply = (more) => go(link("faq", { ...values, q: words, offset: "", ...more }), true);
	const choice = (name, label, options) => html`<${Field} as="select" label=${label} value=${values[name] || ""}
		onInput=${(value) => apply({ [name]: value })}><option value="">${t("faq.any")}</option>
		${options.map(([value, title]) => html`<option value=${value}>${title}</option>`)}<//>`;
	const check = (name) => html`<${Check} label=${t(`faq.${name}`)} checked=${Boolean(values[name])}
		onChange=${(on) => apply({ [name]: on ? 1 : "" })} />`;
	return html`<form class="filters" role="search" onSubmit=${(event) => {
		event.preventDefault();
		apply();
	}}>
		<${Field} label=${t("faq.search")} type="search" name="q" value=${words} onInput=${setWords} />
		${choice("topic", t("faq.topic"), Object.entries(data?.topics || {}))}
		${choice("owner", t("faq.owner"), Object.keys(data?.owners || {}).map((one) => [one, one]))}
		${choice("state", t("faq.state"), ["draft", "review", "none"].map((one) => [one, t(`state.${one}`)]))}
		<div>${check("stale")}${check("unused")}${check("conflict")}</div>
		<button type="submit" class="secondary">${t("search")}</button>
	</form>`;
}

function Pages({ values, total }) {
	const at = Number(values.offset) || 0;
	const to = (offset, words) => html`<a href=${link("faq", { ...values, offset: offset || "" })}>${words}</a>`;
	return total > PAGE && html`<nav class="actions" aria-label=${t("faq.title")}>
		${at > 0 && to(Math.max(0, at - PAGE), t("faq.before"))}
		<span>${t("faq.page", { from: at + 1, to: Math.min(at + PAGE, total), total })}</span>
		${at + PAGE < total && to(at + PAGE, t("faq.after"))}</nav>`;
}

function Listing({ session, values }) {
	const found = useLoad(() => api("GET", `/faq${query({ ...values, limit: PAGE })}`), [JSON.stringify(values)]);
	const edits = session.permissions.includes("faq_edit");
	useKeys({
		"/": () => document.querySelector("[name=q]").focus(),
		...(edits && { n: () => go(link("faq", "~new")) }),
	});
	return html`<div class="heading"><h1>${t("faq.title")}</h1><div class="actions">
			<a role="button" class="secondary" href=${link("faq", "~review")}>${t("faq.to_review")}</a>
			${edits && html`<a role="button" href=${link("faq", "~new")}>${t("faq.new")}</a>`}</div></div>
		<${Filters} values=${values} data=${found.data} />
		<${Loaded} of=${found}>${(data) => (data.total === 0
			? html`<${Empty} title=${t("faq.empty")}><p>${t("faq.empty_help")}</p><//>`
			: html`<p class="quiet">${t("faq.count", { n: number(data.total) })}. ${t("faq.keys")}</p>
				<${List} items=${data.entries} label=${t("faq.title")} onOpen=${(entry) => go(link("faq", entry.id))}
					row=${(entry) => html`<${Row} entry=${entry} />`} />
				<${Pages} values=${values} total=${data.total} />`)}<//>`;
}

export default function Faq({ session, address }) {
	const [id] = address.rest;
	if (id === "~review") return html`<${Review} session=${session} />`;
	if (id) return html`<${Entry} key=${id} id=${id === "~new" ? "" : id} session=${session} />`;
	return html`<${Listing} session=${session} values=${address.query} />`;
}
