// The nodes: boxes with their capacity, their condition and their pods.

import { button } from "../base/button.js";
import { element, setAttribute, setText } from "../base/dom.js";
import { changeIcon, icon } from "../base/icons.js";
import { keyed } from "../base/keyed.js";
import { capacity } from "../cluster/capacity.js";
import { nodeState } from "../cluster/nodestate.js";
import { bytesText, coresText } from "../cluster/quantity.js";
import { text } from "../language/language.js";

/**
 * @typedef {object} NodeView
 * @property {any} node
 * @property {any[]} pods
 * @property {any[]} faults The Faults that strike it.
 */

/** The grid of nodes. */
export class Nodes {
  /** @param {(node: any) => void} open */
  constructor(open) {
    this.open = open;
    this.element = element("div", { class: "nodes" });
  }

  /** @param {NodeView[]} views */
  update(views) {
    keyed(this.element, views, (view) => view.node.metadata.name, (view) => this.#make(view.node), updateNode);
  }

  /**
   * Where the pods of a node lie; null for a node that is not there.
   * @param {string} name
   * @returns {Element | null}
   */
  placeOf(name) {
    return this.#box(name)?.querySelector(".node-pods") ?? null;
  }

  /**
   * @param {string} name
   * @returns {Element | null}
   */
  kubeletOf(name) {
    return this.#box(name)?.querySelector(".kubelet") ?? null;
  }

  /** @param {string} name */
  #box(name) {
    return this.element.querySelector(`[data-node="${CSS.escape(name ?? "")}"]`);
  }

  /** @param {any} node */
  #make(node) {
    const name = node.metadata.name;
    return element("article", { class: "node", data: { node: name }, "aria-label": `Node ${name}` },
      element("header", { class: "node-head" },
        button("node-name", () => this.open(node), icon("node"), name),
        element("span", { class: "node-state" }, icon("ready"), element("span")),
        element("span", { class: "kubelet", title: text("node.kubelet.about") }, "kubelet")),
      element("ul", { class: "node-marks" }),
      element("div", { class: "meters" }, makeMeter(), makeMeter(), makeMeter()),
      element("div", { class: "node-pods" }));
  }
}

/**
 * @param {HTMLElement} box
 * @param {NodeView} view
 */
function updateNode(box, { node, pods, faults }) {
  const state = nodeState(node);
  const [head, marks, meters] = box.children;
  setAttribute(box, "data-state", state.name);
  setAttribute(box, "data-cordoned", state.cordoned ? "" : null);
  const badge = head.children[1];
  changeIcon(
    /** @type {any} */ (badge.firstElementChild),
    { ready: "ready", notReady: "failing", unknown: "lost" }[state.name],
  );
  setText(badge.children[1], text(/** @type {any} */ (`node.${state.name}`)));
  setAttribute(box, "data-fault", faults.some((fault) => fault.spec?.type === "NodeDown") ? "" : null);
  updateMarks(marks, state, faults);
  const { cpu, memory, pods: count } = capacity(node, pods);
  updateMeter(meters.children[0], "CPU", cpu, coresText);
  updateMeter(meters.children[1], text("node.memory"), memory, bytesText);
  updateMeter(meters.children[2], text("node.pods"), count, String);
}

/**
 * @param {Element} marks
 * @param {import("../cluster/nodestate.js").NodeState} state
 * @param {any[]} faults
 */
function updateMarks(marks, state, faults) {
  const shown = state.taints.map((taint) => ({
    icon: "taint",
    label: `${taint.key}${taint.value ? `=${taint.value}` : ""}:${taint.effect}`,
    about: text("node.taint.about"),
  }));
  if (state.cordoned) {
    shown.unshift({ icon: "cordoned", label: text("node.cordoned"), about: text("node.cordoned.about") });
  }
  for (const fault of faults) {
    shown.unshift({
      icon: "failing",
      label: text("node.fault", { type: fault.spec.type }),
      about: text("node.fault.about", { name: fault.metadata.name }),
    });
  }
  keyed(marks, shown, (mark) => mark.label,
    (mark) => element("li", { class: "mark-chip", title: mark.about }, icon(mark.icon), mark.label), () => {});
}

function makeMeter() {
  return element("div", { class: "meter", role: "meter", "aria-valuemin": 0 },
    element("span", { class: "meter-name" }),
    element("span", { class: "meter-bar" }, element("span", { class: "meter-fill" })),
    element("span", { class: "meter-value" }));
}

/**
 * @param {Element} meter
 * @param {string} name
 * @param {import("../cluster/capacity.js").Fill} fill
 * @param {(value: number) => string} write
 */
function updateMeter(meter, name, { requested, allocatable }, write) {
  const value = `${write(requested)}/${write(allocatable)}`;
  const share = allocatable > 0 ? Math.min(1, requested / allocatable) : 0;
  setText(meter.children[0], name);
  setText(meter.children[2], value);
  setAttribute(meter, "aria-label", name);
  setAttribute(meter, "aria-valuenow", String(requested));
  setAttribute(meter, "aria-valuemax", String(Math.max(allocatable, requested)));
  setAttribute(meter, "aria-valuetext", text("node.requested", { value }));
  setAttribute(meter, "title", text("node.requested", { value }));
  setAttribute(meter, "data-full", share > 0.9 ? "" : null);
  const bar = /** @type {HTMLElement} */ (meter.children[1].firstElementChild);
  bar.style.transform = `scaleX(${share})`;
}
