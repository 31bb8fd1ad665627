// Shows an answer as it comes: server-sent events, or asking again every two seconds where they do not work.
"use strict";

(() => {
  const PAUSE_MS = 2000;
  const PATIENCE = 3;
  let streams = "EventSource" in window;

  function refresh(panel) {
    return window.htmx.ajax("GET", panel.dataset.part, { target: "#answer", swap: "outerHTML" });
  }

  function show(panel, news) {
    const stage = panel.querySelector("[data-part-of='stage']");
    if (stage && stage.textContent !== news.words) stage.textContent = news.words;
    const draft = panel.querySelector("[data-part-of='draft']");
    if (draft) draft.textContent = news.draft;
    const steps = [...panel.querySelectorAll("[data-stage]")];
    const at = steps.findIndex((step) => step.dataset.stage === news.stage);
    steps.forEach((step, place) => {
      step.classList.toggle("now", place === at);
      step.classList.toggle("past", place < at);
    });
  }

  function listen(panel) {
    const source = new EventSource(panel.dataset.stream);
    let failures = 0;
    source.addEventListener("progress", (event) => {
      failures = 0;
      show(panel, JSON.parse(event.data));
    });
    source.addEventListener("done", () => {
      source.close();
      refresh(panel);
    });
    source.addEventListener("error", () => {
      failures += 1;
      if (source.readyState !== EventSource.CLOSED && failures < PATIENCE) return;
      source.close();
      streams = false;
      ask(panel);
    });
    window.addEventListener("pagehide", () => source.close(), { once: true });
  }

  function ask(panel) {
    window.setTimeout(() => panel.isConnected && refresh(panel), PAUSE_MS);
  }

  function start() {
    const panel = document.querySelector("#answer[data-stream]");
    if (!panel || panel.dataset.started) return;
    panel.dataset.started = "yes";
    if (streams) listen(panel);
    else ask(panel);
  }

  function finish(event) {
    const panel = document.getElementById("answer");
    if (event.detail.target?.id !== "answer" || !panel || panel.dataset.stream) return;
    document.title = panel.dataset.title || document.title;
  }

  document.body.addEventListener("htmx:afterSettle", (event) => {
    finish(event);
    start();
  });
  for (const failure of ["htmx:sendError", "htmx:responseError"]) {
    document.body.addEventListener(failure, () => {
      const panel = document.querySelector("#answer[data-stream]");
      if (panel) ask(panel);
    });
  }
  start();
})();
