// Shows answers as they come: server-sent events, or asking again every two seconds where they do not work.
"use strict";

(() => {
  const PAUSE_MS = 2000;
  const LEAST_MS = 3000;
  const PATIENCE = 3;
  const SILENCE_MS = 15000;
  let streams = "EventSource" in window;
  let source = null;
  let timer = null;
  let refreshed = Date.now();
  let heard = Date.now();

  const answer = () => document.getElementById("answer");

  // What is shown already is named in the address: while nothing has changed, nothing comes back.
  function refresh() {
    const panel = answer();
    if (!panel) return Promise.resolve();
    refreshed = Date.now();
    const query = new URLSearchParams(window.location.search);
    query.set("seen", panel.dataset.seen ?? "");
    const address = `${panel.dataset.part}?${query}`;
    return window.htmx.ajax("GET", address, { target: "#answer", swap: "outerHTML" }).catch(() => {});
  }

  function show(news) {
    const panel = answer();
    if (!panel) return;
    const part = (name) => panel.querySelector(`[data-part-of='${name}']`);
    if (part("stage") && part("stage").textContent !== news.words) part("stage").textContent = news.words;
    if (part("draft")) part("draft").textContent = news.draft;
    if (part("unchecked")) part("unchecked").hidden = !news.draft;
    if (part("bar")) part("bar").value = news.done;
    if (part("done")) part("done").textContent = news.done;
    const steps = [...panel.querySelectorAll("[data-stage]")];
    const at = steps.findIndex((step) => step.dataset.stage === news.stage);
    steps.forEach((step, place) => {
      step.classList.toggle("now", place === at);
      step.classList.toggle("past", place < at);
    });
    if (news.total > 1) soon(part("bar") ? Math.max(0, refreshed + LEAST_MS - Date.now()) : 0);
  }

  // The table follows at its own pace. Who reads in it with the keyboard is not thrown out of it.
  function soon(wait) {
    if (timer) return;
    timer = window.setTimeout(() => {
      timer = null;
      const isRead = answer()?.querySelector("table")?.contains(document.activeElement);
      if (isRead) soon(LEAST_MS);
      else refresh();
    }, wait);
  }

  function close() {
    source?.close();
    source = null;
  }

  function listen(panel) {
    let failures = 0;
    source = new EventSource(panel.dataset.stream);
    source.addEventListener("progress", (event) => {
      failures = 0;
      heard = Date.now();
      show(JSON.parse(event.data));
    });
    source.addEventListener("done", () => {
      close();
      window.clearTimeout(timer);
      timer = null;
      refresh();
    });
    source.addEventListener("error", () => {
      failures += 1;
      refresh(); // whether the server answers at all is said by what becomes of this
      if (source?.readyState !== EventSource.CLOSED && failures < PATIENCE) return;
      close();
      streams = false;
      ask();
    });
    window.addEventListener("pagehide", close, { once: true });
  }

  function ask() {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      timer = null;
      refresh().then(start);
    }, PAUSE_MS);
  }

  function start() {
    const panel = answer();
    if (!panel?.dataset.stream) close();
    else if (!streams) ask();
    else if (!source) listen(panel);
  }

  // A stream that is silent may have nothing to say, or be cut off unnoticed: asking tells.
  window.setInterval(() => {
    if (!source || Date.now() - Math.max(heard, refreshed) < SILENCE_MS) return;
    refresh();
  }, PAUSE_MS);

  document.body.addEventListener("htmx:afterSettle", start);
  for (const failure of ["htmx:sendError", "htmx:responseError"]) {
    document.body.addEventListener(failure, () => answer()?.dataset.stream && ask());
  }
  start();
})();
