// Choosing and dropping files and folders, and sending them in many small requests. Without this script the form still works.
"use strict";

(() => {
  const form = document.getElementById("upload");
  if (!form) return;
  const MOST_FILES = 50, MOST_BYTES = 8 * 1048576, MOST_HASHED = 256 * 1048576, LONGEST_PAUSE = 30;
  const input = document.getElementById("id_chosen");
  const folder = document.getElementById("id_folder");
  const zone = form.querySelector(".drop");
  const chosen = document.getElementById("chosen");
  const send = form.querySelector("button[type='submit']");
  const transfer = document.getElementById("transfer");
  const bar = transfer.querySelector("progress");
  const words = transfer.querySelector("[role='status']");
  const unsent = document.getElementById("unsent");
  const pause = document.getElementById("pause");
  const token = form.querySelector("[name='csrfmiddlewaretoken']").value;

  let files = []; // what is sent: {file, path}, by path
  let running = false, paused = false, wake = null, request = null;
  let sentBytes = 0, sentFiles = 0, spoken = -1;

  function size(bytes) {
    if (bytes < 1024) return `${bytes} bytes`;
    if (bytes < 1048576) return `${Math.round(bytes / 1024)} KB`;
    return `${(bytes / 1048576).toFixed(1)} MB`;
  }

  const counted = (number) => (number === 1 ? "1 file" : `${number} files`);
  const total = () => files.reduce((sum, { file }) => sum + file.size, 0);

  function choose(found) {
    if (running) return;
    files = found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    chosen.replaceChildren(
      ...files.slice(0, 200).map(({ file, path }) => {
        const row = document.createElement("li");
        for (const text of [path, size(file.size)]) {
          const part = document.createElement("span");
          part.textContent = text;
          row.append(part);
        }
        return row;
      }),
    );
    const what = counted(files.length);
    document.getElementById("chosen-count").textContent = files.length ? `${what} chosen, ${size(total())}` : "";
    send.textContent = files.length ? `Upload ${what}` : "Upload";
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

  async function sha256(file) {
    const bytes = await file.arrayBuffer(); // rejects where the file is gone or was changed
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
      request.setRequestHeader("X-CSRFToken", token);
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

  // The same request until it is answered: each can be sent again without harm.
  async function insist(address, fields, onProgress) {
    for (let seconds = 1; ; seconds = Math.min(2 * seconds, LONGEST_PAUSE)) {
      while (paused) {
        words.textContent = `Paused. ${sentFiles} of ${counted(files.length)} sent.`;
        await rest(null);
      }
      try {
        return await post(address, fields, onProgress);
      } catch (error) {
        if (paused) continue;
        if (error instanceof Refused) {
          paused = true;
          pause.textContent = "Go on";
          words.textContent = error.message;
          await rest(null);
          continue;
        }
        const so = `${sentFiles} of ${counted(files.length)} sent.`;
        words.textContent = `${error.message} ${so} Nothing is lost: trying again in ${seconds} s.`;
        await rest(seconds);
      }
    }
  }

  function tell(extra = 0) {
    bar.max = Math.max(1, total());
    bar.value = Math.min(bar.max, sentBytes + extra);
    const percent = Math.floor((100 * bar.value) / bar.max);
    if (percent < spoken + 5 && sentFiles < files.length) return; // read out now and then, not in every percent
    spoken = percent;
    words.textContent = `${sentFiles} of ${counted(files.length)} sent, ${percent} % of ${size(total())}`;
  }

  function giveUp(path, why) {
    const row = document.createElement("li");
    row.textContent = `${path}: ${why}`;
    unsent.append(row);
  }

  function parts() {
    const made = [];
    let part = [], bytes = 0;
    files.forEach(({ file, path }, place) => {
      if (part.length && (part.length >= MOST_FILES || bytes + file.size > MOST_BYTES)) {
        made.push(part);
        [part, bytes] = [[], 0];
      }
      part.push({ file, path, place });
      bytes += file.size;
    });
    if (part.length) made.push(part);
    return made;
  }

  async function known(part) {
    const list = [];
    for (const { file, path, place } of part) {
      try {
        const hash = file.size <= MOST_HASHED ? await sha256(file) : "";
        list.push({ file, place, name: path, size: file.size, sha256: hash });
      } catch {
        giveUp(path, "cannot be read on this computer; it was moved, changed or is locked");
      }
    }
    return list;
  }

  const told = (list) => JSON.stringify(list.map(({ place, name, size, sha256 }) => ({ place, name, size, sha256 })));

  async function sendPart(batch, part, resumed) {
    let list = await known(part);
    if (resumed && list.length) {
      const { missing } = await insist(`${batch}missing/`, [["told", told(list)]]);
      list = list.filter(({ place }) => missing.includes(place));
    }
    for (let attempt = 1; list.length; attempt++) {
      const fields = [["told", told(list)], ...list.map(({ file }) => ["files", file, "file"])];
      const { damaged } = await insist(`${batch}add/`, fields, tell);
      list = list.filter(({ place }) => damaged.includes(place));
      if (attempt === 3) {
        list.forEach(({ name }) => giveUp(name, "arrived damaged three times"));
        list = [];
      }
    }
    sentFiles += part.length;
    sentBytes += part.reduce((sum, { file }) => sum + file.size, 0);
    tell();
  }

  function label() {
    const tops = new Set(files.map(({ path }) => (path.includes("/") ? path.split("/")[0] : "")));
    if (tops.size === 1 && !tops.has("")) return [...tops][0];
    return files[0].path + (files.length > 1 ? ` and ${files.length - 1} more` : "");
  }

  async function upload() {
    running = true;
    transfer.hidden = false;
    send.disabled = true;
    words.textContent = "Sending";
    let batch = form.dataset.resume;
    const resumed = Boolean(batch);
    if (!batch) {
      const begun = [["expected", files.length], ["label", label().slice(0, 200)]];
      batch = (await insist(form.dataset.begin, begun)).batch;
      history.replaceState(null, "", `?resume=${batch.split("/").at(-2)}`); // a reload goes on with it
    }
    for (const part of parts()) await sendPart(batch, part, resumed);
    running = false;
    form.action = `${batch}complete/`;
    if (!unsent.children.length) {
      finish();
      return;
    }
    words.textContent = "These files were not sent; all others were.";
    pause.textContent = "See the upload";
    pause.onclick = finish;
  }

  function finish() {
    input.disabled = folder.disabled = true; // the files are there already
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
