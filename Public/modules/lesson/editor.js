// An editor for one YAML file: a textarea with line numbers.

import { element, setText } from "../base/dom.js";
import { text } from "../language/language.js";
import { indented, newLine, outdented } from "./editing.js";

/** Edits a text and tells every change. */
export class Editor {
  #numbers = element("pre", { class: "line-numbers", "aria-hidden": "true" });
  #area = /** @type {HTMLTextAreaElement} */ (element("textarea", {
    class: "editor-text", spellcheck: "false", autocapitalize: "off", autocomplete: "off", wrap: "off",
  }));
  /** Whether Tab leaves the editor, as after Escape. */
  #tabLeaves = false;

  /**
   * @param {string} name
   * @param {string} content
   * @param {(content: string) => void} onChange
   */
  constructor(name, content, onChange) {
    this.onChange = onChange;
    this.element = element("div", { class: "editor" }, this.#numbers, this.#area);
    this.#area.setAttribute("aria-label", text("editor.label", { name }));
    this.#area.setAttribute("aria-describedby", "file-keys");
    this.#area.addEventListener("input", () => this.#changed());
    this.#area.addEventListener("scroll", () => { this.#numbers.scrollTop = this.#area.scrollTop; });
    this.#area.addEventListener("keydown", (event) => this.#key(event));
    this.content = content;
  }

  get content() {
    return this.#area.value;
  }

  set content(content) {
    this.#area.value = content;
    this.#number();
  }

  #changed() {
    this.#number();
    this.onChange(this.#area.value);
  }

  #number() {
    const count = this.#area.value.split("\n").length;
    setText(this.#numbers, Array.from({ length: count }, (_, index) => index + 1).join("\n"));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const tabLeaves = this.#tabLeaves;
    this.#tabLeaves = event.key === "Escape" || (event.key === "Shift" && tabLeaves);
    if (event.key === "Tab" && !tabLeaves) this.#edit(event, event.shiftKey ? outdented : indented);
    if (event.key === "Enter") this.#edit(event, newLine);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {(edit: import("./editing.js").Edit) => import("./editing.js").Edit} change
   */
  #edit(event, change) {
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = this.#area;
    const edit = change({ text: value, start: selectionStart, end: selectionEnd });
    this.#area.value = edit.text;
    this.#area.setSelectionRange(edit.start, edit.end);
    this.#changed();
  }
}
