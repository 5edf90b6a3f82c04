// SPDX-License-Identifier: AGPL-3.0-or-later
// Loading: nothing to see for a third of a second, then a bar; a fault says
// what to do and offers to try again; an empty list teaches.

import { html, useCallback, useEffect, useRef, useState } from "./vendor/preact.js";
import { t } from "./text.js";

/** const users = useLoad(() => api("GET", "/users"), []);
 * { data, error, loading, reload, set }.  Old data stays while new loads; an
 * answer that a later one has overtaken is dropped. */
export function useLoad(get, inputs) {
	const [state, setState] = useState({ loading: true });
	const turn = useRef(0);
	const reload = useCallback(async () => {
		const mine = ++turn.current;
		setState((now) => ({ ...now, loading: true, error: null }));
		try {
			const data = await get();
			if (mine === turn.current) setState({ data, loading: false });
		} catch (error) {
			if (mine === turn.current) setState((now) => ({ ...now, error, loading: false }));
		}
	}, inputs);
	useEffect(() => {
		reload();
		return () => { turn.current++; };
	}, [reload]);
	return { ...state, reload, set: (data) => setState({ data, loading: false }) };
}

/** A bar that shows once something takes longer than a moment.  With VALUE (0
 * to 1) it says how far it is. */
export function Progress({ value, label = t("loading") }) {
	return html`<div class="progress" role="progressbar" aria-label=${label}
		aria-valuenow=${value === undefined ? undefined : Math.round(value * 100)}>
		<progress value=${value} max="1"></progress><span>${label}</span></div>`;
}

/** Around what a useLoad() brings: children(data) once it is there. */
export function Loaded({ of: { data, error, loading, reload }, children }) {
	return html`
		${error && html`<div role="alert" class="notice bad"><p>${error.message}</p>
			<button type="button" class="secondary" onClick=${reload}>${t("retry")}</button></div>`}
		${loading && html`<${Progress} />`}
		${data !== undefined && children(data)}`;
}

/** Why there is nothing here, and what to do. */
export function Empty({ title, children }) {
	return html`<div class="empty"><h2>${title}</h2>${children}</div>`;
}
