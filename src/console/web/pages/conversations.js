// SPDX-License-Identifier: AGPL-3.0-or-later
// Who has written, one conversation with a person's part in it, and replies
// that did not get through.

import { html, useEffect, useState } from "../vendor/preact.js";
import { api, query } from "../api.js";
import { DraftNotice, useDraft } from "../draft.js";
import { Check, Field, FormError, Submit, useForm } from "../fields.js";
import { List } from "../list.js";
import { Empty, Loaded, useLoad } from "../load.js";
import { go, link } from "../router.js";
import { knows, t } from "../text.js";
import { ago, clock, when } from "../time.js";
import { toast } from "../toast.js";
import { Canned } from "./conversations_canned.js";
import "./conversations_words.js";

const REFRESH_MS = 10000;
const MINUTE_MS = 60000;
const newKey = () => `${Date.now()}-${Math.random()}`;
const named = (key) => (knows(key) ? t(key) : key.replace(/^\w+\./, ""));
const nameOf = (row) => `${named(`channel.${row.channel}`)} · …${row.person}`;
const isSilent = (row) => row.thread_lost || row.silent_until_ms > Date.now();

function useTimer(again, ms) {
	useEffect(() => {
		const timer = setInterval(again, ms);
		return () => clearInterval(timer);
	}, [again]);
}

/** May a reply still go, and for how long? */
function Window({ of: { reach, until_ms: until, why } }) {
	const [now, setNow] = useState(Date.now());
	useTimer(() => setNow(Date.now()), MINUTE_MS / 4);
	const left = Math.max(0, Math.floor((until - now) / MINUTE_MS));
	return html`<p><span class=${`badge ${{ free: "good", none: "bad" }[reach] || ""}`}>${t(`window.${reach}`)}${why
		&& `: ${named(`why.${why}`)}`}${until > 0
		&& ` · ${t("window.left", { h: Math.floor(left / 60), m: left % 60 })}`}</span></p>`;
}

function Silent({ row }) {
	return isSilent(row) && html`<span class="badge">${row.thread_lost ? t("talk.lost")
		: t("talk.silent", { time: clock(row.silent_until_ms) })}</span>`;
}

// ---- the list ----

function Filters({ values }) {
	const [now, set] = useState(values);
	const choice = (name, options) => html`<${Field} label=${t(`talk.${name}`)} as="select" value=${now[name] || ""}
		onInput=${(value) => set({ ...now, [name]: value })}><option value="">${t("talk.all")}</option>
		${options.map(([value, words]) => html`<option value=${value}>${words}</option>`)}<//>`;
	return html`<form class="filters" role="search" onSubmit=${(event) => {
		event.preventDefault();
		go(link("conversations", now), true);
	}}>
		<${Field} label=${t("talk.q")} type="search" value=${now.q || ""} onInput=${(q) => set({ ...now, q })} />
		${choice("channel", ["zalo", "messenger", "webchat"].map((one) => [one, t(`channel.${one}`)]))}
		${choice("silence", [["1", t("talk.by_staff")]])}
		<button type="submit" class="secondary">${t("filter")}</button>
	</form>`;
}

const Row = (row) => html`<div class="line">
	<time>${ago(row.seen_ms)}</time>
	<p><a class="subject" href=${link("conversations", row.id)}>${nameOf(row)}</a> <${Silent} row=${row} /></p>
	<p>${row.asked ? row.asked.text || t("talk.erased") : t("talk.unasked")}</p>
	<${Window} of=${row.window} />
</div>`;

function Rows({ values: { q, channel, silence } }) {
	const [later, setLater] = useState([]); // pages behind the first
	const load = (next) => api("GET", `/conversations${query({ q, channel, silent: silence, ...next })}`);
	const first = useLoad(() => load(), []);
	const more = (next) => load(next).then((page) => setLater([...later, page]),
		(error) => toast(error.message, { bad: true }));
	return html`<${Loaded} of=${first}>${(page) => {
		const { next } = later[later.length - 1] || page;
		if (page.conversations.length === 0) return html`<${Empty} title=${t("talk.empty")}><p>${t("talk.empty_help")}</p><//>`;
		return html`<${List} items=${[page, ...later].flatMap((one) => one.conversations)} label=${t("talk.title")}
				onOpen=${(row) => go(link("conversations", row.id))} row=${Row} />
			${next && html`<button type="button" class="secondary" onClick=${() => more(next)}>${t("more")}</button>`}`;
	}}<//>`;
}

// ---- one conversation ----

/** What was said and done, the oldest first. */
function lines({ questions, replies, acts }) {
	const entryOf = (reply) => questions.find((one) => one.id === reply.question)?.entry;
	const author = (reply) => (reply.human
		? acts.find((act) => act.action === "conversation.say" && act.at_ms === reply.at_ms)?.login || t("talk.staff")
		: t("talk.bot"));
	return [
		...questions.map((one) => ({ at: one.at_ms, who: t("talk.citizen"), text: one.text || t("talk.erased"),
			state: knows(`talk.${one.decision}`) && t(`talk.${one.decision}`), note: one.words })),
		...replies.map((one) => ({ at: one.at_ms, ours: true, who: author(one),
			text: one.text || (entryOf(one) ? t("talk.entry", { entry: entryOf(one) }) : t("talk.not_kept")),
			state: t(`talk.${one.state}`), note: one.reason })),
		...acts.filter((one) => one.action !== "conversation.say").map((one) => ({ at: one.at_ms,
			act: t(one.action, { login: one.login }) })),
	].sort((a, b) => a.at - b.at);
}

const Message = (one) => (one.act ? html`<li class="act">${one.act} · ${when(one.at)}</li>`
	: html`<li class=${one.ours ? "ours" : ""}>
		<p class="quiet">${one.who} · ${when(one.at)}</p>
		<p class="words">${one.text}</p>
		${one.state && html`<p class="quiet">${one.state}${one.note && `: ${one.note}`}</p>`}
	</li>`);

// The key goes with the words: whoever sends them again after a fault sends
// them once.
function Composer({ talk, onDone }) {
	const [values, change, draft] = useDraft(`talk.${talk.id}`, { text: "", key: newKey() });
	const [paid, setPaid] = useState(false);
	const write = (text) => change({ text, key: newKey() });
	const form = useForm(async () => {
		const now = await api("POST", `/conversations/${talk.id}/say`, { ...values, paid });
		draft.drop({ text: "", key: newKey() });
		toast(t("talk.sent"));
		onDone(now);
	});
	return html`<form class="composer" onSubmit=${form.submit}>
		<${DraftNotice} draft=${draft} />
		<${Canned} onPick=${(text) => write(`${values.text}${values.text && "\n"}${text}`)} />
		<${Field} label=${t("talk.reply")} as="textarea" rows="4" value=${values.text}
			help=${t("talk.reply_help")} error=${form.errors.text} onInput=${write} />
		<${Window} of=${talk.window} />
		${talk.window.reach === "billable" && html`<${Check} label=${t("talk.paid")} checked=${paid} onChange=${setPaid} />`}
		<${FormError} form=${form} fields=${["text"]} />
		<${Submit} form=${form} disabled=${talk.window.reach === "none"}>${t("talk.send")}<//>
	</form>`;
}

function One({ id, mayReply }) {
	const talk = useLoad(() => api("GET", `/conversations/${id}`), [id]);
	useTimer(talk.reload, REFRESH_MS);
	const steer = (act) => api("POST", `/conversations/${id}/${act}`).then(talk.set,
		(error) => toast(error.message, { bad: true }));
	return html`<p><a href=${link("conversations")}>← ${t("talk.title")}</a></p>
		<${Loaded} of=${{ ...talk, loading: !talk.data && talk.loading }}>${(data) => {
			const row = data.conversation;
			return html`<div class="heading"><h1>${nameOf(row)}</h1> <${Silent} row=${row} />
				${mayReply && html`<button type="button" class="secondary" disabled=${row.thread_lost}
					onClick=${() => steer(isSilent(row) ? "give-back" : "take")}>
					${t(isSilent(row) ? "talk.give_back" : "talk.take")}</button>`}</div>
				<ol class="talk">${lines(data).map(Message)}</ol>
				${mayReply ? html`<${Composer} talk=${row} onDone=${talk.set} />` : html`<${Window} of=${row.window} />`}`;
		}}<//>`;
}

// ---- replies that did not get through ----

function Reply({ reply, onDone }) {
	const [agreed, agree] = useState(false);
	const [values, change, draft] = useDraft(`discard.${reply.id}`, { why: "" });
	const { reach } = reply.window;
	// What somebody has to vouch for before it may go.
	const needs = { human: !reply.human && "human", billable: !reply.paid && "paid" }[reach];
	const act = (path, body, words) => useForm(async () => {
		await api("POST", `/parked/${reply.id}/${path}`, body);
		draft.drop();
		toast(t(words));
		onDone();
	});
	const retry = act("retry", { human: needs === "human" && agreed, paid: needs === "paid" && agreed }, "parked.retried");
	const discard = act("discard", values, "parked.discarded");
	return html`<li><p><a class="subject" href=${link("conversations", reply.conversation)}>${
			`${named(`channel.${reply.channel}`)} · ${when(reply.at_ms)}`}</a></p>
		<p class="error">${t("talk.why")}: ${reply.reason}</p>
		<p class="words">${reply.text}</p>
		<form class="actions" onSubmit=${retry.submit}>
			<${Window} of=${reply.window} />
			${needs && html`<${Check} label=${t(`talk.${needs}`)} checked=${agreed} onChange=${agree} />`}
			<${FormError} form=${retry} />
			<${Submit} form=${retry} class="secondary" disabled=${reach === "none" || (needs && !agreed)}>${t("parked.retry")}<//>
		</form>
		<details open=${draft.found}><summary>${t("parked.discard")}</summary>
			<form onSubmit=${discard.submit}><p>${t("parked.discard_help")}</p>
				<${Field} label=${t("talk.why")} required maxlength="300" value=${values.why}
					error=${discard.errors.why} onInput=${(why) => change({ why })} />
				<${FormError} form=${discard} fields=${["why"]} />
				<${Submit} form=${discard} class="secondary">${t("parked.discard")}<//></form></details></li>`;
}

function Parked() {
	const [after, setAfter] = useState(0);
	const parked = useLoad(() => api("GET", `/parked${query({ after })}`), [after]);
	return html`<${Loaded} of=${parked}>${(data) => (data.parked.length === 0
		? html`<${Empty} title=${t("parked.empty")}><p>${t("parked.empty_help")}</p><//>`
		: html`<p class="quiet">${t("parked.help")}</p>
			<ul class="list">${data.parked.map((reply) => html`<${Reply} key=${reply.id} reply=${reply} onDone=${parked.reload} />`)}</ul>
			${data.next > 0 && html`<button type="button" class="secondary" onClick=${() => setAfter(data.next)}>${t("more")}</button>`}`)}<//>`;
}

export default function Conversations({ session, address: { rest: [first], query: values } }) {
	const mayReply = session.permissions.includes("reply");
	if (first && first !== "parked") return html`<${One} key=${first} id=${first} mayReply=${mayReply} />`;
	const tab = (words, ...path) => html`<a href=${link("conversations", ...path)}
		aria-current=${path[0] === first ? "page" : undefined}>${t(words)}</a>`;
	const key = JSON.stringify(values);
	return html`<h1>${t("talk.title")}</h1>
		${mayReply && html`<nav class="tabs" aria-label=${t("talk.title")}>
			${tab("talk.all")}${tab("talk.parked", "parked")}</nav>`}
		${first ? html`<${Parked} />` : html`<div key=${key}><${Filters} values=${values} /><${Rows} values=${values} /></div>`}`;
}
