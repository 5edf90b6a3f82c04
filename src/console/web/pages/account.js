// SPDX-License-Identifier: AGPL-3.0-or-later
// One's own password and second factor.

import { html, useState } from "../vendor/preact.js";
import { api, query } from "../api.js";
import { Field, FormError, Submit, useForm } from "../fields.js";
import { Loaded, useLoad } from "../load.js";
import { t } from "../text.js";
import { toast } from "../toast.js";

const blank = { old: "", new: "", again: "" };

function Password() {
	const [values, set] = useState(blank);
	const change = (more) => set((now) => ({ ...now, ...more }));
	const form = useForm(async () => {
		if (values.new !== values.again) {
			throw Object.assign(new Error(t("account.differ")), { field: "again" });
		}
		await api("POST", "/session/password", { old: values.old, new: values.new });
		set(blank);
		toast(t("account.changed"));
	});
	const field = (name, label, complete) => html`<${Field} label=${label} type="password" name=${name}
		value=${values[name]} error=${form.errors[name]} autocomplete=${complete} required
		onInput=${(value) => change({ [name]: value })} />`;
	return html`<section><h2>${t("account.password")}</h2>
		<form class="narrow" onSubmit=${form.submit}>
			${field("old", t("account.old"), "current-password")}
			${field("new", t("account.new"), "new-password")}
			${field("again", t("account.again"), "new-password")}
			<${FormError} form=${form} fields=${["old", "new", "again"]} />
			<${Submit} form=${form}>${t("account.password")}<//>
		</form></section>`;
}

const grouped = (secret) => secret.replace(/(.{4})(?=.)/g, "$1 ");

function Enrol({ offer, onDone, onCancel }) {
	const [values, set] = useState({ code: "", password: "" });
	const change = (more) => set((now) => ({ ...now, ...more }));
	const form = useForm(async () => {
		await api("POST", "/session/totp", {
			secret: offer.secret,
			code: values.code.replace(/\s/g, ""),
			password: values.password,
		});
		toast(t("account.totp_done"));
		onDone();
	});
	return html`<form class="narrow" onSubmit=${form.submit}>
		<p>1. ${t("account.totp_step1")}</p>
		<p class="secret"><code>${grouped(offer.secret)}</code><br />
			<a href=${offer.address}>${t("account.totp_link")}</a></p>
		<${Field} label=${`2. ${t("account.totp_step2")}`} name="code" inputmode="numeric"
			autocomplete="one-time-code" required value=${values.code} error=${form.errors.code}
			onInput=${(code) => change({ code })} />
		<${Field} label=${`3. ${t("account.old")}`} type="password" name="password" required
			autocomplete="current-password" value=${values.password} error=${form.errors.password}
			onInput=${(password) => change({ password })} />
		<${FormError} form=${form} fields=${["code", "password"]} />
		<div class="actions"><${Submit} form=${form}>${t("account.totp_start")}<//>
			<button type="button" class="secondary" onClick=${onCancel}>${t("cancel")}</button></div>
	</form>`;
}

function End({ onDone }) {
	const [code, setCode] = useState("");
	const form = useForm(async () => {
		await api("DELETE", `/session/totp${query({ code: code.replace(/\s/g, "") })}`);
		toast(t("account.totp_ended"));
		onDone();
	});
	return html`<form class="narrow" onSubmit=${form.submit}>
		<p>${t("account.totp_on")}</p>
		<${Field} label=${t("login.totp")} name="code" inputmode="numeric" autocomplete="one-time-code"
			required value=${code} error=${form.errors.code} onInput=${setCode} />
		<${FormError} form=${form} fields=${["code"]} />
		<${Submit} form=${form} class="secondary">${t("account.totp_end")}<//>
	</form>`;
}

function SecondFactor({ user, reload }) {
	const [offer, setOffer] = useState(null);
	const form = useForm(async () => setOffer(await api("POST", "/session/totp")));
	const done = () => {
		setOffer(null);
		reload();
	};
	if (offer) return html`<${Enrol} offer=${offer} onDone=${done} onCancel=${() => setOffer(null)} />`;
	if (user.totp) return html`<${End} onDone=${done} />`;
	return html`<form class="narrow" onSubmit=${form.submit}><p>${t("account.totp_off")}</p>
		<${FormError} form=${form} /><${Submit} form=${form}>${t("account.totp_start")}<//></form>`;
}

export default function Account() {
	const session = useLoad(() => api("GET", "/session"), []);
	return html`<h1>${t("account.title")}</h1>
		<${Loaded} of=${session}>${({ user }) => html`
			<p class="quiet">${user.login} · ${user.roles.map((role) => t(`role.${role}`)).join(", ")}</p>
			<div class="columns"><${Password} />
				<section><h2>${t("account.totp")}</h2>
					<${SecondFactor} user=${user} reload=${session.reload} /></section></div>`}<//>`;
}
