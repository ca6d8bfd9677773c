// Lines above everything, for what concerns the whole page.

import { button, iconButton } from "../base/button.js";
import { element, fill } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { text } from "../language/language.js";

/**
 * @typedef {object} Banner
 * @property {"error" | "notice" | "message"} kind
 * @property {string} text
 * @property {{ label: string, run: () => void }[]} [actions]
 * @property {boolean} [close] Whether it can be put away.
 * @property {() => void} [onClose]
 */

/** The banners that are shown, by name. */
export class Banners {
  /** @type {Map<string, { element: HTMLElement, text: string }>} */
  #shown = new Map();

  /** @param {HTMLElement} place A live region. */
  constructor(place) {
    this.place = place;
  }

  /**
   * Shows a banner, or changes the one with this name.
   * @param {string} name
   * @param {Banner} banner
   */
  show(name, banner) {
    const shown = this.#shown.get(name);
    if (shown?.text === banner.text) return;
    const line = shown?.element ?? element("div", {});
    line.className = `banner ${banner.kind}`;
    line.dataset.banner = name;
    fill(line, icon({ error: "failing", notice: "normal", message: "message" }[banner.kind]),
      element("span", {}, banner.text),
      (banner.actions ?? []).map(({ label, run }) => button("", run, label)),
      banner.close && iconButton(text("action.close"), () => {
        this.hide(name);
        banner.onClose?.();
      }, icon("close")));
    if (!shown) this.place.append(line);
    this.#shown.set(name, { element: line, text: banner.text });
  }

  /** @param {string} name */
  hide(name) {
    this.#shown.get(name)?.element.remove();
    this.#shown.delete(name);
  }
}
