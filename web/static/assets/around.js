// The map of the people around somebody: a face can be dragged to its place.
// All of this only adds: the buttons on each person's page do the same.
(() => {
  "use strict";
  const directions = 24;
  const formOf = (near) => document.querySelector(`form[data-move="${CSS.escape(near)}"]`);

  // Only a map with forms to move by is one's own. Called again after a live
  // region was renewed.
  const enhance = () => {
    for (const map of document.querySelectorAll("svg.around")) {
      if (document.querySelector("form[data-move]")) map.dataset.moves = "";
    }
    for (const hint of document.querySelectorAll("[data-drag-hint][hidden]")) hint.hidden = false;
  };

  // Where a pointer is, in units of the drawing: the middle is 0,0.
  const place = (map, event) =>
    new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());

  let held = null;
  const drop = () => {
    held.face.removeAttribute("data-held");
    held = null;
  };

  document.addEventListener("pointerdown", (event) => {
    const face = event.target.closest?.("svg.around[data-moves] .near");
    const form = face && formOf(face.dataset.near);
    if (!form || !event.isPrimary || event.button !== 0) return;
    event.preventDefault();
    const map = face.ownerSVGElement;
    const box = face.querySelector(".head").getBBox();
    held = {face, form, map, pointer: event.pointerId, from: place(map, event), x: box.x + box.width / 2, y: box.y + box.height / 2};
    face.dataset.held = "";
    face.setPointerCapture(event.pointerId);
  });

  document.addEventListener("pointermove", (event) => {
    if (event.pointerId !== held?.pointer) return;
    const to = place(held.map, event);
    held.face.setAttribute("transform", `translate(${to.x - held.from.x} ${to.y - held.from.y})`);
  });

  // A short touch opens the person's page; a longer way is a move.
  document.addEventListener("pointerup", (event) => {
    if (event.pointerId !== held?.pointer) return;
    const {face, form, map, from, x, y} = held;
    drop();
    const to = place(map, event);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    if (Math.hypot(dx, dy) < 6) {
      face.removeAttribute("transform");
      document.querySelector(`a[data-near-page="${CSS.escape(face.dataset.near)}"]`)?.click();
      return;
    }
    const edges = [...map.querySelectorAll(".halo")].map((ring) => ring.r.baseVal.value).sort((a, b) => a - b);
    const far = Math.hypot(x + dx, y + dy);
    const ring = edges.findIndex((edge) => far <= edge);
    const turn = Math.round(Math.atan2(x + dx, -(y + dy)) / (2 * Math.PI) * directions);
    form.elements.ring.value = ring < 0 ? edges.length : ring + 1;
    form.elements.direction.value = (turn + directions) % directions;
    form.requestSubmit();
  });

  document.addEventListener("pointercancel", (event) => {
    if (event.pointerId !== held?.pointer) return;
    held.face.removeAttribute("transform");
    drop();
  });

  enhance();
  document.addEventListener("htmx:after:swap", enhance);
})();
