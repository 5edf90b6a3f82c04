// SPDX-License-Identifier: AGPL-3.0-or-later
// What the server made of each question: read from its question log, about
// once a second.
import { make } from "./phone.js";

const EVERY_MS = 1000;
const WAIT_MS = 20000;
const KEPT = 30;
const REASONS = 6;

const DECISIONS = {
	answer: "Trả lời",
	clarify: "Hỏi lại cho rõ",
	unanswered: "Chưa biết",
	smalltalk: "Chào hỏi",
	refer: "Chỉ nơi khác",
	handoff: "Chuyển cán bộ",
};

const CHANNELS = {
	messenger: "Messenger",
	zalo: "Zalo",
	webchat: "Trang web",
};

const KINDS = {
	keyword: "từ khóa do cán bộ đặt",
	pattern: "mẫu do cán bộ đặt",
	words: "từ ngữ giống các cách hỏi đã biết",
};

const time = new Intl.DateTimeFormat("vi", {
	hour: "2-digit",
	minute: "2-digit",
	second: "2-digit",
});

const percent = (share) => `${Math.round(share * 100)} %`;

function head(row) {
	const line = make("p", "when");
	line.append(
		make("span", "", CHANNELS[row.channel] ?? row.channel),
		make("time", "", time.format(new Date(row.at_ms))),
	);
	return line;
}

function confidenceBar(confidence) {
	const bar = make("span", "confidence");
	const fill = make("span");
	fill.style.width = `${confidence * 100}%`;
	bar.setAttribute("role", "img");
	bar.setAttribute("aria-label", `Độ chắc chắn ${percent(confidence)}`);
	bar.append(fill);
	return bar;
}

function reasonList(reasons) {
	const list = make("ul", "reasons");
	for (const reason of reasons.slice(0, REASONS)) {
		const item = make("li", `${reason.kind}${reason.weight < 0 ? " against" : ""}`);
		item.append(
			make("span", "", reason.phrase),
			make("small", "", `${reason.weight < 0 ? "−" : "+"}${percent(Math.abs(reason.weight))}`),
		);
		item.title = KINDS[reason.kind] ?? reason.kind;
		list.append(item);
	}
	return list;
}

function candidateLine(candidates) {
	const best = candidates
		.slice(0, 2)
		.map((c) => `${c.id} (${percent(c.confidence)})`);
	return make("p", "candidates", `Gần nhất: ${best.join(", ")}`);
}

function questionItem(row) {
	const item = make("li", row.decision);
	const verdict = make("p", "verdict");
	verdict.append(
		make("b", `decision ${row.decision}`, DECISIONS[row.decision] ?? row.decision),
	);
	if (row.decision !== "unanswered" && row.question)
		verdict.append(make("span", "entry", row.question));
	if (row.confidence > 0)
		verdict.append(
			confidenceBar(row.confidence),
			make("span", "number", percent(row.confidence)),
		);
	item.append(head(row), make("p", "asked", row.text), verdict);
	if (row.reasons?.length) item.append(reasonList(row.reasons));
	return item;
}

function unansweredItem(row) {
	const item = make("li");
	item.append(head(row), make("p", "asked", row.text));
	if (row.candidates?.length) item.append(candidateLine(row.candidates));
	return item;
}

function showCounts(counts) {
	const parts = [
		`${counts.questions} câu hỏi`,
		`${counts.unanswered} chưa trả lời`,
	];
	if (counts.queued) parts.push(`${counts.queued} tin đang gửi`);
	if (counts.parked) parts.push(`${counts.parked} tin cần cán bộ xem`);
	document.getElementById("counts").textContent = parts.join(" · ");
}

function showUnanswered(rows) {
	const list = document.getElementById("unanswered");
	const shown = rows.map((row) => row.id).join();
	document.getElementById("unanswered-empty").hidden = rows.length > 0;
	if (list.dataset.shown === shown) return;
	list.dataset.shown = shown;
	list.replaceChildren(...rows.map(unansweredItem));
}

// Newest first, whatever order they come in.
function showQuestions(rows) {
	const list = document.getElementById("understood");
	for (const row of [...rows].sort((a, b) => a.id - b.id))
		list.prepend(questionItem(row));
	while (list.children.length > KEPT) list.lastElementChild.remove();
	document.getElementById("understood-empty").hidden =
		list.children.length > 0;
}

export async function watchInsight() {
	let after = 0;
	for (;;) {
		try {
			const answer = await fetch(
				`/demo/log?after=${after}&wait_ms=${WAIT_MS}`,
			);
			const log = await answer.json();
			if (answer.ok) {
				after = log.last;
				showQuestions(log.questions);
				showUnanswered(log.unanswered);
				showCounts(log.counts);
			}
		} catch {
			// The server is away: try again.
		}
		await new Promise((done) => setTimeout(done, EVERY_MS));
	}
}
