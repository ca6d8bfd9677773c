// Help with a step: hints one by one, then the solution.

import { button } from "../base/button.js";
import { element, fill } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { text } from "../language/language.js";
import { prose } from "./markup.js";

/** The hints and the solution of a step, hidden until they are asked for. */
export class Help {
  #hints = element("ol", { class: "hints", hidden: true, role: "status" });
  #solution = element("div", { class: "solution", hidden: true, id: "solution" });
  #next = button("quiet", () => this.#hint());
  #show = element(
    "button",
    { class: "quiet", type: "button", "aria-controls": "solution", on: { click: () => this.#toggle() } },
  );
  #given = 0;
  /** @type {string | null} The hint that fits what is missing now. */
  fitting = null;

  /**
   * @param {{ hints: string[], solution: string[], corrections: import("./files.js").LessonFile[] }} step
   * @param {(...commands: string[]) => void} run
   * @param {(file: import("./files.js").LessonFile) => void} correct Puts a file into the editor.
   */
  constructor(step, run, correct) {
    this.step = step;
    const corrections = step.corrections.map((file) => element("li", {},
      button("secondary correction", () => correct(file), icon("solution"),
        text("help.correct", { name: file.name }))));
    const commands = step.solution.map((command) => element(
      "li",
      {},
      element("button", { class: "command", type: "button", data: { command } }, command),
    ));
    fill(this.#solution, element("ol", { class: "commands" }, corrections, commands),
      button("secondary", () => {
        step.corrections.forEach(correct);
        run(...step.solution);
      }, icon("play"), text("help.runSolution")));
    this.element = element("section", { class: "help", "aria-label": text("help.title") },
      element("div", { class: "help-actions" }, this.#next, step.solution.length > 0 && this.#show),
      this.#hints, this.#solution);
    this.#label();
  }

  #hint() {
    const hint = this.#nextHint();
    if (!hint) return;
    this.#hints.hidden = false;
    this.#hints.append(element("li", { data: { hint } }, prose(hint)));
    this.#label();
  }

  /** @returns {string | undefined} */
  #nextHint() {
    const given = new Set([...this.#hints.children].map((one) => /** @type {HTMLElement} */ (one).dataset.hint));
    if (this.fitting && !given.has(this.fitting)) return this.fitting;
    while (this.#given < this.step.hints.length) {
      const hint = this.step.hints[this.#given++];
      if (!given.has(hint)) return hint;
    }
    return undefined;
  }

  #toggle() {
    this.#solution.hidden = !this.#solution.hidden;
    this.#label();
  }

  #label() {
    const more = this.#hints.childElementCount > 0;
    fill(this.#next, icon("hint"), text(more ? "help.nextHint" : "help.hint"));
    /** @type {HTMLElement} */ (this.#next).hidden = this.step.hints.length === 0;
    fill(this.#show, icon("solution"), text(this.#solution.hidden ? "help.showSolution" : "help.hideSolution"));
    this.#show.setAttribute("aria-expanded", String(!this.#solution.hidden));
  }
}
