// The preview's page: its controls ask the server for a change, and show what the server says there is now.
import { Frame } from "./frame.js";
import { showReport } from "./report.js";

const words = JSON.parse(document.getElementById("words").textContent);
const form = document.getElementById("settings");
const controls = form.elements;
const status = document.getElementById("status");
const SIDES = ["left", "right"];
const CHECKS = ["contrast", "dark", "bold", "own_letters"];
const frames = {};
let state = null;
let asked = 0;

for (const side of SIDES) frames[side] = new Frame(document.querySelector(`#${side} iframe`));

const chosenSides = () => (controls.for.value === "both" ? SIDES : [controls.for.value]);
const say = (text) => { status.textContent = text; };

async function ask(address, body) {
  const reply = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const found = reply.status === 204 ? null : await reply.json();
  if (!reply.ok) throw new Error(found.problem);
  return found;
}

// What was chosen meanwhile stays as it was chosen: only the last answer is shown.
async function change(changes, sides = chosenSides()) {
  asked += 1;
  try {
    const found = await ask("/change", Object.fromEntries(sides.map((side) => [side, changes])));
    if (asked === 1) show(found);
  } catch (error) {
    say(error instanceof TypeError ? words.told.lost : error.message);
  } finally {
    asked -= 1;
  }
}

function show(found) {
  if (state && found.version < state.version) return;
  state = found;
  showControls();
  showFiles();
  for (const side of SIDES) {
    showSide(side);
    showReport(document.getElementById(`report-${side}`), side, state.sides[side], words, (shows) =>
      change(shows, [side]));
  }
  fit();
}

// Controls -----------------------------------------------------------------------------------------------

function showControls() {
  const seen = chosenSides().map((side) => state.sides[side]);
  const value = (name) => {
    const all = new Set(seen.map((side) => side.wants[name]));
    return all.size === 1 ? [...all][0] : null;
  };
  choices(controls.style, state.styles.map(({ id, name }) => [id, name]), value("style"));
  choices(controls.poll, state.polls.map(({ id, name }) => [id, name]), value("poll"));
  choices(controls.screen, shared(seen.map((side) => side.screens)), value("screen"));
  choices(controls.device, Object.entries(words.devices), value("device"));
  choices(controls.language, state.languages.map((tag) => [tag, words.languages[tag]]), value("language"));
  choices(controls.sight, Object.entries(words.sights), value("sight"));
  letters(value("letters"));
  for (const name of CHECKS) {
    controls[name].checked = value(name) === true;
    controls[name].indeterminate = value(name) === null;
  }
}

// Screens that all of these sides have.
function shared([first, ...others]) {
  const known = others.map((screens) => new Set(screens.map((screen) => screen.id)));
  return first.filter(({ id }) => known.every((ids) => ids.has(id))).map(({ id, title }) => [id, title]);
}

function choices(select, offered, value) {
  const all = value === null ? [["", `(${words.told.differs})`], ...offered] : offered;
  const same = select.options.length === all.length
    && all.every(([id, name], place) => select.options[place].value === id && select.options[place].text === name);
  if (!same) select.replaceChildren(...all.map(([id, name]) => new Option(name, id)));
  select.value = value ?? "";
}

function letters(value) {
  const place = document.getElementById("letters");
  if (place.children.length === 1) {
    place.append(...state.letters.map((percent) => {
      const label = document.createElement("label");
      const radio = Object.assign(document.createElement("input"), { type: "radio", name: "letters", value: percent });
      const text = document.createElement("span");
      text.textContent = words.told.percent.replace("{n}", percent);
      label.append(radio, text);
      return label;
    }));
  }
  for (const radio of place.querySelectorAll("input")) radio.checked = Number(radio.value) === value;
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", ({ target }) => {
  if (target.name === "for") showControls();
  else if (CHECKS.includes(target.name)) change({ [target.name]: target.checked });
  else if (target.name === "letters") change({ letters: Number(target.value) });
  else if (target.value) change({ [target.name]: target.value });
});

function step(places) {
  const there = [...controls.screen.options].filter((option) => option.value);
  const now = there.findIndex((option) => option.value === controls.screen.value);
  const wanted = there[Math.min(Math.max(now + places, 0), there.length - 1)];
  if (wanted) change({ screen: wanted.value });
}
document.getElementById("previous").addEventListener("click", () => step(-1));
document.getElementById("next").addEventListener("click", () => step(1));

// The two sides ------------------------------------------------------------------------------------------

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

// The app is drawn at its own size, and made smaller where there is no room for that. Wide screens stand
// above each other.
function fit() {
  const wide = SIDES.some((side) => state.sides[side].width > state.sides[side].height);
  document.getElementById("sides").classList.toggle("stacked", wide);
  for (const side of SIDES) {
    const place = document.getElementById(side);
    const room = place.querySelector(".room").getBoundingClientRect();
    const { width, height } = state.sides[side];
    const border = 2 * 10;
    const scale = Math.min((room.width - border) / width, (room.height - border) / height, 1);
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
setInterval(() => {
  if (asked) return;
  for (const side of SIDES) {
    const here = frames[side].route;
    const found = state?.sides[side];
    if (found?.route === here) found.arrived = true;
    if (!found?.arrived || found.route === here) continue;
    const screen = found.screens.find(({ route }) => route === here);
    if (!screen) continue;
    found.wants.screen = screen.id;
    Object.assign(found, { title: screen.title, route: here });
    document.getElementById(side).querySelector(".about").textContent = screen.title;
    showControls();
    ask(`/at/${side}`, { route: here }).catch(() => say(words.told.lost));
  }
}, 500);

// Files --------------------------------------------------------------------------------------------------

function showFiles() {
  const place = document.getElementById("files");
  place.hidden = state.problems.length === 0;
  place.querySelector("ul").replaceChildren(...state.problems.map(({ name, text }) => {
    const item = document.createElement("li");
    const file = document.createElement("strong");
    file.textContent = name;
    const why = document.createElement("p");
    why.textContent = text;
    const kept = document.createElement("p");
    kept.textContent = words.told.kept;
    item.append(file, why, kept);
    return item;
  }));
}

const events = new EventSource("/events");
events.addEventListener("message", async ({ data }) => {
  if (asked || (state && Number(data) <= state.version)) return;
  const files = state?.files;
  const found = await (await fetch("/state")).json();
  if (!asked) show(found);
  if (files !== undefined && state.files > files) say(words.told.changed);
});
events.addEventListener("error", () => say(words.told.lost));
events.addEventListener("open", () => { if (status.textContent === words.told.lost) say(""); });

// Saving -------------------------------------------------------------------------------------------------

async function save(button, address) {
  button.disabled = true;
  say(words.told.saving);
  try {
    const reply = await fetch(address, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
    if (!reply.ok) throw new Error((await reply.json()).problem);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await reply.blob());
    link.download = /filename="([^"]+)"/.exec(reply.headers.get("content-disposition"))[1];
    link.click();
    URL.revokeObjectURL(link.href);
    say(words.told.saved);
  } catch (error) {
    say(error instanceof TypeError ? words.told["not-saved"] : error.message);
  } finally {
    button.disabled = false;
  }
}

for (const picture of document.querySelectorAll(".picture")) {
  picture.addEventListener("click", () => save(picture, `/save/${picture.dataset.side}.png`));
}
const sheet = document.getElementById("save-sheet");
sheet.addEventListener("click", () => save(sheet, "/save/sheet.pdf"));
