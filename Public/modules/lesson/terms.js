// The terms of a lesson: their definitions show where the pointer, the finger or the keyboard goes to one.

import { element, setText } from "../base/dom.js";

/** Pixels between a term and its definition, and between that and the page's edge. */
const gap = 8;

const tip = element("div", { class: "term-tip", role: "tooltip", id: "term-tip", hidden: true });
document.body.append(tip);
addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});

/**
 * Makes the definitions of all terms in a text show.
 * @param {HTMLElement} root
 */
export function explainTerms(root) {
  for (const found of root.querySelectorAll("dfn.term[title]")) {
    const term = /** @type {HTMLElement} */ (found);
    const definition = term.title;
    // The browser's own tooltip comes late, and not at all by keyboard and on a phone.
    term.removeAttribute("title");
    for (const type of ["pointerenter", "focus", "click"]) term.addEventListener(type, () => show(term, definition));
    for (const type of ["pointerleave", "blur"]) term.addEventListener(type, hide);
  }
}

/**
 * @param {HTMLElement} term
 * @param {string} definition
 */
function show(term, definition) {
  setText(tip, definition);
  tip.hidden = false;
  term.setAttribute("aria-describedby", tip.id);
  const at = term.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const below = at.bottom + gap + height < innerHeight;
  const left = Math.min(Math.max(gap, at.left), Math.max(gap, innerWidth - width - gap));
  tip.style.left = `${left}px`;
  tip.style.top = `${below ? at.bottom + gap : at.top - height - gap}px`;
}

function hide() {
  tip.hidden = true;
}
