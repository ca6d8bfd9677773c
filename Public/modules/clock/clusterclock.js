// The cluster's clock as this page reads it.

import { reading, isPaused, timeAt } from "./time.js";

/** Follows the Clock object, and tells the cluster's time also between two reports. */
export class ClusterClock {
  /** @type {import("./time.js").ClockReading | null} */
  #reading = null;
  #reported = "";

  /** @param {import("../cluster/model.js").ClusterModel} model */
  constructor(model) {
    this.model = model;
    model.onUpdate(() => this.#update());
  }

  /** @returns {any} The Clock object; undefined before it is there. */
  get object() {
    return this.model.get("clocks", { name: "cluster" });
  }

  get isPaused() {
    return isPaused(this.object);
  }

  /** @returns {number | null} The cluster's time in milliseconds since 1970. */
  get now() {
    return this.#reading && timeAt(this.#reading, performance.now());
  }

  #update() {
    const { object } = this;
    const reported = `${object?.status?.now} ${object?.spec?.speed} ${this.isPaused}`;
    if (reported !== this.#reported) this.#reading = reading(object, performance.now());
    this.#reported = reported;
  }
}
