// Completing a word with the Tab key.

import { element, fill } from "../base/dom.js";
import { text } from "../language/language.js";
import { ask, cluster } from "../server/request.js";

/** Candidates shown at once. */
const most = 60;

/**
 * The longest text with which all candidates begin.
 * @param {string[]} candidates
 */
export function commonStart(candidates) {
  let start = candidates[0] ?? "";
  for (const candidate of candidates) {
    while (!candidate.startsWith(start)) start = start.slice(0, -1);
  }
  return start;
}

/** The list of candidates above the input line. */
export class Completion {
  #from = 0;
  #chosen = -1;
  /** @type {string[]} */
  #candidates = [];

  /** @param {HTMLInputElement} input */
  constructor(input) {
    this.input = input;
    this.element = element("ul", { class: "candidates", id: "candidates", role: "listbox", hidden: true });
    input.setAttribute("aria-controls", "candidates");
    input.setAttribute("aria-autocomplete", "list");
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** Whether one of the candidates was gone to. */
  get hasChoice() {
    return this.isOpen && this.#chosen >= 0;
  }

  /**
   * Completes as far as there is no doubt, and lists the candidates where there is. Pressed again, it goes through
   * them.
   * @param {number} direction
   */
  async press(direction) {
    if (this.isOpen) return this.#choose(this.#chosen + direction);
    const { value, selectionStart } = this.input;
    const cursor = selectionStart ?? value.length;
    const answer = await ask(
      "POST",
      `${cluster}/terminal/complete`,
      { body: { line: value, cursor } },
    ).catch(() => null);
    if (!answer || this.input.value !== value || answer.candidates.length === 0) return;
    this.#from = answer.from;
    this.#candidates = answer.candidates.slice(0, most);
    const start = commonStart(answer.candidates);
    if (answer.candidates.length === 1) return this.#replace(start.endsWith("=") ? start : start + " ");
    if (start.length > cursor - answer.from) this.#replace(start);
    this.#show();
  }

  close() {
    this.element.hidden = true;
    this.#chosen = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  #show() {
    this.element.setAttribute("aria-label", text("terminal.candidates"));
    fill(this.element, this.#candidates.map((candidate, index) => element("li", {
      role: "option", id: `candidate-${index}`, "aria-selected": "false",
      on: {
        pointerdown: (/** @type {Event} */ event) => { event.preventDefault(); this.#choose(index); this.accept(); },
      },
    }, candidate)));
    this.element.hidden = false;
    this.#chosen = -1;
    this.input.setAttribute("aria-expanded", "true");
  }

  /** @param {number} index */
  #choose(index) {
    const count = this.#candidates.length;
    this.#chosen = ((index % count) + count) % count;
    [...this.element.children].forEach((option, at) => option.setAttribute(
      "aria-selected",
      String(at === this.#chosen),
    ));
    this.element.children[this.#chosen]?.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", `candidate-${this.#chosen}`);
    this.#replace(this.#candidates[this.#chosen]);
  }

  /** Takes the chosen candidate. */
  accept() {
    if (this.#chosen >= 0) this.#replace(this.#candidates[this.#chosen] + " ");
    this.close();
  }

  /** @param {string} word */
  #replace(word) {
    const { value, selectionStart } = this.input;
    const after = value.slice(selectionStart ?? value.length);
    this.input.value = value.slice(0, this.#from) + word + after;
    const cursor = this.#from + word.length;
    this.input.setSelectionRange(cursor, cursor);
  }
}
