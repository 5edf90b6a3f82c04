// SPDX-License-Identifier: AGPL-3.0-or-later
// Who changed what, newest first.  The filters live in the address, so that a
// view can be kept as a bookmark.

import { html, useState } from "../vendor/preact.js";
import { api, query } from "../api.js";
import { Field } from "../fields.js";
import { List } from "../list.js";
import { Empty, Loaded, useLoad } from "../load.js";
import { go, link } from "../router.js";
import { knows, t } from "../text.js";
import { dayEnd, dayStart, when } from "../time.js";
import { toast } from "../toast.js";

const actionName = (action) => (knows(`action.${action}`) ? t(`action.${action}`) : action);
const memberName = (name) => (knows(`member.${name}`) ? t(`member.${name}`) : name);

function asText(value) {
	if (Array.isArray(value)) return value.map(asText).join(", ");
	if (value !== null && typeof value === "object") return JSON.stringify(value);
	if (typeof value === "boolean") return t(value ? "yes" : "no");
	if (knows(`role.${value}`)) return t(`role.${value}`);
	return String(value ?? "–");
}

/** The members that differ: [[name, before, after]]. */
function differences({ before, after }) {
	const names = new Set([...Object.keys(before || {}), ...Object.keys(after || {})]);
	return [...names].map((name) => [name, before?.[name], after?.[name]])
		.filter(([, old, now]) => JSON.stringify(old) !== JSON.stringify(now));
}

function Change({ line }) {
	const isObject = (value) => value === null || typeof value === "object";
	const rows = isObject(line.before) && isObject(line.after)
		? differences(line) : [["", line.before, line.after]];
	if (rows.length === 0) return null;
	return html`<dl class="change">${rows.map(([name, old, now]) => html`<div>
		<dt>${memberName(name)}</dt><dd>${old !== undefined && line.before !== null && html`<del>${asText(old)}</del> → `}<ins>${asText(now)}</ins></dd></div>`)}</dl>`;
}

function Line({ line }) {
	return html`<div class="line">
		<time datetime=${new Date(line.at_ms).toISOString()}>${when(line.at_ms)}</time>
		<p><strong>${line.user === 0 ? t("audit.cli") : line.login}</strong>
			${" "}${actionName(line.action)} <span class="subject">${line.subject}</span></p>
		${line.why && html`<p class="quiet">${t("audit.why")}: ${line.why}</p>`}
		<${Change} line=${line} />
	</div>`;
}

function Filters({ values }) {
	const [now, set] = useState(values);
	const change = (more) => set((old) => ({ ...old, ...more }));
	const apply = (event) => {
		event.preventDefault();
		go(link("audit", now), true);
	};
	const field = (name, label, type = "search") => html`<${Field} label=${label} name=${name}
		type=${type} value=${now[name] || ""} onInput=${(value) => change({ [name]: value })} />`;
	return html`<form class="filters" role="search" onSubmit=${apply}>
		${field("login", t("audit.who"))}
		${field("action", t("audit.what"))}
		${field("subject", t("audit.subject"))}
		${field("from", t("audit.from"), "date")}
		${field("until", t("audit.until"), "date")}
		<button type="submit" class="secondary">${t("filter")}</button>
	</form>`;
}

function asked({ login, action, subject, from, until }, before) {
	return query({
		login, action, subject, before,
		from: from ? dayStart(from) : "",
		until: until ? dayEnd(until) : "",
	});
}

export default function Audit({ address }) {
	const values = address.query;
	const lines = useLoad(() => api("GET", `/audit${asked(values)}`), [JSON.stringify(values)]);
	async function more() {
		try {
			const next = await api("GET", `/audit${asked(values, lines.data.next)}`);
			lines.set({ ...next, lines: [...lines.data.lines, ...next.lines] });
		} catch (error) {
			toast(error.message, { bad: true });
		}
	}
	return html`<h1>${t("audit.title")}</h1>
		<${Filters} values=${values} />
		<${Loaded} of=${lines}>${(data) => (data.lines.length === 0
			? html`<${Empty} title=${t("audit.empty")}><p>${t("audit.empty_help")}</p><//>`
			: html`<${List} items=${data.lines} label=${t("audit.title")} row=${(line) => html`<${Line} line=${line} />`} />
				${data.next > 0 && html`<button type="button" class="secondary" onClick=${more}>${t("more")}</button>`}`)}<//>`;
}
