// Filling a model from the server's stream.

import { sharedStream } from "../server/sharedstream.js";
import { RequestError } from "../server/request.js";

/**
 * Follows a cluster until it is closed.
 * @param {import("./model.js").ClusterModel} model
 * @param {string} cluster The cluster's address.
 * @param {{ resources: string, namespace: string, who: string }} scope `namespace` of the namespaced objects; empty
 *   for all, which a learner may not watch. `who` is the one who follows: people who share a browser share no stream.
 * @param {Parameters<typeof sharedStream>[2]} onState
 * @returns {ReturnType<typeof sharedStream>}
 */
export function followCluster(model, cluster, { resources, namespace, who }, onState) {
  const scope = namespace && `&namespace=${encodeURIComponent(namespace)}`;
  const stream = sharedStream(`${cluster}/stream?resources=${resources}${scope}#${who}`, take, (state, failure) => {
    // Objects of a start that broke off do not come again on resuming.
    if (state === "waiting" && !model.synced) stream.forget();
    onState(state, failure);
  });
  return stream;

  /** @param {import("../server/eventstream.js").ServerEvent} event */
  function take(event) {
    const data = event.data ? JSON.parse(event.data) : null;
    // Too old to resume from: the stream comes back after its usual delay, and from the beginning.
    if (event.type === "ERROR") throw new RequestError(data?.code ?? 410, data?.message ?? "");
    if (event.type === "START") model.start(data.resources ?? [], stream.isResumed);
    else if (event.type === "SYNCED") model.finishStart();
    else if (data?.object) model.apply(data);
    // Objects of the start come in no order of revisions; what follows does.
    if (event.id && model.synced) model.revision = event.id;
  }
}
