// Choosing and dropping files, and the progress of their transfer. Without this script the form still works.
"use strict";

(() => {
  const form = document.getElementById("upload");
  if (!form) return;
  const input = form.querySelector("input[type='file']");
  const zone = form.querySelector(".drop");
  const chosen = document.getElementById("chosen");
  const send = form.querySelector("button[type='submit']");
  const transfer = document.getElementById("transfer");
  const bar = transfer.querySelector("progress");
  const words = transfer.querySelector("[role='status']");
  const stop = transfer.querySelector("button");

  function size(bytes) {
    if (bytes < 1024) return `${bytes} bytes`;
    if (bytes < 1048576) return `${Math.round(bytes / 1024)} KB`;
    return `${(bytes / 1048576).toFixed(1)} MB`;
  }

  function list() {
    const files = [...input.files];
    chosen.replaceChildren(
      ...files.slice(0, 200).map((file) => {
        const row = document.createElement("li");
        for (const text of [file.name, size(file.size)]) {
          const part = document.createElement("span");
          part.textContent = text;
          row.append(part);
        }
        return row;
      }),
    );
    const total = files.reduce((sum, file) => sum + file.size, 0);
    const what = files.length === 1 ? "1 file" : `${files.length} files`;
    document.getElementById("chosen-count").textContent = files.length ? `${what} chosen, ${size(total)}` : "";
    send.textContent = files.length ? `Upload ${what}` : "Upload";
  }

  function failed(text) {
    words.textContent = text;
    send.disabled = false;
    stop.hidden = true;
    bar.hidden = true;
  }

  function refuse() {
    transfer.hidden = false;
    failed(form.dataset.tooMany);
  }

  function upload() {
    const request = new XMLHttpRequest();
    let spoken = 0;
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.max = event.total;
      bar.value = event.loaded;
      const percent = Math.floor((100 * event.loaded) / event.total);
      if (percent < spoken + 10 && percent < 100) return; // read out in tenths, not in every percent
      spoken = percent;
      words.textContent =
        percent < 100 ? `Sent ${percent} % of ${size(event.total)}` : "All sent. The server is storing the files.";
    });
    request.addEventListener("load", () => {
      const moved = request.responseURL && request.responseURL !== location.href;
      if (request.status === 200 && moved) location.assign(request.responseURL);
      else if (request.status === 413) failed("The server refuses so much at once. Upload fewer files at a time.");
      else failed("The server could not take the files. Reload the page and try again.");
    });
    request.addEventListener("error", () => failed("The connection broke. Nothing is lost here: upload again."));
    request.addEventListener("abort", () => failed("Stopped. Nothing was added."));
    stop.onclick = () => request.abort();
    request.open("POST", form.action);
    request.send(new FormData(form));
    transfer.hidden = stop.hidden = bar.hidden = false;
    send.disabled = true;
    words.textContent = "Sending";
  }

  input.addEventListener("change", list);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    list();
  });
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    if (input.files.length <= Number(form.dataset.most)) upload();
    else refuse();
  });
  list();
})();
