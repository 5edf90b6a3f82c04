// The citizen's page.  What was typed and what came back is shown as text only,
// never as HTML.  Browsers of 2017 understand the script.
//
// A message keeps its id through every try and over a reload, so the server
// counts it once.  Replies have rising ids and are shown once; so an answer may
// bring what a waiting request brings as well.
"use strict";

const API = "api/v1/chat";
const WAIT_S = 25; // for a reply
const TIMEOUT_MS = 20000;
const AGAIN_MS = 1500; // doubles with each failure
const AGAIN_MAX_MS = 30000;
const REST_MS = 4000; // when the server does not let us wait
const EXPECT_MS = 12000; // a reply may be held until the citizen has finished
const QUESTION_PX = 120; // of a question that stays in sight over its answer
const KEPT_MAX = 60; // messages that survive a reload of this tab

const byId = (id) => document.getElementById(id);
const root = document.documentElement;
const log = byId("log");
const main = log.parentElement;
const status = byId("status");
const field = byId("text");

let english = false;
let session = "";
let last = 0; // id of the newest reply seen
let kept = []; // what is shown; {mine, key, text, body} or {id, text, buttons}
let boxes = {}; // of those, by name
let sending = null; // requests under way
let waiting = null;
let failures = 0; // in a row
let timers = {};
let erasing = false;
let asleep = false; // the widget is closed

// ---- words ----
// Each text has its English beside it.

function speak(element) {
  element.textContent = element.getAttribute(english ? "data-en" : "data-vi");
}

function word(element, pair) {
  element.setAttribute("data-vi", pair[0]);
  element.setAttribute("data-en", pair[1]);
  speak(element);
  return element;
}

function each(selector, run) {
  Array.prototype.forEach.call(document.querySelectorAll(selector), run);
}

function translate() {
  root.lang = english ? "en" : "vi";
  each("[data-en]", (element) => {
    if (!element.hasAttribute("data-vi")) {
      element.setAttribute("data-vi", element.textContent);
    }
    speak(element);
  });
  each("[data-en-label]", (element) => {
    const other = element.getAttribute("data-en-label");
    element.setAttribute("data-en-label", element.getAttribute("aria-label"));
    element.setAttribute("aria-label", other);
  });
  byId("language").textContent = english ? "Tiếng Việt" : "English";
  byId("language").lang = english ? "vi" : "en";
}

function switchLanguage() {
  english = !english;
  remember("localStorage", "english", english ? "1" : "");
  translate();
}

function tell(pair, busy) {
  word(status, pair);
  status.className = busy ? "busy" : "";
}

const QUIET = ["", ""];
const WORKING = ["Đang trả lời", "Answering"];
const TAKEN = ["Đã nhận tin nhắn của anh/chị.", "Your message is here."];
const BACK = ["Đã nối lại.", "Connected again."];
const ERASED = ["Đã xóa cuộc trò chuyện.", "The chat is erased."];
const LOST = ["Mất kết nối. Tin nhắn được giữ lại và tự gửi khi có mạng.",
  "No connection. Messages are sent once it is back."];
const NOT_ERASED = ["Chưa xóa được. Anh/chị thử lại giúp ạ.",
  "Not erased yet. Please try again."];
const REFUSED = ["Không gửi được tin này.", "This message could not be sent."];
const LATER = ["Chờ gửi", "Waiting to be sent"];
const NEW_PAGE = [" (mở trang mới)", " (opens a new page)"];

const tooFast = (s) => [
  "Anh/chị nhắn hơi nhanh. Tin này tự gửi sau " + s + " giây.",
  "A little fast. This message is sent in " + s + " seconds.",
];

// ---- what the browser remembers ----
// The session until it is erased, the texts as long as the tab: phones are
// shared.  Either store may be forbidden, as in a frame.

function recall(store, key) {
  try {
    return window[store].getItem("hoidap." + key) || "";
  } catch (e) {
    return "";
  }
}

function remember(store, key, value) {
  try {
    if (value) {
      window[store].setItem("hoidap." + key, value);
    } else {
      window[store].removeItem("hoidap." + key);
    }
  } catch (e) {
    // it lasts until the page is left
  }
}

function save() {
  kept = kept.slice(-KEPT_MAX);
  remember("sessionStorage", "kept", JSON.stringify(kept));
}

function seen(id) {
  last = Math.max(last, id);
  remember("localStorage", "last", String(last));
}

function randomHex(bytes) {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(random, (b) => (b + 256).toString(16).slice(1)).join("");
}

function needSession() {
  if (!session) {
    session = randomHex(16);
    remember("localStorage", "session", session);
  }
}

// ---- other tabs ----
// They show the same conversation; only the tab that was typed into sends.  A
// reply from there is not the last one seen: an older one may still come.

const tabs = window.BroadcastChannel ? new BroadcastChannel("hoidap") : null;

function toTabs(what) {
  if (tabs) {
    tabs.postMessage(Object.assign({ session }, what));
  }
}

const without = (message) => Object.assign({}, message, { body: null });

function hear(event) {
  const said = event.data;
  if (!session || said.session !== session) {
    return;
  }
  if (said.asks && kept.length) {
    toTabs({ messages: kept.map(without) });
  }
  (said.messages || []).forEach((message) => {
    add(message);
  });
}

function follow(event) {
  if (event.key === "hoidap.session" && (event.newValue || "") !== session) {
    clear();
    session = event.newValue || "";
    toTabs({ asks: true });
    wait();
  }
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
  made.appendChild(word(element("span", "unseen", ""), NEW_PAGE));
  return made;
}

// Addresses inside a text become links; the rest stays text.
function fill(made, text) {
  text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/).forEach((part, i) => {
    made.appendChild(i % 2
      ? link(part, "", part.replace(/^https?:\/\/|\/$/g, ""))
      : document.createTextNode(part));
  });
  return made;
}

function listFor(text, mark) {
  const kind = mark[1] ? "OL" : "UL";
  const made = text.lastElementChild;
  return made && made.tagName === kind
    ? made : text.appendChild(document.createElement(kind));
}

// "1. ..." and "- ..." become lists, an empty line ends a paragraph.
function paragraphs(words) {
  const text = element("div", "text", "");
  let open = null;
  words.split("\n").forEach((line) => {
    const mark = /^(?:(\d{1,2})[.)]|[-•])\s+(.*)/.exec(line);
    if (mark) {
      const item = fill(element("li", "", ""), mark[2]);
      item.value = Number(mark[1] || 0);
      listFor(text, mark).appendChild(item);
      open = null;
    } else if (!line.trim()) {
      open = null;
    } else if (open) {
      fill(open, "\n" + line);
    } else {
      open = fill(element("p", /^Nguồn: /.test(line) ? "source" : "", ""), line);
      text.appendChild(open);
    }
  });
  return text;
}

function button(choice) {
  if (!choice.url) {
    const made = element("button", "", choice.title);
    made.type = "button";
    made.addEventListener("click", () => tap(choice));
    return made;
  }
  return /^(https?:\/\/|tel:|mailto:)/i.test(choice.url)
    ? link(choice.url, "link", choice.title)
    : element("span", "", choice.title);
}

function show(message) {
  const box = element("div", "message " + (message.mine ? "mine" : "theirs"), "");
  const text = paragraphs(message.text);
  text.lang = "vi";
  box.appendChild(word(element("p", "who", ""),
    message.mine ? ["Anh/chị", "You"] : ["Trợ lý", "Assistant"]));
  box.appendChild(text);
  if (message.buttons && message.buttons.length) {
    const row = element("div", "buttons", "");
    row.lang = "vi";
    message.buttons.forEach((choice) => row.appendChild(button(choice)));
    box.appendChild(row);
  }
  log.appendChild(box);
  byId("erase").hidden = false;
  return box;
}

// Under a message of ours; no PAIR takes the note away.
function note(message, pair, className) {
  const box = boxes[message.key];
  const old = box && box.querySelector(".note");
  if (old) {
    old.parentNode.removeChild(old);
  }
  if (box && pair) {
    box.appendChild(word(element("p", "note " + className, ""), pair));
  }
}

// Scroll so that BOX, or its last PX, comes first.
function bringIntoView(box, px) {
  main.scrollTop = box.offsetTop - main.offsetTop - 8 +
    Math.max(0, box.offsetHeight - (px || box.offsetHeight));
}

// The box of MESSAGE, or null when it is shown already.
function add(message) {
  const name = message.key || String(message.id);
  if (boxes[name]) {
    return null;
  }
  boxes[name] = show(message);
  kept.push(message);
  save();
  return boxes[name];
}

function showReplies(messages) {
  const fresh = messages.filter((message) => message.id > last);
  const shown = fresh.map((message) => {
    seen(message.id);
    return add(message);
  }).filter(Boolean);
  if (shown.length) {
    const before = shown[0].previousElementSibling;
    toTabs({ messages: fresh });
    clearTimeout(timers.expect);
    tell(QUIET);
    if (before && before.className.indexOf("mine") >= 0) {
      bringIntoView(before, QUESTION_PX);
    } else {
      bringIntoView(shown[0]);
    }
  }
  return shown.length;
}

// ---- talking to the server ----

function read(text) {
  try {
    return JSON.parse(text);
  } catch (e) {
    return null;
  }
}

// DONE gets the status, 0: no answer, and what it says.
function request(method, url, body, timeout, done) {
  const call = new XMLHttpRequest();
  call.open(method, url);
  call.timeout = timeout;
  call.setRequestHeader("X-Hoidap-Session", session);
  if (body) {
    call.setRequestHeader("Content-Type", "application/json");
  }
  call.onloadend = () => {
    const said = read(call.responseText);
    if (!call.stopped) {
      done(said ? call.status : 0, said,
        Number(call.getResponseHeader("Retry-After")) || 1);
    }
  };
  call.send(body ? JSON.stringify(body) : null);
  return call;
}

function stop(call) {
  if (call) {
    call.stopped = true;
    call.abort();
  }
}

function again(name, run, ms) {
  clearTimeout(timers[name]);
  timers[name] = setTimeout(run, ms);
}

// Spread, so that pages do not all come back in the same moment.
function patience() {
  const ms = Math.min(AGAIN_MAX_MS, AGAIN_MS * Math.pow(2, failures - 1));
  return ms / 2 + Math.random() * ms / 2;
}

const pending = () => kept.filter((message) => message.body);

function reached() {
  if (failures > 1) {
    tell(BACK);
  }
  failures = 0;
}

function lost() {
  failures++;
  if (failures > 1 || !navigator.onLine) {
    failures = Math.max(failures, 2);
    tell(LOST);
    pending().forEach((message) => note(message, LATER, ""));
  }
}

function expect() {
  tell(WORKING, true);
  again("expect", () => tell(TAKEN), EXPECT_MS);
}

function sent(message, answer) {
  message.body = null;
  save();
  note(message);
  reached();
  if (!showReplies(answer.messages)) {
    expect();
  }
}

// One after the other, in order.  A refusal is final; a busy server or a broken
// network is not.
function pump() {
  const next = pending()[0];
  if (!next || sending || erasing) {
    return;
  }
  clearTimeout(timers.pump);
  if (failures < 2) {
    tell(WORKING, true);
  }
  sending = request("POST", API, Object.assign({ after: last }, next.body),
    TIMEOUT_MS, (code, answer, seconds) => {
      sending = null;
      if (erasing) {
        erase();
      } else if (code === 200) {
        sent(next, answer);
        pump();
      } else if (code === 429) {
        tell(QUIET);
        note(next, tooFast(seconds), "");
        again("pump", pump, seconds * 1000);
      } else if (code >= 400 && code < 500) {
        next.body = null;
        save();
        tell(QUIET);
        note(next, REFUSED, "failed");
        pump();
      } else {
        lost();
        again("pump", pump, patience());
      }
    });
}

// One that is answered at once, with nothing, may not wait at the moment.
function wait() {
  const started = Date.now();
  if (!session || waiting || erasing || asleep || document.hidden) {
    return;
  }
  clearTimeout(timers.wait);
  waiting = request("GET", API + "?after=" + last + "&wait_s=" + WAIT_S, null,
    WAIT_S * 1000 + TIMEOUT_MS, (code, answer) => {
      waiting = null;
      if (code === 200) {
        const quick = Date.now() - started < 1000;
        reached();
        again("wait", wait,
          showReplies(answer.messages) || !quick ? 0 : REST_MS);
        pump();
      } else {
        lost();
        again("wait", wait, patience());
      }
    });
}

function stopWaiting() {
  clearTimeout(timers.wait);
  stop(waiting);
  waiting = null;
}

function resume() {
  if (asleep || document.hidden) {
    stopWaiting();
  } else {
    wait();
    pump();
  }
}

function send(text, body) {
  const message = { mine: true, key: randomHex(12), text };
  needSession();
  message.body = Object.assign({ id: message.key }, body);
  bringIntoView(add(message));
  toTabs({ messages: [without(message)] });
  pump();
  wait();
}

const ask = (text) => send(text, { text });
const tap = (choice) =>
  send(choice.title, { payload: choice.payload, title: choice.title });

// ---- erasing ----

function clear() {
  stopWaiting();
  stop(sending);
  sending = null;
  Object.keys(timers).forEach((name) => clearTimeout(timers[name]));
  kept = [];
  boxes = {};
  last = 0;
  failures = 0;
  log.textContent = "";
  byId("erase").hidden = true;
  remember("sessionStorage", "kept", "");
  tell(QUIET);
}

function confirmErase(open) {
  byId("confirm").hidden = !open;
  byId("confirm-failed").textContent = "";
  if (open) {
    byId("confirm-no").focus();
  } else {
    (byId("erase").hidden ? field : byId("erase")).focus();
  }
}

// After a message on its way, which would not be erased.
function erase() {
  erasing = true;
  stopWaiting();
  if (sending) {
    return;
  }
  request("DELETE", API, null, TIMEOUT_MS, (code) => {
    erasing = false;
    if (code !== 200) {
      word(byId("confirm-failed"), NOT_ERASED);
      resume();
      return;
    }
    clear();
    session = "";
    remember("localStorage", "session", "");
    remember("localStorage", "last", "");
    confirmErase(false);
    tell(ERASED);
    main.scrollTop = 0;
  });
}

// ---- start ----

function grow() {
  field.style.height = "";
  field.style.height = field.scrollHeight + 4 + "px";
}

function submit(event) {
  const text = field.value.trim();
  event.preventDefault();
  if (text) {
    field.value = "";
    grow();
    ask(text);
  }
  field.focus();
}

// To widget.js around us.
function toHost(what) {
  if (window.parent !== window) {
    window.parent.postMessage("hoidap:" + what, "*");
  }
}

function onKey(event) {
  if (event.key === "Escape") {
    byId("confirm").hidden ? toHost("close") : confirmErase(false);
  }
}

function onFieldKey(event) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    submit(event);
  }
}

function listen() {
  const on = (id, run) => byId(id).addEventListener("click", run);
  byId("form").addEventListener("submit", submit);
  field.addEventListener("keydown", onFieldKey);
  field.addEventListener("input", grow);
  on("person", () => tap({ title: "Gặp cán bộ", payload: "person" }));
  on("language", switchLanguage);
  on("erase", () => confirmErase(true));
  on("confirm-no", () => confirmErase(false));
  on("confirm-yes", erase);
  on("close", () => toHost("close"));
  each("#examples button", (example) =>
    example.addEventListener("click", () => ask(example.textContent)));
  document.addEventListener("keydown", onKey);
  document.addEventListener("visibilitychange", resume);
  window.addEventListener("online", () => {
    stopWaiting(); // the line may be dead without knowing
    resume();
  });
  window.addEventListener("offline", lost);
  window.addEventListener("storage", follow);
  window.addEventListener("message", (event) => {
    if (event.source === window.parent && /^hoidap:(show|hide)$/.test(event.data)) {
      asleep = event.data === "hoidap:hide";
      resume();
    }
  });
  if (tabs) {
    tabs.onmessage = hear;
  }
}

function restore() {
  const stored = recall("localStorage", "session");
  const messages = read(recall("sessionStorage", "kept")) || [];
  if (/^[0-9a-f]{32}$/.test(stored)) {
    session = stored;
    messages.forEach(add);
  }
  // Another tab may have seen more than this one shows.
  last = kept.reduce((most, message) => Math.max(most, message.id || 0), 0) ||
    (session && Number(recall("localStorage", "last"))) || 0;
  if (log.lastElementChild) {
    bringIntoView(log.lastElementChild);
  } else {
    toTabs({ asks: true });
  }
}

english = /[?&]lang=en\b/.test(location.search) ||
  recall("localStorage", "english") === "1";
byId("close").hidden = !/[?&]widget\b/.test(location.search);
listen();
restore();
if (english) {
  translate();
}
toHost("ready");
resume();
