// SPDX-License-Identifier: AGPL-3.0-or-later
// What the pages say, in Vietnamese or English.  words.js has the words of the
// shell; a page brings its own with addWords() at its top.

import { words } from "./words.js";

const dictionary = { ...words };
const KEY = "hoidap.language";

export const language = localStorage.getItem(KEY) === "en" ? "en" : "vi";
document.documentElement.lang = language;

/** Add { key: [Vietnamese, English] }. */
export function addWords(more) {
	Object.assign(dictionary, more);
}

/** The words of KEY; "{name}" in them becomes values.name. */
export function t(key, values = {}) {
	const pair = dictionary[key];
	if (!pair) return key;
	return pair[language === "en" ? 1 : 0].replace(/\{(\w+)\}/g, (all, name) =>
		name in values ? values[name] : all);
}

/** Is there such a key? */
export function knows(key) {
	return key in dictionary;
}

/** Switch to the other language; drafts are kept, so a reload loses nothing. */
export function switchLanguage() {
	localStorage.setItem(KEY, language === "en" ? "vi" : "en");
	location.reload();
}

const numbers = new Intl.NumberFormat(language === "en" ? "en-GB" : "vi-VN");
export const number = (value) => numbers.format(value);
