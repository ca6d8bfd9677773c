// The timeline under the picture: a scrubber over the kept writes, one lane for each who writes.

import { button, iconButton } from "../base/button.js";
import { element, fill, setAttribute, setText } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { paced } from "../base/motion.js";
import { remember, remembered } from "../base/storage.js";
import { language, text } from "../language/language.js";
import { addressOf, remove } from "../server/objects.js";
import { ask, cluster } from "../server/request.js";
import { askForBookmark, askForFork, askForRewind, rewindTo } from "./actions.js";
import { modelAt } from "./past.js";
import { describe, extended, laneOf, lanes, most, placeOf, strokes } from "./writes.js";

/** Milliseconds between two questions for new writes, and for which the scrubber must rest before it looks. */
const [interval, rest] = [400, 120];
const svgNamespace = "http://www.w3.org/2000/svg";

/** Shows the history, and lets the picture show a moment of it. */
export class Timeline {
  /** @type {import("./writes.js").Write[]} Oldest first. */
  #writes = [];
  /** The write that is looked at; -1 for the present. */
  #at = -1;
  /** @type {AbortController | null} */
  #look = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {any[]} */
  #bookmarks = [];
  #asking = false;
  #open = remembered("timeline.open", false);
  #drawing = /** @type {SVGElement} */ (document.createElementNS(svgNamespace, "svg"));
  #slider = /** @type {HTMLInputElement} */ (element("input", { type: "range", class: "scrubber", min: 0, step: 1 }));
  #label = element("p", { class: "moment", "aria-live": "off" });
  #marks = element("div", { class: "bookmarks" });
  #lanes = element("ul", { class: "lanes-names", "aria-hidden": "true" });
  #actions = element("div", { class: "moment-actions" });
  #failure = element("p", { class: "error", role: "alert" });
  /** Opens and closes the timeline. */
  toggle = button("quiet timeline-toggle", () => this.#setOpen(!this.#open));

  /**
   * @param {import("../cluster/model.js").ClusterModel} model
   * @param {(past: import("../cluster/model.js").ClusterModel | null) => void} onLook Gets the cluster as it was;
   *   null for
   *   the present.
   * @param {import("../shell/banners.js").Banners} banners
   */
  constructor(model, onLook, banners) {
    this.model = model;
    this.onLook = onLook;
    this.banners = banners;
    this.#drawing.setAttribute("class", "writes");
    this.#drawing.setAttribute("preserveAspectRatio", "none");
    this.#drawing.setAttribute("aria-hidden", "true");
    this.element = element("section", { class: "timeline", hidden: !this.#open },
      element("div", { class: "timeline-head" }, this.#label, this.#actions), this.#failure,
      element("div", { class: "timeline-body" }, this.#lanes,
        element("div", { class: "track-of-time" }, this.#drawing, this.#marks, this.#slider)));
    this.#slider.addEventListener("input", () => this.#scrub(Number(this.#slider.value)));
    this.refresh = paced(() => this.#ask(), interval);
    model.onUpdate(() => this.#open && this.refresh());
    this.#translate();
    language.follow(() => this.#translate());
  }

  /** Forgets the history: another cluster is to come. */
  clear() {
    this.#writes = [];
    this.#bookmarks = [];
    this.#return();
  }

  /** Whether the picture shows the past. */
  get isPast() {
    return this.#at >= 0;
  }

  /** @param {boolean} open */
  #setOpen(open) {
    this.#open = open;
    remember("timeline.open", open);
    this.element.hidden = !open;
    if (open) this.refresh();
    else this.#return();
    this.#translate();
  }

  #translate() {
    this.element.setAttribute("aria-label", text("past.title"));
    this.#slider.setAttribute("aria-label", text("past.scrubber"));
    fill(this.toggle, icon("restart"), text("past.title"));
    setAttribute(this.toggle, "aria-expanded", String(this.#open));
    fill(this.#lanes, lanes.map((lane) => element("li", { data: { lane } },
      text(/** @type {any} */ (`lane.${lane}`)))));
    this.#drawActions();
    this.#draw();
  }

  /** Asks for the writes since the last one. */
  async #ask() {
    if (this.#asking || !this.#open || !this.model.synced) return;
    this.#asking = true;
    const asked = cluster;
    const last = this.#writes.at(-1)?.revision;
    try {
      const scope = last === undefined ? "last=true" : `after=${last}`;
      const history = await ask("GET", `${cluster}/history?steps=true&limit=${most}&${scope}`);
      if (cluster === asked) this.#take(history, last === undefined);
    } catch (error) {
      // Expired: what is kept begins after what was seen last.
      if (/** @type {any} */ (error).status === 410) this.#writes = [];
      else setText(this.#failure, /** @type {Error} */ (error).message);
    }
    this.#asking = false;
  }

  /**
   * @param {any} history
   * @param {boolean} first
   */
  async #take(history, first) {
    setText(this.#failure, "");
    const looked = this.isPast ? this.#writes[this.#at].revision : null;
    this.#writes = extended(this.#writes, history.items ?? [])
      .filter((write) => write.revision >= (history.oldestRevision ?? 0));
    if (looked !== null) this.#at = Math.max(0, placeOf(this.#writes, looked));
    if (first) await this.#askBookmarks();
    this.#draw();
    if (history.more && !first) this.refresh();
  }

  async #askBookmarks() {
    const { items } = await ask("GET", addressOf(cluster, "bookmarks")).catch(() => ({ items: [] }));
    this.#bookmarks = items.filter((/** @type {any} */ one) => one.status?.available !== false);
    this.#draw();
  }

  /** @param {number} place */
  #scrub(place) {
    if (place >= this.#writes.length) return this.#return();
    this.#at = place;
    this.#draw();
    this.#drawActions();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(this.#writes[place].revision), rest);
  }

  /** @param {number} revision */
  async #show(revision) {
    this.#look?.abort();
    this.#look = new AbortController();
    try {
      const past = await modelAt(revision, this.model, this.#look.signal);
      if (this.isPast) this.onLook(past);
      setText(this.#failure, "");
    } catch (error) {
      const { name, message } = /** @type {Error} */ (error);
      if (name !== "AbortError") setText(this.#failure, message);
    }
  }

  /** Shows the present. */
  #return() {
    clearTimeout(this.#timer);
    this.#look?.abort();
    const wasPast = this.isPast;
    this.#at = -1;
    if (wasPast) this.onLook(null);
    this.#draw();
    this.#drawActions();
  }

  #draw() {
    if (!this.#open) return;
    const count = this.#writes.length;
    this.#slider.max = String(count);
    this.#slider.value = String(this.isPast ? this.#at : count);
    this.#slider.disabled = count === 0;
    const said = this.#describe();
    setText(this.#label, said);
    setAttribute(this.#slider, "aria-valuetext", said);
    this.#drawStrokes(count);
    this.#drawBookmarks(count);
  }

  #describe() {
    if (this.#writes.length === 0) return text("past.empty");
    if (!this.isPast) return text("past.now", { count: this.#writes.length });
    const write = this.#writes[this.#at];
    return `${write.time.slice(11, 19)} · ${write.actor || text(`lane.${laneOf(write)}`)} · ${describe(write)}`;
  }

  /** @param {number} count */
  #drawStrokes(count) {
    const signature = `${count} ${this.#writes.at(-1)?.revision} ${this.#at}`;
    if (this.#drawing.dataset.shown === signature) return;
    this.#drawing.dataset.shown = signature;
    this.#drawing.setAttribute("viewBox", `0 0 ${Math.max(1, count)} ${lanes.length}`);
    const paths = lanes.map((lane, index) => {
      const path = document.createElementNS(svgNamespace, "path");
      path.setAttribute("class", `writes-of-${lane}`);
      path.setAttribute("d", strokes(this.#writes, lane));
      path.setAttribute("transform", `translate(0 ${index})`);
      return path;
    });
    const line = document.createElementNS(svgNamespace, "path");
    const at = this.isPast ? this.#at + 0.5 : count;
    line.setAttribute("class", "now-line");
    line.setAttribute("d", `M${at} 0v${lanes.length}`);
    this.#drawing.replaceChildren(...paths, line);
  }

  /** @param {number} count */
  #drawBookmarks(count) {
    fill(this.#marks, this.#bookmarks.map(({ metadata, spec, status = {} }) => {
      const place = placeOf(this.#writes, status.revision ?? spec.revision);
      const label = text("past.toBookmark", { note: spec.note || metadata.name });
      const mark = iconButton(label, () => this.#scrub(Math.max(0, place)), icon("bookmark"));
      mark.style.left = `${count ? ((place + 0.5) / count) * 100 : 0}%`;
      return place < 0 && count > 0 ? null : mark;
    }));
  }

  #drawActions() {
    const revision = () => this.isPast ? this.#writes[this.#at].revision : Number(this.model.revision);
    fill(this.#actions,
      button("quiet", () => askForBookmark(revision(), () => this.#askBookmarks()), icon("bookmark"),
        text("past.bookmark")),
      button("quiet", () => askForFork(revision(), (fork) => this.#forked(fork)), icon("fork"), text("past.fork")),
      this.isPast && button("secondary", () => askForRewind(revision(), (rewind) => this.#rewound(rewind)),
        icon("restart"), text("past.rewind")),
      this.isPast && button("primary", () => this.#return(), icon("next"), text("past.toNow")));
  }

  /** @param {any} rewind */
  #rewound({ status }) {
    this.#return();
    this.banners.show("rewound", {
      kind: "notice",
      text: text("past.rewound", { revision: status.revision, writes: status.writes ?? 0 }),
      close: true,
      actions: [{ label: text("past.undo"), run: () => this.#undo(status.previousRevision) }],
    });
  }

  /** @param {number} revision */
  async #undo(revision) {
    this.banners.hide("rewound");
    try {
      await rewindTo(revision);
      this.banners.show("rewound", { kind: "notice", text: text("past.undone"), close: true });
    } catch (error) {
      this.banners.show("rewound", { kind: "error", text: /** @type {Error} */ (error).message, close: true });
    }
  }

  /** @param {any} fork */
  #forked({ metadata, status }) {
    const open = () => { location.hash = `#/cluster/${encodeURIComponent(status.cluster)}`; };
    const address = addressOf(cluster, "forks", metadata.name);
    this.banners.show("forked", {
      kind: "notice",
      text: text("past.forked", { cluster: status.cluster }),
      close: true,
      actions: [
        { label: text("past.openFork"), run: open },
        { label: text("past.deleteFork"),
          run: () => remove(address).then(() => this.banners.hide("forked"), () => {}) },
      ],
    });
  }
}
