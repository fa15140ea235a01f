// One side of the preview, as large as the window. `data-shown` says that everything asked for was done.
import { Frame } from "./frame.js";

const frame = new Frame(document.querySelector("iframe"));
const state = await (await fetch("/state")).json();
await frame.show(state.sides[document.body.dataset.side]);
document.body.dataset.shown = "yes";
