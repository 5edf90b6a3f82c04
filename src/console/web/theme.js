// SPDX-License-Identifier: AGPL-3.0-or-later
// Light or dark as the system says, until somebody chooses.

const KEY = "hoidap.theme";
const root = document.documentElement;
const chosen = localStorage.getItem(KEY);

if (chosen) root.dataset.theme = chosen;

export function switchTheme() {
	const now = root.dataset.theme ||
		(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
	root.dataset.theme = now === "dark" ? "light" : "dark";
	localStorage.setItem(KEY, root.dataset.theme);
}
