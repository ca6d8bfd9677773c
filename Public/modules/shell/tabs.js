// On a narrow screen one pane shows at a time; the tabs choose it.

import { element, fill } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { language, text } from "../language/language.js";

const names = /** @type {const} */ (["lesson", "cluster", "terminal", "editor", "log"]);

/** @typedef {typeof names[number]} TabName */

/** The bar at the bottom of a narrow screen. */
export class Tabs {
  /**
   * @param {HTMLElement} bar
   * @param {HTMLElement} workspace
   */
  constructor(bar, workspace) {
    this.bar = bar;
    this.workspace = workspace;
    this.#draw();
    language.follow(() => this.#draw());
  }

  /** @type {Set<TabName>} Those that the open view has not. */
  #absent = new Set(/** @type {TabName[]} */ (["editor"]));

  /** @type {(name: TabName) => void} Told which pane shows now. */
  onShow = () => {};

  /**
   * Offers a tab, or takes it away.
   * @param {TabName} name
   * @param {boolean} offered
   */
  offer(name, offered) {
    if (offered) this.#absent.delete(name);
    else this.#absent.add(name);
    if (!offered && this.shown === name) this.show(name === "lesson" ? "cluster" : "lesson");
    this.#draw();
  }

  /** @param {TabName} name */
  show(name) {
    this.onShow(name);
    this.workspace.dataset.tab = name;
    for (const button of this.bar.children) {
      const chosen = button.getAttribute("data-tab") === name;
      button.setAttribute("aria-pressed", String(chosen));
      if (chosen) button.removeAttribute("data-news");
    }
  }

  /**
   * Marks a pane that has something new and does not show.
   * @param {TabName} name
   */
  mark(name) {
    if (this.shown === name) return;
    this.bar.querySelector(`[data-tab="${name}"]`)?.setAttribute("data-news", "");
  }

  get isNarrow() {
    return getComputedStyle(this.bar).display !== "none";
  }

  get shown() {
    return /** @type {TabName} */ (this.workspace.dataset.tab);
  }

  #draw() {
    fill(this.bar, names.filter((name) => !this.#absent.has(name)).map((name) => element("button", {
      type: "button",
      data: { tab: name },
      on: { click: () => this.show(name) },
    },
      icon(name), element("span", {}, text(`tab.${name}`)))));
    this.show(this.shown);
  }
}
