// The checks of a step: what is still missing, live.

import { element, fill, setAttribute } from "../base/dom.js";
import { changeIcon, icon } from "../base/icons.js";
import { keyed } from "../base/keyed.js";
import { language, text } from "../language/language.js";
import { LiveStream } from "../server/livestream.js";
import { cluster } from "../server/request.js";

/**
 * @typedef {object} Condition
 * @property {string} id
 * @property {boolean} passed
 * @property {string} text
 * @property {string} [expected]
 * @property {string} [actual]
 * @property {string} [field]
 *
 * @typedef {{ step: string, passed: boolean, conditions: Condition[], hint: string | null }} CheckResult
 */

/** Follows one step's checks and shows them. */
export class Checks {
  #list = element("ul", { class: "conditions" });
  #state = element("p", { class: "check-state", role: "status" });
  /** @type {LiveStream | null} */
  #stream = null;

  /**
   * @param {string} lesson
   * @param {string} step
   * @param {(result: CheckResult) => void} onResult
   */
  constructor(lesson, step, onResult) {
    this.lesson = lesson;
    this.step = step;
    this.onResult = onResult;
    this.element = element("section", { class: "checks", "aria-label": text("checks.title") },
      element("h3", {}, text("checks.title")), this.#state, this.#list);
    this.#say("checks.waiting");
  }

  /** Looks again when the tab shows again: a hidden one holds no connection. */
  #seen = () => {
    if (document.visibilityState === "visible") this.#open();
    else this.#stop();
  };
  #query = "";

  /**
   * @param {string} since
   * @param {string} answer The choice in the step's prediction; empty before.
   */
  follow(since, answer) {
    this.close();
    const query = { step: this.step, language: language.value, ...(since && { since }), ...(answer && { answer }) };
    this.#query = String(new URLSearchParams(query));
    document.addEventListener("visibilitychange", this.#seen);
    this.#open();
  }

  #open() {
    this.#stream ??= new LiveStream(
      () => `${cluster}/lessons/${this.lesson}/checks?${this.#query}`,
      (event) => this.#take(JSON.parse(event.data)),
      (state, failure) => {
        if (state === "waiting" || state === "refused") this.#lost(failure?.status ?? 0);
      });
  }

  /** @param {number} status */
  #lost(status) {
    if (status === 410) this.close();
    this.#say(status === 410 ? "checks.expired" : "checks.lost");
  }

  /** Says that the step was passed before. */
  showPassed() {
    setAttribute(this.element, "data-passed", "");
    this.#say("checks.before");
  }

  close() {
    document.removeEventListener("visibilitychange", this.#seen);
    this.#stop();
  }

  #stop() {
    this.#stream?.close();
    this.#stream = null;
  }

  /** @param {CheckResult} result */
  #take(result) {
    if (result.step !== this.step) return;
    if (result.passed) this.close();
    setAttribute(this.element, "data-passed", result.passed ? "" : null);
    const left = result.conditions.filter((one) => !one.passed).length;
    if (result.passed) this.#say("checks.passed");
    else this.#say("checks.left", { left, total: result.conditions.length });
    keyed(this.#list, result.conditions, (one) => one.id, makeCondition, updateCondition);
    this.onResult(result);
  }

  /**
   * @param {import("../language/language.js").MessageKey} key
   * @param {Record<string, number>} [values]
   */
  #say(key, values) {
    const said = text(key, values);
    if (this.#state.textContent !== said) fill(this.#state, said);
  }
}

function makeCondition() {
  return element("li", { class: "condition" }, icon("pending"),
    element("div", {}, element("span", { class: "condition-text" }), element("span", { class: "visually-hidden" }),
      element("dl", { class: "difference" })));
}

/**
 * @param {HTMLElement} row
 * @param {Condition} condition
 */
function updateCondition(row, condition) {
  const [symbol, body] = row.children;
  const [said, state, difference] = body.children;
  setAttribute(row, "data-passed", condition.passed ? "" : null);
  changeIcon(/** @type {any} */ (symbol), condition.passed ? "completed" : "pending");
  fill(said, condition.text);
  fill(state, ` (${text(condition.passed ? "checks.done" : "checks.missing")})`);
  const rows = condition.passed ? [] : [
    ["checks.expected", condition.expected],
    ["checks.actual", condition.actual],
    ["checks.field", condition.field],
  ];
  fill(difference, rows.filter(([, value]) => value).flatMap(([key, value]) => [
    element("dt", {}, text(/** @type {any} */ (key))), element("dd", {}, element("code", {}, value)),
  ]));
}
