// SPDX-License-Identifier: AGPL-3.0-or-later
// One table of a report, with the titles that the server gives it.

import { html } from "./vendor/preact.js";
import { Table } from "./list.js";
import { share } from "./rate.js";
import { addWords, number, t } from "./text.js";

addWords({ "report.empty": ["Không có.", "None."] });

function cell(value) {
	if (typeof value === "number") return number(value);
	if (typeof value === "string") return value;
	return "share" in value ? share(value.share) : number(Math.round(value.hours * 10) / 10);
}

export function ReportTable({ table: { title, columns, rows } }) {
	return html`<section><h2>${title}</h2>${rows.length === 0
		? html`<p class="quiet">${t("report.empty")}</p>`
		: html`<${Table} caption=${title} items=${rows.map((values, id) => ({ values, id }))} columns=${columns.map((name, i) => ({
			title: name,
			number: rows.some((row) => typeof row[i] !== "string"),
			cell: (row) => cell(row.values[i]),
		}))} />`}</section>`;
}
