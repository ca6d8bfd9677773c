// The files of a step, in tabs.

import { element, fill, setAttribute } from "../base/dom.js";
import { text } from "../language/language.js";
import { Editor } from "./editor.js";

/** @typedef {{ name: string, content: string }} LessonFile */

/** Tabs with an editor, and what can be done with the file. */
export class Files {
  #tabs = element("div", { class: "file-tabs", role: "tablist" });
  #panel = element("div", { class: "file-panel", role: "tabpanel", id: "file-panel" });
  #shown = 0;

  /**
   * @param {LessonFile[]} files As the lesson gives them.
   * @param {Record<string, string>} edited What the learner has made of them.
   * @param {(name: string, content: string | null) => void} onEdit Null when the lesson's own content is back.
   * @param {(command: string) => void} run
   */
  constructor(files, edited, onEdit, run) {
    this.files = files;
    this.edited = { ...edited };
    this.onEdit = onEdit;
    this.run = run;
    this.element = element("section", { class: "files", "aria-label": text("files.title") }, this.#tabs, this.#panel);
    this.#tabs.setAttribute("aria-label", text("files.title"));
    this.#tabs.addEventListener("keydown", (event) => this.#key(event));
    this.#build();
  }

  #build() {
    fill(this.#tabs, this.files.map(({ name }, index) => element("button", {
      class: "file-tab", role: "tab", type: "button", id: `file-tab-${index}`, "aria-controls": "file-panel",
      on: { click: () => this.#show(index) },
    }, name)));
    this.#show(this.#shown);
  }

  /** @param {number} index */
  #show(index) {
    this.#shown = index;
    [...this.#tabs.children].forEach((tab, at) => {
      setAttribute(tab, "aria-selected", String(at === index));
      setAttribute(tab, "tabindex", at === index ? "0" : "-1");
    });
    const { name, content } = this.files[index];
    const reset = element(
      "button",
      { class: "quiet", type: "button", hidden: !(name in this.edited) },
      text("files.reset"),
    );
    const editor = new Editor(
      name,
      this.edited[name] ?? content,
      (now) => this.#edit(name, now === content ? null : now, reset),
    );
    reset.addEventListener("click", () => {
      editor.content = content;
      this.#edit(name, null, reset);
    });
    const apply = element(
      "button",
      {
        class: "secondary",
        type: "button",
        title: `kubectl apply -f ${name}`,
        on: { click: () => this.run(`kubectl apply -f ${name}`) },
      },
      text("files.apply"),
    );
    this.#panel.setAttribute("aria-labelledby", `file-tab-${index}`);
    fill(
      this.#panel,
      editor.element,
      element(
        "div",
        { class: "file-actions" },
        apply,
        reset,
        element("span", { class: "file-keys", id: "file-keys" }, text("editor.keys")),
      ),
    );
  }

  /**
   * Shows a file with another content, as if the learner had written it.
   * @param {LessonFile} file
   */
  put({ name, content }) {
    this.edited[name] = content;
    this.onEdit(name, content);
    this.#show(this.files.findIndex((file) => file.name === name));
  }

  /**
   * @param {string} name
   * @param {string | null} content
   * @param {HTMLElement} reset
   */
  #edit(name, content, reset) {
    if (content === null) delete this.edited[name];
    else this.edited[name] = content;
    reset.hidden = content === null;
    this.onEdit(name, content);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    this.#show((this.#shown + move + this.files.length) % this.files.length);
    /** @type {HTMLElement} */ (this.#tabs.children[this.#shown]).focus();
  }
}
