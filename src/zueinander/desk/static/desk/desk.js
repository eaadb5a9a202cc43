// Keys press the buttons that show them. Without this file every button still works.
(() => {
  "use strict";
  let before = "";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input, textarea, select")) return;
    const candidates = [...document.querySelectorAll("[data-key]")].filter((b) => b.dataset.key === event.key);
    const button = candidates.find((b) => (b.dataset.after || "") === before) || candidates.find((b) => !b.dataset.after);
    before = event.key === "n" ? "n" : "";
    if (button && !button.disabled) {
      event.preventDefault();
      const hidden = button.closest("details:not([open])");
      if (hidden) hidden.open = true;
      button.click();
    } else if (event.key === "n") {
      document.querySelector('[data-after="n"]')?.focus();
    }
  });
})();
