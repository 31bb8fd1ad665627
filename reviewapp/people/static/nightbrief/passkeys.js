// Passkeys and security keys: asks the browser for one where a form says so, and sends what it gives with the form.
"use strict";

(() => {
  const asked = { create: window.webauthnJSON?.create, get: window.webauthnJSON?.get };

  async function options(form) {
    if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no options");
    return answer.json();
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential || !asked.get) continue;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      const said = form.querySelector("[data-failed]");
      said.hidden = true;
      try {
        const given = await options(form);
        const wanted = given.creation_options ?? given.request_options;
        const passwordless = form.elements.passwordless?.checked;
        if (given.creation_options && passwordless !== undefined) {
          const how = wanted.publicKey.authenticatorSelection;
          how.residentKey = passwordless ? "required" : "discouraged";
          how.requireResidentKey = passwordless;
          if (passwordless) how.userVerification = "required";
        }
        form.elements.credential.value = JSON.stringify(await asked[form.dataset.passkey](wanted));
        form.submit();
      } catch {
        said.hidden = false;
      }
    });
  }
})();
