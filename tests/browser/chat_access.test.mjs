// SPDX-License-Identifier: AGPL-3.0-or-later
// The citizen's page for everybody: WCAG 2.2 AA by axe and by hand.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
	PHONE,
	SCHEMES,
	SIZES,
	assertAccessible,
	assertNoSideways,
	assertTargetSizes,
	openBrowser,
	openPage,
	takePicture,
} from "./support/browser.mjs";
import {
	ANSWER,
	QUESTION,
	ask,
	mine,
	openChat,
	replies,
} from "./support/chat.mjs";
import { serve } from "./support/hoidap.mjs";

let browser;
let server;

before(async () => {
	server = await serve();
	browser = await openBrowser();
});

after(async () => {
	await browser?.close();
	await server?.close();
});

async function withPage(options, run, query) {
	const page = await openPage(browser, options);
	await openChat(page, server, query);
	await run(page);
	assert.deepEqual(page.troubles, []);
	await page.context().close();
}

// Each state of the page that looks different.
const STATES = {
	empty: async () => {},
	answer: (page) => ask(page, QUESTION),
	choices: async (page) => {
		await ask(page, "đăng ký chữ ký số thế nào", 2);
	},
	erasing: (page) => page.locator("#erase").click(),
	english: async (page) => {
		await page.keyboard.press("Escape");
		await page.locator("#language").click();
		await page.locator("main").evaluate((main) => {
			main.scrollTop = 0;
		});
	},
};

for (const [size, viewport] of Object.entries(SIZES))
	for (const colorScheme of SCHEMES)
		test(`axe finds nothing: ${size}, ${colorScheme}`, () =>
			withPage({ viewport, colorScheme }, async (page) => {
				for (const [state, enter] of Object.entries(STATES)) {
					const name = `chat-${size}-${colorScheme}-${state}`;
					await enter(page);
					await takePicture(page, name);
					await assertAccessible(page, name);
				}
				await assertTargetSizes(page, 44);
				await assertNoSideways(page, size);
			}));

test("the keyboard alone asks, follows, erases and comes back", () =>
	withPage({}, async (page) => {
		const focused = () =>
			page.evaluate(() => document.activeElement.textContent.trim());
		const press = (...keys) =>
			keys.reduce(
				(before, key) => before.then(() => page.keyboard.press(key)),
				Promise.resolve(),
			);

		await press("Tab");
		assert.equal(await focused(), "Đến ô nhập câu hỏi");
		await press("Enter");
		await page.keyboard.type(QUESTION);
		await press("Enter");
		await replies(page, 1);
		assert.equal(await page.locator("#text:focus").count(), 1);

		// Backwards over the answer's last button.
		await press("Shift+Tab");
		assert.equal(await focused(), "Ký báo lỗi");
		await press("Enter");
		await replies(page, 2);
		assert.equal((await mine(page))[1], "Ký báo lỗi");

		await page.locator("#person").focus();
		await press("Tab");
		assert.equal(await focused(), "Xóa cuộc trò chuyện");
		await press("Enter");
		assert.equal(await focused(), "Giữ lại");
		await press("Escape");
		assert.equal(await focused(), "Xóa cuộc trò chuyện");
		await press("Enter", "Tab");
		assert.equal(await focused(), "Xóa hết");
		await press("Enter");
		await page.getByText("Đã xóa cuộc trò chuyện.").waitFor();
		assert.equal(await page.locator("#text:focus").count(), 1);
	}));

test("every stop of the Tab key can be seen", () =>
	withPage({}, async (page) => {
		await ask(page, QUESTION);
		await page.locator("#language").focus();
		for (let stop = 0; stop < 12; stop++) {
			const seen = await page.evaluate(() => {
				const { outlineStyle, outlineWidth } = getComputedStyle(
					document.activeElement,
				);
				return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
			});
			const what = await page.evaluate(
				() => document.activeElement.outerHTML,
			);
			assert.ok(seen, what);
			await page.keyboard.press("Tab");
		}
	}));

test("a screen reader hears questions, answers and what happens", () =>
	withPage({}, async (page) => {
		await ask(page, QUESTION);
		const log = page.getByRole("log", { name: "Tin nhắn" });
		assert.equal(await log.getAttribute("aria-live"), "polite");
		assert.match(await log.textContent(), new RegExp(ANSWER));
		assert.equal(await page.getByRole("status").count(), 1);
		await page.getByRole("textbox", { name: "Câu hỏi của anh/chị" }).waitFor();
		await page.locator("#erase").click();
		const dialog = page.getByRole("alertdialog", {
			name: "Xóa cuộc trò chuyện này?",
		});
		await dialog.waitFor();
	}));

test("with text of 200 % nothing is cut and everything is reached", () =>
	withPage({ viewport: PHONE }, async (page) => {
		await page.evaluate(() => {
			document.documentElement.style.fontSize = "200%";
		});
		await ask(page, QUESTION);
		await assertNoSideways(page, "200 %");
		await takePicture(page, "chat-phone-200-percent");
		for (const id of ["person", "erase", "language", "text"]) {
			await page.locator(`#${id}`).scrollIntoViewIfNeeded();
			const box = await page.locator(`#${id}`).boundingBox();
			assert.ok(box.x >= 0 && box.x + box.width <= PHONE.width, id);
		}
	}));

test("320 px are wide enough", () =>
	withPage({ viewport: { width: 320, height: 480 } }, async (page) => {
		await ask(page, QUESTION);
		await assertNoSideways(page, "320 px");
		await takePicture(page, "chat-320");
	}));

test("a phone on its side still shows an answer", () =>
	withPage({ viewport: { width: 640, height: 360 } }, async (page) => {
		await ask(page, QUESTION);
		const box = await page.locator("main").boundingBox();
		assert.ok(box.height >= 160, `${box.height} px`);
		await takePicture(page, "chat-phone-on-its-side");
	}));

test("who wants no motion gets none", () =>
	withPage({ reducedMotion: "reduce" }, async (page) => {
		await page.route("**/api/v1/chat", () => {}); // never answered
		await page.locator("#text").fill(QUESTION);
		await page.locator("#text").press("Enter");
		await page.locator("#status.busy").waitFor();
		const moving = await page.evaluate(() => document.getAnimations().length);
		assert.equal(moving, 0);
		await page.unrouteAll({ behavior: "ignoreErrors" });
	}));
