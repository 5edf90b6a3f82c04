// SPDX-License-Identifier: AGPL-3.0-or-later
// A reply as each channel shows it: the server renders what it would send.

import { html, useEffect, useState } from "../vendor/preact.js";
import { api } from "../api.js";
import { t } from "../text.js";
import { useStill } from "./faq_form.js";
import { faultWords } from "./faq_words.js";

const channels = ["messenger", "zalo", "webchat"];

/** BUBBLES as the API gives them, one channel at a time. */
export function Bubbles({ bubbles }) {
	const [channel, show] = useState(channels[0]);
	const shown = bubbles[channel];
	return html`<div class="switch">${channels.map((one) => html`<button type="button" key=${one} class="secondary"
			aria-pressed=${one === channel ? "true" : "false"} onClick=${() => show(one)}>${t(`channel.${one}`)}</button>`)}</div>
		<div class=${`bubbles ${channel}`}>${shown.refused ? html`<p class="error">${t("faq.bubble_refused")}</p>`
			: shown.map(({ text, buttons }) => html`<div class="bubble"><p>${text}</p>
				${buttons.map((button) => html`<span class="button">${button.title}</span>`)}</div>`)}</div>`;
}

export function Preview({ entry }) {
	const still = useStill(JSON.stringify(entry), 400);
	const [state, set] = useState({});
	useEffect(() => {
		let gone = false;
		const { question, answer } = JSON.parse(still);
		if (!question || !answer) return set({});
		api("POST", "/faq/preview", { entry: JSON.parse(still) }).then(
			(data) => gone || set({ data }), (error) => gone || set((now) => ({ ...now, error })));
		return () => { gone = true; };
	}, [still]);
	const { data, error } = state;
	const faults = (error?.body.faults || []).map((one) => `${t(`faq.${one.field}`)}: ${faultWords(one)}`);
	return html`<section class="preview" aria-label=${t("faq.preview")}><h2>${t("faq.preview")}</h2>
		${error && html`<p class="error">${faults.length ? t("faq.preview_faults", { what: faults.join(" ") }) : error.message}</p>`}
		${data ? html`<${Bubbles} bubbles=${data.bubbles} />` : !error && html`<p class="quiet">${t("faq.preview_wait")}</p>`}</section>`;
}
