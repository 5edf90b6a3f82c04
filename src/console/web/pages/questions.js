// SPDX-License-Identifier: AGPL-3.0-or-later
// Questions that nobody has answered, like with like, for the keyboard: the
// keys act on the group that is open, else on the current one of the list.

import { html, useLayoutEffect, useRef, useState } from "../vendor/preact.js";
import { api, query } from "../api.js";
import { Dialog } from "../dialog.js";
import { Field, FormError, useForm } from "../fields.js";
import { List, useKeys } from "../list.js";
import { Empty, Loaded, useLoad } from "../load.js";
import { go, link } from "../router.js";
import { number, t } from "../text.js";
import { ago, day, dayEnd } from "../time.js";
import { toast } from "../toast.js";
import { Attach, NewEntry } from "./questions_entry.js";
import { Group, whyNot } from "./questions_group.js";
import { Reply, channelName } from "./questions_reply.js";
import { Act, Clash, Ends, useWork } from "./questions_work.js";
import "./questions_words.js";

const PAGE = 50;
const TYPING_MS = 250;
const states = ["open", "answered", "dismissed"];
const orders = ["count", "growth", "last", "due"];
const channels = ["zalo", "messenger", "webchat"];
const options = (pairs, value) => pairs.map(([key, name]) =>
	html`<option value=${key} selected=${key === (value || "")}>${name}</option>`);

function Filters({ values, colleagues, change }) {
	const timer = useRef(0);
	const search = (q) => {
		clearTimeout(timer.current);
		timer.current = setTimeout(() => change({ q }), TYPING_MS);
	};
	const choice = (name, label, pairs) => html`<${Field} as="select" label=${label}
		onInput=${(value) => change({ [name]: value })}>${options(pairs, values[name])}<//>`;
	return html`<form class="filters" role="search" onSubmit=${(event) => event.preventDefault()}>
		<${Field} label=${t("search")} type="search" value=${values.q || ""} onInput=${search} />
		${choice("state", t("q.state"), states.map((state) => [state === "open" ? "" : state, t(`q.${state}`)]))}
		${choice("sort", t("q.sort"), orders.map((order) => [order === "count" ? "" : order, t(`q.by.${order}`)]))}
		${choice("channel", t("q.channel"), [["", t("q.any")], ...channels.map((one) => [one, channelName(one)])])}
		${choice("who", t("q.who"), [["", t("q.any")], ["0", t("q.nobody")], ["late", t("q.late")],
			...colleagues.map((one) => [String(one.id), one.name])])}
	</form>`;
}

function Row({ group, current, picked, days, onCurrent, onPick, onOpen }) {
	useLayoutEffect(() => { if (current) onCurrent(group); }, [current, group]);
	const late = group.due_ms && group.due_ms < Date.now();
	return html`<div class="pick">
		<input type="checkbox" checked=${picked} aria-label=${`${t("q.pick")}: ${group.text}`} onChange=${() => onPick(group)} />
		<div><button type="button" class="plain name" onClick=${({ currentTarget }) => {
				currentTarget.closest("li").focus(); // and so is the current one
				onOpen(group);
			}}>${group.text || t("q.erased")}</button>
			<p class="quiet">${t("q.asked", { n: number(group.questions), people: number(group.citizens) })}
				${" · "}${t("q.recent", { n: number(group.recent), days })} · ${group.channels.map(channelName).join(", ")}
				${" · "}${t("q.span", { first: day(group.first_ms), last: ago(group.last_ms) })}</p>
			${group.candidates[0] && html`<p>${whyNot(group.candidates[0])}</p>`}
			${(group.assignee || group.department || group.due_ms) && html`<p>${[group.assignee?.name, group.department].filter(Boolean).join(" · ")}${" "}
				${group.due_ms && html`<span class=${late ? "badge bad" : "badge"}>${t(late ? "q.late" : "q.due")} ${day(group.due_ms)}</span>`}</p>`}
		</div></div>`;
}

function Assign({ groups, colleagues, work, onClose }) {
	const [first] = groups;
	const [values, set] = useState({ assignee: first.assignee?.id || "", department: first.department || "", due: "" });
	const change = (more) => set({ ...values, ...more });
	const form = useForm(async () => {
		const body = { department: values.department, assignee: Number(values.assignee) };
		if (values.due) body.due_ms = dayEnd(values.due) - 1;
		await (groups.length > 1 ? work.runMany(groups, "assign", body) : work.run(first, "assign", body));
		onClose();
	});
	return html`<${Dialog} title=${t("q.assign")} onClose=${onClose}><form onSubmit=${form.submit}>
		<${Field} as="select" label=${t("q.who")} autofocus error=${form.errors.assignee} onInput=${(assignee) => change({ assignee })}>
			${options([["", t("q.nobody")], ...colleagues.map((one) => [one.id, one.name])], values.assignee)}<//>
		<${Field} label=${t("q.department")} maxlength="60" value=${values.department} error=${form.errors.department}
			onInput=${(department) => change({ department })} />
		<${Field} label=${t("q.due")} type="date" value=${values.due} onInput=${(due) => change({ due })} />
		<${FormError} form=${form} fields=${["assignee", "department"]} />
		<${Ends} form=${form} onClose=${onClose}>${t("q.assign")}<//>
	</form><//>`;
}

function KeyHelp() {
	const keys = [["j / k", "q.key.jk"], ["Enter", "q.key.enter"], ["c", "q.key.c"], ["a", "q.attach"], ["n", "q.new"],
		["r", "q.reply"], ["x", "q.dismiss"], ["u", "undo"]];
	return html`<p class="keys" aria-label=${t("q.keys")}>${keys.map(([key, words]) =>
		html`<span><kbd>${key}</kbd> ${t(words)}</span>`)}</p>`;
}

export default function Questions({ session, address: { rest: [openId], query: values } }) {
	const may = (permission) => session.permissions.includes(permission);
	const offset = Number(values.offset) || 0;
	const { who, ...asked } = values;
	const groups = useLoad(() => api("GET", `/groups${query({
		...asked, limit: PAGE,
		...(who === "0" ? { unassigned: 1 } : who === "late" ? { due_before: Date.now() } : { assignee: who }),
	})}`), [JSON.stringify(values)]);
	const opened = useLoad(async () => (openId ? api("GET", `/groups/${openId}`) : null), [openId]);
	const { data: { colleagues } = { colleagues: [] } } = useLoad(() => api("GET", "/group-colleagues"), []);
	const [dialog, setDialog] = useState(null); // { kind, group, ... }
	const [picked, setPicked] = useState([]);
	const current = useRef(null);

	const work = useWork(() => {
		setPicked([]);
		groups.reload();
		opened.reload();
		document.querySelector(".list > .current")?.focus();
	});
	const show = (id, replace) => go(link(...["questions", id].filter(Boolean), values), replace);
	const change = (more) => go(link(...["questions", openId].filter(Boolean), { ...values, offset: "", ...more }), true);
	const target = () => (openId ? opened.data : current.current);
	const pick = (group) => setPicked((now) => (now.some(({ id }) => id === group.id)
		? now.filter(({ id }) => id !== group.id) : [...now, group]));
	const ask = (kind, permission) => (group) => (may(permission)
		? setDialog({ kind, group, groups: [group] }) : toast(t("q.may_not"), { bad: true }));
	const simply = (path) => (group) => work.attempt(() => work.run(group, path));
	const acts = {
		a: ask("attach", "questions"), n: ask("new", "faq_edit"), r: ask("reply", "reply"),
		x: simply("dismiss"), g: ask("assign", "questions"),
	};
	useKeys({
		...Object.fromEntries(Object.entries(acts).map(([key, act]) =>
			[key, () => target() && (target().state === "open" || key === "r") && act(target())])),
		c: () => current.current && pick(current.current),
		u: work.undo,
		Escape: () => openId && show(null),
	});
	const shown = ({ state }) => (state === "open"
		? [["a", "attach"], ["n", "new"], ["r", "reply"], ["g", "assign"], ["x", "dismiss"], ["", "answer"]]
		: state === "merged" ? [] : [["", "reopen"], ["r", "reply"]])
		.map(([key, name]) => ({ key, name, act: acts[key] || simply(name) }));
	async function merge() {
		let [into, ...others] = [...picked].sort((a, b) => b.questions - a.questions);
		for (const from of others) {
			into = await work.run(into, "merge", { from: from.id, from_version: from.version });
			if (!into) return;
		}
	}
	// What is open goes with j and k.
	function isCurrent(group) {
		const moved = current.current && current.current.id !== group.id;
		current.current = group;
		if (moved && openId) show(group.id, true);
	}
	const many = (action) => work.attempt(() => work.runMany(picked, action));
	const close = () => setDialog(null);
	const props = dialog && { ...dialog, key: dialog.group.id, session, work, colleagues, onClose: close, mayReply: may("reply"),
		onReply: (group, text, entry) => setDialog({ kind: "reply", group, text, entry }) };
	const view = { attach: Attach, new: NewEntry, reply: Reply, assign: Assign }[dialog?.kind];

	return html`<h1>${t("nav.questions")}</h1>
		<p class="quiet">${t("q.help")}</p>
		<${KeyHelp} />
		<${Filters} values=${values} colleagues=${colleagues} change=${change} />
		${picked.length > 0 && html`<div class="notice bulk" role="status">${t("q.picked", { n: picked.length })}
			<${Act} act=${() => many("dismiss")}>${t("q.dismiss")}<//>
			<${Act} act=${() => many("answer")}>${t("q.answer")}<//>
			<${Act} act=${() => setDialog({ kind: "assign", group: picked[0], groups: picked })}>${t("q.assign")}<//>
			${picked.length > 1 && html`<${Act} act=${() => work.attempt(merge)}>${t("q.merge")}<//>`}
			<button type="button" class="plain" onClick=${() => setPicked([])}>${t("q.unpick")}</button></div>`}
		<div class=${openId ? "two opens" : "two"}>
		<div><${Loaded} of=${groups}>${(data) => (data.groups.length === 0
			? Object.keys(values).length
				? html`<${Empty} title=${t("q.no_fit")}><button type="button" onClick=${() => go("#/questions")}>${t("q.clear")}</button><//>`
				: html`<${Empty} title=${t("q.none")}><p>${t("q.none_help")}</p><//>`
			: html`<${List} label=${t("nav.questions")} items=${data.groups} onOpen=${({ id }) => show(id)}
					row=${(group, at) => html`<${Row} group=${group} current=${at} days=${data.recent_days}
						picked=${picked.some(({ id }) => id === group.id)} onCurrent=${isCurrent} onPick=${pick} onOpen=${({ id }) => show(id)} />`} />
				<div class="actions"><span class="quiet">${t("q.page", { from: offset + 1, to: offset + data.groups.length, total: number(data.total) })}</span>
					${offset > 0 && html`<${Act} act=${() => change({ offset: Math.max(0, offset - PAGE) || "" })}>${t("q.before")}<//>`}
					${offset + PAGE < data.total && html`<${Act} act=${() => change({ offset: offset + PAGE })}>${t("q.next")}<//>`}
				</div>`)}<//></div>
		${openId && html`<${Loaded} of=${opened}>${(group) => group && html`<${Group} group=${group} acts=${shown(group)}
			work=${work} onClose=${() => show(null)} />`}<//>`}
		</div>
		${view && html`<${view} ...${props} />`}
		${work.clash && html`<${Clash} ...${work.clash} />`}`;
}
