// What the terminal has printed.

import { element, fill } from "../base/dom.js";

/** Lines kept; older ones are dropped. */
const most = 2000;

/**
 * @typedef {"command" | "out" | "error" | "request" | "note"} Style
 */

/** The log above the input line. Stays at its end unless somebody scrolled up. */
export class Output {
  constructor() {
    this.element = element("div", { class: "output", role: "log", tabindex: 0 });
    /** @type {((text: string, style: Style) => void) | null} Told of every line. */
    this.onLine = null;
    /** @type {HTMLElement | null} A line that has not ended yet. */
    this.open = null;
  }

  /**
   * Prints text, which may hold several lines or a part of one.
   * @param {string} text
   * @param {Style} style
   */
  print(text, style) {
    const atEnd = this.#isAtEnd();
    const lines = text.split("\n");
    const ended = lines.at(-1) === "";
    if (ended && lines.length > 1) lines.pop();
    lines.forEach((line, index) => {
      if (index === 0 && this.open?.classList.contains(`line-${style}`)) this.open.append(line);
      else this.open = this.#line(line, style);
      this.onLine?.(line, style);
    });
    if (ended || style !== "out") this.open = null;
    while (this.element.childElementCount > most) this.element.firstElementChild?.remove();
    if (atEnd) this.element.scrollTop = this.element.scrollHeight;
  }

  clear() {
    this.open = null;
    fill(this.element);
  }

  /**
   * @param {string} line
   * @param {Style} style
   */
  #line(line, style) {
    const row = element("div", { class: `line line-${style}` }, line || "\u200b");
    this.element.append(row);
    return row;
  }

  #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < 40;
  }
}
