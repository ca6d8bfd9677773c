// The log of the cluster, newest first.

import { button } from "../base/button.js";
import { element, fill, setText } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { paced } from "../base/motion.js";
import { remember, remembered } from "../base/storage.js";
import { kindNamed, kindOf } from "../cluster/kinds.js";
import { language, text } from "../language/language.js";
import { entryOf, passes } from "./entries.js";

/** Entries kept, and entries drawn. */
const mostKept = 1000;
const mostDrawn = 200;
/** Milliseconds between two drawings. */
const interval = 200;
const shows = /** @type {const} */ (["all", "events", "warnings", "writes"]);

/** Shows the entries that pass the filter. */
export class EventLog {
  /** @type {import("./entries.js").Entry[]} Newest first. */
  #entries = [];
  /** @type {import("./entries.js").Filter} */
  #filter = { words: "", show: remembered("log.show", /** @type {any} */ ("all")) };
  #begun = false;
  /** @type {WeakMap<import("./entries.js").Entry, HTMLElement>} */
  #rows = new WeakMap();
  #list = element("ol", { class: "entries", tabindex: 0 });
  #empty = element("p", { class: "empty" });

  /**
   * @param {HTMLElement} pane
   * @param {HTMLElement} tools Where the filter stands.
   * @param {import("../cluster/model.js").ClusterModel} model
   * @param {import("../clock/clusterclock.js").ClusterClock} clock
   * @param {(kind: string, metadata: { name: string, namespace?: string }) => void} open
   */
  constructor(pane, tools, model, clock, open) {
    this.tools = tools;
    this.clock = clock;
    this.open = open;
    this.draw = paced(() => this.#draw(), interval);
    fill(pane, element("div", { class: "log-body" }, this.#list, this.#empty));
    this.#translate();
    language.follow(() => this.#translate());
    model.onChange((change) => this.#take(change));
    model.onUpdate(() => this.#begin(model));
    this.#draw();
  }

  /**
   * Takes in the Events that were there when the page was opened.
   * @param {import("../cluster/model.js").ClusterModel} model
   */
  #begin(model) {
    if (this.#begun || !model.synced) return;
    this.#begun = true;
    const earlier = model.list("events")
      .sort((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion));
    for (const object of earlier) this.#take({ type: "ADDED", resource: "events", object });
  }

  /** Forgets everything: another cluster is to come. */
  clear() {
    this.#entries = [];
    this.#begun = false;
    this.draw();
  }

  /** @param {import("../cluster/model.js").Change} change */
  #take(change) {
    const now = new Date(this.clock.now ?? 0).toISOString();
    const entry = entryOf(change, now, kindOf(change.resource)?.kind ?? change.resource);
    if (!entry) return;
    this.#entries.unshift(entry);
    this.#entries.length = Math.min(this.#entries.length, mostKept);
    this.draw();
  }

  #translate() {
    const words = element(
      "input",
      {
        type: "search",
        class: "log-words",
        value: this.#filter.words,
        placeholder: text("log.filter"),
        "aria-label": text("log.filter"),
      },
    );
    words.addEventListener("input", () => this.#change({ words: /** @type {HTMLInputElement} */ (words).value }));
    const show = /** @type {HTMLSelectElement} */ (element("select", { "aria-label": text("log.show") },
      shows.map((name) => element("option", { value: name }, text(`log.${name}`)))));
    show.value = this.#filter.show;
    show.addEventListener("change", () => this.#change({ show: /** @type {any} */ (show.value) }));
    fill(this.tools, words, show);
    this.#list.setAttribute("aria-label", text("pane.log"));
    this.draw();
  }

  /** @param {Partial<import("./entries.js").Filter>} change */
  #change(change) {
    Object.assign(this.#filter, change);
    remember("log.show", this.#filter.show);
    this.draw();
  }

  #draw() {
    const shown = this.#entries.filter((entry) => passes(entry, this.#filter)).slice(0, mostDrawn);
    const rows = new Set(shown.map((entry) => this.#row(entry)));
    for (const row of [...this.#list.children]) if (!rows.has(/** @type {HTMLElement} */ (row))) row.remove();
    [...rows].forEach((row, index) => {
      if (this.#list.children[index] !== row) this.#list.insertBefore(row, this.#list.children[index] ?? null);
    });
    this.#empty.hidden = shown.length > 0;
    setText(this.#empty, this.#entries.length === 0 ? text("log.empty") : text("log.nothing"));
  }

  /** @param {import("./entries.js").Entry} entry */
  #row(entry) {
    const known = this.#rows.get(entry);
    if (known) return known;
    const symbol = entry.kind === "write" ? "write" : entry.weight === "Warning" ? "failing" : "normal";
    const about = kindNamed(entry.target.kind)
      ? button("entry-about", () => this.open(entry.target.kind, entry.target), entry.about)
      : element("span", { class: "entry-about" }, entry.about);
    const row = element("li", { class: "entry", data: { kind: entry.kind, weight: entry.weight } },
      element("time", {}, entry.time.slice(11, 19)), icon(symbol),
      element("span", { class: "entry-head" }, element("strong", {}, entry.title), " ", about),
      element("span", { class: "entry-message" }, [entry.actor, entry.message].filter(Boolean).join(" · ")));
    this.#rows.set(entry, row);
    return row;
  }
}
