// SPDX-License-Identifier: AGPL-3.0-or-later
// The citizen's page, as a citizen uses it.
import assert from "node:assert/strict";

export const QUESTION = "ký số từng bước thế nào";
export const ANSWER = "Trình tự chung khi ký số từ xa";

export async function openChat(page, server, query = "") {
	await page.goto(`${server.url}/chat${query}`);
}

// PAGE may be a frame.
export async function write(page, text) {
	await page.locator("#text").fill(text);
	await page.locator("#text").press("Enter");
}

// Wait until there are COUNT replies, and their texts.
export async function replies(page, count) {
	const boxes = page.locator(".theirs");
	await boxes.nth(count - 1).waitFor();
	const texts = await boxes.allTextContents();
	assert.equal(texts.length, count, texts.join("\n"));
	return texts;
}

// Write, and the text of the reply; COUNT replies are there then.
export async function ask(page, text, count = 1) {
	await write(page, text);
	return (await replies(page, count))[count - 1];
}

export const mine = (page) => page.locator(".mine .text").allTextContents();

export const sessionOf = (page) =>
	page.evaluate(() => localStorage.getItem("hoidap.session"));

// What the server would tell the page of SESSION.
export async function fetchReplies(server, session) {
	const answer = await fetch(`${server.url}/api/v1/chat`, {
		headers: { "X-Hoidap-Session": session },
	});
	assert.equal(answer.status, 200);
	return (await answer.json()).messages;
}

// The same citizen writes from elsewhere: to the page the reply is one that
// somebody else brought about.
export async function writeElsewhere(server, session, text) {
	const answer = await fetch(`${server.url}/api/v1/chat`, {
		method: "POST",
		headers: {
			"X-Hoidap-Session": session,
			"Content-Type": "application/json",
		},
		body: JSON.stringify({ text }),
	});
	assert.equal(answer.status, 200);
}
