// The kinds that the console shows: their names, addresses and commands.

/**
 * @typedef {object} Kind
 * @property {string} resource As the stream names it, without its group.
 * @property {string} group
 * @property {string} version
 * @property {string} kind
 * @property {string} command The word that kubectl takes.
 * @property {boolean} namespaced
 */

/** @type {Kind[]} */
export const kinds = [
  kind("pods", "", "v1", "Pod", "pod"),
  kind("nodes", "", "v1", "Node", "node", false),
  kind("services", "", "v1", "Service", "service"),
  kind("events", "", "v1", "Event", "event"),
  kind("deployments", "apps", "v1", "Deployment", "deployment"),
  kind("replicasets", "apps", "v1", "ReplicaSet", "replicaset"),
  kind("statefulsets", "apps", "v1", "StatefulSet", "statefulset"),
  kind("daemonsets", "apps", "v1", "DaemonSet", "daemonset"),
  kind("jobs", "batch", "v1", "Job", "job"),
  kind("cronjobs", "batch", "v1", "CronJob", "cronjob"),
  kind("replicationcontrollers", "", "v1", "ReplicationController", "replicationcontroller"),
  kind("persistentvolumeclaims", "", "v1", "PersistentVolumeClaim", "persistentvolumeclaim"),
  kind("endpointslices", "discovery.k8s.io", "v1", "EndpointSlice", "endpointslice"),
  kind("clocks", "podium.dev", "v1", "Clock", "clock", false),
  kind("faults", "podium.dev", "v1", "Fault", "fault", false),
];

/**
 * @param {string} resource
 * @param {string} group
 * @param {string} version
 * @param {string} name
 * @param {string} command
 * @param {boolean} [namespaced]
 * @returns {Kind}
 */
function kind(resource, group, version, name, command, namespaced = true) {
  return { resource, group, version, kind: name, command, namespaced };
}

/**
 * @param {string} resource
 * @returns {Kind | undefined}
 */
export function kindOf(resource) {
  return kinds.find((one) => one.resource === resource.split(".")[0]);
}

/**
 * The kind with this name in an object's `kind` or in a reference.
 * @param {string | undefined} name
 * @returns {Kind | undefined}
 */
export function kindNamed(name) {
  return kinds.find((one) => one.kind === name);
}

/** The kinds of the console's stream, as its `resources` parameter takes them. */
export const streamed = kinds.map((one) => (one.group ? `${one.resource}.${one.group}` : one.resource)).join(",");

/**
 * The address of all objects of a kind, in the namespace that learners work in.
 * @param {Kind} kind
 */
export function listPath(kind) {
  const root = kind.group ? `/apis/${kind.group}/${kind.version}` : `/api/${kind.version}`;
  return `${root}${kind.namespaced ? "/namespaces/default" : ""}/${kind.resource}`;
}

/**
 * An object's address under the API server.
 * @param {Kind} kind
 * @param {{ name: string, namespace?: string }} metadata
 */
export function restPath(kind, metadata) {
  const root = kind.group ? `/apis/${kind.group}/${kind.version}` : `/api/${kind.version}`;
  const namespace = kind.namespaced ? `/namespaces/${metadata.namespace}` : "";
  return `${root}${namespace}/${kind.resource}/${metadata.name}`;
}

/**
 * Commands that show an object.
 * @param {Kind} kind
 * @param {{ name: string, namespace?: string }} metadata
 * @returns {string[]}
 */
export function showingCommands(kind, metadata) {
  const namespace = kind.namespaced && metadata.namespace !== "default" ? ` -n ${metadata.namespace}` : "";
  const object = `${kind.command} ${metadata.name}${namespace}`;
  const commands = [`kubectl get ${object} -o yaml`, `kubectl describe ${object}`];
  if (kind.kind === "Pod") commands.push(`kubectl logs ${metadata.name}${namespace}`);
  if (kind.kind === "Deployment") commands.push(`kubectl rollout history ${object}`);
  return commands;
}
