// Passkeys: asks the device for what the page says, and sends the same form
// with the answer. Without this, or in a browser without passkeys, what needs
// them stays hidden, and every other way in is there.
(() => {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials?.create) return;
  document.querySelectorAll("[data-passkeys]").forEach((el) => { el.hidden = false; });
  const form = document.querySelector("form[data-asks]");
  if (!form) return;

  // What a form carries is text; what a device takes and gives is bytes.
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (b) => String.fromCharCode(b)).join(""))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  const make = async (asked) => {
    asked.user.id = bytes(asked.user.id);
    (asked.excludeCredentials ?? []).forEach((known) => { known.id = bytes(known.id); });
    const name = form.elements.name.value.trim();
    if (name) asked.user.name = asked.user.displayName = name; // it is in the list of the device, too
    const made = await navigator.credentials.create({ publicKey: asked });
    return {
      id: made.id, client: text(made.response.clientDataJSON), object: text(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    };
  };
  const show = async (asked) => {
    const shown = await navigator.credentials.get({ publicKey: asked });
    return {
      id: shown.id, client: text(shown.response.clientDataJSON), data: text(shown.response.authenticatorData),
      signature: text(shown.response.signature), user: text(shown.response.userHandle ?? new ArrayBuffer(0)),
    };
  };

  const say = (what) => document.querySelectorAll("[data-when]").forEach((el) => { el.hidden = el.dataset.when !== what; });
  let busy = false;
  const ask = async () => {
    if (busy) return;
    busy = true;
    say("asking");
    try {
      const asked = JSON.parse(form.dataset.options);
      asked.challenge = bytes(asked.challenge);
      const answer = await (form.dataset.asks === "make" ? make(asked) : show(asked));
      form.elements.answer.value = JSON.stringify(answer);
      form.submit();
    } catch (wrong) { // somebody closed the window of the device, or it has no such key
      say(wrong.name === "InvalidStateError" ? "there" : "failed");
      busy = false;
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  if (form.dataset.asks === "show") ask(); // who came here pressed a button for it
})();
