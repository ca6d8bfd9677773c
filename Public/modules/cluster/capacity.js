// How full a node is: what its pods request against what it can allocate.

import { quantity } from "./quantity.js";

/**
 * @typedef {{ requested: number, allocatable: number }} Fill
 * @typedef {{ cpu: Fill, memory: Fill, pods: Fill }} Capacity
 */

/**
 * @param {any} node
 * @param {any[]} pods The pods of this node.
 * @returns {Capacity}
 */
export function capacity(node, pods) {
  const allocatable = node.status?.allocatable ?? node.status?.capacity ?? {};
  const running = pods.filter((pod) => !["Succeeded", "Failed"].includes(pod.status?.phase));
  return {
    cpu: { requested: total(running, "cpu"), allocatable: quantity(allocatable.cpu) },
    memory: { requested: total(running, "memory"), allocatable: quantity(allocatable.memory) },
    pods: { requested: running.length, allocatable: quantity(allocatable.pods) },
  };
}

/**
 * @param {any[]} pods
 * @param {"cpu" | "memory"} resource
 */
function total(pods, resource) {
  return pods.reduce((sum, pod) => sum + request(pod, resource), 0);
}

/**
 * What the scheduler counts for a pod: its containers together, or its largest init container where that is more.
 * @param {any} pod
 * @param {"cpu" | "memory"} resource
 */
export function request(pod, resource) {
  const of = (/** @type {any} */ container) => quantity(container.resources?.requests?.[resource]);
  const together = (pod.spec?.containers ?? []).reduce(
    (/** @type {number} */ sum, /** @type {any} */ one) => sum + of(one),
    0,
  );
  const largest = Math.max(0, ...(pod.spec?.initContainers ?? []).map(of));
  return Math.max(together, largest) + quantity(pod.spec?.overhead?.[resource]);
}
