// SPDX-License-Identifier: AGPL-3.0-or-later
// The chat on a page of the agency: one line of script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
	DESKTOP,
	PHONE,
	SCHEMES,
	assertAccessible,
	openBrowser,
	openPage,
	takePicture,
} from "./support/browser.mjs";
import { ANSWER, QUESTION, ask, replies } from "./support/chat.mjs";
import { serve } from "./support/hoidap.mjs";
import { openSite } from "./support/site.mjs";

let browser;
let site;
let stranger;
let server;

// As strict as an agency's site may be.
const portal = (lang = "vi") => `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><title>Cổng của phường</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none';
 script-src ${server.url}; frame-src ${server.url}"></head>
<body><main><h1>Ủy ban nhân dân phường</h1><p>Thông báo.</p></main>
<script src="${server.url}/widget.js" defer></script></body></html>`;

before(async () => {
	site = await openSite((path) => portal(path.endsWith("/en") ? "en" : "vi"));
	stranger = await openSite(() => portal());
	server = await serve({ HOIDAP_CHAT_ORIGINS: site.url });
	browser = await openBrowser();
});

after(async () => {
	await browser?.close();
	await server?.close();
	await site?.close();
	await stranger?.close();
});

async function visit(options, url = site.url) {
	const page = await openPage(browser, options);
	await page.goto(url);
	return page;
}

const frameOf = (page) => page.frameLocator("iframe");
const opener = (page) => page.getByRole("button", { name: "Hỏi trợ lý tự động" });

for (const colorScheme of SCHEMES)
	test(`the chat opens in a corner and answers: ${colorScheme}`, async () => {
		const page = await visit({ viewport: DESKTOP, colorScheme });
		await opener(page).click();
		assert.match(await ask(frameOf(page), QUESTION), new RegExp(ANSWER));
		await takePicture(page, `widget-desktop-${colorScheme}`);
		await assertAccessible(page, "the site with the chat");
		assert.deepEqual(page.troubles, []);
		await page.context().close();
	});

test("the keyboard opens it, Escape closes it, and it keeps its talk", async () => {
	const page = await visit({ viewport: DESKTOP });
	await opener(page).focus();
	await page.keyboard.press("Enter");
	await ask(frameOf(page), QUESTION);
	await page.keyboard.press("Escape");
	await page.locator("iframe").waitFor({ state: "hidden" });
	assert.equal(
		await page.evaluate(() => document.activeElement.textContent),
		"Hỏi",
	);
	await page.keyboard.press("Enter");
	await replies(frameOf(page), 1);
	await ask(frameOf(page), "xin chào", 2);
	await page.context().close();
});

test("on a phone it fills the screen and has a button to close", async () => {
	const page = await visit({ viewport: PHONE });
	await takePicture(page, "widget-phone-closed");
	await opener(page).click();
	await ask(frameOf(page), QUESTION);
	await takePicture(page, "widget-phone");
	const box = await page.locator("iframe").boundingBox();
	assert.deepEqual(box, { x: 0, y: 0, ...PHONE });
	await assertAccessible(page, "the phone with the chat");
	await frameOf(page).getByRole("button", { name: "Đóng" }).click();
	await page.locator("iframe").waitFor({ state: "hidden" });
	await opener(page).waitFor();
	await page.context().close();
});

test("an English site gets an English chat", async () => {
	const page = await visit({ viewport: DESKTOP }, `${site.url}/en`);
	await page.getByRole("button", { name: "Ask the automatic assistant" }).click();
	await frameOf(page).getByRole("button", { name: "Ask a person" }).waitFor();
	await page.context().close();
});

test("a site that is not on the list gets a link instead", async () => {
	const page = await visit({ viewport: DESKTOP }, stranger.url);
	await opener(page).click();
	const link = page.getByRole("link", { name: "Mở khung hỏi đáp" });
	await link.waitFor();
	assert.equal(await link.getAttribute("href"), `${server.url}/chat`);
	await page.context().close();
});
