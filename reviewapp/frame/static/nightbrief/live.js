// Parts of pages that refresh themselves: where nothing comes for them any more, the page says since when, and tries on.
"use strict";

(() => {
  const PARTS = "[hx-trigger*='every']";
  const ANSWER = "#answer[data-stream]"; // asked for by a script, in the name of the page
  const PATIENCE_MS = 15000;
  const GLITCH_MS = 4000; // a single answer that is missed among frequent ones is not worth a word
  const AGAIN_MS = 5000;
  const WORD_MS = 5000;
  const notice = document.getElementById("behind");
  const { zone } = document.documentElement.dataset;
  const began = Date.now();
  const heard = new Map(); // the name of a part, and when it was answered last
  const failed = new Map(); // the name of a part that is not answered, and when that was tried last
  let silence = null;

  const isPart = (element) => element === document.body || element.matches(PARTS);
  const nameOf = (element) => (element === document.body ? ANSWER : `#${element.id}`);
  const partOf = (name) => document.querySelector(name === ANSWER ? ANSWER : `${name}:is(${PARTS})`);
  const since = (name) => heard.get(name) ?? began;

  // As all times of the page, in the zone that its reader chose; the browser's may be another.
  function clock(time) {
    const told = (at, form) => new Date(at).toLocaleString("en-GB", { ...form, timeZone: zone });
    const date = { day: "numeric", month: "short", year: "numeric" };
    const day = told(time, date) === told(Date.now(), date) ? {} : { day: "numeric", month: "short" };
    return told(time, { ...day, hour: "2-digit", minute: "2-digit" });
  }

  function say(words) {
    window.clearTimeout(silence);
    if (notice.textContent !== words) notice.textContent = words;
  }

  function tell() {
    for (const name of failed.keys()) {
      if (!partOf(name)) failed.delete(name);
    }
    const oldest = Math.min(...[...failed.keys()].map(since));
    if (failed.size && (!navigator.onLine || Date.now() - oldest >= GLITCH_MS)) {
      say(`Not up to date since ${clock(oldest)}; trying again.`);
    } else if (!failed.size && notice.textContent.startsWith("Not")) {
      say("Up to date again.");
      silence = window.setTimeout(() => say(""), WORD_MS);
    }
  }

  // Frequent parts ask again by themselves; others are not to keep people waiting for a minute.
  function again(pause) {
    for (const [name, at] of failed) {
      const part = partOf(name);
      if (!part || name === ANSWER || part.classList.contains("htmx-request") || Date.now() - at < pause) continue;
      failed.set(name, Date.now());
      const how = { source: part, target: part, swap: "outerHTML" };
      window.htmx.ajax("GET", part.getAttribute("hx-get"), how).catch(() => {});
    }
  }

  document.body.addEventListener("htmx:beforeSend", ({ detail }) => {
    if (isPart(detail.requestConfig.elt)) detail.xhr.timeout = PATIENCE_MS;
  });
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
    const { elt } = detail.requestConfig;
    if (!isPart(elt) || !detail.successful) return;
    heard.set(nameOf(elt), Date.now());
    failed.delete(nameOf(elt));
    tell();
  });
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.body.addEventListener(name, ({ detail }) => {
      const { elt } = detail.requestConfig;
      if (!isPart(elt)) return;
      failed.set(nameOf(elt), Date.now());
      tell();
    });
  }
  window.addEventListener("offline", () => {
    for (const part of document.querySelectorAll(`${PARTS}, ${ANSWER}`)) {
      failed.set(part.matches(ANSWER) ? ANSWER : `#${part.id}`, Date.now());
    }
    tell();
  });
  window.addEventListener("online", () => again(0));
  window.setInterval(() => {
    tell();
    again(AGAIN_MS);
  }, 1000);
})();
