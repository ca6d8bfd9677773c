// Who owns what: Deployments with the ReplicaSets of their rollouts, and the pods of these.

import { condition, isReady } from "./podstate.js";

const revisionAnnotation = "deployment.kubernetes.io/revision";

/**
 * @typedef {object} Lane One ReplicaSet.
 * @property {any} replicaSet
 * @property {number} revision 0 where it has none.
 * @property {boolean} current Whether it is its Deployment's newest.
 * @property {string} image
 * @property {number} desired
 * @property {any[]} pods
 * @property {number} ready
 *
 * @typedef {object} Workload A Deployment, or a ReplicaSet that nobody owns.
 * @property {any} owner
 * @property {"Deployment" | "ReplicaSet"} kind
 * @property {number} desired
 * @property {number} ready
 * @property {"complete" | "progressing" | "stalled" | "paused"} progress
 * @property {Lane[]} lanes Newest first; of the old ones only those that still have pods, and the last one.
 */

/**
 * @param {{ deployments: any[], replicaSets: any[], pods: any[] }} objects
 * @returns {Workload[]} By namespace and name.
 */
export function workloads({ deployments, replicaSets, pods }) {
  const podsOf = groupBy(pods, (pod) => controllerOf(pod)?.uid);
  const setsOf = groupBy(replicaSets, (set) => controllerOf(set)?.uid);
  const owned = deployments.map((one) => deploymentWorkload(one, setsOf.get(one.metadata.uid) ?? [], podsOf));
  const bare = replicaSets
    .filter((set) => !controllerOf(set))
    .map((set) => replicaSetWorkload(set, podsOf));
  return [...owned, ...bare].sort((a, b) => order(a.owner, b.owner));
}

/**
 * @param {any} deployment
 * @param {any[]} sets
 * @param {Map<string, any[]>} podsOf
 * @returns {Workload}
 */
function deploymentWorkload(deployment, sets, podsOf) {
  const newestFirst = [...sets].sort((a, b) => revision(b) - revision(a));
  const lanes = newestFirst
    .map((set, index) => lane(set, index === 0, podsOf))
    .filter((one, index) => index < 2 || one.desired > 0 || one.pods.length > 0);
  const ready = deployment.status?.readyReplicas ?? 0;
  const desired = deployment.spec?.replicas ?? 1;
  return { owner: deployment, kind: "Deployment", desired, ready, progress: progress(deployment), lanes };
}

/**
 * @param {any} set
 * @param {Map<string, any[]>} podsOf
 * @returns {Workload}
 */
function replicaSetWorkload(set, podsOf) {
  const one = lane(set, true, podsOf);
  const complete = one.ready === one.desired && one.pods.length === one.desired;
  const progress = complete ? "complete" : "progressing";
  return { owner: set, kind: "ReplicaSet", desired: one.desired, ready: one.ready, progress, lanes: [one] };
}

/**
 * @param {any} set
 * @param {boolean} current
 * @param {Map<string, any[]>} podsOf
 * @returns {Lane}
 */
function lane(set, current, podsOf) {
  const pods = (podsOf.get(set.metadata.uid) ?? []).sort(order);
  const containers = set.spec?.template?.spec?.containers ?? [];
  return {
    replicaSet: set,
    revision: revision(set),
    current,
    image: containers.map((/** @type {any} */ one) => one.image).join(", "),
    desired: set.spec?.replicas ?? 1,
    pods,
    ready: pods.filter((pod) => isReady(pod) && !pod.metadata.deletionTimestamp).length,
  };
}

/**
 * @param {any} deployment
 * @returns {Workload["progress"]}
 */
function progress(deployment) {
  const { spec, status = {}, metadata } = deployment;
  if (spec?.paused) return "paused";
  if (condition(deployment, "Progressing")?.reason === "ProgressDeadlineExceeded") return "stalled";
  const desired = spec?.replicas ?? 1;
  const settled = (status.observedGeneration ?? 0) >= (metadata.generation ?? 0)
    && (status.updatedReplicas ?? 0) === desired
    && (status.replicas ?? 0) === desired
    && (status.availableReplicas ?? 0) === desired;
  return settled ? "complete" : "progressing";
}

/**
 * The owner that manages an object.
 * @param {any} object
 * @returns {any}
 */
export function controllerOf(object) {
  return (object.metadata.ownerReferences ?? []).find((/** @type {any} */ one) => one.controller);
}

/** @param {any} set */
function revision(set) {
  return Number(set.metadata.annotations?.[revisionAnnotation] ?? 0);
}

/**
 * @param {any} a
 * @param {any} b
 */
function order(a, b) {
  const byNamespace = (a.metadata.namespace ?? "").localeCompare(b.metadata.namespace ?? "");
  return byNamespace || a.metadata.name.localeCompare(b.metadata.name);
}

/**
 * @param {any[]} objects
 * @param {(object: any) => string | undefined} keyOf
 * @returns {Map<string, any[]>}
 */
function groupBy(objects, keyOf) {
  const groups = new Map();
  for (const object of objects) {
    const key = keyOf(object);
    if (key === undefined) continue;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(object);
  }
  return groups;
}
