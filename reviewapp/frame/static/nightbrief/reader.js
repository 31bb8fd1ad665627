// Brings what is marked into view, and copies citations.
"use strict";

(() => {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const announcer = document.getElementById("announcer");

  // On the page itself: briefs, clauses and the quote beside it have words marked too.
  function show(within) {
    const first = within.querySelector(".sheet mark, .sheet [data-mark]");
    if (!first) return false;
    first.scrollIntoView({ block: "center", inline: "nearest", behavior: calm ? "auto" : "smooth" });
    first.focus({ preventScroll: true });
    return true;
  }

  // In the column beside the page, and in it alone, the answer's words are brought into view.
  function showBeside() {
    const column = document.querySelector(".reader .aside");
    const words = column?.querySelector("mark");
    if (!words || column.scrollHeight <= column.clientHeight) return;
    const past = words.getBoundingClientRect().bottom - column.getBoundingClientRect().bottom;
    if (past > 0) column.scrollTop += past + column.clientHeight / 2;
  }

  // Where a page is not served over a safe connection the clipboard is out of reach; the words are selected then.
  async function copy(words) {
    const range = document.createRange();
    range.selectNodeContents(words);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    try {
      await navigator.clipboard.writeText(words.textContent);
      announcer.textContent = "Copied.";
      return true;
    } catch {
      announcer.textContent = "Selected. Copy it with Ctrl+C.";
      return false;
    }
  }

  function offerCopies(within) {
    within.querySelectorAll("[data-copies]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", async () => {
        const done = await copy(document.getElementById(button.dataset.copies));
        button.lastChild.textContent = done ? " Copied" : " Selected, press Ctrl+C";
      });
    });
  }

  window.nightbriefReader = { show, offerCopies };
  if (!document.getElementById("beside")) {
    show(document.querySelector("main"));
    showBeside();
    offerCopies(document);
  }
})();
