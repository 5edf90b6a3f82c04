// SPDX-License-Identifier: AGPL-3.0-or-later
// The staff API.  Every call returns its JSON or throws an ApiError whose
// message is already in the reader's language.
//
// When the session has ended, the call waits: the shell asks for the password
// over the page, and the call is made again.  So nothing typed is lost, and
// pages need no code for it.

import { knows, t } from "./text.js";

let csrf = "";
let signIn = null; // set by the shell: () => Promise of a new session
let waiting = null; // the one promise all calls wait for

export class ApiError extends Error {
	constructor(status, body, retryAfter) {
		const key = `error.${body.code}`;
		super(knows(key)
			? t(key, { minutes: Math.ceil(retryAfter / 60) || 1, status })
			: t("error.unknown", { status }));
		this.status = status;
		this.code = body.code || "unknown";
		this.field = body.field || null;
		this.detail = body.error || "";
		this.body = body;
		this.retryAfter = retryAfter;
	}
}

export function setCsrf(token) {
	csrf = token || "";
}

export function onSignedOut(ask) {
	signIn = ask;
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function send(method, path, body) {
	const headers = {};
	if (method !== "GET") headers["X-CSRF-Token"] = csrf;
	if (body !== undefined) headers["Content-Type"] = "application/json";
	let answer;
	try {
		answer = await fetch(`/api/v1${path}`, {
			method,
			headers,
			body: body === undefined ? undefined : JSON.stringify(body),
			credentials: "same-origin",
			cache: "no-store",
		});
	} catch {
		throw new ApiError(0, { code: "network" }, 0);
	}
	const type = answer.headers.get("Content-Type") || "";
	const json = type.startsWith("application/json")
		? await answer.json().catch(() => ({})) : {};
	if (!answer.ok) {
		throw new ApiError(answer.status, json,
			Number(answer.headers.get("Retry-After")) || 0);
	}
	return json;
}

// Reads may be repeated; a change only where the server said that it did
// nothing (its queue was full).
function mayRepeat(method, error) {
	if (error.code === "busy" && error.retryAfter > 0) return true;
	return method === "GET" && (error.status === 0 || error.status === 503);
}

async function withRetries(method, path, body) {
	for (let attempt = 0; ; attempt++) {
		try {
			return await send(method, path, body);
		} catch (error) {
			if (attempt === 2 || !mayRepeat(method, error)) throw error;
			await pause(error.retryAfter * 1000 || 400 * 2 ** attempt);
		}
	}
}

/** api("GET", "/users"), api("POST", "/users", {...}) */
export async function api(method, path, body) {
	if (body === undefined && (method === "POST" || method === "PUT")) body = {};
	for (;;) {
		try {
			return await withRetries(method, path, body);
		} catch (error) {
			if (error.code !== "signed_out" || !signIn) throw error;
			waiting = waiting || signIn().finally(() => { waiting = null; });
			await waiting;
		}
	}
}

/** Of the login only: an ended session is an answer here, not a fault. */
export const apiOnce = send;

/** "?a=1&b=2" of those that are neither empty nor null. */
export function query(values) {
	const set = Object.entries(values).filter(([, v]) => v !== "" && v != null);
	return set.length ? `?${new URLSearchParams(set)}` : "";
}
