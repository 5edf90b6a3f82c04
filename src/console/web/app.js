// SPDX-License-Identifier: AGPL-3.0-or-later
// The shell: who is signed in, the navigation, and the page of the address.
// When a session ends in the middle of work, the login comes as a dialog over
// the page, which stays as it is.

import { html, render, useEffect, useRef, useState } from "./vendor/preact.js";
import { api, apiOnce, onSignedOut, setCsrf } from "./api.js";
import { Dialog } from "./dialog.js";
import { dropDrafts, setDraftOwner } from "./draft.js";
import { Empty, Progress } from "./load.js";
import { Login } from "./login.js";
import { mayOpen, pages } from "./pages.js";
import { link, useAddress } from "./router.js";
import { switchLanguage, t } from "./text.js";
import { switchTheme } from "./theme.js";
import { toast, Toasts } from "./toast.js";

function enter(session) {
	setCsrf(session.csrf);
	setDraftOwner(session.user.login);
}

async function signOut() {
	try {
		await api("DELETE", "/session");
		dropDrafts();
		location.hash = "";
		location.reload();
	} catch (error) {
		toast(error.message, { bad: true });
	}
}

function Navigation({ session, current }) {
	const [open, setOpen] = useState(false);
	useEffect(() => setOpen(false), [current]);
	return html`<header class="top">
		<a class="brand" href="#/">hoidap</a>
		<button type="button" class="plain menu" aria-expanded=${open ? "true" : "false"}
			aria-controls="nav" onClick=${() => setOpen(!open)}>${t("nav.menu")}</button>
		<nav id="nav" aria-label=${t("nav.label")} class=${open ? "open" : ""}>
			<ul>${pages.filter((page) => !page.hidden && mayOpen(page, session)).map((page) => html`<li key=${page.path}>
				<a href=${link(page.path)} aria-current=${page.path === current ? "page" : undefined}>${t(page.title)}</a></li>`)}</ul>
			<div class="me">
				<a href=${link("account")} aria-current=${current === "account" ? "page" : undefined}>${session.user.name}</a>
				<button type="button" class="plain" onClick=${switchTheme}>${t("nav.theme")}</button>
				<button type="button" class="plain" onClick=${switchLanguage}>${t("nav.language")}</button>
				<button type="button" class="plain" onClick=${signOut}>${t("nav.sign_out")}</button>
			</div>
		</nav>
	</header>`;
}

function Page({ page, session, address }) {
	const [state, set] = useState({});
	const main = useRef(null);
	useEffect(() => {
		let gone = false;
		document.title = `${t(page.title)} – hoidap`;
		set({});
		page.load().then(
			(module) => gone || set({ View: module.default }),
			() => gone || set({ failed: true }));
		main.current.focus({ preventScroll: true });
		scrollTo(0, 0);
		return () => { gone = true; };
	}, [page]);
	const { View, failed } = state;
	return html`<main id="main" tabindex="-1" ref=${main}>
		${View && html`<${View} session=${session} address=${address} />`}
		${failed && html`<${Empty} title=${t("error.page")}>
			<button type="button" onClick=${() => location.reload()}>${t("retry")}</button><//>`}
		${!View && !failed && html`<${Progress} />`}
	</main>`;
}

function Nothing() {
	return html`<main id="main"><${Empty} title=${t("nav.nothing")}>
		<p>${t("nav.nothing_help")}</p><//></main>`;
}

function Shell({ session }) {
	const address = useAddress();
	const page = pages.find((row) => row.path === address.page && mayOpen(row, session));
	return html`<a class="skip" href="#main" onClick=${(event) => {
			event.preventDefault();
			document.getElementById("main").focus();
		}}>${t("nav.skip")}</a>
		<${Navigation} session=${session} current=${address.page} />
		${page ? html`<${Page} key=${page.path} page=${page} session=${session} address=${address} />` : html`<${Nothing} />`}`;
}

function App() {
	const [session, setSession] = useState(undefined); // null: nobody
	const [asked, setAsked] = useState(null); // resolve() of who waits
	const [trouble, setTrouble] = useState(null);
	function signedIn(next) {
		enter(next);
		setSession(next);
	}
	useEffect(() => {
		onSignedOut(() => new Promise((resolve) => setAsked({ resolve })));
		apiOnce("GET", "/session").then(
			(found) => (found.user ? signedIn(found) : setSession(null)),
			setTrouble);
	}, []);
	function again(next) {
		// Another person must not go on with the work of the first.
		if (next.user.id !== session.user.id) return location.reload();
		signedIn(next);
		setAsked(null);
		asked.resolve();
	}
	if (trouble) {
		return html`<main><${Empty} title=${trouble.message}>
			<button type="button" onClick=${() => location.reload()}>${t("retry")}</button><//></main>`;
	}
	if (session === undefined) return html`<main><${Progress} /></main>`;
	return html`
		${session ? html`<${Shell} session=${session} />`
			: html`<main class="login"><h1>hoidap</h1><${Login} onDone=${signedIn} /></main>`}
		${asked && html`<${Dialog} title=${t("login.title")}>
			<p>${t("login.again")}</p>
			<${Login} login=${session.user.login} onDone=${again} /><//>`}
		<${Toasts} />`;
}

const root = document.getElementById("app");
root.textContent = "";
render(html`<${App} />`, root);
