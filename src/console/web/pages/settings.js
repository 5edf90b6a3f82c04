// SPDX-License-Identifier: AGPL-3.0-or-later
// Notices, channels, how long texts are kept, and what is in force.

import { html, useState } from "../vendor/preact.js";
import { api, query } from "../api.js";
import { Dialog } from "../dialog.js";
import { DraftNotice, useDraft } from "../draft.js";
import { Check, Field, FormError, Submit, useForm } from "../fields.js";
import { Table } from "../list.js";
import { Empty, Loaded, useLoad } from "../load.js";
import { link } from "../router.js";
import { number, t } from "../text.js";
import { when } from "../time.js";
import { toast } from "../toast.js";
import "./settings_words.js";

const VIETNAM_MS = 7 * 3600 * 1000;
const HOUR_MS = 3600 * 1000;
const toField = (ms) => new Date(ms + VIETNAM_MS).toISOString().slice(0, 16);
const fromField = (text) => Date.parse(`${text}:00+07:00`) || 0;
const badge = (good, words) => html`<span class=${`badge ${good ? "good" : "bad"}`}>${words}</span>`;

/** A form whose words are a draft; send(values) and it is done. */
function useSent(key, initial, send, onDone) {
	const [values, change, draft] = useDraft(key, initial);
	const form = useForm(async () => {
		await send(values);
		draft.drop();
		toast(t("saved"));
		onDone();
	});
	const field = (name, label, rest) => html`<${Field} label=${t(label)} required value=${values[name]}
		error=${form.errors[name]} onInput=${(value) => change({ [name]: value })} ...${rest} />`;
	return { values, change, draft, form, field };
}

// ---- notices ----

function NewNotice({ topics, onDone, onClose }) {
	const { values, change, draft, form, field } = useSent("notice",
		{ text: "", from_ms: toField(Date.now()), until_ms: toField(Date.now() + 4 * HOUR_MS), topics: [] },
		(now) => api("POST", "/notices", { ...now, from_ms: fromField(now.from_ms), until_ms: fromField(now.until_ms) }), onDone);
	const pick = (id, on) => change({ topics: values.topics.filter((one) => one !== id).concat(on ? id : []) });
	return html`<${Dialog} title=${t("notice.add")} onClose=${onClose}><form onSubmit=${form.submit}>
		<${DraftNotice} draft=${draft} />
		${field("text", "notice.text", { as: "textarea", rows: 3, maxlength: 600, help: t("notice.text_help") })}
		${field("from_ms", "notice.from", { type: "datetime-local" })}
		${field("until_ms", "notice.until", { type: "datetime-local" })}
		<fieldset><legend>${t("notice.topics")}</legend>
			${topics.map(({ id, title }) => html`<${Check} label=${title} checked=${values.topics.includes(id)}
				onChange=${(on) => pick(id, on)} />`)}</fieldset>
		<${FormError} form=${form} fields=${["text", "from_ms", "until_ms"]} />
		<${Submit} form=${form}>${t("notice.add")}<//>
	</form><//>`;
}

function Notices() {
	const [adds, setAdds] = useState(false);
	const notices = useLoad(() => api("GET", "/notices"), []);
	const end = (one) => api("POST", `/notices/${one.id}/end`).then(notices.reload,
		(error) => toast(error.message, { bad: true }));
	return html`<${Loaded} of=${notices}>${(data) => {
		const title = (id) => data.topics.find((one) => one.id === id)?.title || id;
		return html`<div class="heading"><p class="quiet">${t("notice.help")}</p>
				<button type="button" onClick=${() => setAdds(true)}>${t("notice.add")}</button></div>
			${data.notices.length === 0 && html`<${Empty} title=${t("notice.empty")}><p>${t("notice.empty_help")}</p><//>`}
			<ul class="plain">${data.notices.map((one) => html`<li key=${one.id} class="notice">
				<p class="words">${one.text}</p>
				<p class="quiet">${when(one.from_ms)} – ${when(one.until_ms)} · ${one.topics.map(title).join(", ") || t("notice.all")}</p>
				<p>${one.from_ms > Date.now() ? html`<span class="badge">${t("notice.later")}</span>` : badge(true, t("notice.now"))}
					${" "}<button type="button" class="secondary" onClick=${() => end(one)}>${t("notice.end")}</button></p></li>`)}</ul>
			${adds && html`<${NewNotice} topics=${data.topics} onClose=${() => setAdds(false)} onDone=${() => {
				setAdds(false);
				notices.reload();
			}} />`}`;
	}}<//>`;
}

// ---- channels ----

function SwitchOff({ one, onDone, onClose }) {
	const { draft, form, field } = useSent(`off.${one.channel}`,
		{ text: one.off?.text || t("channel.off_text"), reason: one.off?.reason || "" },
		(now) => api("POST", `/channels/${one.channel}/off`, { ...now, version: one.version }), onDone);
	return html`<${Dialog} title=${t("channel.off")} onClose=${onClose}><form onSubmit=${form.submit}>
		<${DraftNotice} draft=${draft} />
		${field("text", "channel.text", { as: "textarea", rows: 3, maxlength: 600 })}
		${field("reason", "channel.reason", { maxlength: 300 })}
		<${FormError} form=${form} fields=${["text", "reason"]} />
		<${Submit} form=${form}>${t("channel.off")}<//>
	</form><//>`;
}

function tokenBadge({ state, expires_ms: at }) {
	if (state !== "set") return badge(false, t(`token.${state}`));
	if (!at) return badge(true, t("token.set"));
	return badge(at > Date.now(), t(at > Date.now() ? "token.until" : "token.over", { time: when(at) }));
}

function Channel({ one, onDone }) {
	const [off, setOff] = useState(false);
	if (one.pushes && one.accounts.length === 0) return html`<h2>${t(`channel.${one.channel}`)}</h2><p>${t("channel.none")}</p><hr />`;
	// Reloaded also after a refusal: somebody else's change is seen then.
	const close = () => {
		setOff(false);
		onDone();
	};
	const on = () => api("POST", `/channels/${one.channel}/on`, { version: one.version })
		.catch((error) => toast(error.message, { bad: true })).then(onDone);
	return html`<section><h2>${t(`channel.${one.channel}`)} ${badge(!one.off, t(one.off ? "channel.is_off" : "channel.is_on"))}</h2>
		${one.off && html`<p>${when(one.off.since_ms)}: ${one.off.reason}</p><p class="quiet words">“${one.off.text}”</p>`}
		${one.accounts.map((account) => html`<p>${account.id || account.name} ${tokenBadge(account.token)}</p>
			<p class="quiet">${account.trouble ? `${t("channel.trouble")}, ${when(account.trouble.at_ms)}: ${account.trouble.reason}`
				: t("channel.no_trouble")}</p>`)}
		<div class="actions">${one.off && html`<button type="button" onClick=${on}>${t("channel.on")}</button>`}
			<button type="button" class="secondary" onClick=${() => setOff(true)}>${t(one.off ? "channel.change" : "channel.off")}</button></div>
		${off && html`<${SwitchOff} one=${one} onClose=${close} onDone=${close} />`}<hr /></section>`;
}

function Channels() {
	const channels = useLoad(() => api("GET", "/channels"), []);
	return html`<${Loaded} of=${channels}>${(data) => html`
		<p>${t("channel.queue", { queued: number(data.queued), parked: number(data.parked) })}
			${data.queued > 0 && ` ${t("channel.oldest", { time: when(data.oldest_queued_ms) })}`}</p>
		${data.channels.map((one) => html`<${Channel} key=${one.channel + one.version} one=${one} onDone=${channels.reload} />`)}`}<//>`;
}

// ---- how long texts are kept ----

function Purge({ found, onDone }) {
	const [sure, setSure] = useState(false);
	const { form, field } = useSent("purge", { why: "" },
		({ why }) => api("POST", "/retention/purge", { days: found.days, why }), onDone);
	return html`<form class="narrow" onSubmit=${form.submit}><p>${t("keep.found", { n: number(found.texts), days: found.days })}</p>
		${found.texts > 0 && html`${field("why", "channel.reason", { maxlength: 300 })}
			<${Check} label=${t("keep.sure")} checked=${sure} onChange=${setSure} />
			<${FormError} form=${form} fields=${["why"]} />
			<${Submit} form=${form} disabled=${!sure}>${t("keep.erase")}<//>`}</form>`;
}

function Retention() {
	const [days, setDays] = useState("");
	const [asked, ask] = useState("");
	const found = useLoad(() => api("GET", `/retention${query({ days: asked })}`), [asked]);
	return html`<${Loaded} of=${found}>${(data) => html`<p>${t("keep.help", { days: data.keep_days })}</p>
		<form class="narrow" onSubmit=${(event) => {
			event.preventDefault();
			ask(days);
		}}><${Field} label=${t("keep.days")} type="number" min="1" max=${data.keep_days} required
				value=${days || data.keep_days} onInput=${setDays} />
			<button type="submit" class="secondary">${t("keep.count")}</button></form><hr />
		<${Purge} key=${data.days} found=${data} onDone=${found.reload} />`}<//>`;
}

// ---- what is only shown ----

function Locality() {
	const locality = useLoad(() => api("GET", "/locality"), []);
	return html`<${Loaded} of=${locality}>${({ folder, variables, hours }) => html`
		<p class="notice">${t("place.edit", { folder })}</p>
		<${Table} caption=${t("tab.locality")} items=${variables} keyOf=${(one) => one.name} columns=${[
			{ title: t("place.name"), cell: (one) => one.name },
			{ title: t("place.value"), cell: (one) => one.value || html`<span class="quiet">${one.otherwise}</span>` },
			{ title: t("place.review"), cell: (one) => html`${one.review_by} ${one.stale && badge(false, t("place.stale"))}` }]} />
		<h2>${t("place.hours")}</h2>
		${hours ? html`<ul>${hours.week.map((spans, i) => html`<li>${t("place.days").split(" ")[i]}: ${spans.join(", ") || t("place.closed")}</li>`)}</ul>
			<ul>${hours.closed.map((one) => html`<li>${one.from}${one.to !== one.from && ` – ${one.to}`}: ${one.name}</li>`)}</ul>`
			: html`<p>${t("place.no_hours")}</p>`}`}<//>`;
}

function Values() {
	const values = useLoad(() => api("GET", "/settings"), []);
	const rows = (text) => text.trim().split("\n").filter(Boolean).map((line, i) => {
		const [name, ...value] = line.split(" = ");
		return { id: i, name, value: value.join(" = ") };
	});
	return html`<p class="notice">${t("values.help")}</p>
		<${Loaded} of=${values}>${({ text }) => html`<${Table} caption=${t("tab.values")} items=${rows(text)} columns=${[
			{ title: t("place.name"), cell: (one) => html`<code>${one.name}</code>` },
			{ title: t("place.value"), cell: (one) => one.value }]} />`}<//>`;
}

const tabs = { notices: Notices, channels: Channels, retention: Retention, locality: Locality, values: Values };

export default function Settings({ address: { rest: [name = "notices"] } }) {
	const Tab = tabs[name] || Notices;
	return html`<h1>${t("nav.settings")}</h1>
		<nav class="tabs" aria-label=${t("nav.settings")}>${Object.keys(tabs).map((one) => html`<a href=${link("settings", one)}
			aria-current=${tabs[one] === Tab ? "page" : undefined}>${t(`tab.${one}`)}</a>`)}</nav>
		<${Tab} />`;
}
