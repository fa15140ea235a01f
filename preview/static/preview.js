// The preview's page: its controls ask the server for a change, and show what the server says there is now.
import { Controls, SIDES } from "./controls.js";
import { Frame } from "./frame.js";
import { showFiles, showReport } from "./report.js";
import { download, getState, postChange, postRoute } from "./server.js";

const LOOKING = 500;  // milliseconds
const BEZEL = 10;  // pixels, as in preview.css

const words = JSON.parse(document.getElementById("words").textContent);
const status = document.getElementById("status");
const controls = new Controls(document.getElementById("settings"), words, change);
const frames = Object.fromEntries(SIDES.map((side) => [side, new Frame(document.querySelector(`#${side} iframe`))]));
let state = null;
let newest = null;
let asked = 0;

const say = (text) => { status.textContent = text; };
const because = (error, otherwise) => say(error instanceof TypeError ? otherwise : error.message);

// What was chosen meanwhile stays as it was chosen: only the last answer is shown.
async function change(changes, sides) {
  asked += 1;
  try {
    const found = await postChange(Object.fromEntries(sides.map((side) => [side, changes])));
    if (!newest || found.version >= newest.version) newest = found;
  } catch (error) {
    because(error, words.told.lost);
  } finally {
    asked -= 1;
  }
  if (!asked && newest) show(newest);
}

function show(found) {
  if (state && found.version < state.version) return;
  state = found;
  controls.show(state);
  showFiles(document.getElementById("files"), state.problems, words);
  for (const side of SIDES) {
    showSide(side);
    const place = document.getElementById(`report-${side}`);
    showReport(place, side, state.sides[side], words, (shows) => jump(side, shows));
  }
  fit();
}

function showSide(side) {
  const found = state.sides[side];
  const place = document.getElementById(side);
  place.querySelector(".style").textContent = found.style;
  place.querySelector(".about").textContent = found.title;
  place.querySelector(".tongue").textContent = found.spoken ? "" : words.told["not-spoken"];
  place.dataset.device = found.wants.device;
  place.style.setProperty("--width", `${found.width}px`);
  place.style.setProperty("--height", `${found.height}px`);
  frames[side].show(found);
}

// From a warning to where it shows.
async function jump(side, shows) {
  await change(shows, [side]);
  say(`${words.sides[side]}: ${state.sides[side].title}`);
  document.getElementById(side).scrollIntoView({ block: "nearest" });
}

// The app is drawn at its own size, and made smaller where there is no room for that. Wide screens stand
// above each other.
function fit() {
  const wide = SIDES.some((side) => state.sides[side].width > state.sides[side].height);
  document.getElementById("sides").classList.toggle("stacked", wide);
  for (const side of SIDES) {
    const place = document.getElementById(side);
    const room = place.querySelector(".room").getBoundingClientRect();
    const { width, height } = state.sides[side];
    const scale = Math.min((room.width - 2 * BEZEL) / width, (room.height - 2 * BEZEL) / height, 1);
    place.style.setProperty("--scale", scale);
  }
}
addEventListener("resize", () => state && fit());

document.getElementById("show-report").addEventListener("click", ({ target }) => {
  const shown = target.getAttribute("aria-expanded") !== "true";
  target.setAttribute("aria-expanded", shown);
  document.getElementById("report").hidden = !shown;
  document.querySelector("main").classList.toggle("bare", !shown);
  fit();
});

// Staff may press buttons in the app itself: once it was where it should be, the list of screens goes along.
function follow(side) {
  const here = frames[side].route;
  const found = state.sides[side];
  if (found.route === here) found.arrived = true;
  const screen = found.screens.find(({ route }) => route === here);
  if (!found.arrived || found.route === here || !screen) return;
  found.wants.screen = screen.id;
  Object.assign(found, { title: screen.title, route: here });
  document.getElementById(side).querySelector(".about").textContent = screen.title;
  controls.show(state);
  postRoute(side, here).catch(() => say(words.told.lost));
}
setInterval(() => { if (state && !asked) SIDES.forEach(follow); }, LOOKING);

const events = new EventSource("/events");
events.addEventListener("message", async ({ data }) => {
  if (asked || (state && Number(data) <= state.version)) return;
  const before = state;
  const found = await getState();
  if (!asked) show(found);
  if (before && state.files > before.files) say(words.told.changed);
});
events.addEventListener("error", () => say(words.told.lost));
events.addEventListener("open", () => { if (status.textContent === words.told.lost) say(""); });

async function save(button, address) {
  button.disabled = true;
  say(words.told.saving);
  try {
    await download(address);
    say(words.told.saved);
  } catch (error) {
    because(error, words.told["not-saved"]);
  } finally {
    button.disabled = false;
  }
}
for (const picture of document.querySelectorAll(".picture")) {
  picture.addEventListener("click", () => save(picture, `/save/${picture.dataset.side}.png`));
}
const sheet = document.getElementById("save-sheet");
sheet.addEventListener("click", () => save(sheet, "/save/sheet.pdf"));
