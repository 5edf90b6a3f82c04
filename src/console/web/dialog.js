// SPDX-License-Identifier: AGPL-3.0-or-later
// The browser's own dialog: it keeps the focus inside, closes with Escape and
// gives the focus back.

import { html, useLayoutEffect, useRef } from "./vendor/preact.js";
import { useId } from "./fields.js";
import { t } from "./text.js";

/** <${Dialog} title="…" onClose=${…}>…<//>; without onClose it stays. */
export function Dialog({ title, onClose, children }) {
	const ref = useRef(null);
	const id = useId();
	// Before other effects, so that what a child focuses stays focused.
	useLayoutEffect(() => {
		const dialog = ref.current;
		dialog.showModal();
		return () => dialog.open && dialog.close();
	}, []);
	const cancel = (event) => {
		event.preventDefault();
		onClose?.();
	};
	return html`<dialog ref=${ref} onCancel=${cancel} aria-labelledby=${id}>
		<header>
			<h2 id=${id}>${title}</h2>
			${onClose && html`<button type="button" class="plain icon"
				aria-label=${t("close")} onClick=${onClose}>×</button>`}
		</header>
		${children}
	</dialog>`;
}
