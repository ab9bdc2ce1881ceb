// Every page. All of this only adds: without it each page still works.
// No inline handlers and no strings turned into code or HTML: the CSP forbids both.
(() => {
  "use strict";
  const page = document.documentElement;
  page.dataset.js = ""; // lets the stylesheet hide what only scriptless pages need

  // Snel weg. replace() keeps this page out of the history, and the page is
  // blanked first because the other site may take seconds to come.
  const exit = () => document.querySelector("a.quick-exit");
  const leave = (link) => {
    if (document.body) document.body.hidden = true;
    document.title = "\u2026";
    location.replace(link.href);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.quick-exit");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leave(link);
  });

  // Shift three times within two seconds does the same. Shift held for a
  // capital letter does not count: typing "Jan En Piet" must not leave.
  let taps = [];
  let alone = false;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Shift") {
      if (!event.repeat) alone = true;
    } else {
      alone = false;
      taps = [];
    }
  }, true);
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    taps = [...taps, event.timeStamp].filter((at) => event.timeStamp - at <= 2000);
    if (taps.length >= 3 && exit()) leave(exit());
  }, true);

  // A form that sends itself after a choice. The wait joins the changes of one
  // movement along radios or a slider into one request.
  const waiting = new WeakMap();
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form?.matches("form[data-auto]")) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => form.isConnected && form.requestSubmit(), 150));
  });

  // A form that keeps each choice as it is made. Its buttons do so as well.
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form?.matches("form[data-keeps]")) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => {
      fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual", keepalive: true }).catch(() => {});
    }, 150));
  });

  // One tap, one act. The buttons are switched off after this event, because a
  // disabled button's own name and value would not be sent. They come back
  // after 3 s: somebody who returns to the page finds it working.
  const sent = new WeakSet();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.matches("[data-auto]")) return;
    if (sent.has(form)) return event.preventDefault();
    sent.add(form);
    const buttons = [...form.elements].filter((el) => el.type === "submit" && !el.disabled);
    setTimeout(() => buttons.forEach((el) => { el.disabled = true; }));
    setTimeout(() => {
      sent.delete(form);
      buttons.forEach((el) => { el.disabled = false; });
    }, 3000);
  });

  // The undo line goes after the seconds it names, but never from under
  // somebody who has the focus in it or a pointer on it.
  const fade = (line) => {
    if (line.matches(":focus-within, :hover")) setTimeout(fade, 2000, line);
    else line.remove();
  };

  // The door: what stands after # never reaches a server, so an invitation can
  // travel there. It leaves the address bar at once.
  const fill = (input) => {
    const secret = location.hash.slice(1);
    if (!secret) return;
    try { input.value = decodeURIComponent(secret); } catch { input.value = secret; }
    input.closest(".field")?.setAttribute("hidden", ""); // only the code is left to type
    history.replaceState(null, "", location.pathname + location.search);
  };

  // Read aloud, in the language of the text. A second press stops it.
  const voice = "speechSynthesis" in window && "SpeechSynthesisUtterance" in window;
  let reading = null;
  const quiet = () => {
    reading?.setAttribute("aria-pressed", "false");
    reading = null;
    speechSynthesis.cancel();
  };
  const read = (button) => {
    const again = reading !== button;
    quiet();
    const text = document.getElementById(button.dataset.read);
    if (!again || !text) return;
    const words = new SpeechSynthesisUtterance(text.innerText);
    words.lang = text.closest("[lang]")?.lang || page.lang;
    // A voice of the device itself, where it has one: others send the words away.
    const own = speechSynthesis.getVoices().filter((one) => one.localService && one.lang.slice(0, 2) === words.lang.slice(0, 2));
    if (own.length > 0) words.voice = own.find((one) => one.default) || own[0];
    words.onend = words.onerror = () => { if (reading === button) quiet(); };
    reading = button;
    button.setAttribute("aria-pressed", "true");
    speechSynthesis.speak(words);
  };
  if (voice) {
    document.addEventListener("click", (event) => {
      const button = event.target.closest?.("button[data-read]");
      if (button) read(button);
    });
    addEventListener("pagehide", quiet);
  }

  // What is on paper is on the page already; a telephone hides how to print.
  document.addEventListener("click", (event) => { if (event.target.closest?.("button[data-print]")) print(); });

  // Called again after a live region was renewed: the server's HTML has the
  // read button hidden, and may bring a new undo line.
  const timed = new WeakSet();
  const enhance = () => {
    document.querySelectorAll(".undo[data-fades]").forEach((line) => {
      if (timed.has(line)) return;
      timed.add(line);
      setTimeout(fade, 1000 * (Number(line.dataset.fades) || 10), line);
    });
    if (voice) document.querySelectorAll("button[data-read][hidden]").forEach((el) => { el.hidden = false; });
  };
  document.querySelectorAll("input[data-from-fragment]").forEach(fill);
  document.querySelectorAll("button[data-print]").forEach((el) => { el.hidden = false; });
  enhance();
  document.addEventListener("htmx:after:swap", enhance);
})();
