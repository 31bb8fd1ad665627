// Codes by their keys: the button that says so is pressed.
"use strict";

(() => {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !window.nightbrief.shortcutsAreOn()) return;
    if (event.target.closest("input:not([type='checkbox']), textarea, select, [contenteditable], dialog")) return;
    if (!/^[1-9]$/.test(event.key)) return;
    document.querySelector(`[data-code='${event.key}']`)?.click();
  });
})();
