// What the log says about a change: Kubernetes' own Events, and the writes that were made.

/**
 * @typedef {object} Entry
 * @property {"event" | "write"} kind
 * @property {"Normal" | "Warning"} weight
 * @property {string} time
 * @property {string} title An event's reason, or what was written.
 * @property {string} about The object.
 * @property {string} message
 * @property {string} actor
 * @property {{ kind: string, name: string, namespace?: string }} target
 */

/** Resources whose writes would only drown the others. */
const silent = new Set(["clocks", "endpointslices"]);
const verbs = { ADDED: "create", MODIFIED: "update", DELETED: "delete" };

/**
 * @param {import("../cluster/model.js").Change} change
 * @param {string} now The cluster's time, where the change carries none.
 * @param {string} kindName The kind of the changed object.
 * @returns {Entry | null} Null where there is nothing to say.
 */
export function entryOf(change, now, kindName) {
  if (change.resource === "events") return change.type === "DELETED" ? null : eventEntry(change, now);
  if (silent.has(change.resource) || isHeartbeat(change)) return null;
  const { metadata } = change.object;
  return {
    kind: "write",
    weight: "Normal",
    time: now,
    title: `${verbs[change.type]} ${change.resource}`,
    about: metadata.name,
    message: change.cause?.request ?? "",
    actor: change.cause?.actor ?? "",
    target: { kind: kindName, name: metadata.name, namespace: metadata.namespace },
  };
}

/**
 * @param {import("../cluster/model.js").Change} change
 * @param {string} now
 * @returns {Entry}
 */
function eventEntry({ object }, now) {
  const target = object.involvedObject ?? {};
  const count = object.count > 1 ? ` ×${object.count}` : "";
  return {
    kind: "event",
    weight: object.type === "Warning" ? "Warning" : "Normal",
    time: object.lastTimestamp ?? object.eventTime ?? now,
    title: (object.reason ?? "") + count,
    about: `${target.kind ?? ""} ${target.name ?? ""}`.trim(),
    message: object.message ?? "",
    actor: object.source?.component ?? object.reportingComponent ?? "",
    target: { kind: target.kind ?? "", name: target.name ?? "", namespace: target.namespace },
  };
}

/**
 * Whether a write only says that a node is still there.
 * @param {import("../cluster/model.js").Change} change
 */
export function isHeartbeat({ type, resource, object, previous }) {
  return resource === "nodes" && type === "MODIFIED" && previous !== undefined && lasting(object) === lasting(previous);
}

const passing = new Set(["lastHeartbeatTime", "resourceVersion", "managedFields"]);

/** @param {any} object */
function lasting(object) {
  return JSON.stringify(object, (key, value) => (passing.has(key) ? undefined : value));
}

/**
 * @typedef {{ words: string, show: "all" | "events" | "warnings" | "writes" }} Filter
 */

/**
 * @param {Entry} entry
 * @param {Filter} filter
 */
export function passes(entry, { words, show }) {
  if (show === "events" && entry.kind !== "event") return false;
  if (show === "writes" && entry.kind !== "write") return false;
  if (show === "warnings" && entry.weight !== "Warning") return false;
  const all = `${entry.title} ${entry.about} ${entry.message} ${entry.actor}`.toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => all.includes(word));
}
