// SPDX-License-Identifier: AGPL-3.0-or-later
// An editor looks at conversations, answers, and looks after what did not get
// through.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { DESKTOP, SCHEMES, SIZES, assertAccessible, assertNoSideways, openBrowser, openTab, takePicture }
	from "./support/browser.mjs";
import { chat, messenger, serveStaff, signIn } from "./support/desk.mjs";

const HOSTILE = "<img src=x onerror=alert(1)> làm hộ chiếu ở đâu";
let browser;
let server;
let session;

before(async () => {
	server = await serveStaff({ lan: "editor", cuc: "curator" });
	browser = await openBrowser();
	session = (await chat(server, HOSTILE)).session;
	await chat(server, "số căn cước của tôi là 079123456789, tra hồ sơ ở đâu", session);
	await messenger(server, "7001112223334445", "chữ ký số là gì");
});

after(async () => {
	await browser?.close();
	await server?.close();
});

const open = (login, address, options) => signIn(browser, server, login, address, options);
const finish = async (page) => {
	assert.deepEqual(page.troubles, []);
	await page.context().close();
};

test("the list is searched without marks, and filtered by channel", async () => {
	const page = await open("lan", "#/conversations", { viewport: DESKTOP });
	await page.getByRole("link", { name: "Messenger · …4445" }).waitFor();
	assert.equal(await page.getByText("7001112223334445").count(), 0);
	await page.getByLabel("Từ trong câu hỏi").fill("chu ky so");
	await page.getByRole("button", { name: "Lọc" }).click();
	await page.waitForFunction(() => document.querySelectorAll(".list > li").length === 1);
	await page.getByLabel("Kênh").selectOption("webchat");
	await page.getByRole("button", { name: "Lọc" }).click();
	await page.getByRole("heading", { name: "Không có hội thoại nào" }).waitFor();
	await finish(page);
});

test("a conversation is taken, answered with a kept text, and given back", async () => {
	const page = await open("lan", "#/conversations?channel=webchat", { viewport: DESKTOP });
	await page.getByRole("link", { name: /Trang web/ }).click();
	await page.getByText("<img src=x onerror=alert(1)>").waitFor();
	assert.equal(await page.locator(".talk img").count(), 0);
	assert.equal(await page.getByText("079123456789").count(), 0);
	await page.getByRole("button", { name: "Tiếp nhận" }).click();
	await page.getByText("lan tiếp nhận").waitFor();
	await page.getByText(/Cán bộ trả lời đến/).first().waitFor();

	await page.getByRole("button", { name: "Sửa câu mẫu" }).click();
	await page.getByRole("textbox", { name: "Các câu mẫu" }).fill("Chào\nDạ chào anh/chị.\n\nHẹn\nEm sẽ trả lời trong hôm nay ạ.");
	await takePicture(page, "console-canned");
	await assertAccessible(page, "the canned texts");
	await page.getByRole("button", { name: "Lưu" }).click();
	await page.getByLabel("Chèn câu mẫu").selectOption({ label: "Hẹn" });
	const reply = page.getByLabel("Trả lời", { exact: true });
	assert.equal(await reply.inputValue(), "Em sẽ trả lời trong hôm nay ạ.");

	// Nothing typed is lost.
	await page.reload();
	await page.getByText("Đã khôi phục bản nháp").waitFor();
	await page.getByRole("button", { name: "Gửi", exact: true }).click();
	await page.locator(".ours", { hasText: "Em sẽ trả lời" }).waitFor();
	assert.equal(await page.getByLabel("Trả lời", { exact: true }).inputValue(), "");
	const heard = await fetch(`${server.url}/api/v1/chat?after=0`, { headers: { "X-Hoidap-Session": session } });
	assert.match(await heard.text(), /Em sẽ trả lời trong hôm nay/);
	await page.getByText("đã gửi").first().waitFor();
	await takePicture(page, "console-conversation");
	await page.getByRole("button", { name: "Trả lại cho trợ lý" }).click();
	await page.getByText("lan trả lại cho trợ lý").waitFor();
	await finish(page);
});

test("two who change the kept texts choose what stays", async () => {
	const page = await open("lan", "#/conversations?channel=webchat", { viewport: DESKTOP });
	await page.getByRole("link", { name: /Trang web/ }).click();
	const other = await openTab(page);
	await page.getByRole("button", { name: "Sửa câu mẫu" }).waitFor();
	await other.goto(page.url());
	for (const tab of [page, other])
		await tab.getByRole("button", { name: "Sửa câu mẫu" }).click();
	await other.getByRole("textbox", { name: "Các câu mẫu" }).fill("Của họ\nA");
	await other.getByRole("button", { name: "Lưu" }).click();
	await other.getByText("Đã lưu.").waitFor();
	await page.getByRole("textbox", { name: "Các câu mẫu" }).fill("Của tôi\nB");
	await page.getByRole("button", { name: "Lưu" }).click();
	await page.getByText("Đồng nghiệp vừa sửa").waitFor();
	await page.getByRole("button", { name: "Gộp cả hai" }).click();
	await page.getByRole("button", { name: "Lưu" }).click();
	await page.getByText("Đã lưu.").waitFor();
	assert.deepEqual(await page.getByLabel("Chèn câu mẫu").locator("option").allTextContents(),
		["– chọn –", "Của họ", "Của tôi"]);
	await finish(page);
});

test("a reply that did not get through is retried, then discarded for a reason", async () => {
	const page = await open("lan", "#/conversations", { viewport: DESKTOP });
	await page.getByRole("link", { name: "Chưa gửi được" }).click();
	await page.getByRole("button", { name: "Gửi lại" }).first().waitFor();
	await takePicture(page, "console-parked");
	await page.getByRole("button", { name: "Gửi lại" }).click();
	await page.getByText("Đang gửi lại.").waitFor();
	await page.reload();
	await page.getByText("Bỏ tin này").first().click();
	await page.getByLabel("Lý do").fill("đã gọi điện");
	await assertAccessible(page, "parked replies");
	await page.getByRole("button", { name: "Bỏ tin này" }).click();
	await page.getByRole("heading", { name: "Mọi tin đều đã gửi được" }).waitFor();
	await finish(page);
});

test("who may only read gets no field to write into", async () => {
	const page = await open("cuc", "#/conversations?channel=webchat", { viewport: DESKTOP });
	await page.getByRole("link", { name: /Trang web/ }).click();
	await page.locator(".talk li").first().waitFor();
	assert.equal(await page.getByRole("textbox").count(), 0);
	assert.equal(await page.getByRole("button", { name: "Tiếp nhận" }).count(), 0);
	await finish(page);
});

for (const [size, viewport] of Object.entries(SIZES))
	for (const colorScheme of SCHEMES)
		test(`both pages are accessible on a ${size}, ${colorScheme}`, async () => {
			const page = await open("lan", "#/conversations", { viewport, colorScheme });
			await page.locator(".list > li").first().waitFor();
			await assertAccessible(page, "the list");
			await assertNoSideways(page, "the list");
			await takePicture(page, `console-conversations-${size}-${colorScheme}`);
			await page.getByRole("link", { name: /Trang web/ }).click();
			await page.getByLabel("Trả lời", { exact: true }).waitFor();
			await assertAccessible(page, "one conversation");
			await assertNoSideways(page, "one conversation");
			await takePicture(page, `console-conversation-${size}-${colorScheme}`);
			await finish(page);
		});
