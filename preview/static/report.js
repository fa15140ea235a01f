// What stands beside one side: what to look at, with a way to the screen it is about, and the contrast.

const made = (tag, text, name) => {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  if (name) element.className = name;
  return element;
};

export function showReport(place, side, found, words, go) {
  const { report } = found;
  const key = JSON.stringify([report, found.style]);
  if (place.dataset.key === key) return;
  place.dataset.key = key;
  const heading = made("h2", "");
  heading.append(made("span", words.sides[side], "which"), ` ${found.style}`);
  place.replaceChildren(heading, ...warnings(report, words, go), ...contrast(report, words));
}

// Files that cannot be read, and why not.
export function showFiles(place, problems, words) {
  place.hidden = problems.length === 0;
  place.querySelector("ul").replaceChildren(...problems.map(({ name, text }) => {
    const item = made("li");
    item.append(made("strong", name), made("p", text), made("p", words.told.kept));
    return item;
  }));
}

function warnings(report, words, go) {
  const parts = [];
  if (report.warnings.length) {
    parts.push(made("h3", `${words.told.warnings} (${report.warnings.length})`), list(report.warnings, words, go));
  } else {
    parts.push(made("p", words.told["no-warnings"], "fine"));
  }
  if (report.derived.length) {
    const more = made("details");
    more.append(made("summary", `${words.told.derived} (${report.derived.length})`), list(report.derived, words, go));
    parts.push(more);
  }
  return parts;
}

function list(all, words, go) {
  const found = made("ul", "", "warnings");
  for (const warning of all) {
    const item = made("li");
    item.append(made("p", warning.text), made("p", warning.path, "path"));
    if (warning.shows) {
      const button = made("button", `${words.told.go}: ${warning.title}`, "jump");
      button.type = "button";
      button.addEventListener("click", () => go(warning.shows));
      item.append(button);
    }
    found.append(item);
  }
  return found;
}

function contrast(report, words) {
  const closest = made("ul", "", "pairs");
  for (const pair of report.pairs) {
    const item = made("li");
    const sample = made("span", pair.is_text ? "Aa" : "", "sample");
    sample.style.color = pair.foreground;
    if (!pair.is_text) sample.append(made("span", "", "shape"));
    sample.style.background = pair.background;
    sample.setAttribute("aria-hidden", "true");
    const text = made("span", `${pair.foreground} / ${pair.background}`, "colours");
    const reached = made("span", "", "reached");
    reached.append(made("strong", pair.ratio), ` (${words.told.needs} ${pair.needs})`);
    item.append(sample, text, reached);
    closest.append(item);
  }
  const every = made("details");
  const lines = made("ul");
  lines.append(...report.contrast.map((line) => made("li", line)));
  every.append(made("summary", words.told["every-scheme"]), lines);
  return [made("h3", words.told.contrast), made("p", words.told.closest, "note"), closest, every];
}
