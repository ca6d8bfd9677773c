// The lines that were entered, for the up and down keys.

import { remember, remembered } from "../base/storage.js";

const most = 200;
const area = () => sessionStorage;

/** Walks through earlier lines, and keeps the unfinished one at the end. */
export class History {
  /** @type {string[]} Oldest first. */
  #lines = remembered("terminal.history", /** @type {string[]} */ ([]), area);
  #at = this.#lines.length;
  #draft = "";

  /** @param {string} line */
  add(line) {
    if (line.trim() && this.#lines.at(-1) !== line) this.#lines.push(line);
    this.#lines = this.#lines.slice(-most);
    this.#at = this.#lines.length;
    this.#draft = "";
    remember("terminal.history", this.#lines, area);
  }

  /**
   * @param {string} current What stands in the input now.
   * @returns {string | null} Null at the oldest line.
   */
  back(current) {
    if (this.#at === 0) return null;
    if (this.#at === this.#lines.length) this.#draft = current;
    this.#at -= 1;
    return this.#lines[this.#at];
  }

  /** @returns {string | null} Null at the newest. */
  forward() {
    if (this.#at >= this.#lines.length) return null;
    this.#at += 1;
    return this.#at === this.#lines.length ? this.#draft : this.#lines[this.#at];
  }
}
