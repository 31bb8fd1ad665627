// Choosing documents to ask: what is ticked stays while the search offers others. Without this script "Find" does it.
"use strict";

(() => {
  const chosen = document.getElementById("documents-chosen");
  const offered = document.getElementById("documents-offered");
  const find = document.getElementById("id_find");
  const announcer = document.getElementById("announcer");
  if (!chosen || !offered || !find) return;

  offered.addEventListener("change", (event) => {
    if (!event.target.checked) return;
    chosen.append(event.target.closest("label"));
    event.target.focus();
  });

  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== offered) return;
    const kept = new Set([...chosen.querySelectorAll("input")].map((box) => box.value));
    for (const box of offered.querySelectorAll("input")) {
      if (kept.has(box.value)) box.closest("label").remove();
    }
    const number = offered.querySelectorAll("input").length;
    announcer.textContent = number
      ? `${number} ${number === 1 ? "document" : "documents"} to choose from`
      : offered.textContent.trim();
  });

  // The list follows the typing; Enter would only load the whole page for the same.
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
})();
