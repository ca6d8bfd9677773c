// Panes whose sizes can be changed with the pointer and with the keyboard.

import { remember, remembered } from "../base/storage.js";
import { byId } from "../base/dom.js";

/**
 * @typedef {object} Division
 * @property {string} separator The id of its element.
 * @property {string} variable The CSS variable that holds the size.
 * @property {"x" | "y"} axis
 * @property {1 | -1} direction 1 where the pane lies before the separator.
 * @property {number} least Pixels.
 * @property {number} most A share of the workspace.
 * @property {() => Element} pane The pane whose size it is.
 */

/** @type {Division[]} */
const divisions = [
  {
    separator: "lesson-separator",
    variable: "--lesson-width",
    axis: "x",
    direction: 1,
    least: 280,
    most: 0.6,
    pane: () => byId("lesson"),
  },
  {
    separator: "dock-separator",
    variable: "--dock-height",
    axis: "y",
    direction: -1,
    least: 120,
    most: 0.7,
    pane: () => byId("terminal"),
  },
  {
    separator: "side-separator",
    variable: "--side-width",
    axis: "x",
    direction: -1,
    least: 200,
    most: 0.5,
    pane: () => byId("side"),
  },
];

/** Pixels of one key press, and of one with Shift. */
const [small, large] = [16, 80];

/** @param {HTMLElement} workspace */
export function makeResizable(workspace) {
  for (const division of divisions) new Separator(workspace, division);
}

class Separator {
  /**
   * @param {HTMLElement} workspace
   * @param {Division} division
   */
  constructor(workspace, division) {
    this.workspace = workspace;
    this.division = division;
    this.element = byId(division.separator);
    const size = remembered(`size.${division.variable}`, 0);
    if (size > 0) this.#set(size);
    this.element.addEventListener("pointerdown", (event) => this.#drag(event));
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.element.addEventListener("focus", () => this.#report());
    this.element.addEventListener("dblclick", () => this.#forget());
    this.#report();
  }

  get #size() {
    const box = this.division.pane().getBoundingClientRect();
    return this.division.axis === "x" ? box.width : box.height;
  }

  get #most() {
    const box = this.workspace.getBoundingClientRect();
    return (this.division.axis === "x" ? box.width : box.height) * this.division.most;
  }

  /** @param {number} size */
  #set(size) {
    const most = this.#most || Infinity;
    const bounded = Math.round(Math.max(this.division.least, Math.min(most, size)));
    this.workspace.style.setProperty(this.division.variable, `${bounded}px`);
    remember(`size.${this.division.variable}`, bounded);
    this.#report();
  }

  #forget() {
    this.workspace.style.removeProperty(this.division.variable);
    remember(`size.${this.division.variable}`, 0);
    this.#report();
  }

  #report() {
    this.element.setAttribute("aria-valuenow", String(Math.round(this.#size)));
    this.element.setAttribute("aria-valuemin", String(this.division.least));
    this.element.setAttribute("aria-valuemax", String(Math.max(this.division.least, Math.round(this.#most))));
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    event.preventDefault();
    const { axis, direction } = this.division;
    const at = (/** @type {PointerEvent} */ one) => (axis === "x" ? one.clientX : one.clientY);
    const [start, size] = [at(event), this.#size];
    const move = (/** @type {PointerEvent} */ one) => this.#set(size + (at(one) - start) * direction);
    this.element.setPointerCapture(event.pointerId);
    this.element.focus();
    this.element.addEventListener("pointermove", move);
    this.element.addEventListener(
      "lostpointercapture",
      () => this.element.removeEventListener("pointermove", move),
      { once: true },
    );
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const forward = this.division.axis === "x" ? "ArrowRight" : "ArrowDown";
    const backward = this.division.axis === "x" ? "ArrowLeft" : "ArrowUp";
    const step = (event.shiftKey ? large : small) * this.division.direction;
    if (event.key === forward) this.#set(this.#size + step);
    else if (event.key === backward) this.#set(this.#size - step);
    else if (event.key === "Home") this.#set(this.division.least);
    else if (event.key === "End") this.#set(this.#most);
    else if (event.key === "Enter") this.#forget();
    else return;
    event.preventDefault();
  }
}
