// What a node's pods request, may take and take.

import { request } from "./capacity.js";
import { quantity } from "./quantity.js";

/**
 * @typedef {{ requests: number, limits: number, use: number }} Amounts
 * @typedef {{ name: string, namespace: string, quality: string, cpu: Amounts, memory: Amounts }} Share One pod's.
 * @typedef {object} Budget One node's.
 * @property {string} name
 * @property {Amounts & { allocatable: number }} cpu
 * @property {Amounts & { allocatable: number }} memory
 * @property {Share[]} pods
 */

/**
 * @param {any} node
 * @param {any[]} pods All pods.
 * @param {Map<string, { cpu: number, memory: number }>} used By the pod's name.
 * @returns {Budget}
 */
export function usage(node, pods, used) {
  const { name } = node.metadata;
  const allocatable = node.status?.allocatable ?? {};
  const here = pods
    .filter((pod) => pod.spec?.nodeName === name && !["Succeeded", "Failed"].includes(pod.status?.phase))
    .sort((a, b) => a.metadata.name.localeCompare(b.metadata.name))
    .map((pod) => shareOf(pod, used.get(pod.metadata.name)));
  return {
    name,
    cpu: { ...together(here.map((one) => one.cpu)), allocatable: quantity(allocatable.cpu) },
    memory: { ...together(here.map((one) => one.memory)), allocatable: quantity(allocatable.memory) },
    pods: here,
  };
}

/**
 * @param {any} pod
 * @param {{ cpu: number, memory: number } | undefined} used
 * @returns {Share}
 */
function shareOf(pod, used) {
  const amounts = (/** @type {"cpu" | "memory"} */ resource) => ({
    requests: request(pod, resource), limits: limit(pod, resource), use: used?.[resource] ?? 0,
  });
  const { name, namespace } = pod.metadata;
  return { name, namespace, quality: pod.status?.qosClass ?? "", cpu: amounts("cpu"), memory: amounts("memory") };
}

/**
 * @param {any} pod
 * @param {"cpu" | "memory"} resource
 */
function limit(pod, resource) {
  return (pod.spec?.containers ?? []).reduce((/** @type {number} */ sum, /** @type {any} */ one) =>
    sum + quantity(one.resources?.limits?.[resource]), 0);
}

/**
 * @param {Amounts[]} all
 * @returns {Amounts}
 */
function together(all) {
  const sum = { requests: 0, limits: 0, use: 0 };
  for (const one of all) {
    sum.requests += one.requests;
    sum.limits += one.limits;
    sum.use += one.use;
  }
  return sum;
}
