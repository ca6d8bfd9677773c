// The cluster as it was at a revision.

import { kinds, listPath } from "../cluster/kinds.js";
import { ClusterModel } from "../cluster/model.js";
import { RequestError, ask, cluster } from "../server/request.js";

/** Kinds that say nothing about a moment. */
const silent = new Set(["clocks"]);

/**
 * Everything that the console shows, as lists at exactly this revision.
 * @param {number} revision
 * @param {import("../cluster/model.js").ClusterModel} present Says what may be read.
 * @param {AbortSignal} signal
 * @returns {Promise<ClusterModel>}
 * @throws {RequestError} 410 where the revision is no longer kept.
 */
export async function modelAt(revision, present, signal) {
  const past = new ClusterModel();
  const asked = kinds.filter((kind) => present.carries(kind.resource) && !silent.has(kind.resource));
  past.start(asked.map((kind) => kind.resource), false);
  const query = `resourceVersion=${revision}&resourceVersionMatch=Exact`;
  await Promise.all(asked.map(async (kind) => {
    const { items } = await ask("GET", `${cluster}${listPath(kind)}?${query}`, { signal });
    for (const object of items ?? []) past.apply({ type: "ADDED", resource: kind.resource, object });
  }));
  past.revision = String(revision);
  past.finishStart();
  return past;
}
