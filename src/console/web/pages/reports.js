// SPDX-License-Identifier: AGPL-3.0-or-later
// The report of a month or a quarter: to read, to print, or as a file.  The
// server makes all three from the same tables.

import { html } from "../vendor/preact.js";
import { api, query } from "../api.js";
import { Field } from "../fields.js";
import { Loaded, useLoad } from "../load.js";
import { inLanguage } from "../rate.js";
import { ReportTable } from "../report_table.js";
import { go, link } from "../router.js";
import { addWords, t } from "../text.js";
import { dayStart } from "../time.js";

addWords({
	"report.period": ["Kỳ báo cáo", "Period"],
	"report.month": ["Tháng {n}/{year}", "Month {n}/{year}"],
	"report.quarter": ["Quý {n}/{year}", "Quarter {n}/{year}"],
	"report.print": ["In, hoặc lưu PDF", "Print, or save as PDF"],
	"report.xlsx": ["Tải Excel", "Download Excel"],
	"report.csv": ["Tải CSV", "Download CSV"],
});

/** Of { year, month, months }, month from 0: { from, until }. */
function bounds({ year, month, months }) {
	const first = (at) => dayStart(new Date(Date.UTC(year, at, 1)).toISOString().slice(0, 10));
	return { from: first(month), until: first(month + months) };
}

/** The last 12 months and 4 quarters, by key: "2026-10" or "2026-q3". */
function choices(now = Date.now()) {
	const today = new Date(now + 7 * 3600 * 1000);
	const months = [...Array(12)].map((_, back) => new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1)));
	const quarter = Math.floor(today.getUTCMonth() / 3);
	const quarters = [...Array(4)].map((_, back) => new Date(Date.UTC(today.getUTCFullYear(), 3 * (quarter - back), 1)));
	return [
		...months.map((at) => ({ year: at.getUTCFullYear(), month: at.getUTCMonth(), months: 1 })),
		...quarters.map((at) => ({ year: at.getUTCFullYear(), month: at.getUTCMonth(), months: 3 })),
	].map((one) => {
		const [word, n] = one.months === 1 ? ["month", one.month + 1] : ["quarter", one.month / 3 + 1];
		return { ...one, key: `${one.year}-${word[0]}${n}`, title: t(`report.${word}`, { n, year: one.year }) };
	});
}

export default function Reports({ address }) {
	const all = choices();
	// The last month that is over, unless another is asked for.
	const chosen = all.find((one) => one.key === address.query.period) || all[1];
	const asked = query({ ...bounds(chosen), ...inLanguage });
	const report = useLoad(() => api("GET", `/reports${asked}`), [asked]);
	return html`<h1 class="heading">${t("nav.reports")}</h1>
		<div class="filters wide"><${Field} as="select" label=${t("report.period")} value=${chosen.key}
			onInput=${(key) => go(link("reports", { period: key }), true)}>
			${all.map((one) => html`<option value=${one.key} selected=${one.key === chosen.key}>${one.title}</option>`)}<//>
			<div class="actions"><button type="button" onClick=${() => print()}>${t("report.print")}</button>
			<a class="download" href=${`/api/v1/reports/xlsx${asked}`} download>${t("report.xlsx")}</a>
			<a class="download" href=${`/api/v1/reports/csv${asked}`} download>${t("report.csv")}</a></div></div>
		<${Loaded} of=${report}>${(data) => html`<div class="report"><p><strong>${data.title}</strong></p>
			${data.tables.map((table) => html`<${ReportTable} key=${table.key} table=${table} />`)}</div>`}<//>`;
}
