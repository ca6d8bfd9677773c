// Buttons, the one element that is made everywhere.

import { element } from "./dom.js";

/**
 * Makes a button.
 *
 *     button("quiet", close, icon("close"), "Close")
 *
 * @param {string} style Its classes.
 * @param {(event: MouseEvent) => void} press
 * @param {...(import("./dom.js").Child | import("./dom.js").Child[])} children
 * @returns {HTMLButtonElement}
 */
export function button(style, press, ...children) {
  const properties = { class: style || null, type: "button", on: { click: press } };
  return /** @type {HTMLButtonElement} */ (element("button", properties, ...children));
}

/**
 * Makes a button that shows an icon only; the label is its name and its tooltip.
 * @param {string} label
 * @param {(event: MouseEvent) => void} press
 * @param {SVGElement} symbol
 * @returns {HTMLButtonElement}
 */
export function iconButton(label, press, symbol) {
  const made = button("icon-button", press, symbol);
  made.title = label;
  made.setAttribute("aria-label", label);
  return made;
}
