// Progress as a ring.

import { setAttribute } from "../base/dom.js";

const namespace = "http://www.w3.org/2000/svg";
const circumference = 2 * Math.PI * 9;

/**
 * A ring that is closed as far as something is done; a tick when all is.
 * @param {number} share From 0 to 1.
 * @param {string} [label] Empty where a text beside it says the same.
 * @returns {SVGElement}
 */
export function ring(share, label = "") {
  const drawing = svg("svg", { viewBox: "0 0 24 24", class: "ring" });
  if (label) {
    setAttribute(drawing, "role", "img");
    setAttribute(drawing, "aria-label", label);
  } else {
    setAttribute(drawing, "aria-hidden", "true");
  }
  if (share >= 1) setAttribute(drawing, "data-done", "");
  drawing.append(svg("circle", { class: "ring-track", cx: 12, cy: 12, r: 9 }));
  if (share > 0) {
    const dash = `${Math.min(1, share) * circumference} ${circumference}`;
    drawing.append(svg("circle", {
      class: "ring-fill", cx: 12, cy: 12, r: 9, "stroke-dasharray": dash, transform: "rotate(-90 12 12)",
    }));
  }
  if (share >= 1) drawing.append(svg("path", { class: "ring-tick", d: "M8 12.3l2.8 2.8 5.2-5.6" }));
  return drawing;
}

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 */
function svg(tag, attributes) {
  const made = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}
