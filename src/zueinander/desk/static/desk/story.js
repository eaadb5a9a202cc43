// Sets a picture's number into the text that was written in last. Without this file the number is typed.
(() => {
  "use strict";
  let last = document.querySelector("form textarea");
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea")) last = event.target;
  });
  for (const button of document.querySelectorAll("[data-place]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const text = last.value;
      const before = text.slice(0, last.selectionStart).trimEnd();
      const after = text.slice(last.selectionEnd).trimStart();
      const there = (before && before + "\n\n") + button.dataset.place;
      last.value = there + (after && "\n\n" + after);
      last.focus();
      last.setSelectionRange(there.length, there.length);
    });
  }
})();
