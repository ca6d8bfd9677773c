// The cluster as this page knows it: every object that the stream has carried.

/**
 * @typedef {object} Change
 * @property {"ADDED" | "MODIFIED" | "DELETED"} type
 * @property {string} resource
 * @property {any} object
 * @property {{ actor?: string, request?: string }} [cause]
 * @property {any} [previous] The object as it was before, where it was known.
 */

/** Objects by resource, and the changes as they come. */
export class ClusterModel {
  /** @type {Map<string, Map<string, any>>} */
  #objects = new Map();
  /** @type {Set<string>} Keys that a fresh start has not yet confirmed. */
  #unconfirmed = new Set();
  /** @type {Set<(change: Change) => void>} */
  #onChange = new Set();
  /** @type {Set<() => void>} */
  #onUpdate = new Set();

  /** Resources that the stream carries; null before it has started. */
  /** @type {string[] | null} */
  resources = null;
  /** The newest revision seen, as text. */
  revision = "";
  /** Whether the stream has given all that exists. */
  synced = false;

  /** @param {(change: Change) => void} listener Called with every change after the start. */
  onChange(listener) {
    this.#onChange.add(listener);
  }

  /** @param {() => void} listener Called after each change of the picture, many times a second. */
  onUpdate(listener) {
    this.#onUpdate.add(listener);
  }

  /**
   * The stream starts: what it does not give until `finishStart` is gone, unless it goes on where it was.
   * @param {string[]} resources
   * @param {boolean} resumed
   */
  start(resources, resumed) {
    this.resources = resources;
    if (resumed) return;
    this.synced = false;
    for (const [resource, objects] of this.#objects) {
      for (const key of objects.keys()) this.#unconfirmed.add(`${resource} ${key}`);
    }
  }

  /** Forgets everything: another cluster is to come. */
  clear() {
    this.#objects.clear();
    this.#unconfirmed.clear();
    this.resources = null;
    this.revision = "";
    this.synced = false;
    this.#updated();
  }

  finishStart() {
    for (const stale of this.#unconfirmed) {
      const [resource, key] = stale.split(" ");
      this.#objects.get(resource)?.delete(key);
    }
    this.#unconfirmed.clear();
    this.synced = true;
    this.#updated();
  }

  /** @param {Change} change */
  apply(change) {
    const resource = change.resource.split(".")[0];
    const key = keyOf(change.object.metadata);
    const objects = this.#objects.get(resource) ?? new Map();
    this.#objects.set(resource, objects);
    this.#unconfirmed.delete(`${resource} ${key}`);
    const previous = objects.get(key);
    if (change.type === "DELETED") objects.delete(key);
    else objects.set(key, change.object);
    if (this.synced) for (const listener of this.#onChange) listener({ ...change, resource, previous });
    this.#updated();
  }

  #updated() {
    for (const listener of this.#onUpdate) listener();
  }

  /**
   * @param {string} resource
   * @returns {any[]} In no particular order.
   */
  list(resource) {
    return [...(this.#objects.get(resource)?.values() ?? [])];
  }

  /**
   * @param {string} resource
   * @param {{ namespace?: string, name: string }} metadata
   * @returns {any}
   */
  get(resource, metadata) {
    return this.#objects.get(resource)?.get(keyOf(metadata));
  }

  /** @param {string} resource */
  carries(resource) {
    return (this.resources ?? []).some((one) => one.split(".")[0] === resource);
  }
}

/** @param {{ namespace?: string, name: string }} metadata */
function keyOf(metadata) {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}
