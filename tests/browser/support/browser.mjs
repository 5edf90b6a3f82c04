// SPDX-License-Identifier: AGPL-3.0-or-later
// Debian's Chromium, and what the tests ask of its pages.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { axePath, chromium } from "./modules.mjs";

export const PHONE = { width: 360, height: 640 };
export const DESKTOP = { width: 1280, height: 800 };
export const SIZES = { phone: PHONE, desktop: DESKTOP };
export const SCHEMES = ["light", "dark"];

const pictures = fileURLToPath(
	new URL("../../../build/browser/pictures/", import.meta.url),
);

export async function openBrowser() {
	return chromium.launch({
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		// Its sandbox does not run as root, as in a container.
		args: process.getuid() === 0 ? ["--no-sandbox"] : [],
	});
}

// A page of somebody new.  OPTIONS are those of a browser context, such as
// viewport, colorScheme, reducedMotion.  What goes wrong in the page is kept in
// page.troubles.
export async function openPage(browser, options = {}) {
	const context = await browser.newContext({ viewport: PHONE, ...options });
	return watch(await context.newPage());
}

// Another tab of the same person.
export async function openTab(page) {
	return watch(await page.context().newPage());
}

function watch(page) {
	page.troubles = [];
	page.on("pageerror", (error) => page.troubles.push(String(error)));
	page.on("console", (message) => {
		if (message.type() === "error" && !isNetwork(message.text()))
			page.troubles.push(message.text());
	});
	return page;
}

// Chromium writes every failed request to the console; tests that cut the line
// mean it.
function isNetwork(text) {
	return text.startsWith("Failed to load resource");
}

const RULES = [
	"wcag2a",
	"wcag2aa",
	"wcag21a",
	"wcag21aa",
	"wcag22aa",
	"best-practice",
];

// Fails with what axe finds in PAGE and its frames.  A policy that forbids
// foreign scripts forbids axe as well, so it comes in by the debugger's door.
export async function assertAccessible(page, what) {
	const found = [];
	for (const frame of page.frames()) {
		await frame.evaluate(await axeSource());
		const report = await frame.evaluate(
			(rules) => window.axe.run({ runOnly: rules, iframes: false }),
			RULES,
		);
		for (const violation of report.violations)
			for (const node of violation.nodes)
				found.push(
					`${violation.id}: ${node.target}: ${node.failureSummary}`,
				);
	}
	assert.deepEqual(found, [], `${what}: axe finds\n${found.join("\n")}`);
}

let source = null;
async function axeSource() {
	if (source === null) {
		const { readFile } = await import("node:fs/promises");
		source = await readFile(axePath, "utf8");
	}
	return source;
}

// Nothing is cut off at the side: no scrolling in two directions (WCAG 1.4.10).
export async function assertNoSideways(page, what) {
	const { wide, shown } = await page.evaluate(() => ({
		wide: document.documentElement.scrollWidth,
		shown: document.documentElement.clientWidth,
	}));
	assert.ok(wide <= shown, `${what}: ${wide} px wide in ${shown} px`);
}

// Every control is at least 24 px high and wide (WCAG 2.5.8), or MIN.
export async function assertTargetSizes(page, min = 24) {
	const small = await page.evaluate((least) => {
		const found = [];
		for (const one of document.querySelectorAll("button, textarea, input, select, a.link")) {
			const box = one.getBoundingClientRect();
			if (box.width > 0 && (box.width < least || box.height < least))
				found.push(`${one.textContent} ${box.width}x${box.height}`);
		}
		return found;
	}, min);
	assert.deepEqual(small, []);
}

// Into build/browser/pictures/NAME.png, for people to look at.
export async function takePicture(page, name) {
	await mkdir(pictures, { recursive: true });
	await page.screenshot({ path: `${pictures}${name}.png` });
}
