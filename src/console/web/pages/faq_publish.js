// SPDX-License-Identifier: AGPL-3.0-or-later
// Before publishing: what would change, told by a check of the very base that
// is then published.

import { html, useEffect, useRef, useState } from "../vendor/preact.js";
import { api } from "../api.js";
import { Check, Field, FormError, Submit, useForm } from "../fields.js";
import { Empty, Loaded, Progress, useLoad } from "../load.js";
import { link } from "../router.js";
import { language, t } from "../text.js";
import { when } from "../time.js";
import { rules } from "./faq_words.js";

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

function Outcome({ title, of: { decision, entries, text } }) {
	return html`<div><strong>${title}</strong> <span class="badge">${t(`decision.${decision}`)}</span>${" "}
		<small class="quiet">${entries.join(", ")}</small><p class="text">${text}</p></div>`;
}

function Changes({ replay }) {
	return html`<h3>${t(replay.changed ? "pub.changes" : "pub.changes_none", { n: replay.changed, all: replay.questions })}</h3>
		${replay.changes.map((one, i) => html`<details open=${i < 3}><summary>${one.text} <span class="badge">${t(`change.${one.change}`)}</span></summary>
			<div class="row"><${Outcome} title=${t("pub.old")} of=${one.before} /><${Outcome} title=${t("pub.now")} of=${one.after} /></div></details>`)}
		${replay.changes.length < replay.changed && html`<p class="quiet">${t("pub.changes_more", { n: replay.changes.length })}</p>`}`;
}

function Findings({ list }) {
	return html`<h3>${list.length ? t("pub.findings", { n: list.length }) : t("pub.findings_none")}</h3>
		<ul>${list.map(({ severity, rule, entry, what, mend }) => html`<li><span class=${severity === "error" ? "badge bad" : "badge"}>${t(`pub.${severity}`)}</span>
			${" "}<a href=${link("faq", entry)}>${entry}</a>: ${language === "vi" && rules[rule] ? rules[rule] : mend}<br /><small class="quiet" lang="en">${what}</small></li>`)}</ul>`;
}

function Golden({ golden }) {
	if (!golden) return html`<p>${t("pub.golden_none")}</p>`;
	return html`<h3>${t("pub.golden", { ...golden, all: golden.questions, lost: golden.lost.length })}</h3>
		<ul>${golden.lost.map(({ question, entry, now }) => html`<li class="error">${t("pub.lost",
			{ question, entry: entry || t("pub.nothing"), now: now || t("pub.nothing") })}</li>`)}</ul>`;
}

function Report({ report }) {
	return html`<p class=${report.passes ? "notice" : "notice bad"} role="status"><strong>${t(report.passes ? "pub.passes" : "pub.fails")}</strong></p>
		${report.refused && html`<p class="error">${t("pub.cannot_load")} <span lang="en">${report.refused}</span></p>`}
		${report.replay && html`<${Changes} replay=${report.replay} />`}
		${report.findings && html`<${Findings} list=${report.findings} />`}
		${report.golden !== undefined && html`<${Golden} golden=${report.golden} />`}`;
}

function Publish({ view, onPublished }) {
	const { report } = view;
	const [why, set] = useState("");
	const name = report.passes ? "why" : "override";
	const form = useForm(async () => {
		const started = performance.now();
		const result = await api("POST", `/faq/checks/${view.check}/publish`, why ? { [name]: why } : {});
		onPublished({ ...result, ms: Math.round(performance.now() - started), load: report.load_ms });
	});
	return html`<form class="narrow" onSubmit=${form.submit}>
		<${Field} label=${t(report.passes ? "why" : "pub.override")} help=${report.passes ? undefined : t("pub.override_help")}
			name=${name} required=${!report.passes} maxlength="300" value=${why} onInput=${set} />
		<${FormError} form=${form} />
		<${Submit} form=${form}>${t(report.passes ? "pub.publish" : "pub.anyway")}<//></form>`;
}

const progressOf = ({ step, done, total }) => (step === "replay" && total ? done / total : undefined);

export function PublishCheck({ ids, session, onPublished }) {
	const [view, set] = useState(null);
	const gone = useRef(false);
	useEffect(() => () => { gone.current = true; }, []);
	async function start() {
		for (;;) {
			try {
				return (await api("POST", "/faq/checks", { entries: ids })).check;
			} catch (error) {
				if (error.code !== "check_running" || gone.current) throw error;
				set({ step: "waiting" });
				await pause(700);
			}
		}
	}
	const form = useForm(async () => {
		set({ step: "loading" });
		try {
			const id = await start();
			for (;;) {
				const now = await api("GET", `/faq/checks/${id}`);
				set(now);
				if (now.step === "done" || gone.current) break;
				await pause(200);
			}
		} catch (error) {
			set(null);
			throw error;
		}
	});
	return html`<section class="checking" aria-label=${t("pub.check")}><form onSubmit=${form.submit}><h2>${t("pub.check")}</h2>
			<${FormError} form=${form} />
			${form.busy ? view && html`<${Progress} value=${progressOf(view)} label=${t(`step.${view.step}`, view)} />`
				: html`<button type="submit" class="secondary">${t(view ? "pub.again" : "pub.check")}</button>`}</form>
		${view?.failed && html`<p class="error">${t("error.store")}</p>`}
		${view?.report && html`<${Report} report=${view.report} />
			${!session.permissions.includes("faq_approve") ? html`<p>${t("pub.second")}</p>`
				: !view.report.refused && html`<${Publish} view=${view} onPublished=${onPublished} />`}`}</section>`;
}

export function Published({ result }) {
	return html`<p class="notice" role="status"><strong>${t("pub.done", { n: result.published, ms: result.ms })}</strong><br />
		${t("pub.swap", { load: result.load, swap: result.swap_us, version: result.version })}</p>`;
}

/** All that waits for a second person. */
export function Review({ session }) {
	const found = useLoad(() => api("GET", "/faq?state=review&limit=1000"), []);
	const [left, leave] = useState([]); // not this time
	const [published, setPublished] = useState(null);
	return html`<p><a href=${link("faq")}>← ${t("faq.title")}</a></p><h1>${t("pub.title")}</h1>
		${published && html`<${Published} result=${published} />`}
		<${Loaded} of=${found}>${({ entries }) => {
			const ids = entries.map((one) => one.id).filter((id) => !left.includes(id));
			if (entries.length === 0) return html`<${Empty} title=${t("pub.empty")}><p>${t("pub.empty_help")}</p><//>`;
			return html`<ul class="list">${entries.map(({ id, question, draft }) => html`<li key=${id}>
					<${Check} label=${question} checked=${ids.includes(id)} onChange=${(on) => leave(on ? left.filter((one) => one !== id) : [...left, id])} />
					<p class="quiet">${t("pub.by", { who: draft.written.login, when: when(draft.written.at_ms) })}${draft.written.why && `: ${draft.written.why}`}
						${" · "}<a href=${link("faq", id)}>${t("faq.compare")}</a></p></li>`)}</ul>
				${ids.length > 0 && html`<${PublishCheck} key=${ids.join()} ids=${ids} session=${session} onPublished=${(result) => {
					setPublished(result);
					found.reload();
				}} />`}`;
		}}<//>`;
}
