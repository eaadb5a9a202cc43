// Renews the counters while somebody looks at the page; without this file they are those of the last publication.
"use strict";
(() => {
  const source = document.currentScript.dataset.figures;
  const writing = document.documentElement.lang === "en" ? "en-IE" : "de-DE";
  const euro = (cents, currency) => new Intl.NumberFormat(writing, { style: "currency", currency }).format(cents / 100);
  const show = (found) => {
    for (const spot of document.querySelectorAll("[data-cents]")) spot.textContent = euro(found[spot.dataset.cents], found.currency);
    for (const spot of document.querySelectorAll("[data-count]")) spot.textContent = found[spot.dataset.count];
    const bar = document.querySelector("[data-width]");
    if (bar && found.goal) bar.setAttribute("width", Math.max(0, Math.min(100, Math.floor(((found.received - found.returned) * 100) / found.goal))));
  };
  let left = 120;
  const again = async () => {
    if (document.visibilityState === "visible" && left-- > 0) {
      const answer = await fetch(source).catch(() => null);
      if (answer && answer.ok) show(await answer.json());
    }
    setTimeout(again, 9000);
  };
  setTimeout(again, 9000);
})();
