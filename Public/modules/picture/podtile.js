// One pod, as a small tile.

import { element, setAttribute, setText } from "../base/dom.js";
import { changeIcon, icon } from "../base/icons.js";
import { text } from "../language/language.js";

/**
 * @typedef {object} PodView
 * @property {any} pod
 * @property {import("../cluster/podstate.js").PodState} state
 * @property {[string, string]} shortName What the pod shares with its siblings and may be cut, and what is its own.
 * @property {number} revision Of its Deployment's rollout; 0 where there is none.
 * @property {boolean} old Whether a newer revision is being rolled out.
 */

/**
 * @param {(pod: any) => void} open
 * @returns {HTMLElement}
 */
export function makePodTile(open) {
  const tile = element("button", { class: "pod", type: "button" },
    element("span", { class: "pod-icon" }, icon("pending")),
    element(
      "span",
      { class: "pod-name" },
      element("span", { class: "pod-workload" }),
      element("span", { class: "pod-own" }),
    ),
    element("span", { class: "pod-revision" }),
    element("span", { class: "pod-state" }));
  tile.addEventListener("click", () => open(views.get(tile)?.pod));
  return tile;
}

/** @type {WeakMap<HTMLElement, PodView>} */
const views = new WeakMap();

/**
 * @param {HTMLElement} tile
 * @param {PodView} view
 */
export function updatePodTile(tile, view) {
  views.set(tile, view);
  const { pod, state } = view;
  const [symbol, name, revision, stateText] = tile.children;
  const said = podStateText(state);
  changeIcon(/** @type {any} */ (symbol.firstElementChild), state.name);
  setAttribute(tile, "data-state", state.name);
  setAttribute(tile, "data-uid", pod.metadata.uid);
  setAttribute(tile, "data-old", view.old ? "" : null);
  setAttribute(tile, "title", pod.metadata.name);
  setText(name.children[0], view.shortName[0]);
  setText(name.children[1], view.shortName[1]);
  setText(revision, view.revision ? `r${view.revision}` : "");
  setText(stateText, state.restarts > 0 && state.name !== "terminating" ? `${said} ↻${state.restarts}` : said);
  const where = pod.spec?.nodeName ?? text("picture.noNode");
  const restarts = state.restarts > 0 ? `, ${text("pod.restarts", { count: state.restarts })}` : "";
  setAttribute(tile, "aria-label", `Pod ${pod.metadata.name}: ${said}, ${where}${restarts}`);
}

/** @param {import("../cluster/podstate.js").PodState} state */
export function podStateText(state) {
  return state.reason || text(/** @type {any} */ (`pod.${state.name}`));
}

/**
 * A pod's name without the middle part that all pods of its ReplicaSet share.
 *
 *     shortPodName("web-7d4b9c8f6-x2k1p", "web-7d4b9c8f6", "web")  // ["web", "-x2k1p"]
 *
 * @param {string} name
 * @param {string | undefined} owner
 * @param {string | undefined} workload
 * @returns {[string, string]}
 */
export function shortPodName(name, owner, workload) {
  if (!owner || !workload || !name.startsWith(owner + "-") || owner === workload) return ["", name];
  return [workload, name.slice(owner.length)];
}
