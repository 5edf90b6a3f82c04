// SPDX-License-Identifier: AGPL-3.0-or-later
// Addresses are "#/page/rest?key=value": the server has one page, and back,
// forward and bookmarks work without it.

import { useEffect, useState } from "./vendor/preact.js";

function read() {
	const [path, search = ""] = location.hash.replace(/^#\/?/, "").split("?");
	const [page, ...rest] = path.split("/").map(decodeURIComponent);
	return { page, rest, query: Object.fromEntries(new URLSearchParams(search)) };
}

/** { page, rest: [...], query: {...} } of the address, as it changes. */
export function useAddress() {
	const [address, set] = useState(read);
	useEffect(() => {
		const changed = () => set(read());
		addEventListener("hashchange", changed);
		return () => removeEventListener("hashchange", changed);
	}, []);
	return address;
}

/** link("questions", 12) is "#/questions/12"; an object at the end becomes the
 * query. */
export function link(...parts) {
	const last = parts[parts.length - 1];
	const values = last !== null && typeof last === "object" ? parts.pop() : {};
	const search = new URLSearchParams(Object.entries(values)
		.filter(([, v]) => v !== "" && v != null)).toString();
	return `#/${parts.map(encodeURIComponent).join("/")}${search ? `?${search}` : ""}`;
}

/** Go there; with REPLACE without a step in the history (filters). */
export function go(address, replace = false) {
	if (replace) {
		history.replaceState(null, "", address);
		dispatchEvent(new Event("hashchange"));
	} else {
		location.hash = address;
	}
}
