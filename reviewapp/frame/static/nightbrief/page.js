// On every page: keyboard shortcuts, their dialog, quiet announcements of changes, what failed, and what is sent twice.
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

  // Where a wide page or table can be moved sideways, arrows do that and turn no page.
  function scrollsAcross(target) {
    for (let box = target; box; box = box.parentElement) {
      const isBox = box === document.documentElement || ["auto", "scroll"].includes(getComputedStyle(box).overflowX);
      if (isBox && box.scrollWidth > box.clientWidth) return true;
    }
    return false;
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
    m: () => focusFirst(".sheet mark, .sheet [data-mark]"),
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
    if (event.key.startsWith("Arrow") && scrollsAcross(event.target)) return;
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

  // A part that refreshes itself says in data-announce what has changed; it is read out once, politely. While it goes
  // on, that is now and then: hundreds of documents that get ready one after the other would leave no word to anything else.
  const PAUSE_MS = 20000;
  const announcer = document.getElementById("announcer");
  let said = document.querySelector("[data-announce]")?.dataset.announce ?? "";
  let spoke = -PAUSE_MS;
  document.body.addEventListener("htmx:afterSettle", () => {
    const part = document.querySelector("[data-announce]");
    const words = part?.dataset.announce ?? "";
    const goesOn = part?.matches("[hx-trigger*='every']");
    if (words === said || (words && goesOn && performance.now() - spoke < PAUSE_MS)) return;
    said = words;
    if (!announcer || !words) return;
    announcer.textContent = words;
    spoke = performance.now();
  });

  // What was asked for and not given is said where the person is; a part that refreshes itself tries again by itself.
  const FAILURES = {
    0: "The server cannot be reached. What you did may not be kept: try again.",
    403: "This was refused. Reload the page and try again; if that does not help, you may not do it.",
    404: "This is not available any more. Reload the page.",
  };
  const OF_ITSELF = "body, [hx-trigger*='every'], [hx-trigger='revealed']";

  const SIGNED_OUT = "You are signed out. Sign in again in another tab, then go on here: what you wrote is still there.";

  function fail(words) {
    const before = document.getElementById("failed");
    if (before?.textContent === words) return;
    before?.remove();
    const notice = document.createElement("div");
    notice.id = "failed";
    notice.className = "notice bad";
    notice.setAttribute("role", "alert");
    notice.textContent = words;
    (document.querySelector("dialog[open]") ?? document.querySelector("main > .frame")).prepend(notice);
  }

  const failed = (status) => fail(FAILURES[status] ?? "The server could not do this. Try again in a moment.");

  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.body.addEventListener(name, (event) => {
      if (!event.detail.elt.matches(OF_ITSELF)) failed(event.detail.xhr.status);
    });
  }
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (!event.detail.elt.matches(OF_ITSELF)) document.getElementById("failed")?.remove();
  });

  // A part that refreshes itself after the session has ended makes the page go to sign-in: not while something is written.
  function isWritten() {
    const boxes = [...document.querySelectorAll("main textarea, main input:not([type='hidden'])")];
    return boxes.some((box) => box.value !== box.defaultValue);
  }

  document.body.addEventListener("htmx:beforeOnLoad", (event) => {
    const { elt, xhr } = event.detail;
    if (!xhr.getResponseHeader("HX-Redirect") || !elt.matches(OF_ITSELF) || !isWritten()) return;
    event.preventDefault();
    fail(SIGNED_OUT);
  });

  // Signing in makes another token than the one that stands in a page that was open before.
  function token() {
    const kept = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
    return kept?.slice("csrftoken=".length) ?? document.querySelector("[name='csrfmiddlewaretoken']").value;
  }

  document.addEventListener("submit", (event) => {
    const field = event.target.elements.namedItem("csrfmiddlewaretoken");
    if (field) field.value = token();
  }, { capture: true });

  // Where the focus is in what is replaced, it goes to its like there, or else to the part: htmx knows ids alone. Boxes
  // that were moved stay where they were.
  let left = null;

  function likeness(element) {
    const told = ["href", "name", "value", "formaction"].map((name) => element.getAttribute(name));
    const words = element.tagName === "SUMMARY" ? element.textContent : "";
    return [element.tagName, ...told, element.form?.getAttribute("action"), words].join(" ");
  }

  const opened = (within) => [...within.querySelectorAll("details[open] > summary")].map(likeness);

  const moved = (within) => [...within.querySelectorAll("[role='region'][tabindex][id]")]
    .map(({ id, scrollLeft, scrollTop }) => ({ id, scrollLeft, scrollTop }));

  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { target, shouldSwap } = event.detail;
    const active = document.activeElement;
    if (!shouldSwap || !target.id) return;
    const goes = target.contains(active) && active !== target && !active.id;
    left = { part: target.id, open: opened(target), boxes: moved(target), like: goes ? likeness(active) : null };
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    const part = left && document.getElementById(left.part);
    if (!part) return;
    const { open, boxes, like } = left;
    left = null;
    for (const { id, scrollLeft, scrollTop } of boxes) document.getElementById(id)?.scrollTo(scrollLeft, scrollTop);
    for (const summary of part.querySelectorAll("details:not([open]) > summary")) {
      if (open.includes(likeness(summary))) summary.parentElement.open = true;
    }
    if (like === null || document.activeElement !== document.body) return;
    const same = [...part.querySelectorAll("a, button, input, select, textarea, summary, [tabindex]")];
    const next = same.find((one) => likeness(one) === like) ?? part;
    if (next === part && !part.hasAttribute("tabindex")) part.setAttribute("tabindex", "-1");
    next.focus({ preventScroll: true });
  });

  // A box is reached by the keyboard only where, and as long as, it can be scrolled.
  const scrolls = new ResizeObserver((changes) => {
    for (const { target } of changes) {
      if (target.scrollHeight > target.clientHeight) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  for (const box of document.querySelectorAll("[data-scrolls]")) scrolls.observe(box);

  // The same thing sent once more while the answer is awaited, by a second click or Enter, is done once.
  const AGAIN_MS = 5000;
  const sent = new WeakMap();

  function isSentAgain(form, submitter) {
    const where = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
    const what = `${where} ${submitter?.value} ${new URLSearchParams(new FormData(form))}`;
    const before = sent.get(form);
    sent.set(form, { what, at: Date.now() });
    return before?.what === what && Date.now() - before.at < AGAIN_MS;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = form.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
    if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
    if (isSentAgain(form, event.submitter)) event.preventDefault();
  });

  // What the scripts of single pages ask for.
  window.nightbrief = { shortcutsAreOn, fail, failed, token };
})();
