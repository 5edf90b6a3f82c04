// SPDX-License-Identifier: AGPL-3.0-or-later
// Form fields with their label, help and error, tied together for a screen
// reader; and a form that sends, shows what the API refused at its field, and
// cannot be sent twice.

import { html, useRef, useState } from "./vendor/preact.js";
import { t } from "./text.js";

let last = 0;
/** An id that no other element has. */
export function useId() {
	const ref = useRef(null);
	if (!ref.current) ref.current = `f${++last}`;
	return ref.current;
}

/** One field.  `as` is "input" (standard), "textarea" or "select"; everything
 * else goes to that element.  onInput gets the value. */
export function Field({ label, help, error, as: Tag = "input", onInput, children, ...rest }) {
	const id = useId();
	const notes = [help && `${id}h`, error && `${id}e`].filter(Boolean).join(" ");
	return html`<div class="field">
		<label for=${id}>${label}</label>
		<${Tag} id=${id} aria-describedby=${notes || undefined}
			aria-invalid=${error ? "true" : undefined}
			onInput=${(event) => onInput(event.target.value)} ...${rest}>${children}<//>
		${help && html`<small id=${`${id}h`} class="help">${help}</small>`}
		${error && html`<small id=${`${id}e`} class="error">${error}</small>`}
	</div>`;
}

/** A box with its label and, behind it, a word of help. */
export function Check({ label, help, checked, onChange, ...rest }) {
	return html`<label class="check">
		<input type="checkbox" checked=${checked}
			onChange=${(event) => onChange(event.target.checked)} ...${rest} />
		<span>${label}${help && html` <span class="help">– ${help}</span>`}</span>
	</label>`;
}

/** send() runs once at a time; what it throws is shown: `errors[field]`, or
 * `errors[""]` for the whole form.
 * const form = useForm(async () => {...}); <form onSubmit=${form.submit}> */
export function useForm(send) {
	const [busy, setBusy] = useState(false);
	const [errors, setErrors] = useState({});
	async function submit(event) {
		event?.preventDefault();
		if (busy) return;
		setBusy(true);
		setErrors({});
		try {
			await send();
		} catch (error) {
			setErrors({ [error.field || ""]: error.message });
			requestAnimationFrame(() =>
				event?.target.querySelector("[aria-invalid=true]")?.focus());
		} finally {
			setBusy(false);
		}
	}
	return { busy, errors, submit, setErrors };
}

/** What no single field is to blame for; said aloud when it appears. */
export function FormError({ form, fields = [] }) {
	const left = Object.entries(form.errors)
		.filter(([field]) => !fields.includes(field)).map(([, words]) => words);
	return html`<div role="alert">${left.map((words) =>
		html`<p class="error">${words}</p>`)}</div>`;
}

/** The button of a form. */
export function Submit({ form, children, ...rest }) {
	return html`<button type="submit" aria-busy=${form.busy ? "true" : undefined}
		aria-disabled=${form.busy ? "true" : undefined} ...${rest}>
		${form.busy ? t("saving") : children}</button>`;
}
