// SPDX-License-Identifier: AGPL-3.0-or-later
// The pages of figures, quality and reports, over a year of 50,000 made-up
// questions.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { inflateRawSync } from "node:zlib";

import {
	DESKTOP,
	SCHEMES,
	SIZES,
	assertAccessible,
	assertNoSideways,
	openBrowser,
	openPage,
	takePicture,
} from "./support/browser.mjs";
import { serve } from "./support/hoidap.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const program = realpathSync(process.env.HOIDAP ?? join(root, "build/hoidap"));
const PASSWORD = "bốn từ dễ nhớ";
const DAY = 24 * 3600 * 1000;

let folder;
let browser;
let server;
let session; // the state of a context that has signed in

before(async () => {
	folder = mkdtempSync(join(tmpdir(), "hoidap-figures-"));
	const store = join(folder, "hoidap.db");
	const env = { ...process.env, HOIDAP_STORE: `sqlite:${store}`, HOIDAP_FAQ_DIR: join(root, "faq") };
	execFileSync(join(dirname(program), "tests/bench/synthetic_store"), [store, "50000"]);
	execFileSync(program, ["user", "add", "lan", "--roles", "editor,curator,reviewer", "--name", "Chị Lan"],
		{ env, input: PASSWORD });
	server = await serve({ HOIDAP_STORE: `sqlite:${store}` });
	browser = await openBrowser();
	const page = await openPage(browser);
	await page.goto(`${server.url}/console/`);
	await page.getByLabel("Tên đăng nhập").fill("lan");
	await page.getByLabel("Mật khẩu").fill(PASSWORD);
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: "Tỷ lệ" }).waitFor();
	session = await page.context().storageState();
	await page.context().close();
});

after(async () => {
	await browser?.close();
	await server?.close();
	rmSync(folder, { recursive: true });
});

async function open(address, options = {}) {
	const page = await openPage(browser, { viewport: DESKTOP, storageState: session, ...options });
	await page.goto(`${server.url}/console/#/${address}`);
	return page;
}

async function close(page) {
	assert.deepEqual(page.troubles, []);
	await page.context().close();
}

const charts = (page, count) =>
	page.waitForFunction((wanted) => document.querySelectorAll(".u-wrap canvas").length === wanted, count);
const get = async (page, path) => (await page.request.get(`${server.url}/api/v1${path}`)).json();

// When everything that a page loads is there.
const ready = {
	"": async (page) => {
		await charts(page, 2);
		await page.getByRole("heading", { name: "Theo chủ đề" }).waitFor();
		// In this order, whatever came first.
		const headings = await page.getByRole("heading").allTextContents();
		assert.deepEqual(headings.slice(0, 3), ["Xin chào Chị Lan", "Cần xem ngay", "Tỷ lệ"]);
	},
	quality: async (page) => {
		await charts(page, 1);
		await page.getByRole("button", { name: "Không nên trả lời" }).first().waitFor();
	},
	reports: (page) => page.getByRole("heading", { name: "Đã bổ sung" }).waitFor(),
};

for (const [address, name] of [["", "overview"], ["quality", "quality"], ["reports", "reports"]])
	for (const [size, viewport] of Object.entries(SIZES))
		for (const colorScheme of SCHEMES)
			test(`${name} shuts nobody out: ${size}, ${colorScheme}`, async () => {
				const page = await open(address, { viewport, colorScheme });
				await ready[address](page);
				await takePicture(page, `console-${name}-${size}-${colorScheme}`);
				await assertNoSideways(page);
				await assertAccessible(page, `${name}, ${size}, ${colorScheme}`);
				await close(page);
			});

test("a rate says what it means, of how many, and how sure it is", async () => {
	const page = await open("");
	await page.getByRole("button", { name: "Được trả lời ngay" }).click();
	const dialog = page.getByRole("dialog", { name: "Được trả lời ngay" });
	await dialog.getByText("chia cho tổng số câu hỏi").waitFor();
	await dialog.getByText(/\d trên [\d.]+\. Tỷ lệ thật nằm trong khoảng/).waitFor();
	await assertAccessible(page, "the meaning of a rate");
	await page.keyboard.press("Escape");
	await dialog.waitFor({ state: "detached" });
	await close(page);
});

test("another period is one press away and shows other figures", async () => {
	const page = await open("?days=7");
	const line = page.getByText(/câu hỏi trong kỳ/);
	await line.waitFor();
	const week = await line.textContent();
	await page.getByRole("link", { name: "365 ngày qua" }).click();
	await page.waitForFunction((old) => !document.body.textContent.includes(old), week);
	const year = await line.textContent();
	assert.match(year, /^(49|48|47)\.\d{3} câu hỏi/);
	await close(page);
});

test("figures can be read as a table", async () => {
	const page = await open("");
	await ready[""](page);
	await page.getByText("Xem bảng số liệu").first().click();
	await page.locator("figure table tbody tr").nth(29).waitFor();
	await close(page);
});

test("figures of a year of 50,000 questions keep nobody waiting", async () => {
	const page = await open("");
	const from = Date.now() - 365 * DAY;
	for (const path of [`/figures?from=${from}`, `/reports?from=${from}`, `/quality/sample?from=${from}`, "/figures/burning"]) {
		const took = [];
		for (let i = 0; i < 5; i++) {
			const start = performance.now();
			await get(page, path);
			took.push(performance.now() - start);
		}
		// Alone it takes a twentieth; here the sorter and other tests
		// run beside it.
		assert.ok(Math.min(...took) < 1000, `${path}: ${took}`);
	}
	await close(page);
});

test("an answer is graded by key, and a wrong one leads to its entry", async () => {
	const page = await open("quality?days=365&size=20");
	await ready.quality(page);
	const first = page.getByRole("list", { name: "Mẫu ngẫu nhiên" }).locator("> li").first();
	const question = await first.locator("strong").first().textContent();
	await page.keyboard.press("3");
	await first.locator("button[aria-pressed=true]", { hasText: "Sai" }).waitFor();
	await page.getByText("đã chấm 1.").waitFor();
	await page.getByRole("button", { name: /Sai theo kiểm tra 100/ }).waitFor();
	await takePicture(page, "console-quality-graded");
	const address = await first.getByRole("link", { name: "Sửa mục này" }).getAttribute("href");
	assert.match(address, /^#\/faq\/[a-z0-9-]+$/);
	await page.reload();
	await ready.quality(page);
	assert.equal(await first.locator("strong").first().textContent(), question);
	await first.locator("button[aria-pressed=true]", { hasText: "Sai" }).click();
	await page.getByText("đã chấm 0.").waitFor();
	await close(page);
});

test("the slider says what another threshold would do", async () => {
	const page = await open("quality");
	await ready.quality(page);
	const slider = page.getByRole("slider", { name: "Trả lời từ độ tin cậy" });
	await slider.focus();
	await page.keyboard.press("Home");
	await page.getByText(/^Từ 2\s%: trả lời (9\d|100)/).waitFor();
	await close(page);
});

// ---- one report, three forms ----

/** The cells of a CSV file as the server writes it, by row. */
function readCsv(text) {
	assert.equal(text[0], "\uFEFF");
	return text.slice(1).split("\r\n").map((line) =>
		[...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)")?/g)].map((cell) => (cell[1] ?? "").replaceAll('""', '"')));
}

/** The files of a zip archive, by name. */
function unzip(bytes) {
	const files = {};
	for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
		const [size, name, extra] = [bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26), bytes.readUInt16LE(at + 28)];
		const start = at + 30 + name + extra;
		const data = bytes.subarray(start, start + size);
		files[bytes.toString("utf8", at + 30, at + 30 + name)] =
			(bytes.readUInt16LE(at + 8) === 0 ? data : inflateRawSync(data)).toString();
		at = start + size;
	}
	return files;
}

const plain = (xml) => xml.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

/** The cells of a sheet, by row, without the empty ones. */
function readSheet(xml, strings) {
	return [...xml.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) =>
		[...row.matchAll(/<c [^>]*?(t="s")?><v>([^<]*)<\/v><\/c>/g)].map(([, isText, value]) =>
			isText ? strings[Number(value)] : near(Number(value))));
}

// A workbook keeps 16 digits, JSON 17.
const near = (value) => (typeof value === "number" ? Number(value.toPrecision(12)) : value);
const asNumber = (value) => near(typeof value === "object" ? Object.values(value)[0] : value);
const rounded = (cell) => {
	if (typeof cell === "number") return String(cell);
	if (typeof cell === "string") return cell;
	return "share" in cell ? `${(100 * cell.share).toFixed(1)}%`.replace(".", ",") : cell.hours.toFixed(1).replace(".", ",");
};

test("page, workbook and CSV file hold the same numbers", async () => {
	const page = await open("reports");
	await ready.reports(page);
	const href = await page.getByRole("link", { name: "Tải CSV" }).getAttribute("href");
	const asked = href.slice(href.indexOf("?"));
	let report = await get(page, `/reports${asked}`);
	let csv;
	let files;
	// While the sorter is at work, groups change between two requests.
	for (let before_ = null; JSON.stringify(before_) !== JSON.stringify(report);) {
		before_ = report;
		csv = readCsv(await (await page.request.get(`${server.url}${href}`)).text());
		files = unzip(await (await page.request.get(`${server.url}/api/v1/reports/xlsx${asked}`)).body());
		report = await get(page, `/reports${asked}`);
	}
	const strings = [...files["xl/sharedStrings.xml"].matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text]) => plain(text));
	assert.equal(report.tables.length, 7);
	for (const [i, table] of report.tables.entries()) {
		const begin = csv.findIndex((row) => row.length === 1 && row[0] === table.title);
		assert.deepEqual(csv[begin + 1], table.columns);
		const lines = csv.slice(begin + 2, begin + 2 + table.rows.length);
		assert.deepEqual(lines, table.rows.map((row) => row.map(rounded)), table.key);
		const sheet = readSheet(files[`xl/worksheets/sheet${i + 1}.xml`], strings);
		assert.deepEqual(sheet[0], table.columns);
		assert.deepEqual(sheet.slice(1), table.rows.map((row) => row.map(asNumber).filter((cell) => cell !== "")), table.key);
	}
	// And the page shows them.
	const summary = report.tables[0].rows[0];
	const shown = page.getByRole("row", { name: "Câu hỏi" }).first().getByRole("cell").nth(1);
	assert.equal((await shown.textContent()).replace(/\D/g, ""), String(summary[1]));
	await close(page);
});

test("a report is printed without the console around it", async () => {
	const page = await open("reports");
	await ready.reports(page);
	await page.emulateMedia({ media: "print" });
	for (const words of ["Đăng xuất", "Tải CSV", "Kỳ báo cáo"])
		assert.equal(await page.getByText(words).first().isVisible(), false, words);
	assert.equal(await page.getByRole("heading", { name: "Tóm tắt" }).isVisible(), true);
	assert.ok((await page.pdf({ format: "A4" })).length > 10000);
	await close(page);
});

test("another quarter gives another report", async () => {
	const page = await open("reports");
	await ready.reports(page);
	const title = page.getByText(/^Báo cáo hỏi đáp /);
	const before_ = await title.textContent();
	const choice = page.getByLabel("Kỳ báo cáo");
	await choice.selectOption({ index: 13 });
	await page.waitForFunction((old) => !document.body.textContent.includes(old), before_);
	assert.notEqual(await title.textContent(), before_);
	await close(page);
});
