// SPDX-License-Identifier: AGPL-3.0-or-later
// The real program, with a store of its own in a temporary folder.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const program = process.env.HOIDAP ?? join(root, "build/hoidap");
const PATIENCE_MS = 60000;

// Limits that a test does not mean do not get in its way.
const standing = {
	HOIDAP_LISTEN: "127.0.0.1:0",
	HOIDAP_FAQ_DIR: join(root, "faq"),
	HOIDAP_CITIZEN_MESSAGES_PER_MINUTE: "0",
	HOIDAP_CITIZEN_REPEAT_SECONDS: "0",
	HOIDAP_BURST_WAIT_MS: "0", // what is asked in two words is answered at once
	HOIDAP_CHAT_MESSAGES_PER_MINUTE: "0",
};

function environment(more) {
	const kept = Object.entries(process.env).filter(
		([name]) => !name.startsWith("HOIDAP"),
	);
	return { ...Object.fromEntries(kept), ...more };
}

// The first line of STREAM that fits; what it says is kept for a failure.
function lineOf(child, stream, wanted) {
	const said = [];
	return new Promise((found, failed) => {
		const timer = setTimeout(
			() => failed(new Error(`hoidap does not start:\n${said.join("\n")}`)),
			PATIENCE_MS,
		);
		child.once("exit", () =>
			failed(new Error(`hoidap has ended:\n${said.join("\n")}`)),
		);
		createInterface({ input: stream }).on("line", (line) => {
			const match = wanted.exec(line);
			said.push(line);
			if (match) {
				clearTimeout(timer);
				found(match);
			}
		});
	});
}

async function launch(args, variables, cwd) {
	const child = spawn(program, args, {
		cwd,
		env: environment(variables),
		stdio: ["ignore", "pipe", "pipe"],
	});
	const ended = once(child, "exit");
	return {
		child,
		async stop() {
			child.kill("SIGTERM");
			const [status, signal] = await ended;
			if (status !== 0)
				throw new Error(`hoidap ended with ${status ?? signal}`);
		},
	};
}

// `hoidap serve`.  SETTINGS are HOIDAP_* variables.  What comes back: url,
// restart() on the same port and store, stop(), close() at the end.
export async function serve(settings = {}) {
	const folder = await mkdtemp(join(tmpdir(), "hoidap-browser-"));
	const server = { url: "", running: null };

	server.start = async () => {
		const variables = {
			...standing,
			HOIDAP_STORE: `sqlite:${folder}/hoidap.db`,
			...settings,
			...(server.url && { HOIDAP_LISTEN: server.url.slice(7) }),
		};
		server.running = await launch(["serve"], variables, root);
		const started = /event=started .*port=(\d+)/;
		const { child } = server.running;
		const match = await lineOf(child, child.stderr, started);
		server.url = `http://127.0.0.1:${match[1]}`;
	};
	server.stop = async () => {
		const running = server.running;
		server.running = null;
		await running?.stop();
	};
	server.close = async () => {
		try {
			await server.stop();
		} finally {
			await rm(folder, { recursive: true });
		}
	};
	await server.start();
	return server;
}

// `hoidap demo`: url is that of its page.
export async function demo() {
	const folder = await mkdtemp(join(tmpdir(), "hoidap-browser-"));
	const args = ["demo", "--port", "0", "--data", folder];
	const running = await launch(args, {}, root);
	const line = /(http:\/\/127\.0\.0\.1:\d+)\//;
	const match = await lineOf(running.child, running.child.stdout, line);
	return {
		url: match[1],
		async close() {
			try {
				await running.stop();
			} finally {
				await rm(folder, { recursive: true });
			}
		},
	};
}
