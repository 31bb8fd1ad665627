// The grid by keyboard, and its drawer. Without this script cells are links to pages of their own.
"use strict";

(() => {
  const table = document.getElementById("grid-table");
  const drawer = document.getElementById("drawer");
  const part = document.getElementById("drawer-part");
  if (!table || !drawer || !part) return;
  const announcer = document.getElementById("announcer");
  let at = null; // the id of the cell that keys are about
  let lost = false; // whether the focus goes with a cell that is replaced

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

  async function open(cell, field) {
    const link = linkIn(cell);
    if (!link) return false;
    rove(cell);
    await window.htmx.ajax("GET", link.href, { target: part, swap: "innerHTML" });
    show(field);
    return true;
  }

  function show(field) {
    if (!drawer.open) drawer.showModal();
    const wanted = field ? part.querySelector(`[data-does='${field}']`) : null;
    (wanted ?? document.getElementById("drawer-close")).focus();
  }

  async function accept(cell) {
    const link = linkIn(cell);
    if (!link) return;
    rove(cell);
    const token = document.querySelector("[name='csrfmiddlewaretoken']").value;
    await window.htmx.ajax("POST", `${link.getAttribute("href")}decide/`, {
      target: part,
      swap: "innerHTML",
      values: { kind: "accept", seen: link.dataset.seen },
      headers: { "X-CSRFToken": token },
    });
    if (part.querySelector("[data-refused]")) show("a");
    else if (announcer) announcer.textContent = "Accepted.";
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

  function turn(across, down) {
    const cell = neighbour(across, down);
    if (cell && linkIn(cell)) open(cell, "");
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (!window.nightbrief.shortcutsAreOn()) return;
    if (document.querySelector("dialog[open]:not(#drawer)")) return;
    const keys = drawer.open ? IN_DRAWER : IN_TABLE;
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key](current());
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
    const cell = current();
    if (cell) reach(cell);
  });

  // After a decision the panel is new: the focus stays in it, and the table follows.
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target === part && drawer.open && !drawer.contains(document.activeElement)) show("");
  });
  document.body.addEventListener("cell-decided", () => {
    if (drawer.open) show(""); // out of the box that was written in, so that the next key is a key
    window.htmx.trigger("#live", "refresh");
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
