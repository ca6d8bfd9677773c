// What each pod did and when, as far as this page has seen it.

import { shortPodName } from "../picture/podtile.js";
import { controllerOf } from "./owners.js";
import { condition } from "./podstate.js";

/**
 * @typedef {import("./podstate.js").PodStateName} PodStateName
 *
 * @typedef {object} Life One pod's.
 * @property {string} uid
 * @property {{ name: string, namespace?: string }} metadata
 * @property {string} shortName
 * @property {number} revision Of its Deployment's rollout; 0 where there is none.
 * @property {string} deployment The uid of its Deployment; empty where there is none.
 * @property {boolean} old Whether its Deployment has a newer revision.
 * @property {{ state: PodStateName, from: number }[]} spans `from` in milliseconds since 1970.
 * @property {number | null} end When it was gone.
 */

/** Milliseconds of the cluster for which a pod that is gone stays on, and that are shown at most. */
const [remembered, window] = [90_000, 600_000];
/** Lives that are kept. */
const most = 200;

/** The lives of a cluster's pods. */
export class PodLives {
  /** @type {Map<string, Life>} */
  #lives = new Map();

  /**
   * Notes what the pods do now.
   * @param {import("./model.js").ClusterModel} model
   * @param {(pod: any) => import("./podstate.js").PodState} stateOf
   * @param {number} now
   */
  note(model, stateOf, now) {
    if (!model.synced) return;
    const there = new Set();
    for (const pod of model.list("pods")) {
      there.add(pod.metadata.uid);
      this.#notePod(pod, stateOf(pod).name, model, now);
    }
    for (const life of this.#lives.values()) if (!there.has(life.uid)) life.end ??= now;
    while (this.#lives.size > most) this.#lives.delete(this.#lives.keys().next().value ?? "");
  }

  /**
   * @param {any} pod
   * @param {PodStateName} state
   * @param {import("./model.js").ClusterModel} model
   * @param {number} now
   */
  #notePod(pod, state, model, now) {
    const life = this.#lives.get(pod.metadata.uid) ?? born(pod, now);
    this.#lives.set(life.uid, life);
    const owner = controllerOf(pod);
    const set = owner && model.list("replicasets").find((one) => one.metadata.uid === owner.uid);
    const deployment = set && controllerOf(set);
    life.shortName = shortPodName(pod.metadata.name, owner?.name, deployment?.name).join("");
    life.revision = Number(set?.metadata.annotations?.["deployment.kubernetes.io/revision"] ?? 0);
    life.deployment = deployment?.uid ?? "";
    if (life.spans.at(-1)?.state !== state) life.spans.push({ state, from: now });
  }

  /**
   * The lives to show, oldest revision and oldest pod first.
   * @param {number} now
   * @returns {Life[]}
   */
  shown(now) {
    const lives = [...this.#lives.values()];
    for (const life of lives) {
      life.old = lives.some((one) => life.deployment && one.deployment === life.deployment
        && one.revision > life.revision);
    }
    return lives
      .filter((life) => life.end === null || now - life.end < remembered)
      .sort((a, b) => a.revision - b.revision || a.spans[0].from - b.spans[0].from
        || a.metadata.name.localeCompare(b.metadata.name));
  }
}

/**
 * A life as the pod itself tells it.
 * @param {any} pod
 * @param {number} now
 * @returns {Life}
 */
function born(pod, now) {
  const { uid, name, namespace, creationTimestamp } = pod.metadata;
  /** @type {Life["spans"]} */
  const spans = [];
  const add = (/** @type {PodStateName} */ state, /** @type {string | undefined} */ time) => {
    const from = Date.parse(time ?? "");
    if (!Number.isNaN(from)) spans.push({ state, from: Math.min(now, from) });
  };
  add("pending", creationTimestamp);
  const scheduled = condition(pod, "PodScheduled");
  if (scheduled?.status === "True") add("creating", scheduled.lastTransitionTime);
  const ready = condition(pod, "Ready");
  if (ready?.status === "True") add("ready", ready.lastTransitionTime);
  return { uid, metadata: { name, namespace }, shortName: name, revision: 0, deployment: "", old: false, spans,
    end: null };
}

/**
 * Where the time axis begins, and its marks.
 * @param {Life[]} lives
 * @param {number} now
 */
export function axisOf(lives, now) {
  const starts = lives.map((life) => life.spans[0]?.from ?? now);
  const from = Math.max(now - window, Math.min(now - 30_000, ...starts));
  const span = (now - from) / 1000;
  const step = [5, 10, 20, 30, 60, 120, 300].find((one) => span / one <= 6) ?? 600;
  const ticks = [];
  for (let ago = 0; ago <= span; ago += step) {
    ticks.push({ ago, time: now - ago * 1000, said: ago === 0 ? "0 s"
      : `−${ago >= 60 ? `${ago / 60} min` : `${ago} s`}` });
  }
  return { from, ticks };
}
