// SPDX-License-Identifier: AGPL-3.0-or-later
// A chart by uPlot, which is fetched only where one is shown.  Series differ
// by dash and by name, not by colour alone; below it the same figures are a
// table, for a screen reader and for who prints.

import { html, useEffect, useRef } from "./vendor/preact.js";
import { number, t } from "./text.js";
import { day } from "./time.js";

const dashes = [[], [6, 3], [2, 2], [8, 3, 2, 3]];
let library = null;

function fetchLibrary() {
	library = library || new Promise((done, failed) => {
		const style = document.createElement("link");
		style.rel = "stylesheet";
		style.href = "/console/vendor/uplot.css";
		const script = document.createElement("script");
		script.src = "/console/vendor/uplot.js";
		script.onload = () => done(window.uPlot);
		script.onerror = failed;
		document.head.append(style, script);
	});
	return library;
}

const ink = (element, name) => getComputedStyle(element).getPropertyValue(name).trim();

function draw(Plot, element, { x, series, isTime }) {
	const axis = { stroke: ink(element, "--quiet"), grid: { stroke: ink(element, "--line") } };
	return new Plot({
		width: element.clientWidth,
		height: 220,
		legend: { show: false },
		scales: { x: { time: isTime } },
		axes: [isTime ? { ...axis, values: (plot, at) => at.map((s) => day(s * 1000).slice(0, 5)) } : axis, axis],
		series: [{}, ...series.map((one, i) => ({
			label: one.name,
			stroke: ink(element, `--series-${(i % 4) + 1}`),
			dash: dashes[i % 4],
			width: 2,
		}))],
	}, [isTime ? x.map((ms) => ms / 1000) : x, ...series.map((one) => one.values)], element);
}

/** x: times (ms) or numbers; series: [{ name, values }]; label: what it shows. */
export function Chart({ label, x, series, isTime = true }) {
	const ref = useRef(null);
	useEffect(() => {
		let plot = null;
		let gone = false;
		const resize = () => plot?.setSize({ width: ref.current.clientWidth, height: 220 });
		fetchLibrary().then((Plot) => {
			if (!gone) plot = draw(Plot, ref.current, { x, series, isTime });
		}).catch(() => {}); // the table has the figures
		addEventListener("resize", resize);
		return () => {
			gone = true;
			removeEventListener("resize", resize);
			plot?.destroy();
		};
	}, [x, series]);
	const title = (value) => (isTime ? day(value) : value);
	return html`<figure class="chart">
		<figcaption>${label}
			<span class="legend">${series.map((one, i) => html`<span class=${`key key-${(i % 4) + 1}`}>${one.name}</span>`)}</span>
		</figcaption>
		<div ref=${ref} aria-hidden="true"></div>
		<details><summary>${t("chart.table")}</summary>
			<table><thead><tr><th></th>${series.map((one) => html`<th class="number">${one.name}</th>`)}</tr></thead>
			<tbody>${x.map((value, i) => html`<tr><th scope="row">${title(value)}</th>
				${series.map((one) => html`<td class="number">${one.values[i] == null ? "–" : number(one.values[i])}</td>`)}</tr>`)}</tbody></table>
		</details>
	</figure>`;
}
