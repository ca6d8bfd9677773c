// Objects under those that own them.

import { kinds } from "./kinds.js";
import { controllerOf } from "./owners.js";

/** @typedef {{ kind: string, object: any, said: string, children: Branch[] }} Branch */

/** Kinds that stand in the tree. */
const shown = kinds.filter((kind) => !["Event", "Clock", "Fault", "Node"].includes(kind.kind));

/**
 * @param {import("./model.js").ClusterModel} model
 * @returns {Branch[]} Those that nobody owns, by kind and name, each with what it owns.
 */
export function treeOf(model) {
  const branches = shown.flatMap(({ kind, resource }) => model.list(resource).map((object) => branchOf(kind, object)));
  const byUid = new Map(branches.map((branch) => [branch.object.metadata.uid, branch]));
  const roots = branches.filter((branch) => {
    const owner = byUid.get((controllerOf(branch.object) ?? branch.object.metadata.ownerReferences?.[0])?.uid);
    owner?.children.push(branch);
    return !owner;
  });
  for (const branch of branches) branch.children.sort(byName);
  return roots.filter(({ kind, object }) => kind !== "EndpointSlice"
    && !(kind === "Service" && object.metadata.name === "kubernetes"))
    .sort((a, b) => order(a) - order(b) || byName(a, b));
}

/**
 * @param {string} kind
 * @param {any} object
 * @returns {Branch}
 */
function branchOf(kind, object) {
  return { kind, object, said: summary(kind, object), children: [] };
}

/**
 * What an object has and wants, in few words.
 * @param {string} kind
 * @param {any} object
 */
function summary(kind, { spec = {}, status = {} }) {
  const scaled = ["Deployment", "ReplicaSet", "StatefulSet"].includes(kind);
  if (scaled) return `${status.readyReplicas ?? 0}/${spec.replicas ?? 1}`;
  if (kind === "DaemonSet") return `${status.numberReady ?? 0}/${status.desiredNumberScheduled ?? 0}`;
  if (kind === "Job") return `${status.succeeded ?? 0}/${spec.completions ?? 1}`;
  if (kind === "CronJob") return spec.schedule ?? "";
  if (kind === "Service") return spec.clusterIP ?? "";
  return "";
}

/** @param {Branch} branch */
function order({ kind }) {
  return shown.findIndex((one) => one.kind === kind);
}

/**
 * @param {Branch} a
 * @param {Branch} b
 */
function byName(a, b) {
  return a.object.metadata.name.localeCompare(b.object.metadata.name, "en", { numeric: true });
}
