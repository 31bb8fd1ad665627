// Counts the characters of a question when it grows long. Without this script the server says that it is too long.
"use strict";

(() => {
  const box = document.getElementById("id_text");
  const count = document.getElementById("ask-count");
  if (!box || !count) return;
  const most = Number(box.dataset.most);

  const tell = () => {
    const left = most - box.value.length;
    count.hidden = left > most / 10;
    count.classList.toggle("error", left < 0);
    count.textContent = left < 0
      ? `${-left} characters too many: at most ${most} can be asked.`
      : `${left} characters left`;
  };
  box.addEventListener("input", tell);
  tell();
})();
