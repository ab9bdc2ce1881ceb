// The table between people who talk. All of this only adds: each button on the
// page is a form. Typed words are never lost: while there are some that were
// not laid down, the other buttons send themselves without leaving the page,
// and the live stream shows what they did.
(() => {
  "use strict";
  const main = document.querySelector("main.at-table");
  const say = main?.querySelector("form[data-say]");
  if (!say) return;
  const words = say.elements.words;
  const typed = () => words.value.trim() !== "";

  // The card for who sits opposite. The address says it too, for when the page
  // is loaded again.
  main.addEventListener("click", (event) => {
    if (!event.target.closest?.("a[data-turn]")) return;
    event.preventDefault();
    const turned = main.toggleAttribute("data-turned");
    history.replaceState(null, "", location.pathname + (turned ? "?turned=1" : ""));
  });

  // Whose words come next: who has the word, until somebody chooses or types.
  const speaker = (id) => {
    for (const radio of say.querySelectorAll("input[name=said_by]")) {
      if (id !== undefined) radio.checked = radio.value === id;
    }
    const now = say.querySelector("input[name=said_by]:checked")?.value;
    for (const line of say.querySelectorAll("[data-speaks]")) line.hidden = line.dataset.speaks !== now;
  };
  let chosen = false;
  say.addEventListener("change", (event) => {
    if (event.target.name !== "said_by") return;
    chosen = true;
    speaker();
  });
  document.addEventListener("htmx:after:swap", () => {
    if (!typed() && !chosen) speaker(document.getElementById("turn")?.dataset.has);
  });
  speaker();

  // Enter lays the words down; with Shift it is a new line.
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (typed()) say.requestSubmit();
  });

  const note = (name, shown) => {
    const line = main.querySelector(`[data-${name}]`);
    if (line) line.hidden = !shown;
  };
  words.addEventListener("input", () => note("first", false));

  const send = async (form, button) => {
    const body = new URLSearchParams(new FormData(form, button));
    const answer = await fetch(form.action, {method: "POST", body, redirect: "manual"});
    return answer.type === "opaqueredirect" || answer.ok;
  };
  document.body.addEventListener("submit", (event) => {
    const form = event.target;
    const undo = form.closest(".undo");
    if (!undo && !main.contains(form)) return;
    if (main.hasAttribute("data-turned") && form.elements.back) {
      const back = new URL(form.elements.back.value, location.href);
      back.searchParams.set("turned", "1");
      form.elements.back.value = back.pathname + back.search + back.hash;
    }
    if (form === say || !typed()) return;
    event.preventDefault();
    if (form.matches("[data-leaves]")) {
      note("first", true);
      words.focus();
      return;
    }
    const button = event.submitter?.name ? event.submitter : null;
    send(form, button).then((kept) => {
      note("not-kept", !kept);
      if (kept) undo?.remove();
    }, () => note("not-kept", true));
  });

  // A balloon follows the hand. Where it is let go, its own form says so.
  let held = null;
  let dragged = false;
  main.addEventListener("click", (event) => {
    if (!dragged) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  const along = (list, x, y, except) => { // between which two it was let go
    let nearest = null;
    let least = Infinity;
    for (const li of list) {
      if (li === except) continue;
      const box = li.getBoundingClientRect();
      const far = Math.hypot(x - box.x - box.width / 2, y - box.y - box.height / 2);
      if (far < least) [nearest, least] = [li, far];
    }
    const others = list.filter((li) => li !== except);
    const at = others.indexOf(nearest);
    const box = nearest.getBoundingClientRect();
    const after = x > box.x + box.width / 2 ? 1 : 0;
    const edge = (li, otherwise) => li ? Number(li.dataset.x) : otherwise;
    return Math.round((edge(others[at + after - 1], 0) + edge(others[at + after], 100)) / 2);
  };
  main.addEventListener("pointerdown", (event) => {
    const li = event.target.closest?.("[data-balloons] > li");
    if (!li || event.button !== 0 || event.target.closest("details")) return;
    held = {li, x: event.clientX, y: event.clientY, moved: false};
  });
  main.addEventListener("pointermove", (event) => {
    if (!held) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.moved && Math.hypot(dx, dy) < 10) return;
    held.moved = true;
    held.li.style.translate = `${dx}px ${dy}px`;
  });
  const drop = (event) => {
    if (!held) return;
    const {li, x, y, moved} = held;
    held = null;
    li.style.translate = "";
    if (!moved || event.type === "pointercancel") return;
    dragged = true; // the click that follows is the end of the drag
    setTimeout(() => { dragged = false; });
    const form = li.querySelector("form[data-move]");
    const list = [...li.parentElement.children];
    const up = Number(li.dataset.y) - Math.round((event.clientY - y) / 1.3);
    const put = (name, value) => {
      const input = document.createElement("input");
      Object.assign(input, {type: "hidden", name, value});
      form.append(input);
    };
    put("x", along(list, event.clientX, event.clientY, li));
    put("y", Math.min(100, Math.max(0, up)));
    form.requestSubmit();
  };
  addEventListener("pointerup", drop);
  addEventListener("pointercancel", drop);
})();
