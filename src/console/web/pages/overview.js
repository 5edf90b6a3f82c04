// SPDX-License-Identifier: AGPL-3.0-or-later
// Where one lands: what this person may do.

import { html } from "../vendor/preact.js";
import { mayOpen, pages } from "../pages.js";
import { link } from "../router.js";
import { t } from "../text.js";

export default function Overview({ session }) {
	const open = pages.filter((page) => page.path !== "" && mayOpen(page, session));
	return html`<h1>${t("overview.hello", { name: session.user.name })}</h1>
		<p>${t("overview.help")}</p>
		<ul class="tiles">${open.map((page) => html`<li key=${page.path}>
			<a href=${link(page.path)}>${t(page.title)}</a></li>`)}</ul>`;
}
