// Which part of the cluster made a write.

/**
 * @typedef {"apiserver" | "scheduler" | "controllers" | "kubelet" | "person" | "podium"} Part
 */

/**
 * @param {string | undefined} actor The name that the cause of a write carries.
 * @returns {{ part: Part, node: string }} `node` is the kubelet's node where the name says it, else empty.
 */
export function partOf(actor) {
  const name = actor ?? "";
  const kubelet = /^(?:system:node:|kubelet[:/ ]*)(.*)$/.exec(name);
  if (kubelet) return { part: "kubelet", node: kubelet[1] };
  if (/scheduler/.test(name)) return { part: "scheduler", node: "" };
  if (/apiserver|bootstrap/.test(name)) return { part: "apiserver", node: "" };
  if (/^(podium|clock|fault|lesson|rewind|fork|bookmark)/.test(name)) return { part: "podium", node: "" };
  if (/controller|collector|publisher|lifecycle|taint|eviction/.test(name)) return { part: "controllers", node: "" };
  return { part: "person", node: "" };
}
