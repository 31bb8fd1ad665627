// Brings the marked quote into view.
"use strict";

(() => {
  const first = document.querySelector("mark");
  if (!first) return;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  first.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  first.focus({ preventScroll: true });
})();
