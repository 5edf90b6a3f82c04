// SPDX-License-Identifier: AGPL-3.0-or-later
// The FAQ in the console: found, written, reviewed, published, rolled back.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DESKTOP, SCHEMES, SIZES, assertAccessible, assertNoSideways, openBrowser, openPage, takePicture }
	from "./support/browser.mjs";
import { ask, openChat } from "./support/chat.mjs";
import { serve } from "./support/hoidap.mjs";

const program = process.env.HOIDAP ?? "build/hoidap";
const PASSWORD = "mat khau du dai 1";
const ENTRY = "vneid-muc-1-muc-2";
const QUESTION = "Tài khoản VNeID mức 1 và mức 2 khác nhau thế nào?";

let browser;
let server;
let folder;
let lan; // writes
let minh; // approves

async function signIn(login, options = { viewport: DESKTOP }) {
	const page = await openPage(browser, options);
	await page.goto(`${server.url}/console/`);
	await page.getByLabel("Tên đăng nhập").fill(login);
	await page.getByLabel("Mật khẩu").fill(PASSWORD);
	await page.getByRole("button", { name: "Đăng nhập" }).click();
	await page.getByRole("heading", { name: "Xin chào" }).waitFor();
	return page;
}

async function open(page, path) {
	await page.evaluate((hash) => { location.hash = hash; }, `#/${path}`);
}

async function openEntry(page, id) {
	await open(page, "faq");
	await page.getByRole("list", { name: "Kho câu hỏi" }).waitFor();
	await open(page, `faq/${id}`);
	await page.getByLabel("Câu trả lời").waitFor();
}

const said = (page, words) => page.getByText(words).first().waitFor();
const button = (page, name) => page.getByRole("button", { name, exact: true });

// What a citizen is answered now.
async function answerTo(page, text) {
	await open(page, "faq"); // so that no earlier answer is there
	await page.getByRole("list", { name: "Kho câu hỏi" }).waitFor();
	await open(page, "try");
	await page.getByLabel("Câu hỏi của người dân").fill(text);
	await button(page, "Hỏi thử").click();
	await page.locator(".bubble").first().waitFor();
	return page.locator(".bubble").first().textContent();
}

before(async () => {
	folder = mkdtempSync(join(tmpdir(), "hoidap-console-"));
	const env = { ...process.env, HOIDAP_STORE: `sqlite:${folder}/hoidap.db` };
	for (const [login, role] of [["lan", "curator"], ["minh", "reviewer"], ["hoa", "curator"]])
		execFileSync(program, ["user", "add", login, "--roles", role], { env, input: `${PASSWORD}\n` });
	server = await serve({ HOIDAP_STORE: env.HOIDAP_STORE });
	browser = await openBrowser();
	const citizen = await openPage(browser);
	await openChat(citizen, server);
	await ask(citizen, QUESTION);
	await citizen.context().close();
	lan = await signIn("lan");
	minh = await signIn("minh");
});

after(async () => {
	await browser?.close();
	await server?.close();
	rmSync(folder, { recursive: true, force: true });
});

test("the list is searched with and without marks, filtered, paged, walked by keys", async () => {
	const page = lan;
	await open(page, "faq");
	await said(page, "1–50 trong");
	await page.getByRole("link", { name: "Trang sau" }).click();
	await said(page, "51–");
	for (const words of ["mức 1 và mức 2 khác nhau", "muc 1 va muc 2 khac nhau"]) {
		await page.getByLabel("Tìm, không cần dấu").fill(words);
		await page.getByLabel("Tìm, không cần dấu").press("Enter");
		await page.waitForFunction(() => document.querySelectorAll(".list li").length < 5);
		await said(page, QUESTION);
	}
	await page.getByLabel("Tìm, không cần dấu").fill("");
	await page.getByLabel("Chủ đề").selectOption("account-vneid");
	await page.waitForFunction(() => document.querySelectorAll(".list li").length > 5);
	await page.getByLabel("Chưa được hỏi lần nào").check();
	await page.waitForFunction(() => location.hash.includes("unused=1"));
	await page.locator(".list li").first().waitFor();
	await page.evaluate(() => document.activeElement.blur());
	await page.keyboard.press("j");
	await page.keyboard.press("k");
	await page.keyboard.press("Enter");
	await page.getByLabel("Câu trả lời").waitFor();
	await open(page, "faq?q=khongcocaunao");
	await said(page, "Không có câu hỏi nào khớp");
});

test("a phrasing gets the engine's opinion as it is typed, the answer its bubbles", async () => {
	const page = lan;
	await openEntry(page, ENTRY);
	await page.locator(".messenger .bubble").first().waitFor();
	await button(page, "Zalo").click();
	await page.locator(".zalo .bubble").first().waitFor();
	await page.getByLabel("Cách hỏi 1", { exact: true }).focus();
	await page.keyboard.press("Enter");
	await page.keyboard.type("thanh toán lệ phí trực tuyến bằng thẻ nào");
	await page.locator(".opinion.other").waitFor();
	await takePicture(page, "faq-opinion");
	await page.getByLabel("Cách hỏi 2", { exact: true }).fill("vneid mức 1 mức 2 khác nhau sao");
	await page.locator(".opinion.own").waitFor();
	await button(page, "Bỏ: vneid mức 1 mức 2 khác nhau sao").click();
	await page.getByText("Biến của địa phương").click();
	await button(page, "{{locality_name}}").click();
	assert.match(await page.getByLabel("Câu trả lời").inputValue(), /{{locality_name}}/);
	await page.getByLabel("Câu trả lời").fill("Gọi {{khong_co_bien}}.");
	await page.getByText("Chưa xem thử được").waitFor();
	await page.reload();
	await said(page, "Đã khôi phục bản nháp chưa lưu.");
	assert.equal(await page.getByLabel("Câu trả lời").inputValue(), "Gọi {{khong_co_bien}}.");
	await button(page, "Lưu nháp").click();
	await page.locator(".field .error", { hasText: "Không có biến “khong_co_bien”." }).waitFor();
	await assertAccessible(page, "the editor with a fault");
	await button(page, "Bỏ bản nháp").click();
	await page.locator(".field .error").waitFor({ state: "detached" });
});

test("from a draft to a published answer by two people, and back", async () => {
	await openEntry(lan, ENTRY);
	await lan.getByLabel("Câu trả lời").fill("Mức 1 tự tạo trên điện thoại.\nMức 2 làm ở công an, dùng được mọi dịch vụ.");
	await button(lan, "Lưu nháp").click();
	await said(lan, "Bản nháp số 1 của lan");
	await button(lan, "Gửi duyệt").click();
	await said(lan, "đang chờ duyệt");

	await open(minh, "faq");
	await minh.getByRole("button", { name: "Duyệt và xuất bản" }).click();
	await minh.getByLabel(QUESTION).waitFor();
	await assertAccessible(minh, "what waits for review");
	await minh.getByRole("link", { name: "So sánh" }).click();
	await minh.locator(".diff ins", { hasText: "Mức 1 tự tạo" }).waitFor();
	await takePicture(minh, "faq-review");
	await button(minh, "Kiểm tra trước khi xuất bản").click();
	await minh.getByText(/^(Đạt|Chưa đạt)/).waitFor();
	await said(minh, "Thay đổi 1 câu trả lời trong 1 câu đã hỏi");
	const change = minh.locator("details", { hasText: "cùng câu, đổi lời" });
	assert.match(await change.textContent(), /Đang trả lời.*định danh điện tử.*Sẽ trả lời.*Mức 1 tự tạo/s);
	await takePicture(minh, "faq-check");
	await assertAccessible(minh, "a check");
	const reason = minh.getByLabel(/^Vì sao vẫn xuất bản/);
	if (await reason.count()) await reason.fill("đã đọc lại");
	await minh.getByRole("button", { name: /^(X|Vẫn x)uất bản$/ }).click();
	await said(minh, "không tin nhắn nào phải chờ");
	await takePicture(minh, "faq-published");
	assert.match(await answerTo(lan, QUESTION), /Mức 1 tự tạo trên điện thoại/);

	await openEntry(minh, ENTRY);
	await minh.getByText("Bản trong tệp gốc").waitFor();
	await button(minh, "Đưa bản này trở lại").click();
	await minh.getByLabel("Lý do").fill("thử quay lại");
	await minh.getByRole("dialog").getByRole("button", { name: "Đưa bản này trở lại" }).click();
	await said(minh, "đã thu hồi");
	assert.doesNotMatch(await answerTo(lan, QUESTION), /Mức 1 tự tạo trên điện thoại/);
});

test("two who change one entry choose field by field, and nothing is lost", async () => {
	const id = "chu-ky-so-la-gi-thu";
	await open(lan, "faq/~new");
	await lan.getByLabel("Mã", { exact: true }).fill(id);
	await lan.getByLabel("Câu hỏi", { exact: true }).fill("Trung tâm có chỗ gửi xe không?");
	await lan.getByLabel("Câu trả lời").fill("Có chỗ gửi xe trong sân.");
	await button(lan, "Lưu nháp").click();
	await said(lan, "Bản nháp số 1 của lan");
	const hoa = await signIn("hoa");
	await openEntry(hoa, id);
	await hoa.getByLabel("Câu trả lời").fill("Gửi xe miễn phí trong sân.");
	await button(hoa, "Lưu nháp").click();
	await said(hoa, "Bản nháp số 1 của hoa");
	await hoa.context().close();
	await lan.getByLabel("Câu hỏi", { exact: true }).fill("Gửi xe ở đâu?");
	await button(lan, "Lưu nháp").click();
	const dialog = lan.getByRole("dialog");
	await dialog.getByText("Có người vừa sửa câu này").waitFor();
	await takePicture(lan, "faq-conflict");
	await assertAccessible(lan, "a conflict");
	const side = (field, name) => dialog.getByRole("group", { name: field, exact: true }).getByLabel(name);
	assert.ok(await side("Câu trả lời", "Của người kia").isChecked());
	assert.ok(await side("Câu hỏi", "Của tôi").isChecked());
	await side("Câu hỏi", "Trước khi sửa").check();
	await side("Câu hỏi", "Của tôi").check();
	await button(lan, "Dùng các lựa chọn này").click();
	await button(lan, "Lưu nháp").click();
	await said(lan, "Bản nháp số 1 của lan");
	assert.equal(await lan.getByLabel("Câu trả lời").inputValue(), "Gửi xe miễn phí trong sân.");
	assert.equal(await lan.getByLabel("Câu hỏi", { exact: true }).inputValue(), "Gửi xe ở đâu?");
	await button(lan, "Bỏ bản này").click();
	await said(lan, "Đã bỏ bản này.");
});

test("what is in review is rejected with a reason; an entry is retired by draft", async () => {
	const id = "dang-ky-vneid-muc-2";
	await openEntry(lan, id);
	await button(lan, "Ngừng dùng").click();
	await lan.getByLabel("Lý do").fill("trùng câu khác");
	await lan.getByRole("dialog").getByRole("button", { name: "Ngừng dùng" }).click();
	await said(lan, "Bản nháp số 1 của lan");
	await button(lan, "Gửi duyệt").click();
	await said(lan, "đang chờ duyệt");
	await openEntry(minh, id);
	await button(minh, "Trả lại").click();
	await minh.getByLabel("Lý do").fill("còn nhiều người hỏi");
	await minh.getByRole("dialog").getByRole("button", { name: "Trả lại" }).click();
	await said(minh, "minh đã trả lại bản số 1: còn nhiều người hỏi");
});

test("a failed check is published only with a written reason", async () => {
	const id = "dang-ky-vneid-muc-1";
	await openEntry(lan, id);
	await lan.getByText("Phân biệt với câu khác").click();
	await lan.getByLabel("Cách hỏi 1", { exact: true }).fill("vneid là gì vậy");
	await button(lan, "Gửi duyệt").click();
	await said(lan, "đang chờ duyệt");
	await openEntry(minh, id);
	await button(minh, "Kiểm tra trước khi xuất bản").click();
	await said(minh, "Chưa đạt");
	await said(minh, "Một cách hỏi nằm ở hai câu");
	await takePicture(minh, "faq-gate");
	await assertAccessible(minh, "a failed check");
	await button(minh, "Vẫn xuất bản").click();
	assert.equal(await minh.getByText("Đã xuất bản").count(), 0);
	await minh.getByLabel("Vì sao vẫn xuất bản").fill("sửa sau trong tuần");
	await button(minh, "Vẫn xuất bản").click();
	await said(minh, "Đã xuất bản 1 câu hỏi");
});

test("the test box says what would be answered, and why", async () => {
	await answerTo(lan, "vneid muc 1 muc 2 khac nhau sao");
	await said(lan, "Máy sẽ: trả lời");
	await said(lan, "Các câu gần nhất");
	await said(lan, "Kho câu hỏi");
	await lan.getByRole("columnheader", { name: "Cụm từ" }).first().waitFor();
	await lan.getByLabel("Câu hỏi của người dân").fill("123456");
	await button(lan, "Hỏi thử").click();
	await said(lan, "Không so câu nào");
});

test("every page can be used on a phone and in the dark, by everybody", async () => {
	for (const [size, viewport] of Object.entries(SIZES)) {
		for (const colorScheme of SCHEMES) {
			const page = await signIn("lan", { viewport, colorScheme });
			const look = async (name) => {
				await assertAccessible(page, `${name}, ${size}, ${colorScheme}`);
				await assertNoSideways(page, `${name}, ${size}`);
				await takePicture(page, `${name}-${size}-${colorScheme}`);
			};
			await open(page, "faq");
			await page.locator(".list li").first().waitFor();
			await look("faq-list");
			await openEntry(page, ENTRY);
			await page.locator(".bubble").first().waitFor();
			await look("faq-entry");
			await answerTo(page, "ký số ở đâu");
			await look("faq-try");
			assert.deepEqual(page.troubles, []);
			await page.context().close();
		}
	}
	assert.deepEqual([...lan.troubles, ...minh.troubles], []);
});
