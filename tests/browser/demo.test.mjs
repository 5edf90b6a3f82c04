// SPDX-License-Identifier: AGPL-3.0-or-later
// The demo's page: two phones, the chat in a frame, and what was understood.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
	SIZES,
	assertAccessible,
	assertNoSideways,
	openBrowser,
	openPage,
	takePicture,
} from "./support/browser.mjs";
import { ANSWER, QUESTION, ask } from "./support/chat.mjs";
import { demo } from "./support/hoidap.mjs";

let browser;
let running;

before(async () => {
	running = await demo();
	browser = await openBrowser();
});

after(async () => {
	await browser?.close();
	await running?.close();
});

for (const [size, viewport] of Object.entries(SIZES))
	test(`all three channels answer, and axe finds nothing: ${size}`, async () => {
		const page = await openPage(browser, { viewport });
		await page.goto(running.url);
		for (const channel of ["messenger", "zalo"]) {
			const phone = page.locator(`[data-channel=${channel}]`);
			await phone.locator("input").fill(QUESTION);
			await phone.locator("input").press("Enter");
			await phone.getByText(ANSWER).waitFor();
		}
		const answer = await ask(page.frameLocator("#chat"), QUESTION);
		assert.match(answer, new RegExp(ANSWER));
		await page.locator("#understood li").nth(2).waitFor();
		await takePicture(page, `demo-${size}`);
		await assertAccessible(page, "the demo's page");
		await assertNoSideways(page, size);
		assert.deepEqual(page.troubles, []);
		await page.context().close();
	});
