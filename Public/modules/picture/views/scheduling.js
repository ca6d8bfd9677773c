// The scheduling matrix: what each plugin made of each node, for one pod.

import { element, fill, setText } from "../../base/dom.js";
import { icon } from "../../base/icons.js";
import { language, text } from "../../language/language.js";
import { ask, cluster } from "../../server/request.js";
import { podState } from "../../cluster/podstate.js";

/** Milliseconds for which a pod must rest before it is asked about again. */
const quiet = 400;

/** Shows one pod against all nodes. */
export class SchedulingView {
  /** @type {import("../../cluster/model.js").ClusterModel | null} */
  #model = null;
  #chosen = "";
  #shown = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #choice = /** @type {HTMLSelectElement} */ (element("select", { on: { change: () => this.#choose() } }));
  #bar = element("div", { class: "view-bar" },
    element("label", { class: "view-choice" }, element("span"), this.#choice));
  #summary = element("p", { class: "matrix-summary", "aria-live": "polite" });
  #matrix = element("div", { class: "table-frame", tabindex: 0, role: "group" });
  #empty = element("p", { class: "empty" });
  element = element("div", { class: "view scheduling" }, this.#bar, this.#summary, this.#matrix, this.#empty);

  translate() {
    this.#shown = "";
    setText(this.#bar.querySelector("span") ?? this.#bar, "Pod");
    setText(this.#empty, text("scheduling.empty"));
    this.element.setAttribute("aria-label", text("view.scheduling"));
    this.#matrix.setAttribute("aria-label", text("view.scheduling"));
  }

  clear() {
    this.#chosen = "";
    this.#shown = "";
  }

  #choose() {
    this.#chosen = this.#choice.value;
    if (this.#model) this.update(this.#model);
  }

  /** @param {import("../../cluster/model.js").ClusterModel} model */
  update(model) {
    this.#model = model;
    const pods = model.list("pods").sort(mostWanted);
    const pod = pods.find((one) => one.metadata.name === this.#chosen) ?? pods[0];
    this.#empty.hidden = pod !== undefined;
    for (const part of [this.#bar, this.#summary, this.#matrix]) part.hidden = pod === undefined;
    if (!pod) return;
    this.#drawChoice(pods, pod);
    const conditions = JSON.stringify(pod.status?.conditions ?? []);
    const shown = `${pod.metadata.uid} ${pod.spec?.nodeName} ${conditions} ${language.value}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(pod, model), quiet);
  }

  /**
   * @param {any[]} pods
   * @param {any} chosen
   */
  #drawChoice(pods, chosen) {
    const names = pods.map((pod) => pod.metadata.name);
    if (this.#choice.dataset.shown !== names.join(" ")) {
      this.#choice.dataset.shown = names.join(" ");
      fill(this.#choice, names.map((name) => element("option", { value: name }, name)));
    }
    this.#choice.value = chosen.metadata.name;
  }

  /**
   * @param {any} pod
   * @param {import("../../cluster/model.js").ClusterModel} model
   */
  async #ask(pod, model) {
    const object = { apiVersion: "v1", kind: "Pod", namespace: pod.metadata.namespace, name: pod.metadata.name };
    const body = { apiVersion: "podium.dev/v1", kind: "Explanation", spec: { object, language: language.value } };
    try {
      const { status } = await ask("POST", `${cluster}/apis/podium.dev/v1/explanations`, { body });
      setText(this.#summary, status.summary ?? "");
      fill(this.#matrix, matrix(status.nodes ?? [], model.get("pods", pod.metadata)?.spec?.nodeName));
    } catch (error) {
      setText(this.#summary, /** @type {Error} */ (error).message);
    }
  }
}

/**
 * Pods without a node first, then the newest.
 * @param {any} a
 * @param {any} b
 */
function mostWanted(a, b) {
  const waits = (/** @type {any} */ pod) => Number(["pending", "unschedulable"].includes(podState(pod).name));
  return waits(b) - waits(a) || b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp)
    || a.metadata.name.localeCompare(b.metadata.name);
}

/**
 * @param {any[]} nodes
 * @param {string | undefined} chosen The node that the pod was bound to.
 */
function matrix(nodes, chosen) {
  if (nodes.length === 0) return element("p", { class: "muted" }, text("scheduling.none"));
  const scores = [...new Set(nodes.flatMap((node) => (node.scores ?? []).map((/** @type {any} */ one) => one.plugin)))];
  const best = Math.max(1, ...nodes.map((node) => node.total ?? 0));
  return element("table", { class: "matrix" },
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, text("scheduling.node")),
      element("th", { scope: "col" }, text("scheduling.filter")),
      scores.map((plugin) => element("th", { scope: "col" }, plugin)),
      scores.length > 0 ? element("th", { scope: "col" }, text("scheduling.total")) : null)),
    element("tbody", {}, nodes.map((node) => row(node, scores, best, chosen))));
}

/**
 * @param {any} node
 * @param {string[]} scores
 * @param {number} best
 * @param {string | undefined} chosen
 */
function row({ name, plugin, reasons = [], remedies = [], scores: own = [], total }, scores, best, chosen) {
  const verdict = plugin
    ? element("td", { class: "refused", colspan: scores.length > 0 ? scores.length + 2 : 1 },
      icon("unschedulable"), element("strong", {}, plugin), ` ${reasons.join(", ")}`,
      remedies.map((/** @type {string} */ one) => element("p", { class: "remedy" }, one)))
    : element("td", { class: "fits" }, icon("ready"), text("scheduling.fits"));
  const cells = plugin ? [] : scores.map((one) => {
    const found = own.find((/** @type {any} */ score) => score.plugin === one);
    const part = element("span", { class: "score-weight" }, found && found.weight > 1 ? `×${found.weight}` : "");
    const cell = element("td", { class: "score-cell" }, found ? String(found.score) : "–", part);
    cell.style.setProperty("--share", `${found?.score ?? 0}%`);
    return cell;
  });
  const sum = plugin || scores.length === 0 ? null : element("td", { class: "score-total" }, String(total ?? ""));
  if (sum) sum.style.setProperty("--share", `${((total ?? 0) / best) * 100}%`);
  return element("tr", { data: { chosen: String(name === chosen) } },
    element("th", { scope: "row" }, name, name === chosen
      ? element("span", { class: "chosen-mark" }, text("scheduling.chosen")) : null),
    verdict, cells, sum);
}
