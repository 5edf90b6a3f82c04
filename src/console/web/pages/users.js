// SPDX-License-Identifier: AGPL-3.0-or-later
// Colleagues and what they may do.

import { html, useState } from "../vendor/preact.js";
import { api } from "../api.js";
import { Dialog } from "../dialog.js";
import { DraftNotice, useDraft } from "../draft.js";
import { Check, Field, FormError, Submit, useForm } from "../fields.js";
import { Table } from "../list.js";
import { Loaded, useLoad } from "../load.js";
import { t } from "../text.js";
import { ago } from "../time.js";
import { toast } from "../toast.js";

const roles = ["editor", "curator", "reviewer", "admin"];

function Roles({ value, error, onChange }) {
	return html`<fieldset aria-describedby=${error ? "roles-error" : undefined}>
		<legend>${t("users.roles")}</legend>
		${roles.map((role) => html`<${Check} key=${role} label=${t(`role.${role}`)}
			help=${t(`role.${role}_help`)} checked=${value.includes(role)}
			onChange=${(on) => onChange(on ? [...value, role] : value.filter((one) => one !== role))} />`)}
		${error && html`<small id="roles-error" class="error">${error}</small>`}
	</fieldset>`;
}

function needRole(values) {
	if (values.roles.length > 0) return;
	throw Object.assign(new Error(t("users.one_role")), { field: "roles" });
}

// A password is never part of a draft.
function Add({ onDone, onClose }) {
	const [values, change, draft] = useDraft("user.new", { login: "", name: "", roles: ["editor"] });
	const [password, setPassword] = useState("");
	const form = useForm(async () => {
		needRole(values);
		await api("POST", "/users", { ...values, password });
		draft.drop();
		toast(t("saved"));
		onDone();
	});
	return html`<${Dialog} title=${t("users.add")} onClose=${onClose}>
		<form onSubmit=${form.submit}>
			<${DraftNotice} draft=${draft} />
			<${Field} label=${t("users.name")} name="name" required maxlength="60" value=${values.name}
				error=${form.errors.name} onInput=${(name) => change({ name })} autocomplete="off" />
			<${Field} label=${t("login.login")} name="login" required value=${values.login}
				error=${form.errors.login} autocapitalize="none" autocomplete="off" spellcheck=${false}
				onInput=${(login) => change({ login: login.toLowerCase() })} />
			<${Roles} value=${values.roles} error=${form.errors.roles} onChange=${(next) => change({ roles: next })} />
			<${Field} label=${t("login.password")} help=${t("users.password_help")} type="password"
				name="password" required autocomplete="new-password" value=${password}
				error=${form.errors.password} onInput=${setPassword} />
			<${FormError} form=${form} fields=${["name", "login", "roles", "password"]} />
			<div class="actions"><${Submit} form=${form}>${t("users.add")}<//>
				<button type="button" class="secondary" onClick=${onClose}>${t("cancel")}</button></div>
		</form><//>`;
}

function Reset({ user }) {
	const [password, setPassword] = useState("");
	const form = useForm(async () => {
		await api("POST", `/users/${user.id}/password`, { password });
		setPassword("");
		toast(t("users.reset_done"));
	});
	return html`<form onSubmit=${form.submit}>
		<${Field} label=${t("users.new_password")} type="password" name="password" required
			autocomplete="new-password" value=${password} error=${form.errors.password}
			help=${t("users.password_help")} onInput=${setPassword} />
		<${FormError} form=${form} fields=${["password"]} />
		<${Submit} form=${form} class="secondary">${t("users.reset")}<//>
	</form>`;
}

function Edit({ user, onDone, onClose }) {
	const [values, change, draft] = useDraft(`user.${user.id}`,
		{ name: user.name, roles: user.roles, disabled: user.disabled, why: "" });
	const form = useForm(async () => {
		needRole(values);
		await api("PUT", `/users/${user.id}`, values);
		draft.drop();
		toast(t("saved"));
		onDone();
	});
	const end = async (path, words) => {
		try {
			await api("DELETE", `/users/${user.id}/${path}`);
			toast(words);
			onDone();
		} catch (error) {
			toast(error.message, { bad: true });
		}
	};
	return html`<${Dialog} title=${t("users.edit", { name: user.name })} onClose=${onClose}>
		<form onSubmit=${form.submit}>
			<${DraftNotice} draft=${draft} />
			<${Field} label=${t("users.name")} name="name" required maxlength="60" value=${values.name}
				error=${form.errors.name} onInput=${(name) => change({ name })} />
			<${Roles} value=${values.roles} error=${form.errors.roles} onChange=${(next) => change({ roles: next })} />
			<${Check} label=${t("users.disable")} checked=${values.disabled}
				onChange=${(disabled) => change({ disabled })} />
			<${Field} label=${t("why")} name="why" maxlength="300" value=${values.why}
				onInput=${(why) => change({ why })} />
			<${FormError} form=${form} fields=${["name", "roles"]} />
			<div class="actions"><${Submit} form=${form}>${t("save")}<//>
				<button type="button" class="secondary" onClick=${onClose}>${t("cancel")}</button></div>
		</form>
		<hr />
		<${Reset} user=${user} />
		<div class="actions">
			<button type="button" class="secondary" onClick=${() => end("sessions", t("users.signed_out"))}>${t("users.sign_out")}</button>
			${user.totp && html`<button type="button" class="secondary"
				onClick=${() => end("totp", t("account.totp_ended"))}>${t("users.totp_off")}</button>`}
		</div><//>`;
}

export default function Users() {
	const [shown, show] = useState(null); // "add" or a user
	const users = useLoad(() => api("GET", "/users"), []);
	const close = () => show(null);
	const done = () => {
		close();
		users.reload();
	};
	const columns = [
		{ title: t("users.name"), cell: (user) => html`<button type="button" class="plain name"
			onClick=${() => show(user)}>${user.name}</button>` },
		{ title: t("login.login"), cell: (user) => user.login },
		{ title: t("users.roles"), cell: (user) => user.roles.map((role) => t(`role.${role}`)).join(", ") },
		{ title: t("users.state"), cell: (user) => html`<span class=${user.disabled ? "badge bad" : "badge good"}>
			${t(user.disabled ? "users.disabled" : "users.active")}</span>` },
		{ title: t("users.totp"), cell: (user) => t(user.totp ? "yes" : "no") },
		{ title: t("users.seen"), cell: (user) => ago(user.seen_ms) },
	];
	return html`<div class="heading"><h1>${t("users.title")}</h1>
			<button type="button" onClick=${() => show("add")}>${t("users.add")}</button></div>
		<${Loaded} of=${users}>${(data) => html`<${Table} caption=${t("users.title")}
			columns=${columns} items=${data.users} />`}<//>
		${shown === "add" && html`<${Add} onDone=${done} onClose=${close} />`}
		${shown && shown !== "add" && html`<${Edit} key=${shown.id} user=${shown} onDone=${done} onClose=${close} />`}`;
}
