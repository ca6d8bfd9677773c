// On a narrow screen: what a command that was clicked in the lesson answers, without leaving the lesson.

import { element, fill } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { text } from "../language/language.js";

/** Milliseconds for which it stays. */
const stay = 8000;

/** A bar above the tabs with the terminal's last lines. */
export class Peek {
  /** @type {string[]} */
  #lines = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLElement} place
   * @param {() => void} openTerminal
   */
  constructor(place, openTerminal) {
    this.place = place;
    this.openTerminal = openTerminal;
  }

  /** Shows what is printed from now on. */
  begin() {
    this.#lines = [];
    this.#draw();
  }

  /** @param {string} line */
  add(line) {
    if (this.place.hidden || line.trim() === "") return;
    this.#lines = [...this.#lines, line].slice(-3);
    this.#draw();
  }

  hide() {
    this.place.hidden = true;
  }

  #draw() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.hide(), stay);
    this.place.hidden = false;
    fill(this.place, element("pre", {}, this.#lines.join("\n")),
      element(
        "button",
        { class: "quiet", type: "button", on: { click: () => { this.hide(); this.openTerminal(); } } },
        icon("terminal"),
        text("peek.open"),
      ));
  }
}
