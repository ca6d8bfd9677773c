// Light that runs from the part that writes to the API server, and from there to the journal.

import { animate, motionAllowed } from "../base/motion.js";

/** Lights in flight at once; writes beyond that only make their part glow. */
const most = 10;

/** Draws lights over the picture. */
export class Pulses {
  #inFlight = 0;

  /** @param {HTMLElement} layer Lies over the picture and moves with its content. */
  constructor(layer) {
    this.layer = layer;
  }

  /**
   * Makes a part glow for a moment.
   * @param {Element} part
   */
  glow(part) {
    animate(part, [
      { boxShadow: "0 0 0 0 var(--pulse)", borderColor: "var(--pulse)" },
      { boxShadow: "0 0 0 4px var(--pulse-soft)", borderColor: "var(--pulse)", offset: 0.25 },
      { boxShadow: "0 0 0 0 transparent" },
    ], { duration: 900, easing: "ease-out" });
  }

  /**
   * Sends a light along a straight way and calls back when it arrives.
   * @param {Element} from
   * @param {Element} to
   * @param {() => void} [arrived]
   */
  fly(from, to, arrived = () => {}) {
    if (!motionAllowed() || this.#inFlight >= most) return;
    const light = document.createElement("span");
    light.className = "light";
    this.layer.append(light);
    this.#inFlight += 1;
    const [start, end] = [this.#centre(from), this.#centre(to)];
    const frames = [place(start, 0.4), { ...place(start, 1), offset: 0.1 }, place(end, 1)];
    const flight = light.animate(frames, { duration: 520, easing: "cubic-bezier(.4,0,.3,1)" });
    const land = () => {
      light.remove();
      this.#inFlight -= 1;
    };
    flight.onfinish = () => {
      land();
      arrived();
    };
    flight.oncancel = land;
  }

  /** @param {Element} part */
  #centre(part) {
    const origin = this.layer.getBoundingClientRect();
    const box = part.getBoundingClientRect();
    return { x: box.left - origin.left + box.width / 2, y: box.top - origin.top + box.height / 2 };
  }
}

/**
 * @param {{ x: number, y: number }} point
 * @param {number} opacity
 * @returns {Keyframe}
 */
function place({ x, y }, opacity) {
  return { transform: `translate(${x}px, ${y}px)`, opacity };
}
