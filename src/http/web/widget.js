// <script src="https://HOST/widget.js" defer></script> on a page of the agency
// puts a round button into its corner that opens /chat in a frame.  Styles are
// set through the DOM, which a strict style policy of that page allows.
"use strict";

(() => {
  const page = new URL("chat", document.currentScript.src);
  const button = document.createElement("button");
  let frame = null;

  const place = {
    position: "fixed", right: "16px", zIndex: "2147483000", margin: "0",
  };

  function label(open) {
    button.setAttribute("aria-expanded", String(open));
    button.setAttribute("aria-label",
      open ? "Đóng trợ lý tự động" : "Mở trợ lý tự động để hỏi đáp");
    button.textContent = open ? "✕" : "Hỏi";
  }

  function makeFrame() {
    frame = document.createElement("iframe");
    frame.src = page.href;
    frame.title = "Trợ lý tự động";
    Object.assign(frame.style, place, {
      bottom: "96px", width: "min(420px, calc(100vw - 32px))",
      height: "min(680px, calc(100vh - 112px))", border: "2px solid #0b3d66",
      borderRadius: "12px", background: "#fff",
      boxShadow: "0 4px 16px rgba(0, 0, 0, 0.3)",
    });
    button.before(frame);
  }

  function toggle(open) {
    if (open && !frame) {
      makeFrame();
    }
    if (frame) {
      frame.style.display = open ? "block" : "none";
    }
    label(open);
    (open ? frame : button).focus();
  }

  const isOpen = () => button.getAttribute("aria-expanded") === "true";

  button.type = "button";
  Object.assign(button.style, place, {
    bottom: "16px", width: "68px", height: "68px", padding: "0",
    border: "3px solid #fff", borderRadius: "50%", background: "#0b3d66",
    color: "#fff", font: "600 22px/1 system-ui, sans-serif", cursor: "pointer",
    boxShadow: "0 2px 8px rgba(0, 0, 0, 0.4)",
  });
  label(false);
  button.addEventListener("click", () => toggle(!isOpen()));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) {
      toggle(false);
    }
  });
  window.addEventListener("message", (event) => {
    if (frame && event.source === frame.contentWindow &&
        event.data === "hoidap:close") {
      toggle(false);
    }
  });
  document.body.append(button);
})();
