// Services and whom they reach.

import { isReady } from "./podstate.js";

/**
 * @typedef {object} Reach
 * @property {any} service
 * @property {number} ready Endpoints that get traffic.
 * @property {number} total All endpoints, ready or not.
 * @property {string[]} pods The uids of the pods behind it.
 */

/**
 * @param {{ services: any[], endpointSlices: any[] | null, pods: any[] }} objects
 *   `endpointSlices` is null where the stream does not carry them; then the selector says who would be behind it.
 * @returns {Reach[]}
 */
export function reaches({ services, endpointSlices, pods }) {
  const shown = services.filter((one) => one.metadata.name !== "kubernetes");
  return shown.map((service) => endpointSlices ? bySlices(service, endpointSlices) : bySelector(service, pods));
}

/**
 * @param {any} service
 * @param {any[]} slices
 * @returns {Reach}
 */
function bySlices(service, slices) {
  const endpoints = slices
    .filter((slice) => slice.metadata.namespace === service.metadata.namespace
      && slice.metadata.labels?.["kubernetes.io/service-name"] === service.metadata.name)
    .flatMap((slice) => slice.endpoints ?? []);
  return {
    service,
    ready: endpoints.filter((one) => one.conditions?.ready !== false).length,
    total: endpoints.length,
    pods: endpoints.map((one) => one.targetRef?.uid).filter(Boolean),
  };
}

/**
 * @param {any} service
 * @param {any[]} pods
 * @returns {Reach}
 */
function bySelector(service, pods) {
  const selector = Object.entries(service.spec?.selector ?? {});
  const chosen = pods.filter((pod) => selector.length > 0
    && pod.metadata.namespace === service.metadata.namespace
    && selector.every(([key, value]) => pod.metadata.labels?.[key] === value));
  return {
    service,
    ready: chosen.filter((pod) => isReady(pod) && !pod.metadata.deletionTimestamp).length,
    total: chosen.length,
    pods: chosen.map((pod) => pod.metadata.uid),
  };
}
