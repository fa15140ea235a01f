// The app in an iframe: which address it has, how large its letters are, how its colours are seen.

const PATIENCE = 15000;  // milliseconds
const AGAIN = 100;

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// A new screen of the app takes the focus to its heading: right for a resident, but it would take staff away
// from the control they are using. So only where they are in the app.
function keepFocus(iframe) {
  const element = iframe.contentWindow.HTMLElement.prototype;
  const { focus } = element;
  element.focus = function (options) {
    if (document.activeElement === iframe) focus.call(this, options);
  };
}

export class Frame {
  constructor(iframe) {
    this.iframe = iframe;
    this.address = "";
    this.pressed = "";
  }

  // Loads the app only where its address changed; all else is changed in place, by the server or here.
  async show(side) {
    const { iframe } = this;
    iframe.style.filter = side.wants.sight === "all" ? "" : `url(#${side.wants.sight})`;
    const loads = side.address !== this.address;
    if (loads) {
      this.address = side.address;
      iframe.src = `${side.address}#${side.route}`;
      await new Promise((done) => iframe.addEventListener("load", done, { once: true }));
      keepFocus(iframe);
    }
    iframe.contentDocument.documentElement.style.fontSize = `${side.letters}%`;
    await this.press(side);
  }

  // Where the app is now: staff may press buttons in it.
  get route() {
    const hash = this.iframe.contentWindow?.location.hash ?? "";
    return decodeURI(hash.slice(1));
  }

  // Presses a button as a resident would, once the screen with it is there.
  async press(side) {
    const wish = side.press ? `${side.route} ${side.press} ${side.wants.language}` : "";
    if (!wish || wish === this.pressed) {
      this.pressed = wish;
      return;
    }
    this.pressed = wish;
    for (let waited = 0; waited < PATIENCE; waited += AGAIN) {
      await pause(AGAIN);
      if (this.pressed !== wish) return;
      const there = [...this.iframe.contentDocument.querySelectorAll('flt-semantics[role="button"]')];
      const button = there.find((one) => one.textContent.trim() === side.press);
      if (button && this.route === side.route) {
        await pause(4 * AGAIN);  // until the screen rests: a press on one that comes in is lost
        button.click();
        return;
      }
    }
  }
}
