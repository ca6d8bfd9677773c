// What a cluster's stream has given so far, for a tab that comes later.

/** @typedef {import("./eventstream.js").ServerEvent} ServerEvent */

/** The newest event of every object. */
export class StreamState {
  /** @type {ServerEvent | null} */
  #start = null;
  /** @type {Map<string, ServerEvent>} */
  #objects = new Map();
  /** @type {Set<string>} Objects that a fresh start has not yet confirmed. */
  #unconfirmed = new Set();
  #id = "";
  /** Whether the stream has given all that exists. */
  isWhole = false;

  /**
   * @param {ServerEvent} event
   * @param {boolean} isResumed
   */
  take(event, isResumed) {
    if (event.type === "START") this.#begin(event, isResumed);
    else if (event.type === "SYNCED") this.#finish();
    else if (["ADDED", "MODIFIED", "DELETED"].includes(event.type)) this.#keep(event);
    if (event.id) this.#id = event.id;
  }

  /**
   * @param {ServerEvent} event
   * @param {boolean} isResumed
   */
  #begin(event, isResumed) {
    this.#start = event;
    if (isResumed) return;
    this.isWhole = false;
    this.#unconfirmed = new Set(this.#objects.keys());
  }

  #finish() {
    for (const key of this.#unconfirmed) this.#objects.delete(key);
    this.#unconfirmed.clear();
    this.isWhole = true;
  }

  /** @param {ServerEvent} event */
  #keep(event) {
    const { resource, object } = JSON.parse(event.data);
    const key = `${resource} ${object.metadata.namespace ?? ""}/${object.metadata.name}`;
    this.#unconfirmed.delete(key);
    if (event.type === "DELETED") this.#objects.delete(key);
    else this.#objects.set(key, event);
  }

  /**
   * The events that a stream from the beginning would give now.
   * @returns {ServerEvent[]} None before the first start; without its end while one is under way.
   */
  replay() {
    if (!this.#start) return [];
    const objects = [...this.#objects.values()].map((event) => ({
      type: "ADDED", id: "", data: event.data.replace(/^(\s*\{\s*"type"\s*:\s*)"MODIFIED"/, '$1"ADDED"'),
    }));
    const end = this.isWhole ? [{ type: "SYNCED", id: this.#id, data: "{}" }] : [];
    return [{ ...this.#start, id: "" }, ...objects, ...end];
  }
}
