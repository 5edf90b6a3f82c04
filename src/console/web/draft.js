// SPDX-License-Identifier: AGPL-3.0-or-later
// Nothing typed is lost: a draft goes to localStorage as one types and comes
// back after a reload, a crash or a new session.  It belongs to one person on
// this browser and goes with the sign-out.

import { html, useState } from "./vendor/preact.js";
import { t } from "./text.js";

const PREFIX = "hoidap.draft.";
let owner = "";

export function setDraftOwner(login) {
	owner = login;
}

const place = (key) => `${PREFIX}${owner}.${key}`;

function stored(key) {
	try {
		return JSON.parse(localStorage.getItem(place(key)));
	} catch {
		return null;
	}
}

/** const [values, change, draft] = useDraft("entry.phi", { answer: "…" });
 * change({ answer: "new" }) merges.  draft.found: there was one; draft.drop()
 * forgets it, after saving or on purpose. */
export function useDraft(key, initial) {
	const [state, set] = useState(() => {
		const found = stored(key);
		return { values: { ...initial, ...found }, found: found !== null };
	});
	function change(more) {
		set((now) => {
			const values = { ...now.values, ...more };
			try {
				localStorage.setItem(place(key), JSON.stringify(values));
			} catch { /* full: the page still has it */ }
			return { ...now, values };
		});
	}
	function drop(values = initial) {
		localStorage.removeItem(place(key));
		set({ values, found: false });
	}
	return [state.values, change, { found: state.found, drop }];
}

/** Says that a draft came back, and offers to drop it. */
export function DraftNotice({ draft }) {
	return draft.found && html`<p class="notice" role="status">${t("draft.kept")}
		<button type="button" class="plain" onClick=${() => draft.drop()}>${t("draft.drop")}</button></p>`;
}

/** At the sign-out: a shared computer keeps nobody's words. */
export function dropDrafts() {
	Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${owner}.`))
		.forEach((key) => localStorage.removeItem(key));
}
