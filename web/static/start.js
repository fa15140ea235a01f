// What Flet's own index.html holds inline, as a file, so that the policy can forbid inline scripts.
const base = new URL(document.baseURI).pathname;

// Each load of the page begins anew, from what the phone keeps. Flet would take up the old session again,
// and a screen that was being drawn when that connection broke would stay as it was.
sessionStorage.removeItem("_flet_session_id");

window.flet = {
  pyodide: false,
  multiView: false,
  noCdn: true,
  webSocketEndpoint: base + "ws",
  entrypointBaseUrl: base,
  assetBase: base,
  routeUrlStrategy: "hash",
  canvasKitBaseUrl: base + "canvaskit/",
  webRenderer: "auto",
  fontFallbackBaseUrl: "assets/fonts/",
};
window.flet.flutterAppLoaded = new Promise((resolve) => { window.flet.flutterAppResolve = resolve; });

// Flutter leaves its semantics off until a hidden button is pressed, which no keyboard reaches.
addEventListener("flutter-first-frame", () => {
  setTimeout(() => document.querySelector("flt-semantics-placeholder")?.click(), 0);
}, { once: true });

// WebKit restores a page from its back/forward cache with frames that never render: load it anew.
addEventListener("pageshow", (event) => {
  if (event.persisted && navigator.vendor.startsWith("Apple")) location.reload();
});

// An invitation's code must not stay behind in the browser's history: leaving that screen takes its place.
const push = history.pushState;
history.pushState = function (...entry) {
  const leave = location.hash.startsWith("#/join/") ? history.replaceState : push;
  leave.apply(history, entry);
};

// A new screen begins at its heading, for the keyboard and for screen readers. A heading that changes
// on the same screen, in another language say, leaves the focus where it is.
let screen = { hash: null, heading: "" };
new MutationObserver(() => {
  const found = document.querySelector("flt-semantics-host h1");
  if (!found) return;
  const now = { hash: location.hash, heading: found.textContent };
  if (now.hash !== screen.hash) {
    if (now.heading === screen.heading) return;  // the address changes before the screen does
    found.tabIndex = -1;
    found.focus({ preventScroll: true });
  }
  screen = now;
}).observe(document, { subtree: true, childList: true, characterData: true });
