// The learners on the board, one row each.

import { button } from "../base/button.js";
import { element, fill, setAttribute, setText } from "../base/dom.js";
import { changeIcon, icon } from "../base/icons.js";
import { keyed } from "../base/keyed.js";
import { either, language, text } from "../language/language.js";
import { askForDismissal, askForNewCode, askForReset } from "./questions.js";

/** @typedef {import("./roster.js").Row} Row */

/** @type {Record<import("./roster.js").Standing, string>} */
const symbols = {
  hand: "hand", stuck: "failing", working: "running", passed: "ready", done: "completed", idle: "pending",
};

/** A table of learners. */
export class LearnerRows {
  /** @type {Set<string>} */
  #chosen = new Set();
  #head = element("tr");
  #body = element("tbody");
  /** @type {WeakMap<HTMLElement, Row>} */
  #rows = new WeakMap();
  #language = "";

  /**
   * @param {import("./room.js").Room} room
   * @param {() => void} onChoice
   */
  constructor(room, onChoice) {
    this.room = room;
    this.onChoice = onChoice;
    this.element = element("table", { class: "learners" }, element("thead", {}, this.#head), this.#body);
  }

  /** Names of the Learners that were chosen and are still there. */
  get chosen() {
    const there = new Set(this.room.learners.map((one) => one.metadata.name));
    return [...this.#chosen].filter((name) => there.has(name));
  }

  /**
   * @param {Row[]} rows
   * @param {Map<string, any>} lessons
   */
  update(rows, lessons) {
    if (this.#language !== language.value) this.#drawHead();
    this.#language = language.value;
    this.element.hidden = rows.length === 0;
    keyed(this.#body, rows, (row) => `${row.name} ${language.value}`, (row) => this.#make(row),
      (line, row) => this.#update(line, row, lessons));
  }

  #drawHead() {
    const columns = /** @type {const} */ (["learner", "at", "state", "since"]);
    fill(this.#head, this.room.helps ? element("td", {}) : null,
      columns.map((name) => element("th", { scope: "col" }, text(`board.column.${name}`))),
      element("th", { scope: "col" }, element("span", { class: "visually-hidden" }, text("board.column.actions"))));
  }

  /** @param {Row} row */
  #make({ name, nickname }) {
    const choice = /** @type {HTMLInputElement} */ (element("input", {
      type: "checkbox", "aria-label": text("board.choose", { nickname }), checked: this.#chosen.has(name),
    }));
    choice.addEventListener("change", () => {
      if (choice.checked) this.#chosen.add(name);
      else this.#chosen.delete(name);
      this.onChoice();
    });
    const line = element("tr", { class: "learner", data: { learner: name } },
      this.room.helps ? element("td", { class: "learner-choice" }, choice) : null,
      element("th", { scope: "row", class: "learner-name" }, element("span", { class: "presence" }), element("span"),
        element("span", { class: "learner-problem" })),
      element("td", { class: "learner-at" }, element("span", { class: "learner-lesson" }),
        element("span", { class: "learner-step" })),
      element("td", { class: "learner-state" },
        element("span", { class: "standing" }, icon("pending"), element("span")),
        element("span", { class: "learner-condition" })),
      element("td", { class: "learner-since" }),
      element("td", { class: "learner-actions" }, this.#actions(name)));
    return line;
  }

  /** @param {string} name */
  #actions(name) {
    const line = () => /** @type {HTMLElement} */ (this.#body.querySelector(`[data-learner="${name}"]`));
    const row = () => /** @type {Row} */ (this.#rows.get(line()));
    const open = element("a", { class: "button secondary", href: `#/watch/${name}` }, icon("eye"), text("board.open"));
    if (!this.room.helps && this.room.role === "observer") return null;
    const menu = element("div", { class: "menu row-menu", popover: "auto", id: `menu-${name}` },
      button("", () => { menuOf(name)?.hidePopover(); this.room.lowerHand(name); }, icon("hand"),
        text("board.lowerHand")),
      button("", () => { menuOf(name)?.hidePopover(); askForReset(this.room, row()); }, icon("restart"),
        text("board.reset")),
      button("", () => { menuOf(name)?.hidePopover(); askForNewCode(row()); }, icon("copy"), text("board.codeMake")),
      this.room.leads && button("", () => { menuOf(name)?.hidePopover(); askForDismissal(this.room, row()); },
        icon("close"), text("board.dismiss")));
    const more = element("button", {
      class: "icon-button", type: "button", popovertarget: `menu-${name}`, title: text("board.more"),
      "aria-label": text("board.moreOf", { nickname: this.room.model.get("learners",
        { name })?.spec?.nickname ?? name }),
    }, icon("more"));
    menu.addEventListener("beforetoggle", () => placeMenu(menu, more));
    return [open, more, menu];
  }

  /**
   * @param {HTMLElement} line
   * @param {Row} row
   * @param {Map<string, any>} lessons
   */
  #update(line, row, lessons) {
    this.#rows.set(line, row);
    const cells = this.room.helps ? [...line.children].slice(1) : [...line.children];
    const [name, at, state, since] = cells;
    setAttribute(line, "data-standing", row.standing);
    setAttribute(name.children[0], "data-present", row.present ? "" : null);
    setAttribute(name.children[0], "title", text(row.present ? "board.present" : "board.away"));
    setText(name.children[1], row.nickname);
    setText(name.children[2], row.problem);
    const lesson = lessons.get(row.lesson);
    const steps = lesson?.steps ?? [];
    const index = steps.findIndex((/** @type {any} */ step) => step.id === row.step);
    setText(at.children[0], lesson ? either(lesson.title) : row.lesson || text("board.notBegun"));
    setText(at.children[1], index >= 0 ? `${index + 1}/${steps.length} · ${either(steps[index].title)}` : row.step);
    const [badge, condition] = state.children;
    changeIcon(/** @type {any} */ (badge.firstElementChild), symbols[row.standing]);
    setText(badge.children[1], text(`standing.${row.standing}`));
    setText(condition, row.condition ? conditionText(row.condition) : "");
    setText(since, row.lesson && row.standing !== "done" ? sinceText(row.minutes) : "");
  }
}

/** @param {number} minutes */
function sinceText(minutes) {
  return minutes === 0 ? text("board.justNow") : text("board.minutes", { minutes });
}

/** @param {any} condition */
function conditionText({ text: said, actual }) {
  const what = either(said);
  return actual ? `${what} (${text("board.found", { actual })})` : what;
}

/**
 * @param {string} name
 * @returns {any}
 */
function menuOf(name) {
  return document.getElementById(`menu-${name}`);
}

/**
 * Puts a menu under its button.
 * @param {HTMLElement} menu
 * @param {HTMLElement} opener
 */
function placeMenu(menu, opener) {
  const { bottom, left, right, top } = opener.getBoundingClientRect();
  const below = bottom + 200 < innerHeight;
  // It opens towards the middle of the screen, so that a phone shows all of it.
  const [fromRight, fromLeft] = right > innerWidth / 2 ? [`${innerWidth - right}px`, "auto"] : ["auto", `${left}px`];
  menu.style.inset = below ? `${bottom + 4}px ${fromRight} auto ${fromLeft}`
    : `auto ${fromRight} ${innerHeight - top + 4}px ${fromLeft}`;
}
