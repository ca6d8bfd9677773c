// The pane on the left: the lesson that the address names.

import { button } from "../base/button.js";
import { element, fill } from "../base/dom.js";
import { language, text } from "../language/language.js";
import { ask } from "../server/request.js";
import { LessonView } from "./lesson.js";
import { runClickedCommands } from "./markup.js";
import { followPreview } from "./preview.js";

/** Shows one lesson at a time. */
export class LessonPane {
  /** @type {LessonView | null} */
  #view = null;
  #language = language.value;
  /** The lesson and the part that were asked for last. */
  #wanted = "";

  /**
   * @param {HTMLElement} pane
   * @param {(...commands: string[]) => void} run
   * @param {() => string} revision
   * @param {import("../shell/side.js").Side} side
   * @param {() => void} openFiles
   */
  constructor(pane, run, revision, side, openFiles) {
    this.pane = pane;
    this.run = run;
    this.revision = revision;
    this.side = side;
    this.openFiles = openFiles;
    runClickedCommands(pane, run);
  }

  /** @type {(view: string) => void} Told which view of the picture suits what is open now. */
  onView = () => {};

  /** The files of the open lesson, as the terminal's commands find them. */
  get files() {
    return this.#view?.files ?? {};
  }

  /**
   * @param {string} id
   * @param {string} part A step's id, `end`, or empty for the opening.
   */
  async show(id, part) {
    const wanted = `${id}/${part}/${language.value}`;
    this.#wanted = wanted;
    try {
      const view = await this.#viewOf(id);
      if (this.#wanted !== wanted) return;
      fill(this.pane, view.element);
      view.show(part);
      const step = view.lesson.steps.find((one) => one.id === part);
      this.onView(step?.view ?? view.lesson.view ?? "cluster");
      document.title = `${view.lesson.title} · Podium`;
      /** @type {HTMLElement | null} */ (this.pane.querySelector("h2"))?.focus({ preventScroll: true });
    } catch (error) {
      this.#showFailure(/** @type {Error} */ (error).message, () => this.show(id, part));
    }
  }

  /**
   * @param {string} id
   * @returns {Promise<LessonView>}
   */
  async #viewOf(id) {
    if (this.#view && this.#view.lesson.id === id && this.#language === language.value) return this.#view;
    const asked = language.value;
    const lesson = await ask("GET", `/lessons/${encodeURIComponent(id)}?language=${asked}`);
    followPreview(lesson.version);
    this.#view?.close();
    this.#language = asked;
    this.#view = new LessonView(lesson, this.run, this.revision, this.side, this.openFiles);
    return this.#view;
  }

  /** Puts the lesson away. */
  leave() {
    this.#wanted = "";
    this.#view?.close();
    this.#view = null;
    fill(this.pane);
  }

  /**
   * @param {string} message
   * @param {() => void} retry
   */
  #showFailure(message, retry) {
    this.leave();
    fill(this.pane, element("div", { class: "failure", role: "alert" },
      element("h2", { tabindex: -1 }, text("lesson.failed")), element("p", {}, message),
      button("secondary", retry, text("connection.retry")),
      element("a", { class: "button quiet", href: "#/" }, text("lesson.all"))));
  }
}
