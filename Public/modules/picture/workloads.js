// Deployments and ReplicaSets: a lane for each ReplicaSet, so that a rollout shows as one lane filling while another
// empties.

import { button } from "../base/button.js";
import { element, fill, setAttribute, setText } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { keyed } from "../base/keyed.js";
import { text } from "../language/language.js";
import { podStateText } from "./podtile.js";

/**
 * @typedef {import("../cluster/owners.js").Workload} Workload
 * @typedef {import("../cluster/owners.js").Lane} Lane
 * @typedef {(pod: any) => import("../cluster/podstate.js").PodState} StateOf
 */

/** Pips of one lane that have room for their icons. */
const most = 12;

/** The list of workloads. */
export class Workloads {
  /**
   * @param {(object: any, kind: string) => void} open
   * @param {(uids: string[]) => void} highlight Marks the tiles of these pods.
   */
  constructor(open, highlight) {
    this.open = open;
    this.highlight = highlight;
    this.element = element("div", { class: "workloads" });
  }

  /**
   * @param {Workload[]} list
   * @param {StateOf} stateOf
   */
  update(list, stateOf) {
    this.element.hidden = list.length === 0;
    keyed(this.element, list, (one) => one.owner.metadata.uid, (one) => this.#make(one),
      (card, one) => this.#update(card, one, stateOf));
  }

  /** @param {Workload} workload */
  #make({ owner, kind }) {
    const name = element("button", { class: "workload-name", type: "button" }, icon("deployment"), owner.metadata.name);
    name.addEventListener("click", () => this.open(owner, kind));
    return element("article", { class: "workload", "aria-label": `${kind} ${owner.metadata.name}` },
      element("header", { class: "workload-head" }, name, element("span", { class: "kind" }, kind),
        element("span", { class: "workload-progress" }), element("span", { class: "workload-ready" })),
      element("ul", { class: "lanes" }));
  }

  /**
   * @param {HTMLElement} card
   * @param {Workload} workload
   * @param {StateOf} stateOf
   */
  #update(card, workload, stateOf) {
    const [head, lanes] = card.children;
    const [, , progress, ready] = head.children;
    setAttribute(card, "data-progress", workload.progress);
    setText(progress, text(/** @type {any} */ (`workload.${workload.progress}`)));
    setText(ready, text("pods.ready", { ready: workload.ready, total: workload.desired }));
    keyed(lanes, workload.lanes, (lane) => lane.replicaSet.metadata.uid, (lane) => this.#makeLane(lane),
      (row, lane) => updateLane(row, lane, workload, stateOf));
  }

  /** @param {Lane} lane */
  #makeLane({ replicaSet }) {
    const row = element("li", { class: "lane" },
      button("lane-name", () => this.open(replicaSet, "ReplicaSet")),
      element("span", { class: "lane-image" }),
      element("span", { class: "pips" }),
      element("span", { class: "lane-count" }));
    const mark = () => this.highlight(podsOf.get(row) ?? []);
    const unmark = () => this.highlight([]);
    for (const type of ["pointerenter", "focusin"]) row.addEventListener(type, mark);
    for (const type of ["pointerleave", "focusout"]) row.addEventListener(type, unmark);
    return row;
  }
}

/** @type {WeakMap<HTMLElement, string[]>} */
const podsOf = new WeakMap();

/**
 * @param {HTMLElement} row
 * @param {Lane} lane
 * @param {Workload} workload
 * @param {StateOf} stateOf
 */
function updateLane(row, lane, workload, stateOf) {
  const [name, image, pips, count] = row.children;
  podsOf.set(row, lane.pods.map((pod) => pod.metadata.uid));
  setAttribute(row, "data-current", lane.current ? "" : null);
  setAttribute(row, "data-empty", lane.desired === 0 && lane.pods.length === 0 ? "" : null);
  setText(name, laneName(lane, workload));
  setAttribute(name, "title", lane.replicaSet.metadata.name);
  setAttribute(name, "aria-label", `ReplicaSet ${lane.replicaSet.metadata.name}, ${laneName(lane, workload)}`);
  setText(image, lane.image);
  setAttribute(image, "title", lane.image);
  setText(count, `${lane.ready}/${lane.desired}`);
  setAttribute(count, "title", text("pods.ready", { ready: lane.ready, total: lane.desired }));
  fillPips(pips, lane, stateOf);
}

/**
 * @param {Lane} lane
 * @param {Workload} workload
 */
function laneName(lane, workload) {
  if (workload.kind === "ReplicaSet") return "ReplicaSet";
  const key = lane.current ? "workload.newest" : "workload.older";
  return text(key, { revision: lane.revision || "?" });
}

/**
 * One pip for each pod, and an empty one for each that is still missing.
 * @param {Element} pips
 * @param {Lane} lane
 * @param {StateOf} stateOf
 */
function fillPips(pips, lane, stateOf) {
  const states = lane.pods.map(stateOf);
  const living = states.filter((state) => state.name !== "terminating").length;
  const signature = states.map((state) => state.name).join(" ") + ` ${lane.desired}`;
  if (/** @type {HTMLElement} */ (pips).dataset.shown === signature) return;
  /** @type {HTMLElement} */ (pips).dataset.shown = signature;
  setAttribute(pips, "data-many", Math.max(states.length, lane.desired) > most ? "" : null);
  fill(pips,
    states.map((state) => element(
      "span",
      { class: "pip", data: { state: state.name }, title: podStateText(state) },
      icon(state.name),
    )),
    Array.from({ length: Math.max(0, lane.desired - living) }, () =>
      element("span", { class: "pip", data: { state: "missing" }, title: text("pod.missing") })));
}
