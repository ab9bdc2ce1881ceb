// Live pages, first part of the bundle: htmx reads its settings from a meta
// element while it loads. Made here, so that no page can forget one.
(() => {
  "use strict";
  const meta = document.createElement("meta");
  meta.name = "htmx-config";
  meta.content = JSON.stringify({
    extensions: "sse,samenspel",  // no others, whatever a page loads
    history: false,               // else htmx takes over the back button
    includeIndicatorCSS: false,
    defaultSwap: "none",          // only named regions change
    noSwap: ["204", "304", "4xx", "5xx"],
    morphIgnore: ["data-htmx-powered", "open"], // open details belong to the reader
    sse: {reconnectDelay: 1000, reconnectMaxDelay: 30000, connectTimeout: 10000},
  });
  document.head.append(meta);
})();
