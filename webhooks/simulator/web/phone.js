// SPDX-License-Identifier: AGPL-3.0-or-later
// One phone.  It shows what the simulator wrote down, nothing else: a bubble of
// the bot is exactly what the send API took.

const TYPING_MS = 20000; // as long as Messenger shows it

const EXAMPLES = [
	"ky so tu xa la gi",
	"mất mật khẩu VNeID thì làm sao ạ",
	"lam khai sinh cho con can giay to gi",
];

// What the simulator's phones send.
const ATTACHMENTS = {
	image: "Ảnh",
	sticker: "",
	audio: "Ghi âm 0:07",
	video: "Video",
	file: "don.pdf",
	location: "Hồ Hoàn Kiếm",
};

export function make(tag, className, text) {
	const element = document.createElement(tag);
	if (className) element.className = className;
	if (text !== undefined) element.textContent = text;
	return element;
}

function icon(name) {
	const space = "http://www.w3.org/2000/svg";
	const picture = document.createElementNS(space, "svg");
	const use = document.createElementNS(space, "use");
	use.setAttribute("href", `#icon-${name}`);
	picture.setAttribute("aria-hidden", "true");
	picture.append(use);
	return picture;
}

// Platforms turn addresses in a text into links.
function fillText(element, text) {
	for (const piece of text.split(/(https?:\/\/[^\s)]+[^\s).,;])/)) {
		if (!/^https?:\/\//.test(piece)) {
			element.append(piece);
			continue;
		}
		const link = make("a", "", piece);
		link.href = piece;
		link.target = "_blank";
		link.rel = "noopener";
		element.append(link);
	}
}

export class Phone {
	constructor(root, citizen) {
		this.channel = root.dataset.channel;
		this.citizen = citizen;
		this.messages = new Map(); // by message id, to mark what failed
		root.append(
			document.getElementById("phone").content.cloneNode(true),
		);
		const name = root.dataset.name;
		root.querySelector("h2").textContent = name;
		root.querySelector(".avatar").textContent = name[0];
		this.talk = root.querySelector(".talk");
		this.talk.setAttribute("aria-label", `Tin nhắn trên ${name}`);
		this.quick = root.querySelector(".quick");
		this.input = root.querySelector("input");
		this.staff = root.querySelector(".staff");
		this.setStaff(false);
		this.listen(root);
		this.greet();
	}

	listen(root) {
		root.querySelector("form").addEventListener("submit", (event) => {
			event.preventDefault();
			const text = this.input.value.trim();
			if (!text) return;
			this.input.value = "";
			this.post(this.asStaff ? "staff" : "say", { text });
		});
		for (const button of root.querySelectorAll("[data-kind]"))
			button.addEventListener("click", () =>
				this.post("attach", { kind: button.dataset.kind }),
			);
		this.staff.addEventListener("click", () => {
			this.setStaff(!this.asStaff);
			this.input.focus();
		});
	}

	setStaff(asStaff) {
		this.asStaff = asStaff;
		this.staff.setAttribute("aria-pressed", String(asStaff));
		const hint = asStaff ? "Cán bộ trả lời…" : "Nhắn tin…";
		this.input.placeholder = hint;
		this.input.setAttribute("aria-label", hint);
	}

	// Gone with the first message.
	greet() {
		this.hello = make("div", "hello");
		this.hello.append(make("p", "", "Hỏi thử:"));
		const start = make("button", "", "Bắt đầu");
		start.type = "button";
		start.addEventListener("click", () => this.post("follow", {}));
		this.hello.append(start);
		for (const text of EXAMPLES) {
			const button = make("button", "", text);
			button.type = "button";
			button.addEventListener("click", () =>
				this.post("say", { text }),
			);
			this.hello.append(button);
		}
		this.talk.append(this.hello);
	}

	async post(what, members) {
		const body = {
			channel: this.channel,
			citizen: this.citizen,
			...members,
		};
		try {
			const answer = await fetch(`/simulator/${what}`, {
				method: "POST",
				body: JSON.stringify(body),
			});
			if (!answer.ok) this.note((await answer.json()).error);
		} catch {
			this.note("Trình mô phỏng không trả lời.");
		}
	}

	// ---- what the record says ----

	show(row) {
		if (row.channel !== this.channel) return;
		if (row.api === "ack") this.showAck(row);
		if (row.citizen !== this.citizen) return;
		if (row.api === "action") this.showAction(row);
		else if (row.api === "send" && row.accepted) this.showReply(row);
		else if (row.api === "webhook") this.showEvent(row);
	}

	showAction(row) {
		if (!row.accepted) return;
		if (row.action === "typing_on" && Date.now() - row.at_ms < TYPING_MS)
			this.type();
		else if (row.action === "typing_off") this.stopTyping();
	}

	showReply(row) {
		const item = this.bubble("bot", row.text || "(không có chữ)");
		const under = row.buttons.filter((b) => b.kind !== "quick_reply");
		if (under.length > 0) {
			const list = make("div", "buttons");
			list.append(...under.map((b) => this.button(b)));
			item.append(list);
		}
		this.quick.append(
			...row.buttons
				.filter((b) => b.kind === "quick_reply")
				.map((b) => this.button(b)),
		);
		this.scroll();
	}

	showEvent(row) {
		if (row.event === "echo") return;
		if (row.event === "staff") {
			this.bubble("bot officer", row.text, "Cán bộ");
			return;
		}
		if (row.event === "follow" || row.event === "leave") {
			this.note(
				row.event === "follow"
					? "Đã bắt đầu cuộc trò chuyện"
					: "Đã bỏ quan tâm",
			);
			return;
		}
		// Zalo does not show what a hidden query sends.
		if (row.event === "tap" && this.channel === "zalo") {
			this.note(`Đã chạm “${row.text}”`);
			return;
		}
		const item = this.bubble(
			"mine",
			row.text || (ATTACHMENTS[row.attachment] ?? ""),
		);
		if (row.attachment) {
			item.classList.add("attached", row.attachment);
			item.querySelector(".bubble").prepend(icon(row.attachment));
		}
		this.messages.set(row.message_id, item);
	}

	showAck(row) {
		const item = this.messages.get(row.message_id);
		if (!item || row.accepted) return;
		this.messages.delete(row.message_id);
		item.append(
			make("small", "failed", `Máy chủ chưa nhận (${row.status})`),
		);
	}

	// ---- pieces ----

	bubble(kind, text, label) {
		this.hello?.remove();
		this.stopTyping();
		this.quick.replaceChildren();
		const item = make("div", kind);
		const who = make(
			"span",
			"unseen",
			kind === "mine" ? "Người dân: " : "Cơ quan: ",
		);
		const bubble = make("p", "bubble");
		if (label) item.append(make("small", "label", label));
		bubble.append(who);
		fillText(bubble, text);
		item.append(bubble);
		this.talk.append(item);
		this.scroll();
		return item;
	}

	button(spec) {
		if (spec.url) {
			const link = make("a", "button", spec.title);
			link.href = spec.url;
			link.target = "_blank";
			link.rel = "noopener";
			return link;
		}
		const button = make("button", "button", spec.title);
		button.type = "button";
		button.addEventListener("click", () =>
			this.post("tap", { payload: spec.payload, title: spec.title }),
		);
		return button;
	}

	note(text) {
		this.hello?.remove();
		this.talk.append(make("div", "note", text));
		this.scroll();
	}

	type() {
		this.stopTyping();
		this.typing = make("div", "bot typing");
		const dots = make("p", "bubble");
		dots.append(make("i"), make("i"), make("i"));
		dots.append(make("span", "unseen", "Đang soạn tin"));
		this.typing.append(dots);
		this.talk.append(this.typing);
		this.typingEnd = setTimeout(() => this.stopTyping(), TYPING_MS);
		this.scroll();
	}

	stopTyping() {
		clearTimeout(this.typingEnd);
		this.typing?.remove();
	}

	scroll() {
		this.talk.scrollTop = this.talk.scrollHeight;
	}
}
