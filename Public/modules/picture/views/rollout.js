// The rollout's timeline: every pod a bar from its birth to its end, coloured by what it did meanwhile.

import { button } from "../../base/button.js";
import { element, setAttribute, setText } from "../../base/dom.js";
import { keyed } from "../../base/keyed.js";
import { PodLives, axisOf } from "../../cluster/podlives.js";
import { text } from "../../language/language.js";

/** Milliseconds between two drawings while time runs. */
const tick = 500;

/** Shows the pods of the last minutes, by revision. */
export class RolloutView {
  #lives = new PodLives();
  /** @type {import("../../cluster/model.js").ClusterModel | null} */
  #model = null;
  #rows = element("ol", { class: "lives" });
  #axis = element("div", { class: "axis", "aria-hidden": "true" });
  #empty = element("p", { class: "empty" });
  element = element("div", { class: "view rollout" }, this.#rows, this.#axis, this.#empty);

  /**
   * @param {import("../../clock/clusterclock.js").ClusterClock} clock
   * @param {(kind: string, metadata: any) => void} open
   */
  constructor(clock, open) {
    this.clock = clock;
    this.open = open;
    setInterval(() => this.element.isConnected && !this.element.hidden && this.#draw(), tick);
  }

  translate() {
    this.element.setAttribute("aria-label", text("view.rollout"));
    setText(this.#empty, text("rollout.empty"));
  }

  clear() {
    this.#lives = new PodLives();
  }

  /**
   * Notes what the pods do, also while another view shows.
   * @param {import("../../cluster/model.js").ClusterModel} model
   * @param {(pod: any) => import("../../cluster/podstate.js").PodState} stateOf
   */
  watch(model, stateOf) {
    this.#model = model;
    if (this.clock.now !== null) this.#lives.note(model, stateOf, this.clock.now);
  }

  update() {
    this.#draw();
  }

  #draw() {
    const now = this.clock.now ?? 0;
    const lives = this.#lives.shown(now);
    const { from, ticks } = axisOf(lives, now);
    const span = Math.max(1, now - from);
    const place = (/** @type {number} */ time) => Math.max(0, Math.min(100, ((time - from) / span) * 100));
    this.#empty.hidden = lives.length > 0;
    keyed(this.#rows, lives, (life) => life.uid, (life) => this.#make(life),
      (row, life) => updateRow(row, life, place, now));
    keyed(this.#axis, lives.length > 0 ? ticks : [], (one) => String(one.ago), (one) => element("span", {}, one.said),
      (mark, one) => {
        mark.style.left = `calc(var(--life-name) + (100% - var(--life-name)) * ${place(one.time) / 100})`;
      });
  }

  /** @param {import("../../cluster/podlives.js").Life} life */
  #make(life) {
    return element("li", { class: "life" },
      button("life-name", () => this.open("Pod", life.metadata), element("span", { class: "life-revision" }),
        element("span")),
      element("span", { class: "life-track" }));
  }
}

/**
 * @param {HTMLElement} row
 * @param {import("../../cluster/podlives.js").Life} life
 * @param {(time: number) => number} place
 * @param {number} now
 */
function updateRow(row, life, place, now) {
  const [name, track] = row.children;
  setText(name.children[0], life.revision ? `r${life.revision}` : "");
  setText(name.children[1], life.shortName);
  setAttribute(name, "title", life.metadata.name);
  setAttribute(row, "data-old", life.old ? "" : null);
  setAttribute(row, "data-ended", life.end ? "" : null);
  const spans = life.spans.map((span, index) => ({ ...span, until: life.spans[index + 1]?.from ?? life.end ?? now }));
  keyed(track, spans, (span) => `${span.state} ${span.from}`,
    (span) => element("span", { class: "life-span", data: { state: span.state } }),
    (bar, span) => {
      const [left, right] = [place(span.from), place(span.until)];
      const said = text(/** @type {any} */ (`pod.${span.state}`));
      bar.style.left = `${left}%`;
      bar.style.width = `${Math.max(0, right - left)}%`;
      setAttribute(bar, "title", `${said} ${Math.round((span.until - span.from) / 1000)} s`);
    });
  const last = spans.at(-1);
  const does = last ? text(/** @type {any} */ (`pod.${last.state}`)) : "";
  setAttribute(row, "aria-label", `${life.metadata.name}: ${does}`);
}
