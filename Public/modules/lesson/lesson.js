// One lesson: its opening, its steps and its end.

import { button } from "../base/button.js";
import { element, fill, setAttribute } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { text } from "../language/language.js";
import { ask, cluster } from "../server/request.js";
import { prose } from "./markup.js";
import { note, progressOf } from "./progress.js";
import { StepView } from "./step.js";

/**
 * @typedef {object} Lesson
 * @property {string} id
 * @property {string} title
 * @property {string} intro
 * @property {import("./step.js").Step[]} steps
 * @property {string} outro
 * @property {string} [view] The view of the picture that suits it.
 */

/** Shows the part of a lesson that the address names. */
export class LessonView {
  /** @type {StepView | null} */
  #step = null;
  #bar = element("nav", { class: "steps" });
  #scroll = element("div", { class: "scroll lesson-scroll", tabindex: 0, role: "group" });
  #foot = element("footer", { class: "lesson-foot" });
  /** How the check stands, for when the check itself is scrolled away. */
  #summary = button("summary", () => this.#showChecks());

  /**
   * @param {Lesson} lesson
   * @param {(...commands: string[]) => void} run
   * @param {() => string} revision The newest revision of the cluster that this page has seen.
   * @param {import("../shell/side.js").Side} side Where a step's files are edited.
   * @param {() => void} openFiles
   */
  constructor(lesson, run, revision, side, openFiles) {
    this.side = side;
    this.openFiles = openFiles;
    this.lesson = lesson;
    this.run = run;
    this.revision = revision;
    this.#scroll.setAttribute("aria-label", lesson.title);
    this.element = element("div", { class: "lesson-view" },
      element("header", { class: "pane-head lesson-head" },
        element(
          "a",
          { class: "to-library", href: "#/", title: text("lesson.all"), "aria-label": text("lesson.all") },
          icon("back"),
        ),
        element("span", { class: "lesson-title" }, lesson.title)),
      this.#bar, this.#scroll, this.#summary, this.#foot);
  }

  /** All files of the lesson as the learner has them now. */
  get files() {
    const given = this.lesson.steps.flatMap((step) => step.files ?? []).map((file) => [file.name, file.content]);
    return { ...Object.fromEntries(given), ...progressOf(this.lesson.id).files };
  }

  /** @param {string} part A step's id, `end`, or empty for the opening. */
  show(part) {
    this.close();
    const index = this.lesson.steps.findIndex((step) => step.id === part);
    this.#drawBar(part);
    if (index >= 0) this.#showStep(index);
    else if (part === "end") this.#showEnd();
    else this.#showOpening();
    this.side.setFiles(this.#step?.files ?? null);
    this.#scroll.scrollTop = 0;
  }

  close() {
    this.#step?.close();
    this.#step = null;
    this.side.setFiles(null);
    this.#summary.hidden = true;
  }

  #showChecks() {
    this.#step?.checks.element.scrollIntoView({ block: "center", behavior: "smooth" });
  }

  #showOpening() {
    const { id, title, intro, steps } = this.lesson;
    const begun = steps.find((step) => step.id === progressOf(id).step);
    fill(
      this.#scroll,
      element("article", { class: "step" }, element("h2", { class: "step-title", tabindex: -1 }, title), prose(intro)),
    );
    fill(this.#foot,
      begun && element("a", { class: "button secondary", href: this.#address(begun.id) }, text("lesson.continue")),
      this.#button(
        begun ? "quiet" : "primary",
        begun ? "restart" : "next",
        begun ? "lesson.startOver" : "lesson.start",
        () => this.#begin(steps[0].id),
      ));
  }

  #showEnd() {
    const { id, steps, outro } = this.lesson;
    const { passed } = progressOf(id);
    const complete = steps.every((step) => passed.includes(step.id));
    fill(this.#scroll, element("article", { class: "step end" },
      complete && element("p", { class: "end-mark" }, icon("completed")),
      element("h2", { class: "step-title", tabindex: -1 }, text(complete ? "lesson.finished" : "lesson.endReached")),
      prose(outro)));
    fill(this.#foot, element("a", { class: "button primary", href: "#/" }, text("lesson.all")));
  }

  /** @param {number} index */
  #showStep(index) {
    const { id, steps } = this.lesson;
    const step = steps[index];
    const progress = note(id, { openedAt: Date.now() });
    const passed = progress.passed.includes(step.id);
    const unprepared = this.#isUnprepared(index);
    if (!unprepared && !passed && progress.step !== step.id) note(id, { step: step.id, since: this.revision() });
    const view = new StepView(id, step, this.run, (result) => this.#take(result, index), this.openFiles);
    this.#step = view;
    if (passed) view.showPassed();
    else if (!unprepared) view.follow();
    const number = text("lesson.step", { number: index + 1, total: steps.length });
    fill(this.#scroll, element("p", { class: "step-number" }, number),
      unprepared && this.#preparation(step.id), view.element);
    this.#drawFoot(index, passed);
  }

  /**
   * Whether the learner comes to a step out of order, so that the cluster is not as the step expects it.
   * @param {number} index
   */
  #isUnprepared(index) {
    const { steps, id } = this.lesson;
    const { passed, step } = progressOf(id);
    const here = steps[index].id;
    if (passed.includes(here) || step === here) return false;
    return index === 0 || !passed.includes(steps[index - 1].id);
  }

  /** @param {string} step */
  #preparation(step) {
    return element("div", { class: "preparation" }, element("p", {}, text("lesson.unprepared")),
      this.#button("secondary", "restart", "lesson.prepare", () => this.#begin(step)));
  }

  /**
   * @param {import("./checks.js").CheckResult} result
   * @param {number} index
   */
  #take({ passed, conditions }, index) {
    const done = conditions.filter((one) => one.passed).length;
    fill(this.#summary, icon(passed ? "completed" : "pending"),
      text(passed ? "checks.passed" : "checks.left", { left: conditions.length - done, total: conditions.length }));
    setAttribute(this.#summary, "data-passed", passed ? "" : null);
    this.#summary.hidden = false;
    if (!passed) return;
    this.#drawBar(this.lesson.steps[index].id);
    this.#drawFoot(index, true);
  }

  /**
   * @param {number} index
   * @param {boolean} passed
   */
  #drawFoot(index, passed) {
    const { steps } = this.lesson;
    const next = steps[index + 1];
    const back = index === 0 ? this.#address("") : this.#address(steps[index - 1].id);
    const forward = passed
      ? element(
        "a",
        { class: "button primary next", href: this.#address(next?.id ?? "end") },
        text(next ? "lesson.next" : "lesson.finish"),
        icon("next"),
      )
      : next && this.#button("quiet next", "next", "lesson.skip", () => this.#begin(next.id));
    const hadFocus = this.#foot.contains(document.activeElement);
    fill(this.#foot,
      element("a", { class: "button quiet", href: back }, icon("back"), text("lesson.back")),
      this.#button("quiet", "restart", "lesson.restart", () => this.#begin(steps[index].id)), forward);
    if (hadFocus) /** @type {HTMLElement | null} */ (this.#foot.querySelector(".next"))?.focus();
  }

  /**
   * @param {string} style
   * @param {string} symbol
   * @param {import("../language/language.js").MessageKey} key
   * @param {() => Promise<void>} act
   */
  #button(style, symbol, key, act) {
    const made = button(style, async () => {
      made.disabled = true;
      await act();
      made.disabled = false;
    }, icon(symbol), text(key));
    return made;
  }

  /**
   * Puts the cluster into the state in which a step starts, and goes there.
   * @param {string} step
   */
  async #begin(step) {
    const { id } = this.lesson;
    try {
      const { revision } = await ask("POST", `${cluster}/lessons/${id}/start`, { body: { step } });
      const { passed, predictions } = progressOf(id);
      const { [step]: _, ...others } = predictions;
      note(id, { step, since: String(revision), passed: passed.filter((one) => one !== step), predictions: others });
      if (location.hash === this.#address(step)) this.show(step);
      else location.hash = this.#address(step);
    } catch (error) {
      this.#foot.querySelector(".error")?.remove();
      this.#foot.prepend(element(
        "p",
        { class: "error", role: "alert" },
        text("lesson.notStarted", { message: /** @type {Error} */ (error).message }),
      ));
    }
  }

  /** @param {string} part */
  #address(part) {
    return `#/lessons/${this.lesson.id}${part ? `/${part}` : ""}`;
  }

  /** @param {string} current */
  #drawBar(current) {
    const { passed } = progressOf(this.lesson.id);
    this.#bar.setAttribute("aria-label", text("lesson.steps"));
    fill(this.#bar, element("ol", {}, this.lesson.steps.map((step, index) => {
      const done = passed.includes(step.id);
      const name = `${index + 1}. ${step.title}${done ? ` (${text("checks.done")})` : ""}`;
      const link = element(
        "a",
        { href: this.#address(step.id), title: name, "aria-label": name, data: { done: String(done) } },
        done ? icon("ready") : index + 1,
      );
      setAttribute(link, "aria-current", step.id === current ? "step" : null);
      return element("li", {}, link);
    })));
  }
}
