// Podium's own objects, written from the page.

import { ask } from "./request.js";

const group = "apis/podium.dev/v1";

/**
 * The address of a kind's objects, or of one of them.
 * @param {string} cluster The cluster's address: `/clusters/NAME`.
 * @param {string} resource
 * @param {string} [name]
 */
export function addressOf(cluster, resource, name = "") {
  return `${cluster}/${group}/${resource}${name ? `/${encodeURIComponent(name)}` : ""}`;
}

/**
 * Merges something into an object.
 * @param {string} address
 * @param {unknown} patch
 * @returns {Promise<any>} The object as it is now.
 */
export function merge(address, patch) {
  return ask("PATCH", address, { body: patch, type: "application/merge-patch+json" });
}

/**
 * @param {string} cluster
 * @param {string} resource
 * @param {string} kind
 * @param {Record<string, unknown>} metadata
 * @param {Record<string, unknown>} spec
 * @returns {Promise<any>}
 */
export function create(cluster, resource, kind, metadata, spec) {
  return ask("POST", addressOf(cluster, resource), { body: { apiVersion: "podium.dev/v1", kind, metadata, spec } });
}

/** @param {string} address */
export function remove(address) {
  return ask("DELETE", address);
}
