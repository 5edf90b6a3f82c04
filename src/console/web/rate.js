// SPDX-License-Identifier: AGPL-3.0-or-later
// A rate never stands alone: one press shows what it means, of how many it is
// a share, and within which bounds the true one lies.

import { html, useState } from "./vendor/preact.js";
import { Dialog } from "./dialog.js";
import { addWords, language, number, t } from "./text.js";

addWords({
	"rate.none": ["chưa có số liệu", "no figures yet"],
	"rate.interval": [
		"{part} trên {whole}. Tỷ lệ thật nằm trong khoảng {low} đến {high} (độ tin cậy 95 %).",
		"{part} of {whole}. The true share lies between {low} and {high} (95 % confidence).",
	],
	"period.label": ["Thời gian", "Period"],
	"period.days": ["{n} ngày qua", "Last {n} days"],
	"period.1": ["Hôm nay", "Today"],
});

/** "83,4 %" */
export const share = (value) => `${number(Math.round(value * 1000) / 10)}\u00a0%`;

/** rate: { title, meaning, part, whole, low, high } as the API gives it. */
export function Rate({ rate }) {
	const [open, setOpen] = useState(false);
	const some = rate.whole > 0;
	return html`<li class="rate"><button type="button" class="secondary" aria-haspopup="dialog" onClick=${() => setOpen(true)}>
		<span>${rate.title}</span>
		<strong>${some ? share(rate.part / rate.whole) : "–"}</strong>
		<small>${some ? `${share(rate.low)} – ${share(rate.high)}` : t("rate.none")}</small>
	</button>
	${open && html`<${Dialog} title=${rate.title} onClose=${() => setOpen(false)}>
		<p>${rate.meaning}</p>
		<p>${some ? t("rate.interval", { part: number(rate.part), whole: number(rate.whole), low: share(rate.low), high: share(rate.high) }) : t("rate.none")}</p>
	<//>`}</li>`;
}

const DAY = 24 * 3600 * 1000;
const ZONE = 7 * 3600 * 1000;
/** The period of the last DAYS days of Vietnam with today: { from, until } in ms. */
export function lastDays(days, now = Date.now()) {
	const until = (Math.floor((now + ZONE) / DAY) + 1) * DAY - ZONE;
	return { from: until - days * DAY, until };
}

/** Links to the same page for other numbers of days. */
export function Period({ days, choices, to }) {
	return html`<nav class="period" aria-label=${t("period.label")}>${choices.map((n) =>
		html`<a href=${to(n)} aria-current=${n === days ? "true" : undefined}>
			${n === 1 ? t("period.1") : t("period.days", { n })}</a>`)}</nav>`;
}

export const inLanguage = { language: language === "en" ? "en" : "" };
