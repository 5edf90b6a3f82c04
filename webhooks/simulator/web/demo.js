// SPDX-License-Identifier: AGPL-3.0-or-later
// The demo's page: two phones, fed by the simulator's record, the agency's own
// page in a frame, and what the server understood.
import { Phone } from "./phone.js";
import { watchInsight } from "./insight.js";

const WAIT_MS = 25000;
const AGAIN_MS = 2000;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// One citizen a browser tab; a platform's ids are digits.
function citizenOf(channel) {
	const key = `citizen-${channel}`;
	let id = sessionStorage.getItem(key);
	if (!id) {
		const random = crypto.getRandomValues(new Uint32Array(2));
		id = `7${String(random[0]).padStart(10, "0")}${random[1] % 100000}`;
		sessionStorage.setItem(key, id);
	}
	return id;
}

const phones = [...document.querySelectorAll(".phone[data-channel]")].map(
	(element) => new Phone(element, citizenOf(element.dataset.channel)),
);

async function followRecord() {
	let after = 0;
	for (;;) {
		try {
			const answer = await fetch(
				`/simulator/record?after=${after}&wait_ms=${WAIT_MS}`,
			);
			const rows = await answer.json();
			for (const row of rows) {
				after = row.n;
				for (const phone of phones) phone.show(row);
			}
		} catch {
			await pause(AGAIN_MS);
		}
	}
}

async function showChat() {
	for (;;) {
		try {
			const config = await (await fetch("/demo/config")).json();
			document.getElementById("chat").src = config.chat_url;
			document.getElementById("chat-link").href = config.chat_url;
			return;
		} catch {
			await pause(AGAIN_MS);
		}
	}
}

document.getElementById("renew").addEventListener("click", () => {
	for (const phone of phones)
		sessionStorage.removeItem(`citizen-${phone.channel}`);
	location.reload();
});

showChat();
followRecord();
watchInsight();
