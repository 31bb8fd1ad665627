// On wide screens a quote opens its page beside the answer; elsewhere its link leads to the page.
"use strict";

(() => {
  const panel = document.getElementById("beside");
  const wide = window.matchMedia("(width >= 75rem)");
  let from = null;
  if (!panel) return;

  async function open(link) {
    const inside = panel.contains(link);
    if (!inside) from = link;
    panel.hidden = false;
    panel.setAttribute("aria-busy", "true");
    const address = new URL(link.href);
    address.searchParams.set("beside", "1");
    await window.htmx.ajax("GET", `${address.pathname}${address.search}`, { target: "#beside", swap: "innerHTML" });
    panel.removeAttribute("aria-busy");
    document.querySelectorAll("[data-beside][aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    from?.setAttribute("aria-current", "true");
    window.nightbriefReader.offerCopies(panel);
    panel.querySelector("[data-beside-title]")?.focus({ preventScroll: true });
    show();
  }

  // Only the panel is scrolled to the quote, not the page that it stands beside.
  function show() {
    const box = panel.querySelector("mark, [data-mark]");
    if (!box) {
      panel.scrollTop = 0;
      return;
    }
    const place = box.getBoundingClientRect();
    const view = panel.getBoundingClientRect();
    panel.scrollTop += place.top - view.top - Math.max(0, (view.height - place.height) / 2);
  }

  function close() {
    panel.hidden = true;
    panel.replaceChildren();
    from?.removeAttribute("aria-current");
    if (from?.isConnected) from.focus();
    from = null;
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-beside-close]")) close();
    const link = event.target.closest("a[data-beside]");
    if (!link || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open(link);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
})();
