// SPDX-License-Identifier: AGPL-3.0-or-later
// The page of unanswered questions, over a year of 50,000 made-up ones.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import {
	DESKTOP,
	PHONE,
	SCHEMES,
	SIZES,
	assertAccessible,
	assertNoSideways,
	openBrowser,
	takePicture,
	openPage,
} from "./support/browser.mjs";
import { fetchReplies } from "./support/chat.mjs";
import { serve } from "./support/hoidap.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const program = realpathSync(process.env.HOIDAP ?? join(root, "build/hoidap"));
const PASSWORD = "bốn từ dễ nhớ";
const LIST = "#/questions";

let folder;
let browser;
let server;
let entered = {}; // login: the state of a context that has signed in

// All questions are sorted once nothing is left to sort.
async function sorted(page) {
	let seen = 0;
	for (;;) {
		const { total } = await call(page, "GET", "/groups?limit=1");
		if (total > 0 && total === seen) return;
		seen = total;
		await page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
	}
}

before(async () => {
	folder = mkdtempSync(join(tmpdir(), "hoidap-questions-"));
	const store = join(folder, "hoidap.db");
	const env = { ...process.env, HOIDAP_STORE: `sqlite:${store}`, HOIDAP_FAQ_DIR: join(root, "faq") };
	execFileSync(join(dirname(program), "tests/bench/synthetic_store"), [store, "50000"]);
	for (const [login, roles] of [["lan", "editor,curator,reviewer"], ["binh", "editor"]])
		execFileSync(program, ["user", "add", login, "--roles", roles, "--name", `Chị ${login}`], { env, input: PASSWORD });
	server = await serve({ HOIDAP_STORE: `sqlite:${store}`, HOIDAP_REVIEW_BY_SECOND: "0" });
	browser = await openBrowser();
	for (const login of ["lan", "binh"]) {
		const page = await openPage(browser);
		await page.goto(`${server.url}/console/`);
		await page.getByLabel("Tên đăng nhập").fill(login);
		await page.getByLabel("Mật khẩu").fill(PASSWORD);
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { name: "Xin chào" }).waitFor();
		entered[login] = await page.context().storageState();
		await sorted(page);
		await page.context().close();
	}
});

after(async () => {
	await browser?.close();
	await server?.close();
	rmSync(folder, { recursive: true });
});

async function open(address = LIST, options = {}, login = "lan") {
	const page = await openPage(browser, { viewport: DESKTOP, storageState: entered[login], ...options });
	await page.goto(`${server.url}/console/${address}`);
	return page;
}

async function close(page) {
	assert.deepEqual(page.troubles, []);
	await page.context().close();
}

const rows = (page) => page.getByRole("list", { name: "Câu hỏi chưa trả lời" }).locator("> li");
const nameOf = (row) => row.locator("button.name").textContent();
const toast = (page, words) => page.locator(".toast", { hasText: words }).waitFor();
const dialog = (page) => page.getByRole("dialog");

async function list(page) {
	await rows(page).first().waitFor();
	return rows(page);
}

// Find only what holds WORDS.
async function find(page, words) {
	const answer = page.waitForResponse((one) => one.url().includes("/groups?") && one.url().includes("q="));
	await page.getByRole("searchbox", { name: "Tìm" }).fill(words);
	await answer;
	await page.keyboard.press("Tab");
}

// The API as a colleague uses it, behind the page's back.
function call(page, method, path, body) {
	return page.evaluate(async (order) => {
		const { csrf } = await (await fetch("/api/v1/session")).json();
		const answer = await fetch(`/api/v1${order.path}`, {
			method: order.method,
			headers: { "X-CSRF-Token": csrf, "Content-Type": "application/json" },
			body: order.body && JSON.stringify(order.body),
		});
		return answer.json();
	}, { method, path, body });
}

const groupOf = (page, id) => call(page, "GET", `/groups/${id}`);
const openedId = (page) => Number(/questions\/(\d+)/.exec(page.url())[1]);

// A citizen asks TEXT on the web page.
async function asks(text) {
	const answer = await fetch(`${server.url}/api/v1/chat`, {
		method: "POST",
		headers: { "Content-Type": "application/json" },
		body: JSON.stringify({ text }),
	});
	assert.equal(answer.status, 200);
	return (await answer.json()).session;
}

// Once it is sorted, its group is open; nothing else holds WORDS.
async function openGroupOf(page, text, words) {
	for (let tries = 0; ; tries++) {
		assert.ok(tries < 300, `${text}: is in no group`);
		const { groups } = await call(page, "GET", `/groups?limit=1&q=${encodeURIComponent(words)}`);
		if (groups.length === 1) {
			await page.goto(`${server.url}/console/${LIST}/${groups[0].id}?q=${encodeURIComponent(words)}`);
			break;
		}
		await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
	}
	await page.getByRole("heading", { name: text, level: 2 }).waitFor();
	await list(page);
}

// ---- reading ----

test("the list and its call are quick", async (context) => {
	const page = await open("#/account");
	await page.getByRole("heading", { level: 1 }).waitFor();
	const times = { call: [], paint: [] };
	for (let i = 0; i < 5; i++) {
		await page.evaluate(() => { location.hash = "#/account"; });
		await page.getByRole("heading", { name: "Tài khoản" }).waitFor();
		times.paint.push(await page.evaluate(() => new Promise((done) => {
			const started = performance.now();
			new MutationObserver((_, observer) => {
				if (!document.querySelector(".list .pick")) return;
				observer.disconnect();
				requestAnimationFrame(() => setTimeout(() => done(performance.now() - started)));
			}).observe(document.body, { childList: true, subtree: true });
			location.hash = "#/questions";
		})));
		times.call.push(await page.evaluate(() => performance.getEntriesByType("resource")
			.filter((one) => one.name.includes("/groups?")).at(-1).duration));
	}
	for (const [what, all] of Object.entries(times))
		context.diagnostic(`${what}: ${all.map((ms) => ms.toFixed(0)).join(", ")} ms`);
	assert.equal(await rows(page).count(), 50);
	await close(page);
});

test("a row says how many asked, when, where, and what is nearest", async () => {
	const page = await open();
	const first = (await list(page)).first();
	assert.match(await first.textContent(), /\d+ câu, \d+ người.*7 ngày qua.*(Zalo|Messenger|Trang web).*lần đầu.*mới nhất.*\d+%/s);
	await takePicture(page, "console-questions");
	await close(page);
});

test("it is searched without marks, filtered, sorted and paged", async () => {
	const page = await open();
	await list(page);
	await find(page, "xe buyt");
	await page.waitForFunction(() => [...document.querySelectorAll(".list .name")]
		.every((one) => /bu[ýy]t/i.test(one.textContent)));
	await page.getByLabel("Tìm").fill("");
	await page.getByText(/^1–50 trong/).waitFor();
	await page.getByRole("button", { name: "Tiếp", exact: true }).click();
	await page.getByText(/^51–100 trong/).waitFor();
	await page.getByLabel("Kênh").selectOption("zalo");
	await page.getByText(/^1–50 trong/).waitFor();
	await page.getByLabel("Sắp xếp").selectOption("growth");
	await page.waitForURL(/sort=growth/);
	await page.reload();
	await list(page);
	assert.equal(await page.getByLabel("Kênh").inputValue(), "zalo");
	await close(page);
});

test("what nothing fits offers to clear the filters", async () => {
	const page = await open(`${LIST}?q=khongcochunay`);
	await page.getByRole("button", { name: "Bỏ lọc" }).click();
	await list(page);
	await close(page);
});

test("an opened group shows what was asked and why nobody answered", async () => {
	const page = await open();
	await list(page);
	await page.keyboard.press("Enter").catch(() => {});
	await rows(page).first().getByRole("button").click();
	const opened = page.locator(".opened");
	await opened.getByRole("heading", { name: "Vì sao bot chưa trả lời" }).waitFor();
	await opened.locator(".said").nth(5).waitFor();
	assert.match(await opened.textContent(), /quá khác|chưa đủ chắc|nay đã trả lời được/);
	await opened.getByRole("button", { name: "Xem thêm" }).click();
	await opened.locator(".said").nth(25).waitFor();
	await close(page);
});

test("it can be used by everybody, on a phone and on a desk", async () => {
	for (const colorScheme of SCHEMES) {
		for (const [size, viewport] of Object.entries(SIZES)) {
			const page = await open(LIST, { viewport, colorScheme });
			const look = async (what) => {
				await assertAccessible(page, `${what}, ${size}, ${colorScheme}`);
				await assertNoSideways(page, `${what}, ${size}`);
				await takePicture(page, `console-questions-${what}-${size}-${colorScheme}`);
			};
			await list(page);
			await look("list");
			await rows(page).first().getByRole("button").click();
			await page.locator(".opened .said").first().waitFor();
			await look("opened");
			for (const [what, button] of [["attach", /^Gắn/], ["new", /^Soạn/], ["reply", /^Trả lời/], ["assign", /^Giao/]]) {
				await page.locator(".opened").getByRole("button", { name: button }).click();
				await dialog(page).locator("form").waitFor();
				await look(what);
				await page.keyboard.press("Escape");
				await dialog(page).waitFor({ state: "detached" });
			}
			await close(page);
		}
	}
});

// ---- by the keyboard ----

test("j and k move, x dismisses, u takes it back", async () => {
	const page = await open();
	const all = await list(page);
	const [first, second] = [await nameOf(all.nth(0)), await nameOf(all.nth(1))];
	await page.keyboard.press("j");
	assert.equal(await page.evaluate(() => document.activeElement.querySelector(".name").textContent), second);
	await page.keyboard.press("k");
	await page.keyboard.press("x");
	await toast(page, "Đã bỏ qua");
	await page.waitForFunction((words) => document.querySelector(".list .name").textContent === words, second);
	await page.keyboard.press("u");
	await toast(page, "Đã hoàn tác");
	await page.waitForFunction((words) => document.querySelector(".list .name").textContent === words, first);
	await close(page);
});

test("what is open goes with j and k", async () => {
	const page = await open();
	const second = await nameOf((await list(page)).nth(1));
	await rows(page).first().getByRole("button").click();
	await page.locator(".opened").waitFor();
	await page.keyboard.press("j");
	await page.getByRole("heading", { name: second, level: 2 }).waitFor();
	await page.keyboard.press("Escape");
	await page.locator(".opened").waitFor({ state: "detached" });
	await close(page);
});

test("an editor who writes no entries is told so", async () => {
	const page = await open(LIST, {}, "binh");
	await list(page);
	await page.keyboard.press("n");
	await toast(page, "cần quyền khác");
	await close(page);
});

// ---- what is done to groups ----

test("many groups are dismissed at once, and come back", async () => {
	const page = await open(`${LIST}?sort=last`);
	const first = await nameOf((await list(page)).first());
	await page.keyboard.press("c");
	await page.keyboard.press("j");
	await page.keyboard.press("c");
	await page.getByText("Đã đánh dấu 2 nhóm").waitFor();
	await page.locator(".bulk").getByRole("button", { name: "Bỏ qua" }).click();
	await toast(page, "Xong 2 nhóm");
	await page.waitForFunction((words) => document.querySelector(".list .name").textContent !== words, first);
	await page.locator(".toast").getByRole("button", { name: "Hoàn tác" }).click();
	await toast(page, "Đã hoàn tác");
	await page.waitForFunction((words) => document.querySelector(".list .name").textContent === words, first);
	await close(page);
});

test("groups are merged and parted again", async () => {
	const page = await open(`${LIST}?sort=growth`);
	await list(page);
	await page.keyboard.press("c");
	await page.keyboard.press("j");
	await page.keyboard.press("c");
	const ids = (await call(page, "GET", "/groups?sort=growth&limit=2")).groups.map(({ id }) => id);
	await page.getByRole("button", { name: "Gộp thành một nhóm" }).click();
	await toast(page, "Đã gộp");
	const states = async () => (await Promise.all(ids.map((id) => groupOf(page, id)))).map(({ state }) => state).sort();
	assert.deepEqual(await states(), ["merged", "open"]);
	await page.keyboard.press("u");
	await toast(page, "Đã hoàn tác");
	assert.deepEqual(await states(), ["open", "open"]);
	await close(page);
});

test("questions are split off, and put back", async () => {
	const page = await open();
	await (await list(page)).nth(3).getByRole("button").click();
	await page.locator(".opened .said").first().waitFor();
	const id = openedId(page);
	const { questions } = await groupOf(page, id);
	await page.locator(".opened input[type=checkbox]").nth(0).check();
	await page.locator(".opened input[type=checkbox]").nth(1).check();
	await page.getByRole("button", { name: "Tách câu đã đánh dấu (2)" }).click();
	await toast(page, "Đã tách");
	assert.equal((await groupOf(page, id)).questions, questions - 2);
	await page.keyboard.press("u");
	await toast(page, "Đã hoàn tác");
	assert.equal((await groupOf(page, id)).questions, questions);
	await close(page);
});

test("a group is given to somebody, until a day", async () => {
	const page = await open();
	const name = await nameOf((await list(page)).nth(4));
	for (let i = 0; i < 4; i++) await page.keyboard.press("j");
	await page.keyboard.press("g");
	await dialog(page).getByLabel("Người phụ trách").selectOption({ label: "Chị binh" });
	await dialog(page).getByLabel("Phòng ban").fill("Đội vận tải");
	await dialog(page).getByLabel("Hạn").fill("2020-01-31");
	await dialog(page).getByRole("button", { name: "Giao việc" }).click();
	await toast(page, "Đã giao");
	await page.getByRole("search").getByLabel("Người phụ trách").selectOption("late");
	await page.waitForURL(/who=late/);
	await page.waitForFunction(() => document.querySelectorAll(".list .pick").length === 1);
	assert.equal(await nameOf(rows(page).first()), name);
	assert.match(await rows(page).first().textContent(), /Chị binh · Đội vận tải\s*Quá hạn 31\/01\/2020/);
	await page.keyboard.press("u");
	await toast(page, "Đã hoàn tác");
	await close(page);
});

test("who comes second chooses, and nothing is overwritten", async () => {
	const page = await open();
	await (await list(page)).nth(6).getByRole("button").click();
	await page.locator(".opened .said").first().waitFor();
	const id = openedId(page);
	const { version } = await groupOf(page, id);
	await call(page, "POST", `/groups/${id}/assign`, { version, department: "Phòng khác" });
	await page.keyboard.press("x");
	await dialog(page).getByText("Phòng khác").waitFor();
	await assertAccessible(page, "a conflict");
	await takePicture(page, "console-questions-conflict");
	await dialog(page).getByRole("button", { name: "Giữ như hiện nay" }).click();
	await dialog(page).waitFor({ state: "detached" });
	assert.equal((await groupOf(page, id)).state, "open");
	await call(page, "POST", `/groups/${id}/answer`, { version: version + 1 });
	await page.keyboard.press("x");
	await dialog(page).getByRole("button", { name: "Vẫn làm: Bỏ qua" }).click();
	await toast(page, "Đã bỏ qua");
	assert.equal((await groupOf(page, id)).state, "dismissed");
	await close(page);
});

// ---- answering ----

test("a reply reaches who asked, once, and is kept while it is written", async () => {
	const page = await open();
	const text = "sửa đường ray tàu điện zyx ở đâu";
	const session = await asks(text);
	await openGroupOf(page, text, "zyx");
	await page.keyboard.press("r");
	await dialog(page).getByLabel("Nội dung trả lời").pressSequentially("Ở phường ạ.");
	await page.reload();
	await page.getByRole("heading", { name: text, level: 2 }).waitFor();
	await page.keyboard.press("r");
	await dialog(page).getByText("Đã khôi phục bản nháp").waitFor();
	await dialog(page).getByRole("button", { name: "Gửi cho 1 người" }).waitFor();
	await page.keyboard.press("Control+Enter");
	await toast(page, "Đã gửi cho 1 người");
	const replies = await fetchReplies(server, session);
	assert.match(replies.at(-1).text, /zyx[^]*Ở phường ạ\./);
	await page.getByText("đã xử lý", { exact: true }).last().waitFor();
	await page.keyboard.press("r");
	await dialog(page).getByText("Không còn gửi được cho ai").waitFor();
	assert.ok(await dialog(page).getByRole("button", { name: "Gửi cho 0 người" }).isDisabled());
	await close(page);
});

test("a citizen's message is text, whatever it holds", async () => {
	const page = await open();
	const text = '<img src=x onerror="window.hit=1"><script>hit=1</script> qwyz';
	await asks(text);
	await openGroupOf(page, text, "qwyz");
	await page.locator(".opened .said").first().waitFor();
	for (const key of ["a", "r", "n"]) {
		await page.keyboard.press(key);
		await dialog(page).locator("form").waitFor();
		await page.keyboard.press("Escape");
		await dialog(page).waitFor({ state: "detached" });
	}
	await page.keyboard.press("x");
	await toast(page, "Đã bỏ qua");
	assert.equal(await page.evaluate(() => window.hit), undefined);
	assert.equal(await page.locator("main img, main script, dialog img").count(), 0);
	await close(page);
});

test("a group becomes a phrasing of the entry that is found while one types", async () => {
	const page = await open();
	const text = "vbnm bắt tôm hùm ngoài khơi";
	const session = await asks(text);
	await openGroupOf(page, text, "vbnm");
	await page.keyboard.press("a");
	await dialog(page).getByRole("option").first().waitFor();
	await page.keyboard.type("chu ky so la gi");
	await page.waitForFunction(() => /Ký số từ xa là gì/.test(document.querySelector("[role=option]")?.textContent));
	await page.keyboard.press("Enter");
	await toast(page, "Đã thêm cách hỏi");
	await dialog(page).getByRole("button", { name: "Gửi cho 1 người" }).waitFor();
	await takePicture(page, "console-questions-attached");
	await page.keyboard.press("Control+Enter");
	await toast(page, "Đã gửi cho 1 người");
	const id = openedId(page);
	const group = await groupOf(page, id);
	const { draft } = await call(page, "GET", `/faq/entries/${group.entry.id}`);
	assert.ok(draft.entry.asked_as.includes(text));
	assert.match((await fetchReplies(server, session)).at(-1).text, /vbnm[^]*Chữ ký số là cách/);
	await close(page);
});

test("from an unanswered group to a published entry takes few presses", async (context) => {
	const page = await open();
	const text = "thả diều hjkl trên sân vận động";
	const session = await asks(text);
	await openGroupOf(page, text, "hjkl");
	let presses = 0;
	const press = (key) => {
		presses++;
		return page.keyboard.press(key);
	};
	await press("n");
	await dialog(page).getByLabel("Nội dung trả lời").and(page.locator(":focus")).waitFor();
	await page.keyboard.type("Dạ thả diều hjkl không cần phép, anh/chị giữ vệ sinh chung ạ.");
	await press("Control+Enter");
	const publish = dialog(page).getByRole("button", { name: "Xuất bản và trả lời (1)" });
	await publish.waitFor({ timeout: 90000 });
	await assertAccessible(page, "a check");
	await takePicture(page, "console-questions-check");
	// A gate that has something against it asks a reviewer why not.
	if (await page.locator("dialog input:focus").count() > 0) await page.keyboard.type("mẫu cũ, đã xem");
	else assert.equal(await page.locator("dialog button[type=submit]:focus").count(), 1);
	await press("Enter");
	await page.locator(".toast", { hasText: "Đã gửi cho 1 người" }).waitFor({ timeout: 60000 });
	context.diagnostic(`${presses} presses`);
	assert.ok(presses <= 8);
	assert.match((await fetchReplies(server, session)).at(-1).text, /không cần phép/);
	const group = await groupOf(page, openedId(page));
	assert.equal(group.state, "answered");
	assert.equal(group.entry.question, text);
	await close(page);
});

// ---- nothing to do ----

test("an empty list teaches what will come here", async () => {
	const page = await open();
	await list(page);
	await page.route(/api\/v1\/groups\?/, (route) => route.fulfill({ json: { groups: [], total: 0, recent_days: 7 } }));
	await page.reload();
	await page.getByRole("heading", { name: "Không còn câu nào chờ" }).waitFor();
	await assertAccessible(page, "an empty list");
	await page.setViewportSize(PHONE);
	await takePicture(page, "console-questions-empty");
	await close(page);
});
