// Single keys for what is done often, and the help that lists them.

import { showInDialog } from "../base/dialog.js";
import { element } from "../base/dom.js";
import { remember, remembered } from "../base/storage.js";
import { text } from "../language/language.js";

/**
 * @typedef {object} Shortcut
 * @property {string} key As the keyboard gives it.
 * @property {import("../language/language.js").MessageKey} about
 * @property {() => unknown} act
 */

/** Elements that take keys themselves. */
const typing = "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]";

/** Listens for the keys while nobody types. */
export class Keys {
  /** Single keys can be in the way of speech input and of slips: they can be turned off. */
  #on = remembered("keys", true);

  /** @param {Shortcut[]} shortcuts */
  constructor(shortcuts) {
    this.shortcuts = shortcuts;
    addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest(typing) || document.querySelector("dialog[open]")) return;
    if (event.key === "?") {
      event.preventDefault();
      return this.help();
    }
    const shortcut = this.#on ? this.shortcuts.find(({ key }) => key === event.key) : undefined;
    if (!shortcut) return;
    event.preventDefault();
    shortcut.act();
  }

  /** Lists all keys. */
  help() {
    const choice = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", checked: this.#on }));
    choice.addEventListener("change", () => {
      this.#on = choice.checked;
      remember("keys", this.#on);
    });
    const own = [{ key: "?", about: /** @type {const} */ ("keys.help") }, ...this.shortcuts];
    showInDialog(text("keys.title"), [
      element("dl", { class: "keys" }, own.map(({ key, about }) => keyView([key], text(about)))),
      element("label", { class: "toggle" }, choice, text("keys.on")),
      element("h3", {}, text("keys.everywhere")),
      element("dl", { class: "keys" },
        keyView(["Tab", "Shift+Tab"], text("keys.tab")),
        keyView(["←", "→"], text("keys.tabs")),
        keyView(["←", "→", "↑", "↓"], text("keys.panes")),
        keyView(["Esc"], text("keys.escape")),
        keyView(["Ctrl+C", "Ctrl+L"], text("keys.terminal"))),
    ]);
  }
}

/**
 * @param {string[]} names
 * @param {string} about
 */
function keyView(names, about) {
  return element("div", {}, element("dt", {},
    names.map((name) => element("kbd", {}, name === " " ? text("keys.space") : name))),
    element("dd", {}, about));
}
