// SPDX-License-Identifier: AGPL-3.0-or-later
// Short news in a corner, said aloud politely; with undo where there is one.

import { html, useEffect, useState } from "./vendor/preact.js";
import { t } from "./text.js";

const STAYS_MS = 6000;
const UNDO_STAYS_MS = 15000;
let show = () => {};
let last = 0;

/** toast(t("saved")), toast("…", { undo: () => … }), toast(error.message,
 * { bad: true }) */
export function toast(words, { undo, bad } = {}) {
	show({ id: ++last, words, undo, bad });
}

export function Toasts() {
	const [items, set] = useState([]);
	const drop = (id) => set((now) => now.filter((item) => item.id !== id));
	useEffect(() => {
		show = (item) => {
			set((now) => [...now.slice(-2), item]);
			setTimeout(() => drop(item.id),
				item.undo || item.bad ? UNDO_STAYS_MS : STAYS_MS);
		};
	}, []);
	return html`<div class="toasts" role="status" aria-live="polite">
		${items.map((item) => html`<div key=${item.id} class=${item.bad ? "toast bad" : "toast"}>
			<span>${item.words}</span>
			${item.undo && html`<button type="button" class="plain" onClick=${() => {
				drop(item.id);
				item.undo();
			}}>${t("undo")}</button>`}
			<button type="button" class="plain icon" aria-label=${t("close")}
				onClick=${() => drop(item.id)}>×</button>
		</div>`)}
	</div>`;
}
