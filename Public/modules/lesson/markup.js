// The lessons' text, which the server has rendered and cleaned.

import { element } from "../base/dom.js";
import { explainTerms } from "./terms.js";

/**
 * An element with a lesson's HTML.
 * @param {string} html
 * @param {string} [className]
 * @returns {HTMLElement}
 */
export function prose(html, className = "prose") {
  const box = element("div", { class: className });
  box.innerHTML = html;
  for (const link of box.querySelectorAll("a[href^='http']")) {
    link.setAttribute("target", "_blank");
    link.setAttribute("rel", "noopener noreferrer");
  }
  for (const table of box.querySelectorAll("table")) {
    const frame = element(
      "div",
      { class: "table-frame", tabindex: 0, role: "group", "aria-label": table.caption?.textContent ?? "" },
    );
    table.replaceWith(frame);
    frame.append(table);
  }
  explainTerms(box);
  return box;
}

/**
 * A plain text's parts, with what stands between backquotes as code.
 * @param {string} text
 * @returns {(string | HTMLElement)[]}
 */
export function withCode(text) {
  return text.split("`").map((part, index) => index % 2 ? element("code", {}, part) : part);
}

/**
 * Calls back with the command of every click on one.
 * @param {HTMLElement} root
 * @param {(command: string) => void} run
 */
export function runClickedCommands(root, run) {
  root.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button.command[data-command]");
    if (button) run(button.getAttribute("data-command") ?? "");
  });
}
