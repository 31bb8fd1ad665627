// The grid by keyboard, and its drawer. Without this script cells are links to pages of their own.
"use strict";

(() => {
  const table = document.getElementById("grid-table");
  const drawer = document.getElementById("drawer");
  const part = document.getElementById("drawer-part");
  if (!table || !drawer || !part) return;
  const announcer = document.getElementById("announcer");
  const spoken = document.getElementById("drawer-spoken");
  const accepting = new Set(); // the addresses of cells whose acceptance is on its way
  let at = null; // the id of the cell that keys are about
  let lost = false; // whether the focus goes with a cell that is replaced
  let awaited = null; // the cell that the drawer is to show, and the field to go to there
  let outdated = false; // whether something was decided while the table was asked for

  const linkIn = (cell) => cell?.querySelector("a") ?? null;
  const current = () => (at ? document.getElementById(at) : null);
  const cells = (row) => [...row.querySelectorAll("td[id]")];
  const rows = () => [...table.querySelectorAll("tbody tr[data-document]")];

  // One cell is in the order of Tab; keys move from there.
  function rove(cell) {
    const before = linkIn(current()) ?? current();
    before?.setAttribute("tabindex", "-1");
    at = cell.id;
    (linkIn(cell) ?? cell).setAttribute("tabindex", "0");
  }

  function reach(cell) {
    rove(cell);
    (linkIn(cell) ?? cell).focus();
  }

  function neighbour(across, down) {
    const cell = current();
    if (!cell) return table.querySelector("td[id]");
    const every = rows();
    const row = every.indexOf(cell.closest("tr"));
    const column = cells(cell.closest("tr")).indexOf(cell);
    const next = every[row + down];
    return next ? (cells(next)[column + across] ?? null) : null;
  }

  function move(across, down) {
    const cell = neighbour(across, down);
    if (cell) reach(cell);
    return true;
  }

  // NB: what is asked for the drawer waits for what is on its way; so it is shown when it has come, not when it was asked.
  function open(cell, field) {
    const link = linkIn(cell);
    if (!link) return false;
    rove(cell);
    awaited = { address: link.href, field };
    window.htmx.ajax("GET", link.href, { source: part, target: part, swap: "innerHTML" }).catch(() => {});
    return true;
  }

  function show(field) {
    if (drawer.open) tell();
    else drawer.showModal();
    const wanted = field ? part.querySelector(`[data-does='${field}']`) : null;
    (wanted ?? document.getElementById("drawer-close")).focus();
  }

  // The drawer has words of its own that are read out: what stands behind it is not while it is open.
  function tell() {
    const words = [part.querySelector("article")?.getAttribute("aria-label")];
    words.push(...[".said", ".judged"].map((name) => part.querySelector(name)?.textContent));
    spoken.textContent = words.filter(Boolean).map((each) => each.trim().replace(/\s+/g, " ")).join(", ");
  }

  function follow() {
    const live = document.getElementById("live");
    // NB: what is asked of a part that is being replaced is lost with it.
    if (live.classList.contains("htmx-request")) outdated = true;
    else window.htmx.trigger(live, "refresh");
  }

  async function accept(cell) {
    const link = linkIn(cell);
    if (!link || accepting.has(link.href)) return;
    rove(cell);
    accepting.add(link.href);
    const answer = await send(`${link.href}decide/`, { kind: "accept", seen: link.dataset.seen });
    const said = answer ? await answer.text().catch(() => "") : "";
    accepting.delete(link.href);
    if (answer?.headers.has("HX-Trigger-After-Settle")) {
      announcer.textContent = "Accepted.";
      follow();
    } else if (said && drawer.open) {
      window.nightbrief.fail("An answer was not accepted. Open its cell to see why.");
    } else if (said) {
      rove(document.getElementById(cell.id));
      window.htmx.swap(part, said, { swapStyle: "innerHTML" });
      show("a");
    }
  }

  // NB: not by htmx, which keeps one request waiting and forgets the others: cells are accepted faster than answers come.
  async function send(address, values) {
    const token = window.nightbrief.token();
    const headers = { "X-CSRFToken": token, "HX-Request": "true", "HX-Current-URL": window.location.href };
    const body = new URLSearchParams(values);
    const answer = await fetch(address, { method: "POST", headers, body }).catch(() => null);
    const elsewhere = answer?.headers.get("HX-Redirect");
    if (elsewhere) window.location.assign(elsewhere);
    else if (answer?.ok) return answer;
    else window.nightbrief.failed(answer?.status ?? 0);
    return null;
  }

  function quote(step) {
    const every = [...part.querySelectorAll(".quote")];
    if (!every.length) return;
    const now = every.findIndex((each) => each.classList.contains("now"));
    const next = every[(now + step + every.length) % every.length];
    every[now]?.classList.remove("now");
    next.classList.add("now");
    next.scrollIntoView({ block: "nearest" });
    next.querySelector("a")?.focus();
  }

  const isWriting = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  const IN_TABLE = {
    j: () => move(0, 1),
    k: () => move(0, -1),
    h: () => move(-1, 0),
    l: () => move(1, 0),
    a: (cell) => cell && accept(cell),
    c: (cell) => cell && open(cell, "c"),
    r: (cell) => cell && open(cell, "r"),
    u: (cell) => cell && open(cell, "u"),
  };
  const IN_DRAWER = {
    j: () => turn(0, 1),
    k: () => turn(0, -1),
    h: () => turn(-1, 0),
    l: () => turn(1, 0),
    a: () => part.querySelector("[data-does='a']")?.click(),
    c: () => {
      const box = part.querySelector("[data-does='c']");
      box?.focus();
      box?.select?.(); // a list of choices has nothing to select
    },
    r: () => part.querySelector("[data-does='r']")?.focus(),
    u: () => part.querySelector("[data-does='u']")?.click(),
    "]": () => quote(1),
    "[": () => quote(-1),
  };
  const DECIDES = new Set(["a", "c", "r", "u"]);

  function turn(across, down) {
    const cell = neighbour(across, down);
    if (cell && linkIn(cell)) open(cell, "");
  }

  // A decision is about the cell that is looked at: the one with the focus, or the one that the drawer has to show.
  function mayDecide(event) {
    return !event.repeat && (drawer.open ? !awaited : table.contains(event.target));
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (!window.nightbrief.shortcutsAreOn()) return;
    if (document.querySelector("dialog[open]:not(#drawer)")) return;
    const keys = drawer.open ? IN_DRAWER : IN_TABLE;
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    if (!DECIDES.has(event.key) || mayDecide(event)) keys[event.key](current());
  });

  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td[id]");
    if (cell && cell.id !== at) rove(cell);
  });

  table.addEventListener("click", (event) => {
    const cell = event.target.closest("td[id]");
    if (!cell || !event.target.closest("a") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(cell, "");
  });

  drawer.addEventListener("close", () => {
    part.replaceChildren();
    spoken.textContent = "";
    awaited = null;
    const cell = current();
    if (cell) reach(cell);
  });

  // After a decision the panel is new: the focus stays in it, and the table follows.
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== part) return;
    const shown = part.querySelector("[data-cell]")?.dataset.cell;
    if (awaited && shown && awaited.address.includes(shown)) {
      const { field } = awaited;
      awaited = null;
      show(field);
    } else if (drawer.open && !drawer.contains(document.activeElement)) show("");
  });
  part.addEventListener("htmx:afterRequest", (event) => {
    const { successful, pathInfo } = event.detail;
    if (!successful && awaited?.address === pathInfo.requestPath) awaited = null;
  });
  document.body.addEventListener("cell-decided", () => {
    if (drawer.open && !awaited) show(""); // out of the box that was written in, so that the next key is a key
    follow();
  });
  document.body.addEventListener("htmx:afterRequest", () => {
    if (!outdated || document.getElementById("live").classList.contains("htmx-request")) return;
    outdated = false;
    follow();
  });

  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    lost = event.detail.target.contains(document.activeElement);
  });
  document.body.addEventListener("htmx:oobAfterSwap", (event) => {
    const cell = document.getElementById(event.detail.target.id);
    if (!cell || !table.contains(cell)) return;
    if (cell.tagName !== "TD") { // what stands under a document's name
      if (lost) cell.closest("tr").querySelector("th a").focus();
      lost = false;
      return;
    }
    linkIn(cell)?.setAttribute("tabindex", "-1");
    if (cell.id === at) (linkIn(cell) ?? cell).setAttribute("tabindex", "0");
    if (lost && !drawer.open) reach(cell);
    lost = false;
  });

  for (const link of table.querySelectorAll("td[id] a")) link.setAttribute("tabindex", "-1");
  const first = table.querySelector("td[id]");
  if (first) rove(first);
})();
