// The terminal: a log of what was printed, and a line to type in.

import { button } from "../base/button.js";
import { element, fill } from "../base/dom.js";
import { remember, remembered } from "../base/storage.js";
import { language, text } from "../language/language.js";
import { Completion } from "./completion.js";
import { History } from "./history.js";
import { Output } from "./output.js";
import { TerminalSession } from "./session.js";

/** A kubectl terminal in the page. */
export class Terminal {
  #history = new History();
  #showRequests = remembered("terminal.requests", true);
  #head = element("header", { class: "pane-head" });

  /**
   * @param {HTMLElement} pane
   * @param {() => Record<string, string>} files
   */
  constructor(pane, files) {
    this.pane = pane;
    this.output = new Output();
    this.input = /** @type {HTMLInputElement} */ (element("input", {
      id: "terminal-input", class: "prompt-input", type: "text", role: "combobox", "aria-expanded": "false",
      autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false", enterkeyhint: "go",
    }));
    this.stop = element(
      "button",
      { class: "quiet stop", type: "button", hidden: true, on: { click: () => this.session.interrupt() } },
    );
    this.completion = new Completion(this.input);
    this.session = new TerminalSession(this.output, files, (running) => this.#showRunning(running));
    fill(pane, this.#head, this.output.element, element("div", { class: "prompt" },
      element(
        "span",
        { class: "prompt-mark", "aria-hidden": "true" },
        "$",
      ), this.input, this.stop, this.completion.element));
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("paste", (event) => this.#paste(event));
    this.input.addEventListener("input", () => this.completion.close());
    this.input.addEventListener("blur", () => this.completion.close());
    this.output.element.addEventListener("click", () => {
      if (!getSelection()?.toString()) this.input.focus({ preventScroll: true });
    });
    this.output.element.addEventListener("keydown", (event) => this.#outputKey(event));
    this.#translate();
    language.follow(() => this.#translate());
    this.output.print(`${text("terminal.welcome")}\n`, "note");
  }

  /**
   * Runs lines as if they had been typed; a command that still runs (a watch) is interrupted first.
   * @param {...string} lines
   */
  run(...lines) {
    if (this.session.isRunning) this.session.interrupt();
    for (const line of lines) this.#enter(line);
  }

  /**
   * Prints what the page has done for a person, as they could have typed it.
   * @param {{ rest: string, kubectl: string }} action
   */
  show({ rest, kubectl }) {
    this.output.print(`# ${kubectl}\n`, "note");
    this.output.print(`${rest}\n`, "request");
  }

  #translate() {
    const toggle = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox" }));
    toggle.checked = this.#showRequests;
    toggle.addEventListener("change", () => this.#toggleRequests(toggle.checked));
    fill(this.#head, element("h2", {}, text("pane.terminal")),
      element("label", { class: "toggle" }, toggle, text("terminal.requests")),
      button("quiet", () => this.output.clear(), text("terminal.clear")));
    this.input.setAttribute("aria-label", text("terminal.input"));
    this.input.placeholder = text("terminal.placeholder");
    this.output.element.setAttribute("aria-label", text("terminal.output"));
    fill(this.stop, text("terminal.stop"));
    this.#toggleRequests(this.#showRequests);
  }

  /** @param {boolean} shown */
  #toggleRequests(shown) {
    this.#showRequests = shown;
    this.output.element.toggleAttribute("data-requests", shown);
    remember("terminal.requests", shown);
  }

  /** @param {boolean} running */
  #showRunning(running) {
    this.stop.hidden = !running;
    this.pane.toggleAttribute("data-running", running);
  }

  /** @param {string} line */
  #enter(line) {
    this.completion.close();
    const command = line.trim();
    if (command === "") return;
    this.#history.add(command);
    if (command === "clear") this.output.clear();
    else if (command === "help") this.output.print(`$ help\n${text("terminal.help")}\n`, "note");
    else this.session.enqueue(command);
    this.output.element.scrollTop = this.output.element.scrollHeight;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    // Korean and other composed text ends its composition with Enter, which is not ours then.
    if (event.isComposing) return;
    if (event.ctrlKey && !event.metaKey && !event.altKey) return this.#controlKey(event);
    const action = this.#actions[event.key];
    if (!action || (event.key === "Tab" && !this.#wantsTab(event))) return;
    event.preventDefault();
    action(event);
  }

  /** @type {Record<string, (event: KeyboardEvent) => void>} */
  #actions = {
    Enter: () => this.#submit(),
    Tab: (event) => this.completion.press(event.shiftKey ? -1 : 1),
    Escape: () => (this.completion.isOpen ? this.completion.close() : this.output.element.focus()),
    ArrowUp: () => (this.completion.isOpen ? this.completion.press(-1) : this.#recall(
      this.#history.back(this.input.value),
    )),
    ArrowDown: () => (this.completion.isOpen ? this.completion.press(1) : this.#recall(this.#history.forward())),
  };

  /**
   * Tab completes only where something stands to be completed, so that the keyboard can always leave the terminal.
   * @param {KeyboardEvent} event
   */
  #wantsTab(event) {
    return this.completion.isOpen || (this.input.value.trim() !== "" && !event.shiftKey);
  }

  #submit() {
    if (this.completion.hasChoice) return this.completion.accept();
    const line = this.input.value;
    this.input.value = "";
    this.#enter(line);
  }

  /** @param {string | null} line */
  #recall(line) {
    if (line === null) return;
    this.input.value = line;
    this.input.setSelectionRange(line.length, line.length);
  }

  /** @param {KeyboardEvent} event */
  #controlKey(event) {
    const key = event.key.toLowerCase();
    if (key === "l") this.output.clear();
    else if (key === "c" && !this.#hasSelection) this.#interrupt();
    else return;
    event.preventDefault();
  }

  /** Whether Ctrl-C is there to copy. */
  get #hasSelection() {
    return this.input.selectionStart !== this.input.selectionEnd || Boolean(getSelection()?.toString());
  }

  /** @param {KeyboardEvent} event */
  #outputKey(event) {
    if (event.ctrlKey && event.key.toLowerCase() === "c" && !getSelection()?.toString()) this.#interrupt();
  }

  #interrupt() {
    if (this.session.isRunning) this.session.interrupt();
    else this.output.print(`$ ${this.input.value}^C\n`, "note");
    this.input.value = "";
    this.completion.close();
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const lines = (event.clipboardData?.getData("text") ?? "").replace(/\\\r?\n\s*/g, " ").split(/\r?\n/);
    if (lines.length < 2) return;
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = this.input;
    const first = value.slice(0, selectionStart ?? value.length) + lines[0];
    const last = lines.pop() + value.slice(selectionEnd ?? value.length);
    for (const line of [first, ...lines.slice(1)]) this.#enter(line.replace(/^\$ /, ""));
    this.input.value = last.replace(/^\$ /, "");
  }
}
