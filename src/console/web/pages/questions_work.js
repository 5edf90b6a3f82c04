// SPDX-License-Identifier: AGPL-3.0-or-later
// What is done to a group: each action says so in a toast that undoes it, `u`
// undoes the last one, and what somebody else was quicker with is a choice.

import { html, useRef, useState } from "../vendor/preact.js";
import { api } from "../api.js";
import { Dialog } from "../dialog.js";
import { Submit } from "../fields.js";
import { t } from "../text.js";
import { day } from "../time.js";
import { toast } from "../toast.js";

export const Act = ({ act, children, ...rest }) =>
	html`<button type="button" class="secondary" onClick=${act} ...${rest}>${children}</button>`;

/** The end of a form: its button, and the way out. */
export const Ends = ({ form, onClose, children, ...rest }) => html`<div class="actions">
	<${Submit} form=${form} ...${rest}>${children}<//><${Act} act=${onClose}>${t("cancel")}<//></div>`;

/** What a group's state and assignment are, in a line. */
export const standing = (group) => [
	t(`q.${group.state}`),
	group.entry && (group.entry.question || group.entry.id),
	group.assignee?.name, group.department,
	group.due_ms && `${t("q.due").toLowerCase()} ${day(group.due_ms)}`,
].filter(Boolean).join(", ");

const ready = (group, path) =>
	group.state === "open" || path === "reopen" || path === "reply";

/** { run, runMany, attempt, undo, undoable, clash }; changed() is told after
 * each. */
export function useWork(changed) {
	const [clash, setClash] = useState(null);
	const undos = useRef([]);

	function undoable(words, back) {
		const act = async () => {
			undos.current = undos.current.filter((one) => one !== act);
			try {
				await back();
				toast(t("q.undone"));
			} catch (error) {
				toast(error.code === "conflict" ? t("q.undo_late") : error.message, { bad: true });
			}
			changed();
		};
		undos.current.push(act);
		toast(words, { undo: act });
	}

	// What the API said; null when the person left it to the other one.
	async function run(group, path, body = {}) {
		try {
			const said = await api("POST", `/groups/${group.id}/${path}`, { ...body, version: group.version });
			// What is split off is answered; what is undone is the group.
			const after = path === "split" ? await api("GET", `/groups/${group.id}`) : said.group || said;
			undoable(t(`q.did.${path}`, { n: said.replies }), () =>
				api("POST", `/groups/${after.id}/undo`, { version: after.version }));
			changed();
			return said;
		} catch (error) {
			if (error.code !== "conflict") throw error;
		}
		const now = await api("GET", `/groups/${group.id}`);
		const goOn = await new Promise((choose) => setClash({ now, path, choose }));
		setClash(null);
		if (!goOn) {
			changed();
			return null;
		}
		return run(ready(now, path) ? now
			: await api("POST", `/groups/${now.id}/reopen`, { version: now.version }), path, body);
	}

	async function runMany(groups, action, body = {}) {
		const many = (list, what, more) => api("POST", "/groups/bulk", {
			...more, action: what, groups: list.map(({ id, version }) => ({ id, version })) });
		const { done, refused } = await many(groups, action, body);
		if (done.length) {
			undoable(t("q.did.many", { n: done.length }), async () => {
				const back = await many(done, "undo");
				if (back.refused.length) toast(t("q.refused", { n: back.refused.length }), { bad: true });
			});
		}
		if (refused.length) toast(t("q.refused", { n: refused.length }), { bad: true });
		changed();
	}

	async function attempt(work) {
		try {
			return await work();
		} catch (error) {
			toast(error.message, { bad: true });
			return null;
		}
	}

	const undo = () => (undos.current.length ? undos.current.at(-1)() : toast(t("q.no_undo")));
	return { run, runMany, attempt, undo, undoable, clash };
}

export function Clash({ now, path, choose }) {
	return html`<${Dialog} title=${t("q.conflict")} onClose=${() => choose(false)}>
		<p>${t("q.conflict_help", { now: standing(now) })}</p>
		<div class="actions">
			<button type="button" onClick=${() => choose(false)}>${t("q.theirs")}</button>
			${now.state !== "merged" && html`<button type="button" class="secondary"
				onClick=${() => choose(true)}>${t("q.mine", { what: t(`q.${path}`) })}</button>`}
		</div><//>`;
}
