// SPDX-License-Identifier: AGPL-3.0-or-later
// Times are milliseconds since 1970 and shown in Vietnam's zone, wherever the
// browser is.

import { language, t } from "./text.js";

const zone = "Asia/Ho_Chi_Minh";
const place = language === "en" ? "en-GB" : "vi-VN";
const dayFormat = new Intl.DateTimeFormat(place,
	{ timeZone: zone, day: "2-digit", month: "2-digit", year: "numeric" });
const timeFormat = new Intl.DateTimeFormat(place,
	{ timeZone: zone, hour: "2-digit", minute: "2-digit", hour12: false });

/** "24/11/2026" */
export const day = (ms) => dayFormat.format(ms);
/** "08:05" */
export const clock = (ms) => timeFormat.format(ms);
/** "08:05 24/11/2026", and "never" for 0 */
export const when = (ms) => (ms ? `${clock(ms)} ${day(ms)}` : t("time.never"));

/** "5 minutes ago" within a day, else as when(). */
export function ago(ms, now = Date.now()) {
	const minutes = Math.floor((now - ms) / 60000);
	if (!ms) return t("time.never");
	if (minutes < 1) return t("time.now");
	if (minutes < 60) return t("time.minutes", { n: minutes });
	if (minutes < 24 * 60) return t("time.hours", { n: Math.floor(minutes / 60) });
	return when(ms);
}

/** Of <input type=date>: the first millisecond of that day in Vietnam. */
export const dayStart = (date) => Date.parse(`${date}T00:00:00+07:00`);
export const dayEnd = (date) => dayStart(date) + 24 * 3600 * 1000;
