// The pane on the left: the list of lessons, or the lesson that the address names.

import { button } from "../base/button.js";
import { element, fill } from "../base/dom.js";
import { language, text } from "../language/language.js";
import { route } from "../shell/route.js";
import { ask } from "../server/request.js";
import { LessonView } from "./lesson.js";
import { libraryView } from "./library.js";
import { runClickedCommands } from "./markup.js";
import { followPreview } from "./preview.js";

/** Follows the address and the language. */
export class LessonPane {
  /** @type {LessonView | null} */
  #view = null;
  #language = language.value;

  /**
   * @param {HTMLElement} pane
   * @param {(...commands: string[]) => void} run
   * @param {() => string} revision
   */
  constructor(pane, run, revision) {
    this.pane = pane;
    this.run = run;
    this.revision = revision;
    runClickedCommands(pane, run);
    addEventListener("hashchange", () => this.show());
    language.follow(() => this.show());
  }

  /** The files of the open lesson, as the terminal's commands find them. */
  get files() {
    return this.#view?.files ?? {};
  }

  /** Shows what the address asks for. */
  async show() {
    const { lesson, part } = route(location.hash);
    const moved = this.pane.childElementCount > 0;
    try {
      if (lesson) await this.#showLesson(lesson, part);
      else await this.#showLibrary();
      if (moved) /** @type {HTMLElement | null} */ (this.pane.querySelector("h2"))?.focus({ preventScroll: true });
    } catch (error) {
      this.#showFailure(/** @type {Error} */ (error).message);
    }
  }

  async #showLibrary() {
    const { lessons, version } = await ask("GET", "/lessons");
    followPreview(version);
    this.#leave();
    fill(this.pane, libraryView(lessons));
    document.title = "Podium";
  }

  /**
   * @param {string} id
   * @param {string} part
   */
  async #showLesson(id, part) {
    if (this.#view?.lesson.id !== id || this.#language !== language.value) {
      this.#language = language.value;
      const lesson = await ask("GET", `/lessons/${encodeURIComponent(id)}?language=${language.value}`);
      followPreview(lesson.version);
      this.#leave();
      this.#view = new LessonView(lesson, this.run, this.revision);
    }
    fill(this.pane, this.#view.element);
    this.#view.show(part);
    document.title = `${this.#view.lesson.title} · Podium`;
  }

  #leave() {
    this.#view?.close();
    this.#view = null;
  }

  /** @param {string} message */
  #showFailure(message) {
    this.#leave();
    fill(this.pane, element("div", { class: "failure", role: "alert" },
      element("h2", { tabindex: -1 }, text("lesson.failed")), element("p", {}, message),
      button("secondary", () => this.show(), text("connection.retry")),
      element("a", { class: "button quiet", href: "#/" }, text("lesson.all"))));
  }
}
