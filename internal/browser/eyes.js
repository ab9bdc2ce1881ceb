const plain = (text) => text.replace(/\s+/g, " ").trim();
const seen = (text) => plain(document.body?.innerText ?? "").includes(plain(text));
const visible = (el) => el.checkVisibility({visibilityProperty: true}) && el.getClientRects().length > 0;

// find returns the first visible element for a selector, or undefined.
const find = (sel) => {
  const [css, words] = sel.split("text=");
  if (words === undefined) return [...document.querySelectorAll(sel)].find(visible);
  const all = [...document.querySelectorAll(`${css} :is(a, button, label, summary)`)];
  return all.find((el) => visible(el) && plain(el.innerText) === plain(words));
};

// target returns where to click an element, or null while it cannot be clicked.
const target = (sel) => {
  const el = find(sel);
  if (!el || el.matches(":disabled")) return null;
  el.scrollIntoView({block: "center", behavior: "instant"});
  const box = el.getClientRects()[0];
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const top = document.elementFromPoint(x, y);
  return el.contains(top) || top?.closest("label")?.control === el ? {X: x, Y: y} : null;
};

// ready makes a field ready to be written in, or sets it when nobody writes in
// a field of its kind. It returns null while the field cannot be used.
const ready = (sel, text) => {
  const el = find(sel);
  if (!el || el.disabled || el.readOnly) return null;
  el.focus();
  const written = el.matches("textarea, input:is(:not([type]), [type=text], [type=search], [type=email], [type=password], [type=tel], [type=url], [type=number])");
  if (written) {
    el.select();
    return "written";
  }
  const option = [...(el.options ?? [])].find((one) => plain(one.text) === plain(text));
  el.value = option ? option.value : text;
  el.dispatchEvent(new Event("input", {bubbles: true}));
  el.dispatchEvent(new Event("change", {bubbles: true}));
  return "set";
};
