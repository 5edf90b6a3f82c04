// SPDX-License-Identifier: AGPL-3.0-or-later
// A site that is not ours, such as the agency's portal.
import { once } from "node:events";
import { createServer } from "node:http";

// Serves what page(PATH) returns.  Its url says localhost,
// which is another site than 127.0.0.1.
export async function openSite(page) {
	const server = createServer((request, response) => {
		response.setHeader("Content-Type", "text/html; charset=utf-8");
		response.end(page(request.url));
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	return {
		url: `http://localhost:${server.address().port}`,
		async close() {
			server.closeAllConnections();
			server.close();
		},
	};
}
