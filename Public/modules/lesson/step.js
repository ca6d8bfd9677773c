// One step of a lesson.

import { announce } from "../base/announce.js";
import { button } from "../base/button.js";
import { element } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { text } from "../language/language.js";
import { Checks } from "./checks.js";
import { Files } from "./files.js";
import { Help } from "./help.js";
import { prose } from "./markup.js";
import { note, notePassed, progressOf } from "./progress.js";
import { Quiz } from "./quiz.js";

/**
 * @typedef {object} Step
 * @property {string} id
 * @property {string} title
 * @property {string | null} [view] The view of the picture that suits it; the lesson's where null.
 * @property {string} html
 * @property {import("./files.js").LessonFile[]} [files]
 * @property {string[]} [hints]
 * @property {string[]} [solution]
 * @property {import("./files.js").LessonFile[]} [corrections] Files as the solution leaves them.
 * @property {import("./quiz.js").Prediction | null} [prediction]
 */

/** Shows a step and follows its checks until it is closed. */
export class StepView {
  /**
   * @param {string} lesson
   * @param {Step} step
   * @param {(...commands: string[]) => void} run
   * @param {(result: import("./checks.js").CheckResult) => void} onResult
   * @param {() => void} openFiles
   */
  constructor(lesson, step, run, onResult, openFiles) {
    this.lesson = lesson;
    this.step = step;
    this.onResult = onResult;
    this.quiz = step.prediction ? new Quiz(lesson, step.id, step.prediction, () => this.#answered()) : null;
    this.checks = new Checks(lesson, step.id, (result) => this.#take(result));
    const files = step.files?.length
      ? new Files(step.files, progressOf(lesson).files, (name, content) => this.#edit(name, content), run) : null;
    /** The step's files with their editor; null where it has none. */
    this.files = files?.element ?? null;
    const names = (step.files ?? []).map((file) => file.name).join(", ");
    const toFiles = files && button("secondary to-files", openFiles, icon("editor"), text("files.open", { names }));
    this.help = new Help(
      { hints: step.hints ?? [], solution: step.solution ?? [], corrections: step.corrections ?? [] }, run,
      (file) => {
        files?.put(file);
        openFiles();
      });
    this.heading = element("h2", { class: "step-title", tabindex: -1 }, step.title);
    this.element = element("article", { class: "step" }, this.heading, this.quiz?.element, prose(step.html),
      toFiles, this.checks.element, this.help.element);
  }

  /** Starts to look whether the step is done. */
  follow() {
    const { since, predictions } = progressOf(this.lesson);
    this.checks.follow(since, predictions[this.step.id] ?? "");
  }

  /** A check may wait for the answer. */
  #answered() {
    if (!progressOf(this.lesson).passed.includes(this.step.id)) this.follow();
  }

  /** Shows a step that was passed before. */
  showPassed() {
    this.checks.showPassed();
    this.quiz?.reveal();
  }

  close() {
    this.checks.close();
  }

  /** @param {import("./checks.js").CheckResult} result */
  #take(result) {
    this.help.fitting = result.hint;
    if (result.passed) {
      notePassed(this.lesson, this.step.id);
      announce(text("checks.passed"));
      this.quiz?.reveal();
    }
    this.onResult(result);
  }

  /**
   * @param {string} name
   * @param {string | null} content
   */
  #edit(name, content) {
    const files = { ...progressOf(this.lesson).files };
    if (content === null) delete files[name];
    else files[name] = content;
    note(this.lesson, { files });
  }
}
