// What a node is doing.

import { condition } from "./podstate.js";

/**
 * @typedef {object} NodeState
 * @property {"ready" | "notReady" | "unknown"} name `unknown` when the kubelet no longer reports.
 * @property {boolean} cordoned
 * @property {{ key: string, value: string, effect: string }[]} taints Without those that only repeat the state.
 */

/** Taints that Kubernetes sets from what the node's state already says. */
const repeating = new Set([
  "node.kubernetes.io/unschedulable", "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable",
]);

/**
 * @param {any} node
 * @returns {NodeState}
 */
export function nodeState(node) {
  const status = condition(node, "Ready")?.status;
  const taints = (node.spec?.taints ?? []).filter((/** @type {any} */ taint) => !repeating.has(taint.key));
  return {
    name: status === "True" ? "ready" : status === "Unknown" ? "unknown" : "notReady",
    cordoned: node.spec?.unschedulable === true,
    taints: taints.map((/** @type {any} */ taint) => ({
      key: taint.key,
      value: taint.value ?? "",
      effect: taint.effect,
    })),
  };
}
