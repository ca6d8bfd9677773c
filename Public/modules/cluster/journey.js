// What followed from a request: the writes to the object that it made, and to those that came from it.

import { isHeartbeat } from "../log/entries.js";
import { partOf } from "./actors.js";
import { controllerOf } from "./owners.js";

/**
 * @typedef {object} Recorded One write, as a journey needs it.
 * @property {number} revision
 * @property {number} time Milliseconds since 1970 in the cluster.
 * @property {string} actor
 * @property {import("./actors.js").Part} part
 * @property {string} node Of a kubelet; else empty.
 * @property {string} said
 * @property {string} resource
 * @property {{ name: string, namespace?: string }} metadata
 * @property {string} uid
 * @property {string} owner The uid of the object's controller; empty where it has none.
 */

const silent = new Set(["clocks", "events", "endpointslices", "faults"]);
const verbs = { ADDED: "create", MODIFIED: "update", DELETED: "delete" };

/**
 * @param {import("./model.js").Change} change
 * @param {number} now The cluster's time.
 * @returns {Recorded | null} Null for what is part of no journey.
 */
export function recorded(change, now) {
  if (silent.has(change.resource) || isHeartbeat(change)) return null;
  const { metadata } = change.object;
  const actor = change.cause?.actor ?? "";
  const { part, node } = partOf(actor);
  return {
    revision: Number(metadata.resourceVersion), time: now, actor, part, node,
    said: saying(change),
    resource: change.resource, metadata: { name: metadata.name, namespace: metadata.namespace },
    uid: metadata.uid, owner: controllerOf(change.object)?.uid ?? "",
  };
}

/**
 * What a write did; a request that creates does not name what it makes.
 * @param {import("./model.js").Change} change
 */
function saying({ type, resource, object: { metadata }, cause }) {
  const request = cause?.request;
  if (!request) return `${verbs[type]} ${resource} ${metadata.name}`;
  return type === "ADDED" && request === `create ${resource} ${metadata.namespace}` ? `${request}/${metadata.name}`
    : request;
}

/**
 * The writes with those of the history before and among them that are not yet known.
 * @param {Recorded[]} writes
 * @param {any[]} items Of the history, with their objects.
 * @returns {Recorded[]} Oldest first.
 */
export function withHistory(writes, items) {
  const known = new Set(writes.map((write) => write.revision));
  const earlier = items.flatMap(({ type, resource, object, actor, request, time }) => {
    const write = recorded({ type, resource, object, cause: { actor, request } }, Date.parse(time));
    return write && !known.has(write.revision) ? [write] : [];
  });
  return [...writes, ...earlier].sort((a, b) => a.revision - b.revision);
}

/**
 * The writes that a person asked for.
 * @param {Recorded[]} writes
 */
export function rootsOf(writes) {
  return writes.filter((write) => write.part === "person");
}

/**
 * @param {Recorded[]} writes Oldest first.
 * @param {Recorded} root
 * @returns {Recorded[]} The root, and after it what came from it, until a person writes to the same objects again.
 */
export function journeyOf(writes, root) {
  const uids = new Set([root.uid]);
  const journey = [root];
  for (const write of writes.slice(writes.indexOf(root) + 1)) {
    if (!uids.has(write.uid) && !uids.has(write.owner)) continue;
    if (write.part === "person" && write.uid === root.uid) break;
    uids.add(write.uid);
    journey.push(write);
  }
  return journey;
}
