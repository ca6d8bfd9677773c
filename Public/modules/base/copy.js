// Text to copy.

import { announce } from "./announce.js";
import { iconButton } from "./button.js";
import { element } from "./dom.js";
import { changeIcon, icon } from "./icons.js";
import { text } from "../language/language.js";

/** Milliseconds for which the button says that it has copied. */
const stay = 1600;

/**
 * A line of code with a button that copies it.
 * @param {string} line
 * @returns {HTMLElement}
 */
export function copyable(line) {
  return element("span", { class: "copyable" }, element("code", {}, line), copyButton(() => line));
}

/**
 * @param {() => string} content Asked when the button is pressed.
 * @returns {HTMLButtonElement}
 */
export function copyButton(content) {
  const symbol = icon("copy");
  const made = iconButton(text("action.copy"), async () => {
    await copy(content());
    announce(text("action.copied"));
    changeIcon(symbol, "ready");
    setTimeout(() => changeIcon(symbol, "copy"), stay);
  }, symbol);
  made.classList.add("copy");
  return made;
}

/**
 * Puts a text into the clipboard, also where the page came over plain HTTP.
 * @param {string} content
 */
async function copy(content) {
  if (navigator.clipboard) return navigator.clipboard.writeText(content);
  const area = /** @type {HTMLTextAreaElement} */ (element("textarea", { class: "visually-hidden" }));
  area.value = content;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
