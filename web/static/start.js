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

// What covers the page lies there until the first screen is drawn: Flet itself comes with a small word in
// English on light paper. (Flutter would take away what is called "loading" at its own first frame.) A heading
// can be heard before it is drawn, by seconds on a slow machine. Where drawings cannot be looked at, the cover
// goes after a while.
const cover = () => document.getElementById("cover");
const PATIENCE = 2000;  // milliseconds

function uncover(since) {
  if (!cover()) return;
  if (isDrawn() || performance.now() - since > PATIENCE) cover().remove();
  else requestAnimationFrame(() => uncover(since));
}

function isDrawn() {
  const { x, y, width, height } = heading.getBoundingClientRect();
  const drawings = document.querySelector("flt-glass-pane")?.shadowRoot?.querySelectorAll("canvas") ?? [];
  return [...drawings].some((drawing) => {
    if (!drawing.width || !drawing.clientWidth) return false;
    const scale = drawing.width / drawing.clientWidth;
    const sample = new OffscreenCanvas(32, 32).getContext("2d");
    sample.drawImage(drawing, x * scale, y * scale, width * scale, height * scale, 0, 0, 32, 32);
    return new Set(new Uint32Array(sample.getImageData(0, 0, 32, 32).data.buffer)).size > 1;
  });
}

// A new screen begins at its heading, for the keyboard and for screen readers. A heading that changes
// on the same screen, in another language say, stays the same element and leaves the focus where it is.
let heading = null;
const begin = () => heading.focus({ preventScroll: true });
new MutationObserver(() => {
  const found = document.querySelector("flt-semantics-host h1");
  if (!found || found === heading) return;
  heading = found;
  heading.tabIndex = -1;
  begin();
  uncover(performance.now());
}).observe(document, { subtree: true, childList: true });

// When a screen has come to rest, and when its colours, letters or language change, Flutter moves its
// elements, and what is moved loses the focus: it gets it back. Not a field to type in: Flutter sees to those.
addEventListener("focusout", ({ target, relatedTarget }) => {
  if (relatedTarget || target.matches("input, textarea")) return;
  requestAnimationFrame(() => {
    if (document.activeElement === document.body && target.isConnected) target.focus({ preventScroll: true });
  });
});
