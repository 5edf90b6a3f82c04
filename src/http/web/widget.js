// <script src="https://HOST/widget.js" defer></script> puts a button into the
// corner of a page that opens /chat in a frame.  Styles are set through the
// DOM, which a strict policy of that page allows.
"use strict";

(() => {
  const page = new URL("chat?widget", document.currentScript.src);
  const english = /^en\b/.test(document.documentElement.lang);
  const button = document.createElement("button");
  const small = matchMedia("(max-width: 480px)");
  let frame = null;
  let ready = false;

  const word = (vi, en) => english ? en : vi;

  function style(element, rules) {
    Object.assign(element.style,
      { position: "fixed", zIndex: "2147483000", margin: "0" }, rules);
  }

  const isOpen = () => button.getAttribute("aria-expanded") === "true";

  // A small screen shows the chat alone, which has a button to close it.
  function place() {
    if (frame) {
      style(frame, Object.assign({
        display: isOpen() ? "block" : "none", background: "Canvas",
      }, small.matches
        ? { right: "0", bottom: "0", width: "100%", height: "100%",
          border: "0", borderRadius: "0" }
        : { right: "16px", bottom: "88px", width: "420px",
          height: "min(680px, calc(100vh - 104px))",
          border: "1px solid #6b7680", borderRadius: "14px",
          boxShadow: "0 8px 32px rgba(0, 0, 0, .3)" }));
    }
    button.style.display = isOpen() && small.matches ? "none" : "block";
  }

  function toFrame(what) {
    frame.contentWindow.postMessage("hoidap:" + what, page.origin);
  }

  // A site that is not in CHAT_ORIGINS may not show the chat.
  function explain() {
    const link = document.createElement("a");
    if (ready) {
      return;
    }
    link.href = page.href.replace("?widget", "");
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = word("Mở khung hỏi đáp", "Open the chat");
    style(link, { right: "16px", bottom: "88px", padding: "12px",
      background: "#fff", color: "#0b3d66", border: "2px solid #0b3d66" });
    frame.parentNode.replaceChild(link, frame);
    frame = link;
  }

  function open(opens) {
    button.setAttribute("aria-expanded", String(opens));
    button.setAttribute("aria-label", opens
      ? word("Đóng trợ lý tự động", "Close the assistant")
      : word("Hỏi trợ lý tự động", "Ask the automatic assistant"));
    button.textContent = opens ? "✕" : word("Hỏi", "Ask");
    if (opens && !frame) {
      frame = document.createElement("iframe");
      frame.src = page.href + (english ? "&lang=en" : "");
      frame.title = word("Trợ lý tự động", "Automatic assistant");
      frame.addEventListener("load", () => setTimeout(explain, 3000));
      document.body.insertBefore(frame, button);
    } else if (frame && ready) {
      toFrame(opens ? "show" : "hide");
    }
    place();
    if (frame) {
      (opens ? frame : button).focus();
    }
  }

  button.type = "button";
  style(button, { right: "16px", bottom: "16px", minWidth: "60px",
    height: "60px", padding: "0 18px", border: "3px solid #fff",
    borderRadius: "30px", background: "#0b3d66", color: "#fff",
    font: "600 20px/1 system-ui, sans-serif", cursor: "pointer",
    boxShadow: "0 2px 8px rgba(0, 0, 0, .4)" });
  open(false);
  button.addEventListener("click", () => open(!isOpen()));
  small.addListener(place);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) {
      open(false);
    }
  });
  window.addEventListener("message", (event) => {
    if (frame && event.source === frame.contentWindow) {
      ready = true;
      if (event.data === "hoidap:close") {
        open(false);
      }
    }
  });
  document.body.appendChild(button);
})();
