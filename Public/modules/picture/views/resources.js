// Requests, limits and use: what pods ask for, may take, and take, on each node.

import { button } from "../../base/button.js";
import { element, setAttribute, setText } from "../../base/dom.js";
import { icon } from "../../base/icons.js";
import { keyed } from "../../base/keyed.js";
import { usage } from "../../cluster/usage.js";
import { bytesText, coresText, quantity } from "../../cluster/quantity.js";
import { text } from "../../language/language.js";
import { ask, cluster } from "../../server/request.js";

/** Milliseconds between two questions for what is used. */
const interval = 5000;
const measures = /** @type {const} */ (["requests", "limits", "use"]);

/** Shows the nodes' processors and memory. */
export class ResourcesView {
  /** @type {Map<string, { cpu: number, memory: number }>} By the pod's name. */
  #used = new Map();
  /** @type {import("../../cluster/model.js").ClusterModel | null} */
  #model = null;
  #asked = -Infinity;
  #nodes = element("div", { class: "budgets" });
  #legend = element("ul", { class: "budget-legend" });
  element = element("div", { class: "view resources" }, this.#legend, this.#nodes);

  /** @param {(kind: string, metadata: any) => void} open */
  constructor(open) {
    this.open = open;
    setInterval(() => this.element.isConnected && !this.element.hidden && this.#ask(), interval);
  }

  translate() {
    this.element.setAttribute("aria-label", text("view.resources"));
    keyed(this.#legend, measures, (name) => name, (name) => element("li", { data: { measure: name } }, element("span")),
      (item, name) => setText(item.children[0], text(`resources.${name}`)));
  }

  clear() {
    this.#used = new Map();
    this.#asked = -Infinity;
  }

  /** @param {import("../../cluster/model.js").ClusterModel} model */
  update(model) {
    this.#model = model;
    if (performance.now() - this.#asked > interval) this.#ask();
    const nodes = model.list("nodes").sort((a, b) => a.metadata.name.localeCompare(b.metadata.name, "en",
      { numeric: true }));
    const budgets = nodes.map((node) => usage(node, model.list("pods"), this.#used));
    keyed(this.#nodes, budgets, (one) => one.name, (one) => this.#make(one), (card, one) => this.#update(card, one));
  }

  async #ask() {
    this.#asked = performance.now();
    const path = `${cluster}/apis/metrics.k8s.io/v1beta1/namespaces/default/pods`;
    const { items } = await ask("GET", path).catch(() => ({ items: [] }));
    this.#used = new Map(items.map((/** @type {any} */ one) => [one.metadata.name, {
      cpu: sum(one.containers, "cpu"), memory: sum(one.containers, "memory"),
    }]));
    if (this.#model) this.update(this.#model);
  }

  /** @param {import("../../cluster/usage.js").Budget} budget */
  #make({ name }) {
    return element("article", { class: "budget", "aria-label": `Node ${name}` },
      element("header", {}, button("node-name", () => this.open("Node", { name }), icon("node"), name)),
      element("div", { class: "budget-bars" }, makeBars("CPU"), makeBars(text("node.memory"))),
      element("ul", { class: "shares" }));
  }

  /**
   * @param {HTMLElement} card
   * @param {import("../../cluster/usage.js").Budget} budget
   */
  #update(card, { cpu, memory, pods }) {
    const [, bars, shares] = card.children;
    updateBars(bars.children[0], "CPU", cpu, coresText);
    updateBars(bars.children[1], text("node.memory"), memory, bytesText);
    keyed(shares, pods, (pod) => pod.name, (pod) => element("li", {},
      button("share-name", () => this.open("Pod", { name: pod.name, namespace: pod.namespace }), pod.name),
      element("span", { class: "kind share-class" }), element("span", { class: "share-values" })),
    (row, pod) => {
      setText(row.children[1], pod.quality);
      const parts = [...said("CPU", pod.cpu, coresText), ...said(text("node.memory"), pod.memory, bytesText)];
      setText(row.children[2], parts.join(" · ") || text("resources.nothing"));
    });
  }
}

/** @param {string} name */
function makeBars(name) {
  return element("div", { class: "bars" }, element("span", { class: "bars-name" }, name),
    measures.map((measure) => element("div", { class: "bar", role: "meter", "aria-valuemin": 0, data: { measure } },
      element("span", { class: "bar-track" }, element("span", { class: "bar-fill" })),
        element("span", { class: "bar-value" }))));
}

/**
 * @param {Element} box
 * @param {string} name
 * @param {import("../../cluster/usage.js").Amounts & { allocatable: number }} amounts
 * @param {(value: number) => string} write
 */
function updateBars(box, name, amounts, write) {
  setText(box.children[0], name);
  measures.forEach((measure, index) => {
    const bar = /** @type {HTMLElement} */ (box.children[index + 1]);
    const value = amounts[measure];
    const share = amounts.allocatable > 0 ? value / amounts.allocatable : 0;
    const shown = `${write(value)} / ${write(amounts.allocatable)}`;
    setText(bar.children[1], shown);
    setAttribute(bar, "aria-label", `${name} ${text(`resources.${measure}`)}`);
    setAttribute(bar, "aria-valuenow", String(value));
    setAttribute(bar, "aria-valuemax", String(Math.max(value, amounts.allocatable)));
    setAttribute(bar, "aria-valuetext", shown);
    setAttribute(bar, "data-over", share > 1 ? "" : null);
    /** @type {HTMLElement} */ (bar.querySelector(".bar-fill")).style.transform = `scaleX(${Math.min(1, share)})`;
  });
}

/**
 * What there is to say of a pod's processor or memory.
 * @param {string} name
 * @param {import("../../cluster/usage.js").Amounts} amounts
 * @param {(value: number) => string} write
 * @returns {string[]} Nothing where nothing is asked for or taken.
 */
function said(name, amounts, write) {
  const parts = measures.filter((measure) => amounts[measure] > 0)
    .map((measure) => `${text(`resources.${measure}`)} ${write(amounts[measure])}`);
  return parts.length > 0 ? [`${name}: ${parts.join(", ")}`] : [];
}

/**
 * @param {any[]} containers
 * @param {"cpu" | "memory"} resource
 */
function sum(containers, resource) {
  return containers.reduce((total, one) => total + quantity(one.usage?.[resource]), 0);
}
