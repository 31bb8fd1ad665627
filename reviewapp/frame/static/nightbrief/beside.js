// On wide screens a quote opens its page beside the answer; elsewhere its link leads to the page.
"use strict";

(() => {
  const panel = document.getElementById("beside");
  const wide = window.matchMedia("(width >= 75rem)");
  let from = null;
  let asked = ""; // the address of the page that was asked for last
  if (!panel) return;

  function open(link) {
    if (!panel.contains(link)) from = link;
    asked = link.href;
    panel.hidden = false;
    panel.setAttribute("aria-busy", "true");
    const address = new URL(link.href);
    address.searchParams.set("beside", "1");
    const how = { source: panel, target: panel, swap: "innerHTML" };
    window.htmx.ajax("GET", `${address.pathname}${address.search}`, how).catch(() => {});
  }

  function arrive() {
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

  // The answer may have been shown anew since: the link is then another one to the same page.
  function close() {
    window.htmx.trigger(panel, "htmx:abort");
    panel.hidden = true;
    panel.removeAttribute("aria-busy");
    panel.replaceChildren();
    const same = [...document.querySelectorAll("a[data-beside]")].find((one) => one.href === from?.href);
    const back = from?.isConnected ? from : same;
    back?.removeAttribute("aria-current");
    (back ?? document.getElementById("main")).focus();
    from = null;
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-beside-close]")) close();
    const link = event.target.closest("a[data-beside]");
    if (!link || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open(link);
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target === panel && !panel.hidden) arrive();
  });
  // What is refused here is told on a page of its own; what cannot be reached, on this one.
  panel.addEventListener("htmx:responseError", () => window.location.assign(asked));
  panel.addEventListener("htmx:sendError", () => (panel.children.length ? panel.removeAttribute("aria-busy") : close()));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
})();
