// SPDX-License-Identifier: AGPL-3.0-or-later
// An admin puts notices up, switches channels, and looks at what is in force.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { DESKTOP, SCHEMES, SIZES, assertAccessible, assertNoSideways, openBrowser, openTab, takePicture }
	from "./support/browser.mjs";
import { chat, messenger, serveStaff, signIn } from "./support/desk.mjs";

let browser;
let server;

before(async () => {
	server = await serveStaff({ minh: "admin", lan: "editor" });
	browser = await openBrowser();
	await messenger(server, "7001112223334445", "chữ ký số là gì");
});

after(async () => {
	await browser?.close();
	await server?.close();
});

const open = (login, address, options) => signIn(browser, server, login, address, { viewport: DESKTOP, ...options });
const finish = async (page) => {
	assert.deepEqual(page.troubles, []);
	await page.context().close();
};
const heard = async (text) => JSON.stringify(await chat(server, text));

test("a notice is put up and taken down, and a bad one says where", async () => {
	const page = await open("minh", "#/settings");
	await page.getByText("Không có thông báo nào").waitFor();
	await page.getByRole("button", { name: "Thêm thông báo" }).first().click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("Nội dung").fill("Cổng đang bảo trì đến 17 giờ.");
	await dialog.getByLabel("Đến", { exact: true }).fill("2020-01-01T00:00");
	await takePicture(page, "console-notice");
	await dialog.getByRole("button", { name: "Thêm thông báo" }).click();
	await dialog.getByText("Giờ kết thúc phải sau").waitFor();
	await assertAccessible(page, "a notice that is refused");
	await dialog.getByLabel("Đến", { exact: true }).fill("2099-01-01T00:00");
	await dialog.getByRole("button", { name: "Thêm thông báo" }).click();
	await page.getByText("Đang hiện").waitFor();
	await takePicture(page, "console-notices");
	assert.match(await heard("chữ ký số là gì"), /Cổng đang bảo trì/);
	await page.getByRole("button", { name: "Gỡ xuống" }).click();
	await page.getByText("Không có thông báo nào").waitFor();
	assert.doesNotMatch(await heard("chữ ký số là gì"), /Cổng đang bảo trì/);
	await finish(page);
});

test("a channel is switched off with a reason, and two admins do not collide", async () => {
	const page = await open("minh", "#/settings/channels");
	const web = (tab) => tab.locator("section", { hasText: "Trang web" });
	await page.getByText(/Lỗi gửi gần nhất/).waitFor();
	await takePicture(page, "console-channels");
	await web(page).getByRole("button", { name: "Tắt trợ lý" }).click();
	await page.getByLabel("Lý do").fill("trả lời sai lệ phí");
	const other = await openTab(page);
	await other.goto(page.url());
	await web(other).getByRole("button", { name: "Tắt trợ lý" }).click();
	await other.getByLabel("Lý do").fill("bảo trì");
	await other.getByRole("dialog").getByRole("button", { name: "Tắt trợ lý" }).click();
	await web(other).getByText("Trợ lý đang tắt").waitFor();
	await page.getByRole("dialog").getByRole("button", { name: "Tắt trợ lý" }).click();
	await page.getByText("Có người vừa thay đổi").waitFor();
	assert.equal(await page.getByLabel("Lý do").inputValue(), "trả lời sai lệ phí");
	assert.match(await heard("chữ ký số là gì"), /đang tạm nghỉ/);
	await web(other).getByRole("button", { name: "Bật lại" }).click();
	await web(other).getByText("Trợ lý đang trả lời").waitFor();
	assert.match(await heard("chữ ký số là gì"), /Chữ ký số là cách/);
	await finish(page);
});

test("old texts are counted before they are erased", async () => {
	const page = await open("minh", "#/settings/retention");
	await page.getByText("Có 0 nội dung cũ hơn 180 ngày.").waitFor();
	assert.equal(await page.getByRole("button", { name: "Xóa vĩnh viễn" }).count(), 0);
	await page.getByLabel(/Xóa ngay/).fill("30");
	await page.getByRole("button", { name: "Xem trước" }).click();
	await page.getByText("Có 0 nội dung cũ hơn 30 ngày.").waitFor();
	await finish(page);
});

test("what is in force is shown without secrets", async () => {
	const page = await open("minh", "#/settings/values");
	await page.getByText("keep_days").waitFor();
	const text = await page.locator("main").textContent();
	assert.match(text, /messenger default/);
	assert.doesNotMatch(text, /app-secret/);
	await page.getByRole("link", { name: "Địa phương" }).click();
	await page.getByText("locality_name").waitFor();
	await finish(page);
});

test("an editor has no such page", async () => {
	const page = await open("lan", "#/settings");
	assert.equal(await page.getByRole("link", { name: "Cài đặt" }).count(), 0);
	await page.getByText("Không có trang này").waitFor();
	await finish(page);
});

const ready = { notices: "Không có thông báo nào", channels: /Lỗi gửi gần nhất/,
	retention: /nội dung cũ hơn/, locality: "locality_name", values: "keep_days" };
for (const [size, viewport] of Object.entries(SIZES))
	for (const colorScheme of SCHEMES)
		test(`every part is accessible on a ${size}, ${colorScheme}`, async () => {
			const page = await open("minh", "#/settings", { viewport, colorScheme });
			for (const [tab, words] of Object.entries(ready)) {
				await page.goto(`${server.url}/console/#/settings/${tab}`);
				await page.getByText(words).first().waitFor();
				await assertAccessible(page, tab);
				await assertNoSideways(page, tab);
				await takePicture(page, `console-settings-${tab}-${size}-${colorScheme}`);
			}
			await finish(page);
		});
