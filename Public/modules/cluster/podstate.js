// What a pod is doing, in one word.

/**
 * @typedef {"pending" | "unschedulable" | "scheduled" | "creating" | "pulling" | "running" | "ready" | "failing" |
 *   "terminating" | "completed" | "lost"} PodStateName
 * @typedef {object} PodState
 * @property {PodStateName} name
 * @property {string} reason Kubernetes' own word where there is one (`CrashLoopBackOff`), else empty.
 * @property {number} restarts
 */

/** The states in the order in which a healthy pod goes through them, then the others. */
export const podStateNames = /** @type {PodStateName[]} */ ([
  "pending", "scheduled", "pulling", "creating", "running", "ready",
  "completed", "terminating", "unschedulable", "failing", "lost",
]);

const creating = new Set(["ContainerCreating", "PodInitializing", ""]);

/**
 * @param {any} pod
 * @param {{ nodeReady?: boolean, lastEvent?: string }} [around] Whether the pod's node answers; the pod's last event.
 * @returns {PodState}
 */
export function podState(pod, around = {}) {
  const containers = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const restarts = containers.reduce((sum, one) => sum + (one.restartCount ?? 0), 0);
  /** @type {(name: PodStateName, reason?: string) => PodState} */
  const state = (name, reason = "") => ({ name, reason, restarts });

  if (pod.metadata.deletionTimestamp) return state("terminating");
  if (pod.status?.phase === "Succeeded") return state("completed");
  if (pod.status?.phase === "Failed") return state("failing", pod.status.reason ?? exitReason(containers) ?? "Failed");
  if (!pod.spec?.nodeName) return waitingForNode(pod, state);
  if (around.nodeReady === false) return state("lost");
  const trouble = troubleOf(containers);
  if (trouble) return state("failing", trouble);
  if (pod.status?.phase === "Running") return isReady(pod) ? state("ready") : state("running");
  if (around.lastEvent === "Pulling") return state("pulling");
  return containers.length > 0 ? state("creating") : state("scheduled");
}

/**
 * @param {any} pod
 * @param {(name: PodStateName, reason?: string) => PodState} state
 */
function waitingForNode(pod, state) {
  const scheduled = condition(pod, "PodScheduled");
  return scheduled?.reason === "Unschedulable" ? state("unschedulable", "Unschedulable") : state("pending");
}

/**
 * Why a container does not run, where that is not a normal stage of its start.
 * @param {any[]} containers
 * @returns {string | null}
 */
function troubleOf(containers) {
  for (const { state, ready } of containers) {
    const waiting = state?.waiting?.reason;
    if (waiting !== undefined && !creating.has(waiting)) return waiting;
    if (state?.terminated && !ready && state.terminated.exitCode !== 0) return state.terminated.reason ?? "Error";
  }
  return null;
}

/** @param {any[]} containers */
function exitReason(containers) {
  return containers.map((one) => one.state?.terminated?.reason).find((reason) => reason && reason !== "Completed");
}

/**
 * @param {any} object
 * @param {string} type
 * @returns {any}
 */
export function condition(object, type) {
  return (object.status?.conditions ?? []).find((/** @type {any} */ one) => one.type === type);
}

/** @param {any} pod */
export function isReady(pod) {
  return condition(pod, "Ready")?.status === "True";
}
