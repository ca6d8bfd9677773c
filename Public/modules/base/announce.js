// Telling people who do not see the page what changed.

import { byId } from "./dom.js";

/** Milliseconds that belong together: what is said within them is read as one. */
const gathering = 400;

/** @type {string[]} */
let waiting = [];

/**
 * Has a screen reader say this when it is idle.
 * @param {string} text
 */
export function announce(text) {
  if (waiting.length === 0) setTimeout(say, gathering);
  if (!waiting.includes(text)) waiting.push(text);
}

function say() {
  byId("announcer").textContent = waiting.slice(-4).join(". ");
  waiting = [];
}
