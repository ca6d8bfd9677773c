// The writes of the history, as the timeline draws them.

import { partOf } from "../cluster/actors.js";

/**
 * @typedef {object} Write
 * @property {number} revision
 * @property {string} time
 * @property {"ADDED" | "MODIFIED" | "DELETED"} type
 * @property {string} resource
 * @property {string} kind
 * @property {string} [namespace]
 * @property {string} name
 * @property {string} [actor]
 * @property {string} [request]
 */

/** @typedef {"person" | "scheduler" | "controllers" | "kubelet" | "podium"} Lane */

/** The lanes from above. */
export const lanes = /** @type {Lane[]} */ (["person", "controllers", "scheduler", "kubelet", "podium"]);

/** Writes that the timeline holds. */
export const most = 2000;

const verbs = { ADDED: "create", MODIFIED: "update", DELETED: "delete" };

/**
 * @param {Write} write
 * @returns {Lane}
 */
export function laneOf({ actor }) {
  const { part } = partOf(actor);
  return part === "apiserver" ? "podium" : part;
}

/**
 * What a write did, in few words.
 * @param {Write} write
 */
export function describe({ type, resource, name, namespace, request }) {
  return request || `${verbs[type]} ${resource} ${namespace ? `${namespace}/` : ""}${name}`;
}

/**
 * The strokes of a lane's writes in a drawing as wide as there are writes.
 * @param {Write[]} writes
 * @param {Lane} lane
 * @returns {string} An SVG path; each stroke goes from top to bottom of the lane, which is one high.
 */
export function strokes(writes, lane) {
  return writes.map((write, index) => (laneOf(write) === lane ? `M${index + 0.5} .15v.7` : "")).join("");
}

/**
 * The writes with further ones after them.
 * @param {Write[]} writes
 * @param {Write[]} more
 * @returns {Write[]} No more than the timeline holds.
 */
export function extended(writes, more) {
  const last = writes.at(-1)?.revision ?? 0;
  return [...writes, ...more.filter((one) => one.revision > last)].slice(-most);
}

/**
 * The place of the last write that is not after a revision; -1 where all are.
 * @param {Write[]} writes
 * @param {number} revision
 */
export function placeOf(writes, revision) {
  let [low, high] = [0, writes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (writes[middle].revision <= revision) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
