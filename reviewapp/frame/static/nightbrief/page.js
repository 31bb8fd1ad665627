// On every page: keyboard shortcuts, their dialog, and quiet announcements of changes.
"use strict";

(() => {
  const STORED = "nightbrief.shortcuts";
  const dialog = document.getElementById("shortcuts");
  const toggle = document.getElementById("shortcuts-on");

  function shortcutsAreOn() {
    if (document.documentElement.dataset.keys === "off") return false; // so says the person's profile
    try {
      return localStorage.getItem(STORED) !== "off";
    } catch {
      return true; // storage may be blocked; the shortcuts then work until the page is left
    }
  }

  // Pages with keys of their own ask whether these are wanted.
  window.nightbrief = { shortcutsAreOn };

  function remember(on) {
    try {
      localStorage.setItem(STORED, on ? "on" : "off");
    } catch {
      /* nothing to remember it in */
    }
  }

  function isTyping(target) {
    return target.closest("input, textarea, select, [contenteditable], dialog") !== null;
  }

  function focusFirst(selector) {
    const found = document.querySelector(selector);
    if (found) found.focus();
    return Boolean(found);
  }

  function follow(selector) {
    const link = document.querySelector(selector);
    if (link) link.click();
    return Boolean(link);
  }

  const KEYS = {
    "/": () => focusFirst("#id_text") || focusFirst("#id_filter") || follow("[data-key='ask']"),
    s: () => focusFirst("#id_q") || follow("[data-key='search']"),
    "?": () => dialog && !dialog.open && (dialog.showModal(), true),
    ArrowRight: () => follow("[data-key='next']"),
    n: () => follow("[data-key='next']"),
    ArrowLeft: () => follow("[data-key='previous']"),
    p: () => follow("[data-key='previous']"),
    b: () => follow("[data-key='back']"),
    "[": () => follow("[data-key='previous-quote']"),
    "]": () => follow("[data-key='next-quote']"),
    m: () => focusFirst("main .sheet mark, [data-mark]"),
  };

  document.addEventListener("keydown", (event) => {
    const box = event.target.closest?.("form[data-submit-on-enter] textarea");
    // Enter ends a word of writing systems that are composed, and on a touch screen there is no Shift to go with it.
    const goesOn = event.shiftKey || event.isComposing || matchMedia("(pointer: coarse)").matches;
    if (box && event.key === "Enter" && (event.ctrlKey || event.metaKey || !goesOn)) {
      event.preventDefault();
      box.form.requestSubmit();
      return;
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!shortcutsAreOn() || isTyping(event.target)) return;
    const act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : undefined;
    if (act && act()) event.preventDefault();
  });

  if (toggle) {
    toggle.checked = shortcutsAreOn();
    toggle.addEventListener("change", () => remember(toggle.checked));
  }
  if (dialog) {
    document.querySelectorAll("[data-opens='shortcuts']").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => dialog.showModal());
    });
  }

  // A part that refreshes itself says in data-announce what has changed; it is read out once, politely.
  const announcer = document.getElementById("announcer");
  let said = document.querySelector("[data-announce]")?.dataset.announce ?? "";
  document.body.addEventListener("htmx:afterSettle", () => {
    const words = document.querySelector("[data-announce]")?.dataset.announce ?? "";
    if (announcer && words && words !== said) announcer.textContent = words;
    said = words;
  });

  document.addEventListener("submit", (event) => {
    const question = event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });
})();
