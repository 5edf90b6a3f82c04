// SPDX-License-Identifier: AGPL-3.0-or-later
// Login and password; then, where the account has a second factor, its code.

import { html, useEffect, useRef, useState } from "./vendor/preact.js";
import { apiOnce } from "./api.js";
import { Field, FormError, Submit, useForm } from "./fields.js";
import { t } from "./text.js";

const fields = ["login", "password", "totp"];

/** onDone(session); LOGIN: somebody who must sign in again. */
export function Login({ login = "", onDone }) {
	const [values, set] = useState({ login, password: "", totp: "" });
	const [asksCode, setAsksCode] = useState(false);
	const root = useRef(null);
	const change = (more) => set((now) => ({ ...now, ...more }));
	// Straight to what must be typed next.
	useEffect(() => {
		const next = asksCode ? "totp" : login ? "password" : "login";
		root.current.querySelector(`[name=${next}]`).focus();
	}, [asksCode]);
	const form = useForm(async () => {
		const body = { login: values.login.trim().toLowerCase(), password: values.password };
		if (asksCode) body.totp = values.totp.replace(/\s/g, "");
		try {
			onDone(await apiOnce("POST", "/session", body));
		} catch (error) {
			if (error.code === "totp_needed") return setAsksCode(true);
			throw error;
		}
	});
	const code = html`<${Field} label=${t("login.totp")} help=${t("login.totp_help")}
		error=${form.errors.totp} value=${values.totp} onInput=${(totp) => change({ totp })}
		name="totp" inputmode="numeric" autocomplete="one-time-code" maxlength="7" required />`;
	const both = html`<${Field} label=${t("login.login")} error=${form.errors.login}
			value=${values.login} onInput=${(next) => change({ login: next })} name="login"
			autocomplete="username" autocapitalize="none" spellcheck=${false} required />
		<${Field} label=${t("login.password")} error=${form.errors.password} type="password"
			value=${values.password} onInput=${(password) => change({ password })}
			name="password" autocomplete="current-password" required />`;
	return html`<form ref=${root} onSubmit=${form.submit}>
		${asksCode ? code : both}
		<${FormError} form=${form} fields=${fields} />
		<div class="actions"><${Submit} form=${form}>${t("login.submit")}<//>
			${asksCode && html`<button type="button" class="plain"
				onClick=${() => setAsksCode(false)}>${t("login.back")}</button>`}</div>
	</form>`;
}
