// What is written beside a cell stays until it is sent: other forms may be sent before it, or the page be left.
"use strict";

(() => {
  const KEPT = "nightbrief.kept.";
  const FIELDS = "[data-kept]";
  let store = null;
  try {
    store = window.sessionStorage;
  } catch {
    return; // storage may be blocked; what is written is then lost with the page
  }

  // A correction is about this answer, a comment about the question and the document, whatever is answered.
  function nameOf(field, panel) {
    const { person, cell, place } = panel.dataset;
    return `${KEPT}${person}.${field.dataset.kept === "seen" ? cell : place}.${field.name}`;
  }

  const panelOf = (element) => element.closest("[data-cell]");
  const counted = (field, panel) => Number(panel.dataset[field.dataset.kept]);

  function write(name, held) {
    try {
      if (held.value || held.sent) store.setItem(name, JSON.stringify(held));
      else store.removeItem(name);
    } catch {
      /* no room is left */
    }
  }

  const read = (name) => JSON.parse(store.getItem(name) ?? "null");

  document.addEventListener("input", ({ target }) => {
    const panel = target.matches(FIELDS) && panelOf(target);
    if (!panel) return;
    const name = nameOf(target, panel);
    write(name, { ...read(name), value: target.value });
  });

  // Sent is not yet kept: that shows when the panel comes back with one decision or comment more than it had. What is
  // written in another form than the one that is sent stays.
  document.addEventListener("submit", ({ target: form }) => {
    if (form.matches("[data-forgets]")) forget();
    const panel = form.dataset.counted && panelOf(form);
    if (!panel) return;
    for (const field of form.querySelectorAll(`[data-kept="${form.dataset.counted}"]`)) {
      const name = nameOf(field, panel);
      const held = read(name);
      if (held) write(name, { ...held, sent: { value: held.value, at: counted(field, panel) } });
    }
  });

  function restore(panel) {
    const isRefused = panel.querySelector("[data-refused]") !== null;
    for (const field of panel.querySelectorAll(FIELDS)) {
      const name = nameOf(field, panel);
      const held = read(name);
      if (!held) continue;
      const isDone = !isRefused && held.sent && counted(field, panel) > held.sent.at;
      const value = isDone && held.sent.value === held.value ? "" : held.value;
      write(name, { value, sent: isDone || isRefused ? undefined : held.sent });
      if (value) field.value = value;
    }
  }

  function forget() {
    const names = [...Array(store.length).keys()].map((at) => store.key(at));
    for (const name of names) if (name.startsWith(KEPT)) store.removeItem(name);
  }

  const restoreAll = () => document.querySelectorAll("[data-cell]").forEach(restore);
  document.body.addEventListener("htmx:afterSettle", restoreAll);
  restoreAll();
})();
