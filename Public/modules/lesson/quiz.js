// The prediction of a step: say what will happen, run it, see.

import { button } from "../base/button.js";
import { element, fill } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { language, text } from "../language/language.js";
import { ask } from "../server/request.js";
import { prose, withCode } from "./markup.js";
import { note, progressOf } from "./progress.js";

/** @typedef {{ question: string, choices: { id: string, text: string }[] }} Prediction */

/** Takes a prediction first, and says what was right once the cluster has shown it. */
export class Quiz {
  #form = element("form", { class: "quiz-form" });
  #answer = element("div", { class: "quiz-answer", role: "status" });
  #revealed = false;

  /**
   * @param {string} lesson
   * @param {string} step
   * @param {Prediction} prediction
   * @param {() => void} onAnswer
   */
  constructor(lesson, step, prediction, onAnswer) {
    this.lesson = lesson;
    this.step = step;
    this.prediction = prediction;
    this.onAnswer = onAnswer;
    this.element = element("section", { class: "quiz", "aria-label": text("quiz.title") },
      element("h3", {}, text("quiz.title")), this.#form, this.#answer);
    this.#build();
    if (this.#choice) this.#noted();
  }

  get #choice() {
    return progressOf(this.lesson).predictions[this.step] ?? "";
  }

  #build() {
    const send = /** @type {HTMLButtonElement} */ (element(
      "button",
      { class: "secondary", type: "submit", disabled: !this.#choice },
      text("quiz.predict"),
    ));
    fill(this.#form, element("fieldset", {}, element("legend", {}, withCode(this.prediction.question)),
      this.prediction.choices.map((choice) => element("label", { class: "choice" },
        element(
          "input",
          {
            type: "radio",
            name: "choice",
            value: choice.id,
            checked: choice.id === this.#choice,
            on: { change: () => { send.disabled = false; } },
          },
        ),
        element("span", {}, withCode(choice.text))))), send);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const choice = new FormData(/** @type {HTMLFormElement} */ (this.#form)).get("choice");
      note(this.lesson, { predictions: { ...progressOf(this.lesson).predictions, [this.step]: String(choice) } });
      this.#noted();
      this.onAnswer();
    });
  }

  #noted() {
    for (const input of this.#form.querySelectorAll("input")) input.disabled = true;
    this.#form.querySelector("button")?.remove();
    fill(this.#answer, element("p", {}, text("quiz.noted")),
      button("quiet", () => this.reveal(), text("quiz.reveal")));
  }

  /** Says whether the prediction was right, and why. Without a prediction it says nothing. */
  async reveal() {
    if (this.#revealed || !this.#choice) return;
    this.#revealed = true;
    const body = { step: this.step, choice: this.#choice, language: language.value };
    try {
      const { correct, explanation } = await ask("POST", `/lessons/${this.lesson}/predictions`, { body });
      this.element.dataset.correct = String(correct);
      fill(
        this.#answer,
        element(
          "p",
          { class: "verdict" },
          icon(correct ? "completed" : "normal"),
          text(correct ? "quiz.right" : "quiz.wrong"),
        ),
        prose(explanation),
      );
    } catch (error) {
      this.#revealed = false;
      fill(this.#answer, element("p", { class: "error" }, /** @type {Error} */ (error).message));
    }
  }
}
