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
  const [resource, name] = address.split("/").slice(-2);
  const kubectl = `kubectl patch ${resource} ${name} --type=merge -p ${quoted(patch)}`;
  return ask("PATCH", address, { body: patch, type: "application/merge-patch+json", kubectl });
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
  const body = { apiVersion: "podium.dev/v1", kind, metadata, spec };
  return ask("POST", addressOf(cluster, resource), { body, kubectl: `echo ${quoted(body)} | kubectl create -f -` });
}

/** @param {string} address */
export function remove(address) {
  const [resource, name] = address.split("/").slice(-2);
  return ask("DELETE", address, { kubectl: `kubectl delete ${resource} ${name}` });
}

/**
 * A value as a shell takes it.
 * @param {unknown} value
 */
export function quoted(value) {
  return `'${JSON.stringify(value).replaceAll("'", "'\\''")}'`;
}
