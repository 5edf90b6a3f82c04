// SPDX-License-Identifier: AGPL-3.0-or-later
// The citizen's page at work: answers, a bad line, reloads, several tabs, and
// erasing.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";

import { openBrowser, openPage, openTab } from "./support/browser.mjs";
import {
	ANSWER,
	QUESTION,
	ask,
	fetchReplies,
	mine,
	openChat,
	replies,
	sessionOf,
	write,
	writeElsewhere,
} from "./support/chat.mjs";
import { acorn } from "./support/modules.mjs";
import { serve } from "./support/hoidap.mjs";

const FILES = ["chat", "chat.css", "chat.js", "widget.js"];

let browser;
let server;
let page;

before(async () => {
	server = await serve();
	browser = await openBrowser();
});

after(async () => {
	await browser?.close();
	await server?.close();
});

beforeEach(async () => {
	page = await openPage(browser);
	await openChat(page, server);
});

afterEach(async () => {
	const { troubles } = page;
	await page.context().close();
	assert.deepEqual(troubles, []);
});

// ---- answers ----

test("a question is answered once, with steps as a list", async () => {
	assert.match(await ask(page, QUESTION), new RegExp(ANSWER));
	assert.deepEqual(await mine(page), [QUESTION]);
	assert.equal(await page.locator(".theirs ol > li").count(), 6);
	assert.equal(await page.locator("#status").textContent(), "");
	assert.equal((await fetchReplies(server, await sessionOf(page))).length, 1);
});

test("an address is a link that leaves the chat open", async () => {
	await ask(page, QUESTION);
	const link = page.locator(".theirs ol a").first();
	assert.equal(await link.getAttribute("href"), "https://dichvucong.gov.vn");
	assert.equal(await link.getAttribute("target"), "_blank");
	assert.equal(await link.getAttribute("rel"), "noopener noreferrer");
});

test("a tapped choice is answered", async () => {
	await ask(page, "đăng ký chữ ký số thế nào");
	await page.getByRole("button", { name: "Ý 1" }).click();
	const [, answer] = await replies(page, 2);
	assert.match(answer, /ký số/);
	assert.equal((await mine(page))[1], "Ý 1");
});

test("what is typed is shown as text, never run", async () => {
	const text = '<img src=x onerror="document.title=1"> <b>a</b>';
	await ask(page, text);
	assert.deepEqual(await mine(page), [text]);
	assert.equal(await page.locator(".mine img, .mine b").count(), 0);
});

test("several messages at once arrive in their order", async () => {
	for (const text of ["xin chào", QUESTION, "cảm ơn"]) await write(page, text);
	const texts = await replies(page, 3);
	assert.match(texts[1], new RegExp(ANSWER));
	assert.deepEqual(await mine(page), ["xin chào", QUESTION, "cảm ơn"]);
});

test("a reply that somebody brings about later appears by itself", async () => {
	await ask(page, "xin chào");
	await writeElsewhere(server, await sessionOf(page), QUESTION);
	assert.match((await replies(page, 2))[1], new RegExp(ANSWER));
});

test("the English page says so and answers in Vietnamese", async () => {
	await page.getByRole("button", { name: "English" }).click();
	assert.equal(await page.locator("html").getAttribute("lang"), "en");
	await ask(page, QUESTION);
	assert.equal(await page.locator(".theirs .who").textContent(), "Assistant");
	assert.equal(await page.locator(".theirs .text").getAttribute("lang"), "vi");
	await page.reload();
	assert.equal(await page.locator("html").getAttribute("lang"), "en");
	await page.getByRole("button", { name: "Tiếng Việt" }).click();
	assert.equal(await page.locator(".theirs .who").textContent(), "Trợ lý");
	assert.equal(await page.title(), "Trợ lý tự động – hỏi đáp dịch vụ công");
});

// ---- a bad line ----

test("a reload keeps the conversation and doubles nothing", async () => {
	const first = await ask(page, QUESTION);
	await page.reload();
	assert.deepEqual(await replies(page, 1), [first]);
	assert.deepEqual(await mine(page), [QUESTION]);
	await ask(page, "xin chào", 2);
});

test("without a connection a message waits, and is sent once", async () => {
	await ask(page, "xin chào");
	await page.context().setOffline(true);
	await write(page, QUESTION);
	await page.getByText("Chờ gửi").waitFor();
	await page.getByText("Mất kết nối").waitFor();
	await page.context().setOffline(false);
	assert.match((await replies(page, 2))[1], new RegExp(ANSWER));
	assert.equal(await page.getByText("Chờ gửi").count(), 0);
	assert.equal((await fetchReplies(server, await sessionOf(page))).length, 2);
});

test("a message whose answer was lost counts once after a reload", async () => {
	let cut = 0;
	await page.route("**/api/v1/chat", async (route) => {
		if (route.request().method() !== "POST") return route.continue();
		await route.fetch(); // it arrives
		cut++;
		return route.abort();
	});
	await write(page, QUESTION);
	await page.getByText("Mất kết nối").waitFor();
	assert.ok(cut > 1);
	await page.unrouteAll({ behavior: "ignoreErrors" });
	await page.reload();
	await replies(page, 1);
	await page.waitForFunction(
		() => !JSON.parse(sessionStorage["hoidap.kept"])[0].body,
	);
	assert.equal((await fetchReplies(server, await sessionOf(page))).length, 1);
});

test("a server that was restarted is found again", async () => {
	await ask(page, "xin chào");
	await server.stop();
	await write(page, QUESTION);
	await page.getByText("Mất kết nối").waitFor();
	await server.start();
	assert.match((await replies(page, 2))[1], new RegExp(ANSWER));
});

test("who is too fast is told so, and the message is sent later", async () => {
	let refused = 0;
	await page.route("**/api/v1/chat", (route) => {
		if (route.request().method() !== "POST" || refused++ > 0)
			return route.continue();
		return route.fulfill({
			status: 429,
			headers: { "Retry-After": "1" },
			json: { error: "too many messages" },
		});
	});
	await write(page, QUESTION);
	await page.getByText("Tin này tự gửi sau 1 giây").waitFor();
	await replies(page, 1);
	assert.equal(await page.getByText("Tin này tự gửi").count(), 0);
	await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("a message that is refused for good says so", async () => {
	await page.route("**/api/v1/chat", (route) =>
		route.request().method() === "POST"
			? route.fulfill({ status: 400, json: { error: "no" } })
			: route.continue(),
	);
	await write(page, QUESTION);
	await page.getByText("Không gửi được tin này").waitFor();
	await page.unrouteAll({ behavior: "ignoreErrors" });
});

// ---- several tabs ----

test("two tabs show the same conversation", async () => {
	await ask(page, "xin chào");
	const other = await openTab(page);
	await openChat(other, server);
	await replies(other, 1);
	assert.deepEqual(await mine(other), ["xin chào"]);
	await ask(other, QUESTION, 2);
	assert.match((await replies(page, 2))[1], new RegExp(ANSWER));
	assert.deepEqual(await mine(page), ["xin chào", QUESTION]);
	assert.equal(await sessionOf(other), await sessionOf(page));
});

// ---- erasing ----

test("keeping the conversation keeps it", async () => {
	await ask(page, QUESTION);
	await page.getByRole("button", { name: "Xóa cuộc trò chuyện" }).click();
	await page.getByRole("button", { name: "Giữ lại" }).click();
	await replies(page, 1);
	assert.equal(await page.getByRole("alertdialog").count(), 0);
});

test("an erased conversation is gone here, there and in other tabs", async () => {
	await ask(page, QUESTION);
	const session = await sessionOf(page);
	const other = await openTab(page);
	await openChat(other, server);
	await replies(other, 1);
	await page.bringToFront();
	await page.getByRole("button", { name: "Xóa cuộc trò chuyện" }).click();
	await page.getByRole("button", { name: "Xóa hết" }).click();
	await page.getByText("Đã xóa cuộc trò chuyện.").waitFor();
	await other.locator(".message").first().waitFor({ state: "detached" });
	assert.equal(await page.locator(".message").count(), 0);
	assert.deepEqual(await fetchReplies(server, session), []);
	await page.reload();
	assert.equal(await page.locator(".message").count(), 0);
	await ask(page, "xin chào");
	assert.notEqual(await sessionOf(page), session);
});

test("a failed erasure is admitted, and nothing is lost", async () => {
	await ask(page, QUESTION);
	await page.route("**/api/v1/chat", (route) =>
		route.request().method() === "DELETE" ? route.abort() : route.continue(),
	);
	await page.getByRole("button", { name: "Xóa cuộc trò chuyện" }).click();
	await page.getByRole("button", { name: "Xóa hết" }).click();
	await page.getByText("Chưa xóa được").waitFor();
	await replies(page, 1);
	await page.unrouteAll({ behavior: "ignoreErrors" });
	await page.getByRole("button", { name: "Xóa hết" }).click();
	await page.getByText("Đã xóa cuộc trò chuyện.").waitFor();
});

// ---- what it costs ----

test("all files together have less than 30 KB", async () => {
	let bytes = 0;
	for (const file of FILES)
		bytes += (await (await fetch(`${server.url}/${file}`)).arrayBuffer())
			.byteLength;
	assert.ok(bytes < 30000, `${bytes} bytes`);
});

test("the scripts keep to ECMAScript 2015", async () => {
	for (const file of ["chat.js", "widget.js"]) {
		const text = await (await fetch(`${server.url}/${file}`)).text();
		acorn.parse(text, { ecmaVersion: 2015 });
	}
});

test("nothing comes from another host, and little comes twice", async () => {
	const asked = [];
	page.on("response", (response) =>
		asked.push([response.status(), response.url()]),
	);
	await page.reload();
	await ask(page, QUESTION);
	for (const [, url] of asked) assert.ok(url.startsWith(server.url), url);
	const answer = await fetch(`${server.url}/chat.js`);
	const again = await fetch(`${server.url}/chat.js`, {
		headers: { "If-None-Match": answer.headers.get("ETag") },
	});
	assert.equal(again.status, 304);
});
