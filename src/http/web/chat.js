// The citizen's page.  What the citizen typed and what came back is shown with
// textContent only, never as HTML.
//
// A message keeps its id through every try, so the server counts it once.  The
// session is made here, so that even the very first message can be tried
// again.  Replies of staff come later: while the page can be seen it asks for
// them every few seconds.

const API = "api/v1/chat";
const POLL_MS = 4000;
const TRY_AGAIN_MS = [1500, 4000]; // then the citizen is asked
const TIMEOUT_MS = 20000;
const QUESTION_PX = 120; // of a question that stays in sight over its answer
const KEPT_MAX = 60; // messages that survive a reload of this tab

const byId = (id) => document.getElementById(id);
const log = byId("log");
const status = byId("status");
const field = byId("text");

const WORKING = "Đang trả lời…";

let sending = 0;
let last = 0; // id of the newest reply seen
let kept = []; // what is shown: {mine, text, buttons}

// ---- what the browser remembers ----
// The session stays until it is cleared; the texts only as long as the tab:
// phones are shared.  Either store may be forbidden, as in a frame.

function recall(store, key) {
  try {
    return window[store].getItem("hoidap." + key);
  } catch (e) {
    return null;
  }
}

function remember(store, key, value) {
  try {
    window[store].setItem("hoidap." + key, value);
  } catch (e) {
    // Then it lasts until the page is left.
  }
}

// For the next person at a shared phone.
function forget() {
  ["session", "last"].forEach((key) => remember("localStorage", key, ""));
  remember("sessionStorage", "kept", "[]");
  location.reload();
}

function randomHex(bytes) {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(random, (b) => b.toString(16).padStart(2, "0")).join("");
}

let session = recall("localStorage", "session");
if (!/^[0-9a-f]{32}$/.test(session || "")) {
  session = "";
}

function keep(message) {
  kept = kept.concat(message).slice(-KEPT_MAX);
  remember("sessionStorage", "kept", JSON.stringify(kept));
}

function seen(id) {
  last = Math.max(last, id);
  remember("localStorage", "last", String(last));
}

// ---- showing ----

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function link(url, className, text) {
  const made = element("a", className, text);
  made.href = url;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  return made;
}

// Addresses inside a text become links; the rest stays text.
function paragraph(text) {
  const made = element("p", "text", "");
  text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/).forEach((part, i) => {
    made.append(i % 2 ? link(part, "", part) : part);
  });
  return made;
}

function button(choice) {
  if (!choice.url) {
    const made = element("button", "", choice.title);
    made.type = "button";
    made.addEventListener("click", () => tap(choice));
    return made;
  }
  const safe = /^(https?:\/\/|tel:|mailto:)/i.test(choice.url);
  return safe ? link(choice.url, "link", choice.title)
    : element("span", "", choice.title);
}

function show(message) {
  const box = element("div", "message " + (message.mine ? "mine" : "theirs"), "");
  box.append(element("p", "who", message.mine ? "Anh/chị" : "Trợ lý"));
  box.append(paragraph(message.text));
  if (message.buttons && message.buttons.length) {
    const row = element("div", "buttons", "");
    message.buttons.forEach((choice) => row.append(button(choice)));
    box.append(row);
  }
  log.append(box);
  byId("past").hidden = false;
  return box;
}

// Scroll so that BOX, or its last PX, comes first.
function bringIntoView(box, px = Infinity) {
  const main = log.parentElement;
  main.scrollTop = box.offsetTop - main.offsetTop - 8 +
    Math.max(0, box.offsetHeight - px);
}

// The boxes of those that are new.
function showReplies(messages) {
  return messages.filter((message) => message.id > last).map((message) => {
    seen(message.id);
    keep(message);
    return show(message);
  });
}

// ---- talking to the server ----

async function call(url, options) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
  const headers = Object.assign({ "X-Hoidap-Session": session }, options.headers);
  try {
    const answer = await fetch(url, Object.assign(
      { signal: stop.signal, cache: "no-store", credentials: "omit" },
      options, { headers }));
    if (!answer.ok) {
      throw answer.status;
    }
    return await answer.json();
  } finally {
    clearTimeout(timer);
  }
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// A refusal is final; a busy server or a broken network is not.
async function post(body) {
  for (let i = 0; ; i++) {
    try {
      return await call(API, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(Object.assign({ after: last }, body)),
      });
    } catch (problem) {
      const refused = problem >= 400 && problem < 500;
      if (refused || i === TRY_AGAIN_MS.length) {
        throw problem;
      }
      await pause(TRY_AGAIN_MS[i]);
    }
  }
}

async function deliver(body, box) {
  let outcome = "";
  sending++;
  status.textContent = WORKING;
  bringIntoView(box);
  try {
    const answer = await post(body);
    if (!showReplies(answer.messages).length) {
      outcome = "Đã nhận tin nhắn của anh/chị.";
    }
  } catch (problem) {
    offerRetry(body, box);
  }
  sending--;
  status.textContent = sending ? WORKING : outcome;
  bringIntoView(box, QUESTION_PX);
}

function offerRetry(body, box) {
  const notice = element("p", "failed", "Chưa gửi được. ");
  const again = element("button", "", "Thử lại");
  again.type = "button";
  again.addEventListener("click", () => {
    notice.remove();
    field.focus();
    deliver(body, box);
  });
  notice.append(again);
  box.append(notice);
}

function send(text, body) {
  const message = { mine: true, text };
  if (!session) {
    session = randomHex(16);
    remember("localStorage", "session", session);
  }
  keep(message);
  deliver(Object.assign({ id: randomHex(12) }, body), show(message));
}

const ask = (text) => send(text, { text });
const tap = (choice) =>
  send(choice.title, { payload: choice.payload, title: choice.title });

// While a POST is under way it brings the replies.
async function poll() {
  if (!session || sending || document.visibilityState !== "visible") {
    return;
  }
  try {
    const answer = await call(API + "?after=" + last, {});
    const boxes = showReplies(answer.messages);
    if (boxes.length) {
      status.textContent = "";
      bringIntoView(boxes[0]);
    }
  } catch (problem) {
    // The next poll asks again.
  }
}

// ---- start ----

function submit(event) {
  const text = field.value.trim();
  event.preventDefault();
  if (text) {
    field.value = "";
    ask(text);
  }
  field.focus();
}

byId("form").addEventListener("submit", submit);

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    submit(event);
  }
});

byId("person").addEventListener("click", () =>
  tap({ title: "Gặp cán bộ", payload: "person" }));

byId("forget").addEventListener("click", forget);

for (const example of byId("examples").children) {
  example.addEventListener("click", () => ask(example.textContent));
}

// In a frame of widget.js, Esc closes the frame; the message says no more.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && window.parent !== window) {
    window.parent.postMessage("hoidap:close", "*");
  }
});

try {
  kept = JSON.parse(recall("sessionStorage", "kept")) || [];
  kept.forEach(show);
} catch (e) {
  kept = [];
}
// Another tab may have seen more than this one shows.
last = Math.max(0, ...kept.map((message) => message.id || 0)) ||
  Number(recall("localStorage", "last")) || 0;
if (log.lastElementChild) {
  bringIntoView(log.lastElementChild);
}
setInterval(poll, POLL_MS);
document.addEventListener("visibilitychange", poll);
poll();
