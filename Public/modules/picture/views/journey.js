// A request's journey: from the person who asked, through the API server, to all who acted because of it.

import { element, fill, setAttribute, setText } from "../../base/dom.js";
import { icon } from "../../base/icons.js";
import { keyed } from "../../base/keyed.js";
import { clockText } from "../../clock/time.js";
import { journeyOf, recorded, rootsOf, withHistory } from "../../cluster/journey.js";
import { kindOf, streamed } from "../../cluster/kinds.js";
import { text } from "../../language/language.js";
import { ask, cluster } from "../../server/request.js";

/** Writes kept, those shown of one journey, and those asked for of the time before anybody looked. */
const [mostKept, mostShown, mostAsked] = [600, 60, 200];
const columns = /** @type {const} */ (["person", "controllers", "scheduler", "kubelet", "apiserver", "journal"]);

/** Shows what followed from the last thing that somebody asked for. */
export class JourneyView {
  /** @type {import("../../cluster/journey.js").Recorded[]} Oldest first. */
  #writes = [];
  /** The revision of the write whose journey is chosen; 0 for the newest. */
  #chosen = 0;
  /** The cluster whose history has been asked for. */
  #asked = "";
  #heads = element("div", { class: "journey-row journey-heads" });
  #list = element("ol", { class: "journey-list" });
  #empty = element("p", { class: "empty" });
  #choice = /** @type {HTMLSelectElement} */ (element("select", { on: { change: () => this.#choose() } }));
  #bar = element("div", { class: "view-bar" },
    element("label", { class: "view-choice" }, element("span"), this.#choice));
  element = element("div", { class: "view journey" }, this.#bar, this.#heads, this.#list, this.#empty);

  /**
   * @param {import("../../clock/clusterclock.js").ClusterClock} clock
   * @param {(kind: string, metadata: any) => void} open
   */
  constructor(clock, open) {
    this.clock = clock;
    this.open = open;
  }

  translate() {
    setText(this.#bar.querySelector("span") ?? this.#bar, text("journey.of"));
    this.element.setAttribute("aria-label", text("view.journey"));
    fill(this.#heads, columns.map((name) =>
      element("span", { class: "journey-head", data: { part: name } }, icon(name === "kubelet" ? "node" : name),
        name === "kubelet" ? "kubelet" : text(/** @type {any} */ (`plane.${name}`)))));
  }

  clear() {
    this.#writes = [];
    this.#chosen = 0;
    this.#asked = "";
  }

  /** @param {import("../../cluster/model.js").Change} change */
  take(change) {
    const write = recorded(change, this.clock.now ?? 0);
    if (write) this.#writes = [...this.#writes, write].slice(-mostKept);
  }

  #choose() {
    this.#chosen = Number(this.#choice.value);
    this.update();
  }

  /** Asks once for what was written before the page was there. */
  async #recall() {
    if (this.#asked === cluster) return;
    const asked = this.#asked = cluster;
    const query = new URLSearchParams({
      resources: streamed, steps: "true", last: "true", objects: "true", limit: String(mostAsked),
    });
    const { items = [] } = await ask("GET", `${asked}/history?${query}`).catch(() => ({ items: [] }));
    if (this.#asked !== asked) return;
    this.#writes = withHistory(this.#writes, items).slice(-mostKept);
    this.update();
  }

  update() {
    this.#recall();
    const roots = rootsOf(this.#writes).slice(-12).reverse();
    const root = roots.find((one) => one.revision === this.#chosen) ?? roots[0];
    this.#drawChoice(roots, root);
    const rows = root ? journeyOf(this.#writes, root).slice(0, mostShown) : [];
    this.#empty.hidden = rows.length > 0;
    this.#heads.hidden = rows.length === 0;
    setText(this.#empty, text("journey.empty"));
    keyed(this.#list, rows, (row) => String(row.revision), (row) => this.#make(row), () => {});
  }

  /**
   * @param {import("../../cluster/journey.js").Recorded[]} roots
   * @param {import("../../cluster/journey.js").Recorded | undefined} chosen
   */
  #drawChoice(roots, chosen) {
    this.#bar.hidden = roots.length === 0;
    const signature = roots.map((one) => one.revision).join(" ");
    if (this.#choice.dataset.shown !== signature) {
      this.#choice.dataset.shown = signature;
      fill(this.#choice, roots.map((one) => element("option", { value: one.revision },
        `${clockText(one.time)}  ${one.said}`)));
    }
    if (chosen) this.#choice.value = String(chosen.revision);
  }

  /** @param {import("../../cluster/journey.js").Recorded} row */
  #make(row) {
    const from = columns.indexOf(/** @type {any} */ (row.part)) + 1;
    const line = element("li", { class: "journey-row", data: { part: row.part } },
      element("span", { class: "journey-arrow" }),
      element("button", {
        class: "journey-said", type: "button",
        on: { click: () => this.open(kindOf(row.resource)?.kind ?? "", row.metadata) },
      }, element("span", { class: "journey-actor" }, row.node || row.actor), row.said),
      element("span", { class: "journey-stored" }, text("plane.revision", { revision: row.revision })));
    const [arrow, said] = line.children;
    /** @type {HTMLElement} */ (arrow).style.gridColumn = `${from} / 6`;
    /** @type {HTMLElement} */ (said).style.gridColumn = `${from} / 6`;
    setAttribute(line, "title", `${clockText(row.time)} ${row.actor}`);
    if (row.part === "person") line.append(this.#gates(row));
    return line;
  }

  /** @param {import("../../cluster/journey.js").Recorded} row */
  #gates({ actor }) {
    const gates = ["journey.known", "journey.allowed", "journey.admitted", "journey.stored"];
    return element("ol", { class: "journey-gates", "aria-label": text("plane.apiserver") }, gates.map((key) =>
      element("li", {}, icon("ready"), text(/** @type {any} */ (key), { user: actor }))));
  }
}
