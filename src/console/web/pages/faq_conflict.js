// SPDX-License-Identifier: AGPL-3.0-or-later
// Two people have changed one entry.  Each field that differs is chosen; what
// only one of them changed is theirs to begin with.

import { html, useState } from "../vendor/preact.js";
import { Dialog } from "../dialog.js";
import { t } from "../text.js";
import { asText } from "./faq_history.js";

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** BASE, THEIRS, MINE: entries; onTake(entry). */
export function Conflict({ base, theirs, mine, onTake, onClose }) {
	const sides = { mine, theirs, base };
	const keys = Object.keys({ ...theirs, ...mine }).filter((key) => !same(theirs[key], mine[key]));
	const [chosen, choose] = useState(Object.fromEntries(keys.map((key) =>
		[key, same(mine[key], base[key]) ? "theirs" : "mine"])));
	function take() {
		const entry = { ...mine };
		keys.forEach((key) => {
			entry[key] = sides[chosen[key]][key];
			if (entry[key] === undefined) delete entry[key];
		});
		onTake(entry);
	}
	return html`<${Dialog} title=${t("conflict.title")} onClose=${onClose}><p>${t("conflict.help")}</p>
		${keys.map((key) => html`<fieldset class="choice" key=${key}><legend>${t(`faq.${key}`)}</legend>
			${Object.keys(sides).map((side) => html`<label class="check"><input type="radio" name=${`side-${key}`}
				checked=${chosen[key] === side} onChange=${() => choose({ ...chosen, [key]: side })} />
				<span><strong>${t(`conflict.${side}`)}</strong><br /><span class="text">${asText(sides[side][key]) || t("conflict.empty")}</span></span></label>`)}</fieldset>`)}
		<div class="actions"><button type="button" onClick=${take}>${t("conflict.take")}</button></div><//>`;
}
