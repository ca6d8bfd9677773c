// The pane beside the terminal: the step's files, or the cluster's events.

import { element, fill } from "../base/dom.js";
import { language, text } from "../language/language.js";

const names = /** @type {const} */ (["editor", "log"]);

/** @typedef {typeof names[number]} SideName */

/** Two panels, one of which shows. */
export class Side {
  #tabs = element("div", { class: "side-tabs", role: "tablist" });
  /** @type {Record<SideName, HTMLElement>} */
  panels = { editor: makePanel("editor"), log: makePanel("log") };
  /** What a panel has to say beside the tabs. */
  /** @type {Record<SideName, HTMLElement>} */
  tools = { editor: element("div", { class: "side-tools" }), log: element("div", { class: "side-tools" }) };
  /** @type {SideName} */
  #shown = "log";

  /** @param {HTMLElement} pane */
  constructor(pane) {
    const head = element("header", { class: "pane-head" }, this.#tabs, this.tools.editor, this.tools.log);
    fill(pane, head, this.panels.editor, this.panels.log);
    this.#tabs.addEventListener("keydown", (event) => this.#key(event));
    this.#draw();
    language.follow(() => this.#draw());
  }

  /** @type {(hasFiles: boolean) => void} Told when a step with files, or one without, is open. */
  onFiles = () => {};

  /** Whether the open step has files. */
  get hasFiles() {
    return this.panels.editor.childElementCount > 0;
  }

  /**
   * Shows the files of a step; null where it has none.
   * @param {HTMLElement | null} files
   */
  setFiles(files) {
    const had = this.hasFiles;
    fill(this.panels.editor, files);
    if (had !== this.hasFiles) this.show(this.hasFiles ? "editor" : "log");
    this.onFiles(this.hasFiles);
    this.#draw();
  }

  /** @param {SideName} name */
  show(name) {
    this.#shown = name === "editor" && !this.hasFiles ? "log" : name;
    this.#draw();
  }

  #draw() {
    this.#tabs.setAttribute("aria-label", text("pane.side"));
    const offered = names.filter((name) => name !== "editor" || this.hasFiles);
    fill(this.#tabs, offered.map((name) => element("button", {
      class: "side-tab", type: "button", role: "tab", id: `side-${name}`, "aria-controls": `panel-${name}`,
      "aria-selected": String(name === this.#shown), tabindex: name === this.#shown ? 0 : -1,
      on: { click: () => this.show(name) },
    }, text(`side.${name}`))));
    for (const name of names) {
      this.panels[name].hidden = name !== this.#shown;
      this.tools[name].hidden = name !== this.#shown;
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    event.preventDefault();
    this.show(this.#shown === "log" ? "editor" : "log");
    /** @type {HTMLElement | null} */ (this.#tabs.querySelector("[aria-selected=true]"))?.focus();
  }
}

/** @param {SideName} name */
function makePanel(name) {
  return element("div", { class: `side-panel ${name}-panel`, role: "tabpanel", id: `panel-${name}`,
    "aria-labelledby": `side-${name}` });
}
