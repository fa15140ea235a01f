// The choices on the left: what is on offer, what is chosen, and for which side a choice is meant.

export const SIDES = ["left", "right"];
const CHECKS = ["contrast", "dark", "bold", "own_letters"];

export class Controls {
  // `onChange` is told what was chosen, as the server knows it, and for which sides.
  constructor(form, words, onChange) {
    this.form = form;
    this.controls = form.elements;
    this.words = words;
    this.onChange = (changes) => onChange(changes, this.sides);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", ({ target }) => this.chosen(target));
    document.getElementById("previous").addEventListener("click", () => this.step(-1));
    document.getElementById("next").addEventListener("click", () => this.step(1));
  }

  get sides() {
    const chosen = this.controls.for.value;
    return chosen === "both" ? SIDES : [chosen];
  }

  chosen({ name, value, checked }) {
    if (name === "for") this.show(this.state);
    else if (CHECKS.includes(name)) this.onChange({ [name]: checked });
    else if (name === "letters") this.onChange({ letters: Number(value) });
    else if (value) this.onChange({ [name]: value });
  }

  step(places) {
    const there = [...this.controls.screen.options].filter((option) => option.value);
    const now = there.findIndex((option) => option.value === this.controls.screen.value);
    const wanted = there[Math.min(Math.max(now + places, 0), there.length - 1)];
    if (wanted) this.onChange({ screen: wanted.value });
  }

  show(state) {
    this.state = state;
    const { controls, words } = this;
    const seen = this.sides.map((side) => state.sides[side]);
    const value = (name) => {
      const all = new Set(seen.map((side) => side.wants[name]));
      return all.size === 1 ? [...all][0] : null;
    };
    const named = (all) => all.map(({ id, name }) => [id, name]);
    this.offer(controls.style, named(state.styles), value("style"));
    this.offer(controls.poll, named(state.polls), value("poll"));
    this.offer(controls.screen, shared(seen.map((side) => side.screens)), value("screen"));
    this.offer(controls.device, Object.entries(words.devices), value("device"));
    this.offer(controls.language, state.languages.map((tag) => [tag, words.languages[tag]]), value("language"));
    this.offer(controls.sight, Object.entries(words.sights), value("sight"));
    this.offerLetters(state.letters, value("letters"));
    for (const name of CHECKS) {
      controls[name].checked = value(name) === true;
      controls[name].indeterminate = value(name) === null;
    }
  }

  // A list is made anew only where it differs: an open one would close.
  offer(select, offered, value) {
    const all = value === null ? [["", `(${this.words.told.differs})`], ...offered] : offered;
    const there = [...select.options].map((option) => [option.value, option.text]);
    if (JSON.stringify(there) !== JSON.stringify(all)) {
      select.replaceChildren(...all.map(([id, name]) => new Option(name, id)));
    }
    select.value = value ?? "";
  }

  offerLetters(all, value) {
    const place = document.getElementById("letters");
    if (!place.querySelector("input")) {
      place.append(...all.map((percent) => letter(percent, this.words.told.percent.replace("{n}", percent))));
    }
    for (const radio of place.querySelectorAll("input")) radio.checked = Number(radio.value) === value;
  }
}

function letter(value, name) {
  const label = document.createElement("label");
  const radio = Object.assign(document.createElement("input"), { type: "radio", name: "letters", value });
  const text = document.createElement("span");
  text.textContent = name;
  label.append(radio, text);
  return label;
}

// Screens that all of these sides have.
function shared([first, ...others]) {
  const known = others.map((screens) => new Set(screens.map((screen) => screen.id)));
  return first.filter(({ id }) => known.every((ids) => ids.has(id))).map(({ id, title }) => [id, title]);
}
