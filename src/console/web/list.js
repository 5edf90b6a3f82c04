// SPDX-License-Identifier: AGPL-3.0-or-later
// A list for the keyboard: j and k move, Enter opens, and a page may give keys
// of its own.  Keys do nothing while somebody types or a dialog is open.

import { html, useEffect, useRef, useState } from "./vendor/preact.js";

const typing = (element) =>
	element.closest("input, textarea, select, [contenteditable], dialog");

/** useKeys({ a: () => …, u: () => … }) while the page is shown. */
export function useKeys(keys) {
	const current = useRef(keys);
	current.current = keys;
	useEffect(() => {
		function pressed(event) {
			if (event.ctrlKey || event.metaKey || event.altKey) return;
			if (typing(event.target) || document.querySelector("dialog[open]")) return;
			const act = current.current[event.key];
			if (!act) return;
			event.preventDefault();
			act(event);
		}
		addEventListener("keydown", pressed);
		return () => removeEventListener("keydown", pressed);
	}, []);
}

/** items, keyOf(item), row(item, isCurrent), onOpen(item), keys: { a: (item) => … }.
 * The current item is focused, so a screen reader reads it. */
export function List({ items, keyOf = (item) => item.id, row, onOpen, keys = {}, label }) {
	const [at, setAt] = useState(0);
	const root = useRef(null);
	const current = Math.min(at, items.length - 1);
	function move(step) {
		const next = Math.max(0, Math.min(items.length - 1, current + step));
		setAt(next);
		root.current?.children[next]?.focus();
	}
	const ofItem = Object.fromEntries(Object.entries(keys).map(([key, act]) =>
		[key, () => items[current] && act(items[current])]));
	useKeys({
		...ofItem,
		j: () => move(1),
		k: () => move(-1),
	});
	return html`<ul class="list" ref=${root} aria-label=${label}>
		${items.map((item, i) => html`<li key=${keyOf(item)} tabindex=${i === current ? 0 : -1}
			class=${i === current ? "current" : ""} aria-current=${i === current ? "true" : undefined}
			onFocus=${() => setAt(i)}
			onKeyDown=${(event) => {
				if (event.key === "Enter" && event.target === event.currentTarget) onOpen?.(item);
			}}>
			${row(item, i === current)}</li>`)}
	</ul>`;
}

/** columns: [{ title, cell(item), narrow, number }].  On a phone each row
 * becomes a card whose cells carry their titles. */
export function Table({ columns, items, keyOf = (item) => item.id, caption }) {
	return html`<table class="cards">
		<caption class="unseen">${caption}</caption>
		<thead><tr>${columns.map((column) => html`<th scope="col"
			class=${column.number ? "number" : ""}>${column.title}</th>`)}</tr></thead>
		<tbody>${items.map((item) => html`<tr key=${keyOf(item)}>
			${columns.map((column) => html`<td data-title=${column.title}
				class=${column.number ? "number" : ""}>${column.cell(item)}</td>`)}</tr>`)}</tbody>
	</table>`;
}
