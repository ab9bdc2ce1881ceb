// Live pages, last part of the bundle, after htmx and its SSE extension.
//
// Shape: <div data-live="/where/the/stream/is" hidden></div>, once in a page,
// outside every region. Regions: <section id="x" data-region>, not nested.
(() => {
  "use strict";

  // Trusted types: no default policy, so that every other string that would
  // become HTML is still refused. This one serves htmx alone, and refuses what
  // our templates never send in a region: what is typed comes escaped.
  const never = /<\/?(?:script|iframe|object|embed|base|meta|link|style)\b/i;
  const check = (html) => {
    if (never.test(html)) throw new TypeError("live: a region holds an element that it may not hold");
    return html;
  };
  const policy = window.trustedTypes?.createPolicy("samenspel", {createHTML: check}) ?? {createHTML: check};
  const nothing = function () { throw new TypeError("live: no code from strings"); };
  htmx.registerExtension("samenspel", {
    init: (api) => api.initSecurity({createHTML: (s) => policy.createHTML(s), createScript: nothing}, nothing, nothing),
  });

  let source = document.querySelector("[data-live]");
  if (!source) return;
  const page = document.documentElement;
  const settings = {
    "hx-sse:close": "gone",
    "hx-swap": "none",
    "hx-select-oob": "[data-region]:outerMorph",
    // hx-sse reconnects only after a first success; the repeat does nothing
    // while there is a connection, and "drop" while one is being made.
    "hx-trigger": "load, every 5s",
    "hx-sync": "drop",
  };

  // gone: this reader may no longer be here. The server decides what the
  // address shows now; a refused reconnect says the same.
  let leaving = false;
  const reload = () => {
    if (!leaving) location.reload();
    leaving = true;
  };

  // here: what the server sends arrives.
  let heard = false;
  const follow = (from, address) => {
    for (const [name, value] of Object.entries({"hx-sse:connect": address, ...settings})) from.setAttribute(name, value);
    from.addEventListener("gone", reload);
    from.addEventListener("here", () => { heard = true; });
    from.addEventListener("htmx:sse:error", (event) => {
      page.dataset.cut = "";
      if ([401, 403, 404, 410].includes(event.detail.status)) reload();
    });
    from.addEventListener("htmx:sse:after:connection", () => { delete page.dataset.cut; });
  };
  follow(source, source.dataset.live);

  // Some proxies keep an answer to themselves until it ends. Then nothing is
  // heard of the stream, and yet the server answers when it is asked for once:
  // from then on the page asks now and then. The server says how often.
  const once = source.dataset.live + (source.dataset.live.includes("?") ? "&" : "?") + "once=yes";
  const patience = 8000;
  const ask = async () => {
    if (heard) return;
    const there = !document.hidden && await fetch(once).then((answer) => answer.ok && answer.text().then(() => true), () => false);
    if (heard) return;
    if (!there) return setTimeout(ask, patience);
    const asking = document.createElement("div");
    asking.hidden = true;
    follow(asking, once);
    source._htmx?.sse?.abortController?.abort();
    source.replaceWith(asking);
    source = asking;
    htmx.process(asking);
  };
  setTimeout(ask, patience);
})();
