// Keys press the buttons that show them, j and k walk through the queue. Without this file every button still works.
(() => {
  "use strict";
  const off = () => document.body.dataset.keys === "off";
  const seen = (element) => element.getClientRects().length > 0;
  const keyed = (key, after) =>
    [...document.querySelectorAll("[data-key]")].filter((e) => e.dataset.key === key && (e.dataset.after || "") === after);
  let before = "";

  function press(element) {
    const hidden = element.closest("details:not([open])");
    if (hidden) hidden.open = true;
    if (element.matches("input, select, textarea")) element.focus();
    else if (!element.disabled) element.click();
  }

  function walk(step) {
    const lines = [...document.querySelectorAll(".queue a")].filter(seen);
    if (!lines.length) return false;
    const here = lines.indexOf(document.activeElement);
    const open = lines.findIndex((line) => line.hasAttribute("aria-current"));
    const from = here >= 0 ? here : open;
    const to = from < 0 ? 0 : Math.min(lines.length - 1, Math.max(0, from + step));
    lines[to].focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (off() || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const [second] = before ? keyed(event.key, before) : [];
    const [first] = keyed(event.key, "");
    const [opened] = [...document.querySelectorAll(`[data-after="${CSS.escape(event.key)}"]`)];
    before = "";
    if (second || first) {
      event.preventDefault();
      press(second || first);
    } else if (opened) {
      event.preventDefault();
      before = event.key;
      const hidden = opened.closest("details:not([open])");
      if (hidden) hidden.open = true;
      opened.focus();
    } else if (event.key === "j" || event.key === "k") {
      if (walk(event.key === "j" ? 1 : -1)) event.preventDefault();
    }
  });

  // Asking what is new is polite: not while nobody looks; and whoever is signed out is told so, not shown a form.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (document.hidden) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    const place = document.hidden ? null : document.querySelector(".arrivals");
    if (place && window.htmx) window.htmx.trigger(place, "ask");
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    if (/\/(neues|fragen\/\d+)\/$/.test(new URL(xhr.responseURL).pathname)) return;
    event.detail.shouldSwap = false;
    if (target.dataset.signedOut) target.textContent = target.dataset.signedOut;
  });
})();
