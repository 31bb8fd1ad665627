// Choosing and dropping files and folders, and sending them in many small requests. Without this script the form still works.
"use strict";

(() => {
  const form = document.getElementById("upload");
  if (!form) return;
  const MOST_FILES = 100, MOST_BYTES = 8 * 1048576, MOST_HASHED = 256 * 1048576, LONGEST_PAUSE = 30;
  const LISTED = 200, SLICE_MS = 40;
  const input = document.getElementById("id_chosen");
  const folder = document.getElementById("id_folder");
  const zone = form.querySelector(".drop");
  const chosen = document.getElementById("chosen");
  const send = form.querySelector("button[type='submit']");
  const transfer = document.getElementById("transfer");
  const bar = transfer.querySelector("progress");
  const words = transfer.querySelector("[role='status']");
  const shown = document.getElementById("sent");
  const count = document.getElementById("chosen-count");
  const unsent = document.getElementById("unsent");
  const pause = document.getElementById("pause");

  let files = [], allBytes = 0, looks = 0; // what is sent: {file, path, size}, by path
  let running = false, paused = false, wake = null, request = null;
  let sentBytes = 0, sentFiles = 0, spoken = -1;
  const work = { ms: 0, files: 0, bytes: 0 }; // what sending took, without what had arrived before

  function size(bytes) {
    if (bytes < 1024) return `${bytes} bytes`;
    if (bytes < 1048576) return `${Math.round(bytes / 1024)} KB`;
    return `${(bytes / 1048576).toFixed(1)} MB`;
  }

  const grouped = (number) => number.toLocaleString("en");
  const counted = (number) => (number === 1 ? "1 file" : `${grouped(number)} files`);
  const breath = () => new Promise((done) => setTimeout(done));

  // NB: a browser asks the disk for each file's size; thousands of them would stop the page, so it breathes.
  async function choose(found) {
    if (running) return;
    const look = ++looks, kept = [];
    let bytes = 0, since = performance.now();
    send.disabled = true;
    for (const { file, path } of found) {
      kept.push({ file, path, size: file.size });
      bytes += file.size;
      if (performance.now() - since < SLICE_MS) continue;
      count.textContent = `Looking at ${grouped(kept.length)} of ${counted(found.length)}`;
      await breath();
      if (look !== looks) return; // others were chosen meanwhile
      since = performance.now();
    }
    files = kept.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    allBytes = bytes;
    show();
  }

  function row(...texts) {
    const made = document.createElement("li");
    for (const text of texts) {
      const part = document.createElement("span");
      part.textContent = text;
      made.append(part);
    }
    return made;
  }

  function show() {
    const more = files.length - LISTED;
    chosen.replaceChildren(...files.slice(0, LISTED).map((one) => row(one.path, size(one.size))));
    if (more > 0) chosen.append(row(`and ${counted(more)} more`));
    const what = counted(files.length);
    count.textContent = files.length ? `${what} chosen, ${size(allBytes)}` : "";
    send.textContent = files.length ? `Upload ${what}` : "Upload";
    send.disabled = false;
    input.required = !files.length;
  }

  const listed = (given) => [...given].map((file) => ({ file, path: file.webkitRelativePath || file.name }));

  // What is dropped may be folders; they are read to the end.
  async function dropped(items) {
    const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const found = [];
    async function walk(entry) {
      if (entry.isFile) {
        const file = await new Promise((done, fail) => entry.file(done, fail));
        found.push({ file, path: entry.fullPath.replace(/^\//, "") });
        return;
      }
      const reader = entry.createReader();
      for (;;) {
        const part = await new Promise((done, fail) => reader.readEntries(done, fail));
        if (!part.length) return;
        for (const inner of part) await walk(inner);
      }
    }
    for (const entry of entries) await walk(entry);
    return found;
  }

  async function sha256(bytes) {
    if (!crypto.subtle) return "";
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  class Refused extends Error {}

  function post(address, fields, onProgress) {
    const body = new FormData();
    for (const [name, value, ...more] of fields) body.append(name, value, ...more);
    return new Promise((done, fail) => {
      request = new XMLHttpRequest();
      request.upload.addEventListener("progress", (event) => onProgress?.(event.loaded));
      request.addEventListener("load", () => {
        const away = new URL(request.responseURL).pathname !== new URL(address, location.href).pathname;
        if (away || request.status === 403) {
          fail(new Refused("You are signed out. Sign in again in another tab, then go on here."));
        } else if (request.status === 200) {
          done(JSON.parse(request.responseText));
        } else if (request.status >= 500) {
          fail(new Error("The server could not take the files."));
        } else if (request.status === 413) {
          fail(new Refused("A proxy before the server refuses files of this size. Tell who runs Nightbrief."));
        } else {
          let said = "The server refuses this upload. Reload the page.";
          try {
            said = JSON.parse(request.responseText).message;
          } catch {
            /* no words of its own */
          }
          fail(new Refused(said));
        }
      });
      for (const end of ["error", "abort", "timeout"]) {
        request.addEventListener(end, () => fail(new Error("The connection broke.")));
      }
      request.open("POST", address);
      request.setRequestHeader("X-CSRFToken", window.nightbrief.token());
      request.send(body);
    });
  }

  const rest = (seconds) =>
    new Promise((done) => {
      const timer = seconds === null ? 0 : setTimeout(done, 1000 * seconds);
      wake = () => {
        clearTimeout(timer);
        done();
      };
    });

  const soFar = () => `${grouped(sentFiles)} of ${counted(files.length)} sent`;

  function say(text) {
    shown.textContent = words.textContent = text;
  }

  // The same request until it is answered: each can be sent again without harm. `made` makes it, or nothing when
  // there is nothing left to send.
  async function insist(address, made, onProgress) {
    for (let seconds = 1; ; seconds = Math.min(2 * seconds, LONGEST_PAUSE)) {
      while (paused) {
        say(`Paused. ${soFar()}.`);
        await rest(null);
      }
      const fields = await made();
      if (!fields) return null;
      try {
        return await post(address, fields, onProgress);
      } catch (error) {
        if (paused) continue;
        if (error instanceof Refused) {
          paused = true;
          pause.textContent = "Go on";
          say(error.message);
          await rest(null);
          continue;
        }
        say(`${error.message} ${soFar()}. Nothing is lost: trying again in ${seconds} s.`);
        await rest(seconds);
      }
    }
  }

  function timeLeft() {
    if (work.ms < 5000 || sentFiles === files.length) return "";
    const left = work.ms * Math.max(
      (files.length - sentFiles) / Math.max(1, work.files), (allBytes - sentBytes) / Math.max(1, work.bytes),
    );
    const minutes = Math.round(left / 60000);
    if (minutes < 1) return ", less than a minute left";
    if (minutes < 90) return `, about ${minutes === 1 ? "1 minute" : `${minutes} minutes`} left`;
    return `, about ${Math.round(minutes / 60)} hours left`;
  }

  function tell(extra = 0) {
    bar.max = Math.max(1, allBytes);
    bar.value = Math.min(bar.max, sentBytes + extra);
    const percent = Math.floor((100 * bar.value) / bar.max);
    shown.textContent = `${soFar()}, ${percent} % of ${size(allBytes)}${timeLeft()}`;
    if (percent < spoken + 5 && sentFiles < files.length) return; // read out now and then, not in every percent
    spoken = percent;
    words.textContent = shown.textContent;
  }

  function giveUp(path, why) {
    const row = document.createElement("li");
    row.textContent = `${path}: ${why}`;
    unsent.append(row);
  }

  function parts() {
    const made = [];
    let part = [], bytes = 0;
    files.forEach((one, place) => {
      if (part.length && (part.length >= MOST_FILES || bytes + one.size > MOST_BYTES)) {
        made.push(part);
        [part, bytes] = [[], 0];
      }
      part.push({ ...one, place });
      bytes += one.size;
    });
    if (part.length) made.push(part);
    return made;
  }

  const GONE = "cannot be read on this computer; it was moved, changed or is locked";

  // A part with its hashes. Small files are read here, once: what is sent is then what was hashed.
  async function known(part) {
    const list = [];
    for (const { file, path, place } of part) {
      try {
        const bytes = file.size <= MOST_HASHED ? await file.arrayBuffer() : null; // rejects where it was changed
        const body = bytes && bytes.byteLength <= MOST_BYTES ? new Blob([bytes]) : file;
        list.push({ body, place, name: path, size: file.size, sha256: bytes ? await sha256(bytes) : "" });
      } catch {
        giveUp(path, GONE);
      }
    }
    return list;
  }

  // Those that can be read still: a browser says of one that was changed only that sending it failed.
  async function readable(list) {
    const kept = [];
    for (const one of list) {
      try {
        if (one.body instanceof File) await one.body.slice(0, 1).arrayBuffer();
        kept.push(one);
      } catch {
        giveUp(one.name, GONE);
      }
    }
    return kept;
  }

  const told = (list) => JSON.stringify(list.map(({ place, name, size, sha256 }) => ({ place, name, size, sha256 })));

  async function sendPart(batch, part, hashed, resumed) {
    let list = await hashed;
    if (resumed && list.length) {
      const { missing } = await insist(`${batch}missing/`, () => [["told", told(list)]]);
      list = list.filter(({ place }) => missing.includes(place));
    }
    const began = performance.now(), sending = list;
    for (let attempt = 1; list.length; attempt++) {
      const made = async () => {
        list = await readable(list);
        return list.length && [["told", told(list)], ...list.map(({ body }) => ["files", body, "file"])];
      };
      const answer = await insist(`${batch}add/`, made, tell);
      list = list.filter(({ place }) => answer?.damaged.includes(place));
      if (attempt === 3) {
        list.forEach(({ name }) => giveUp(name, "arrived damaged three times"));
        list = [];
      }
    }
    if (sending.length) {
      work.ms += performance.now() - began;
      work.files += sending.length;
      work.bytes += sending.reduce((sum, one) => sum + one.size, 0);
    }
    sentFiles += part.length;
    sentBytes += part.reduce((sum, one) => sum + one.size, 0);
    tell();
  }

  // While a part is sent, the next one is read.
  async function sendAll(batch, resumed) {
    const all = parts();
    let next = known(all[0]);
    for (const [number, part] of all.entries()) {
      const hashed = next;
      await hashed;
      next = number + 1 < all.length ? known(all[number + 1]) : null;
      await sendPart(batch, part, hashed, resumed);
    }
  }

  function label() {
    const tops = new Set(files.map(({ path }) => (path.includes("/") ? path.split("/")[0] : "")));
    if (tops.size === 1 && !tops.has("")) return [...tops][0];
    return files[0].path + (files.length > 1 ? ` and ${grouped(files.length - 1)} more` : "");
  }

  async function upload() {
    running = true;
    transfer.hidden = false;
    send.disabled = true;
    say("Sending");
    let batch = form.dataset.resume;
    const resumed = Boolean(batch);
    if (!batch) {
      const begun = [["expected", files.length], ["label", label().slice(0, 200)]];
      batch = (await insist(form.dataset.begin, () => begun)).batch;
      history.replaceState(null, "", `?resume=${batch.split("/").at(-2)}`); // a reload goes on with it
    }
    await sendAll(batch, resumed);
    running = false;
    form.action = `${batch}complete/`;
    if (!unsent.children.length) {
      finish();
      return;
    }
    say("These files were not sent; all others were.");
    pause.textContent = "See the upload";
    pause.onclick = finish;
  }

  function finish() {
    input.disabled = folder.disabled = true; // the files are there already
    form.elements.csrfmiddlewaretoken.value = window.nightbrief.token();
    form.submit();
  }

  pause.onclick = () => {
    paused = !paused;
    pause.textContent = paused ? "Go on" : "Pause";
    if (paused) request?.abort();
    wake?.();
  };
  addEventListener("online", () => wake?.());
  addEventListener("beforeunload", (event) => {
    if (running && !paused) event.preventDefault();
  });

  document.getElementById("folder").hidden = false;
  input.addEventListener("change", () => choose(listed(input.files)));
  folder.addEventListener("change", () => choose(listed(folder.files)));
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", async (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    const plain = listed(event.dataTransfer.files);
    const found = await dropped(event.dataTransfer.items);
    choose(found.length ? found : plain);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (files.length && !running) upload();
  });
  choose(listed(input.files));
})();
