// The instructor's board: the whole room at a glance.

import { button, iconButton } from "../base/button.js";
import { element, fill, setAttribute, setText } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { keyed } from "../base/keyed.js";
import { paced } from "../base/motion.js";
import { language, text } from "../language/language.js";
import { ask } from "../server/request.js";
import { serverTime } from "../server/servertime.js";
import { LearnerRows } from "./learnerrows.js";
import { askForFault, askForMessage, askForNewJoinCodes, askForPush, askForTitle } from "./questions.js";
import { countOf, roster, standings } from "./roster.js";

/** Milliseconds between two drawings, and between those that only count minutes. */
const [interval, minute] = [100, 10_000];

/** Draws the room into the page while it is open. */
export class Board {
  /** @type {import("./roster.js").Standing | "all"} */
  #filter = "all";
  #open = false;
  #title = element("h2", { class: "page-title", tabindex: -1 });
  #codes = element("div", { class: "room-codes" });
  #tools = element("div", { class: "room-tools", role: "group" });
  #wishes = element("ul", { class: "room-wishes" });
  #filters = element("div", { class: "segments room-filters", role: "group" });
  #empty = element("div", { class: "room-empty" });
  #failure = element("p", { class: "error", role: "alert" });

  /**
   * @param {HTMLElement} page
   * @param {import("./room.js").Room} room
   */
  constructor(page, room) {
    this.page = page;
    this.room = room;
    this.rows = new LearnerRows(room, () => this.#draw());
    /** @type {Map<string, any>} */
    this.lessons = new Map();
    this.draw = paced(() => this.#draw(), interval);
    room.model.onUpdate(this.draw);
    setInterval(() => this.#open && this.draw(), minute);
    language.follow(() => this.#open && this.show());
  }

  async show() {
    this.#open = true;
    document.title = `${text("place.classroom")} · Podium`;
    fill(this.page, element("div", { class: "room" },
      element("header", { class: "room-head" }, element("div", { class: "room-name" }, this.#title,
        this.room.leads && iconButton(text("board.rename"), () => askForTitle(this.room), icon("write"))), this.#codes),
      this.#tools, this.#failure, this.#wishes,
      element("div", { class: "room-list" }, this.#filters, this.rows.element, this.#empty)));
    this.#drawTools();
    this.#draw();
    if (this.lessons.size === 0) {
      const { lessons } = await ask("GET", "/lessons").catch(() => ({ lessons: [] }));
      this.lessons = new Map(lessons.map((/** @type {any} */ one) => [one.id, one]));
      this.draw();
    }
  }

  hide() {
    this.#open = false;
  }

  #drawTools() {
    const { room } = this;
    this.#tools.setAttribute("aria-label", text("board.tools"));
    const tool = (/** @type {string} */ symbol, /** @type {any} */ key, /** @type {() => unknown} */ act) =>
      button("secondary", () => this.#try(act), icon(symbol), text(key));
    this.pause = button("secondary", () => this.#try(() => room.wish({ paused: !room.classroom?.spec?.paused })));
    fill(this.#tools,
      room.leads && tool("message", "board.message", () => askForMessage(room)),
      room.leads && tool("next", "board.push", () => askForPush(room)),
      room.helps && tool("fault", "board.fault", () => askForFault(room, this.rows.chosen)),
      room.leads && this.pause,
      element("a", { class: "button secondary", href: "/classroom/results.csv", download: "" }, icon("download"),
        text("board.results")));
  }

  /** @param {() => unknown} act */
  async #try(act) {
    fill(this.#failure);
    try {
      await act();
    } catch (error) {
      fill(this.#failure, /** @type {Error} */ (error).message);
    }
  }

  #draw() {
    if (!this.#open) return;
    const { room } = this;
    const rows = roster(room.learners, room.attempts, serverTime());
    setText(this.#title, room.classroom?.spec?.title || text("place.classroom"));
    this.#drawCodes(rows.length);
    this.#drawPause();
    this.#drawWishes();
    this.#drawFilters(rows);
    const shown = this.#filter === "all" ? rows : rows.filter((row) => row.standing === this.#filter);
    this.rows.update(shown, this.lessons);
    this.#drawEmpty(rows.length, shown.length);
  }

  /** @param {number} count */
  #drawCodes(count) {
    const { room } = this;
    const { spec = {}, status = {} } = room.classroom ?? {};
    const signature = `${status.joinCode} ${spec.locked} ${count} ${status.places} ${language.value}`;
    if (this.#codes.dataset.shown === signature) return;
    this.#codes.dataset.shown = signature;
    if (!room.leads) return fill(this.#codes, element("span", { class: "muted" }, text("board.learners", { count })));
    const { places } = status;
    fill(this.#codes,
      element("span", { class: "muted" },
        places ? text("board.places", { count, places }) : text("board.learners", { count })),
      element("span", { class: "join-chip", data: { locked: String(spec.locked === true) } },
        element("span", {}, text("board.joinCode")), element("code", {}, status.joinCode ?? "…")),
      element("a", { class: "button secondary", href: "#/classroom/projector" }, icon("eye"), text("board.projector")),
      button("quiet", () => this.#try(() => room.wish({ locked: !spec.locked })),
        icon("cordoned"), text(spec.locked ? "board.unlock" : "board.lock")),
      button("quiet", () => askForNewJoinCodes(room), icon("people"), text("board.codes")));
  }

  #drawPause() {
    if (!this.pause) return;
    const paused = this.room.classroom?.spec?.paused === true;
    if (this.pause.dataset.shown === `${paused} ${language.value}`) return;
    this.pause.dataset.shown = `${paused} ${language.value}`;
    setAttribute(this.pause, "aria-pressed", String(paused));
    fill(this.pause, icon(paused ? "play" : "pause"), text(paused ? "board.resume" : "board.pause"));
  }

  /** What is in force for the room now, each with its end. */
  #drawWishes() {
    const { room } = this;
    const message = room.classroom?.spec?.message?.text;
    const wishes = [
      message && { key: `message ${message}`, symbol: "message", said: text("board.messageShown", { message }),
        end: room.leads && (() => room.wish({ message: null })), label: text("board.takeAway") },
      room.classroom?.spec?.paused && { key: "paused", symbol: "pause", said: text("board.isPaused"),
        end: room.leads && (() => room.wish({ paused: false })), label: text("board.resume") },
      ...room.incidents.map((incident) => this.#incidentWish(incident)),
    ].filter(Boolean);
    keyed(this.#wishes, /** @type {any[]} */ (wishes), (one) => `${one.key} ${language.value}`,
      (one) => element("li", { class: "room-wish" }, icon(one.symbol), element("span"),
        one.end && button("quiet", () => this.#try(one.end), one.label)),
      (row, one) => setText(row.children[1], one.said));
  }

  /** @param {any} incident */
  #incidentWish({ metadata, spec, status = {} }) {
    const { type, node, pod, image } = spec.fault;
    const about = [type, node ?? pod?.name ?? image].filter(Boolean).join(" ");
    const { active = 0, total = 0, failed = 0 } = status;
    const said = text(failed ? "board.incidentFailed" : "board.incident", { about, active, total, failed });
    return {
      key: metadata.name, symbol: "fault", said, label: text("board.endIncident"),
      end: this.room.helps && (() => this.room.endIncident(metadata.name)),
    };
  }

  /** @param {import("./roster.js").Row[]} rows */
  #drawFilters(rows) {
    const counts = countOf(rows);
    const names = /** @type {const} */ (["all", ...standings]);
    this.#filters.setAttribute("aria-label", text("board.filter"));
    keyed(this.#filters, names, (name) => name,
      (name) => button("segment", () => { this.#filter = name; this.#draw(); }, element("span"),
        element("span", { class: "count" })),
      (segment, name) => {
        setText(segment.children[0], text(`standing.${name}`));
        setText(segment.children[1], String(name === "all" ? rows.length : counts[name]));
        setAttribute(segment, "aria-pressed", String(name === this.#filter));
        setAttribute(segment, "data-standing", name);
      });
  }

  /**
   * @param {number} all
   * @param {number} shown
   */
  #drawEmpty(all, shown) {
    this.#empty.hidden = shown > 0;
    const state = !this.room.model.synced ? "board.loading" : all === 0 ? "board.nobody" : "board.noneSo";
    if (this.#empty.dataset.shown === `${state} ${language.value}`) return;
    this.#empty.dataset.shown = `${state} ${language.value}`;
    fill(this.#empty, element("p", {}, text(/** @type {any} */ (state))));
  }
}
