// The classroom's objects, live, for those who lead or watch it.

import { followCluster } from "../cluster/feed.js";
import { ClusterModel } from "../cluster/model.js";
import { addressOf, create, merge, remove } from "../server/objects.js";

/** The classroom cluster's address. */
export const classroom = "/clusters/classroom";

const resources = "learners.podium.dev,attempts.podium.dev,incidents.podium.dev,classrooms.podium.dev";

/** The room as the page knows it, and what can be done in it. */
export class Room {
  model = new ClusterModel();
  /** @type {ReturnType<typeof followCluster> | null} */
  #stream = null;

  /** @param {import("../server/session.js").Role} role */
  constructor(role) {
    this.role = role;
  }

  /** Whether this person may change everything, as the instructor. */
  get leads() {
    return this.role === "instructor" || this.role === "admin";
  }

  /** Whether this person may help: reset learners and inject faults. */
  get helps() {
    return this.leads || this.role === "assistant";
  }

  /** @param {(state: import("../server/livestream.js").StreamState) => void} onState */
  follow(onState) {
    this.#stream ??= followCluster(this.model, classroom, { resources, namespace: "", who: this.role }, onState);
  }

  close() {
    this.#stream?.close();
  }

  /** @returns {any} The Classroom object; undefined where it may not be read. */
  get classroom() {
    return this.model.get("classrooms", { name: "classroom" });
  }

  /** @returns {any[]} */
  get learners() {
    return this.model.list("learners").filter((one) => one.status?.phase !== "Terminating");
  }

  /** @returns {any[]} */
  get attempts() {
    return this.model.list("attempts");
  }

  /** @returns {any[]} */
  get incidents() {
    return this.model.list("incidents").sort((a, b) => a.metadata.name.localeCompare(b.metadata.name));
  }

  /**
   * Changes what the instructor wishes for the whole room.
   * @param {Record<string, unknown>} spec
   */
  wish(spec) {
    return merge(addressOf(classroom, "classrooms", "classroom"), { spec });
  }

  /** @param {string} said */
  say(said) {
    const number = (this.classroom?.spec?.message?.number ?? 0) + 1;
    return this.wish({ message: { text: said, number } });
  }

  /**
   * @param {string} lesson
   * @param {string} step
   */
  push(lesson, step) {
    const number = (this.classroom?.spec?.push?.number ?? 0) + 1;
    return this.wish({ push: { lesson, step, number } });
  }

  renewCodes() {
    return this.wish({ joinCodes: (this.classroom?.spec?.joinCodes ?? 0) + 1 });
  }

  /** @param {string} name */
  reset(name) {
    const resets = (this.model.get("learners", { name })?.spec?.resets ?? 0) + 1;
    return merge(addressOf(classroom, "learners", name), { spec: { resets } });
  }

  /** @param {string} name */
  lowerHand(name) {
    return merge(addressOf(classroom, "learners", name), { spec: { hand: false } });
  }

  /** @param {string} name */
  dismiss(name) {
    return remove(addressOf(classroom, "learners", name));
  }

  /**
   * @param {Record<string, unknown>} fault
   * @param {string[]} learners None means all.
   */
  inject(fault, learners) {
    return create(classroom, "incidents", "Incident", { generateName: "incident-" }, { fault, learners });
  }

  /** @param {string} name */
  endIncident(name) {
    return remove(addressOf(classroom, "incidents", name));
  }
}
