// Running commands on the server, one after the other.

import { values } from "../server/lines.js";
import { RequestError, cluster, send } from "../server/request.js";
import { language, text } from "../language/language.js";

/** Runs lines in order, and interrupts the one that runs. */
export class TerminalSession {
  /** @type {string[]} */
  #waiting = [];
  /** @type {AbortController | null} */
  #running = null;

  /**
   * @param {import("./output.js").Output} output
   * @param {() => Record<string, string>} files What `-f NAME` finds.
   * @param {(running: boolean) => void} onRunning
   */
  constructor(output, files, onRunning) {
    this.output = output;
    this.files = files;
    this.onRunning = onRunning;
  }

  get isRunning() {
    return this.#running !== null;
  }

  /**
   * Runs a line when those before it have ended.
   * @param {string} line
   */
  enqueue(line) {
    this.#waiting.push(line);
    if (!this.#running) this.#next();
  }

  /** Ends the running command and forgets those that wait. */
  interrupt() {
    this.#waiting = [];
    this.#running?.abort();
  }

  async #next() {
    const line = this.#waiting.shift();
    if (line === undefined) return this.onRunning(false);
    const abort = new AbortController();
    this.#running = abort;
    this.onRunning(true);
    this.output.print(`$ ${line}\n`, "command");
    try {
      await this.#run(line, abort.signal);
    } catch (error) {
      this.#explain(/** @type {Error} */ (error));
    }
    this.#running = null;
    this.#next();
  }

  /**
   * @param {string} line
   * @param {AbortSignal} signal
   */
  async #run(line, signal) {
    const body = { line, files: this.files(), language: language.value };
    const response = await send("POST", `${cluster}/terminal`, { body, accept: "application/x-ndjson", signal });
    for await (const part of values(response)) {
      if (part.out !== undefined) this.output.print(part.out, "out");
      if (part.error !== undefined) this.output.print(part.error, "error");
      if (part.request !== undefined) this.output.print(`${part.request}\n`, "request");
    }
  }

  /** @param {Error} error */
  #explain(error) {
    if (error.name === "AbortError") this.output.print("^C\n", "note");
    else if (error instanceof RequestError && error.status > 0) this.output.print(`${error.message}\n`, "error");
    else this.output.print(`${text("terminal.lost")}\n`, "error");
  }
}
