// SPDX-License-Identifier: AGPL-3.0-or-later
// A server with staff, and citizens who write to it: on the agency's page, and
// on a Messenger page whose replies never get through.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { openPage } from "./browser.mjs";
import { serve } from "./hoidap.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const program = process.env.HOIDAP ?? join(root, "build/hoidap");
const PASSWORD = "bốn từ dễ nhớ";
const SECRET = "app-secret";
const PAGE = "100000000000001";

// ROLES: { lan: "editor" }.
export async function serveStaff(roles) {
	const folder = await mkdtemp(join(tmpdir(), "hoidap-desk-"));
	const settings = {
		HOIDAP_STORE: `sqlite:${folder}/hoidap.db`,
		HOIDAP_PUBLIC_URL: "https://hoidap.example.vn",
		HOIDAP_MESSENGER_APP_SECRET: SECRET,
		HOIDAP_MESSENGER_VERIFY_TOKEN: "verify",
		HOIDAP_MESSENGER_PAGE_ID: PAGE,
		HOIDAP_MESSENGER_PAGE_TOKEN: "token",
		HOIDAP_MESSENGER_API: "http://127.0.0.1:1",
		HOIDAP_OUTBOX_ATTEMPTS_MAX: "1",
	};
	for (const [login, role] of Object.entries(roles))
		execFileSync(program, ["user", "add", login, "--roles", role], {
			env: { PATH: process.env.PATH, ...settings },
			input: PASSWORD,
		});
	const server = await serve(settings);
	const close = server.close;
	server.close = async () => {
		await close();
		await rm(folder, { recursive: true });
	};
	return server;
}

// A page of LOGIN at ADDRESS, "#/conversations".
export async function signIn(browser, server, login, address, options) {
	const page = await openPage(browser, options);
	await page.goto(`${server.url}/console/${address}`);
	await page.getByLabel("Tên đăng nhập").fill(login);
	await page.getByLabel("Mật khẩu").fill(PASSWORD);
	await page.getByRole("button", { name: "Đăng nhập" }).click();
	await page.getByRole("heading", { level: 1 }).waitFor();
	return page;
}

// What a citizen of the agency's page reads; SESSION goes on from before.
export async function chat(server, text, session) {
	const answer = await fetch(`${server.url}/api/v1/chat`, {
		method: "POST",
		headers: {
			"Content-Type": "application/json",
			...(session && { "X-Hoidap-Session": session }),
		},
		body: JSON.stringify({ text, after: 0 }),
	});
	assert.equal(answer.status, 200);
	return answer.json();
}

// The same on Messenger: nothing comes back.
export async function messenger(server, citizen, text) {
	const at = Date.now();
	const body = JSON.stringify({
		object: "page",
		entry: [{ id: PAGE, time: at, messaging: [{
			sender: { id: citizen },
			recipient: { id: PAGE },
			timestamp: at,
			message: { mid: `m_${citizen}_${at}`, text },
		}] }],
	});
	const sign = createHmac("sha256", SECRET).update(body).digest("hex");
	const answer = await fetch(`${server.url}/webhooks/messenger`, {
		method: "POST",
		headers: { "Content-Type": "application/json", "X-Hub-Signature-256": `sha256=${sign}` },
		body,
	});
	assert.equal(answer.status, 200);
}
