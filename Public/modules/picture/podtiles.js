// All pods, each in its place: the tray of those that wait, or their node.

import { animate, motionAllowed } from "../base/motion.js";
import { arrange } from "../base/keyed.js";
import { makePodTile, updatePodTile } from "./podtile.js";

const moving = { duration: 480, easing: "cubic-bezier(.3,.7,.2,1)" };

/** Keeps one tile for every pod and lets it travel when its place changes. */
export class PodTiles {
  /** @type {Map<string, HTMLElement>} */
  #tiles = new Map();
  /** @type {Set<HTMLElement>} Tiles of pods that are gone, while they fade. */
  #leaving = new Set();

  /** @param {(pod: any) => void} open */
  constructor(open) {
    this.open = open;
  }

  /**
   * Shows exactly these pods.
   * @param {import("./podtile.js").PodView[]} views In the order in which they lie in their places.
   * @param {(pod: any) => Element} placeOf
   * @param {() => void} rearrange Changes the places themselves; run between measuring and moving.
   */
  update(views, placeOf, rearrange) {
    const before = this.#measure();
    rearrange();
    this.#removeAllBut(new Set(views.map((view) => view.pod.metadata.uid)));
    /** @type {Map<Element, HTMLElement[]>} */
    const places = new Map();
    for (const view of views) {
      const place = placeOf(view.pod);
      if (!places.has(place)) places.set(place, []);
      places.get(place)?.push(this.#tile(view));
    }
    for (const [place, tiles] of places) arrange(place, tiles);
    this.#travel(before);
  }

  /** @returns {Map<HTMLElement, DOMRect>} */
  #measure() {
    const boxes = new Map();
    if (!motionAllowed()) return boxes;
    for (const tile of this.#tiles.values()) boxes.set(tile, tile.getBoundingClientRect());
    return boxes;
  }

  /** @param {import("./podtile.js").PodView} view */
  #tile(view) {
    const uid = view.pod.metadata.uid;
    const tile = this.#tiles.get(uid) ?? makePodTile(this.open);
    this.#tiles.set(uid, tile);
    updatePodTile(tile, view);
    return tile;
  }

  /** @param {Set<string>} staying */
  #removeAllBut(staying) {
    for (const [uid, tile] of this.#tiles) {
      if (staying.has(uid)) continue;
      this.#tiles.delete(uid);
      this.#leave(tile);
    }
  }

  /** @param {HTMLElement} tile */
  #leave(tile) {
    const gone = [{ opacity: 1 }, { opacity: 0, transform: "scale(.8)" }];
    const fading = tile.isConnected ? animate(tile, gone, { duration: 260, easing: "ease-in" }) : null;
    if (!fading) return tile.remove();
    tile.setAttribute("aria-hidden", "true");
    tile.tabIndex = -1;
    this.#leaving.add(tile);
    fading.onfinish = fading.oncancel = () => {
      this.#leaving.delete(tile);
      tile.remove();
    };
  }

  /** @param {Map<HTMLElement, DOMRect>} before */
  #travel(before) {
    if (!motionAllowed()) return;
    for (const tile of this.#tiles.values()) {
      const from = before.get(tile);
      const to = tile.getBoundingClientRect();
      if (!from || from.width === 0) {
        if (!from) animate(tile, [{ opacity: 0, transform: "scale(.7)" }, {}], { duration: 240, easing: "ease-out" });
        continue;
      }
      const [x, y] = [from.left - to.left, from.top - to.top];
      if (to.width === 0 || (Math.abs(x) < 1 && Math.abs(y) < 1)) continue;
      animate(tile, [{ transform: `translate(${x}px, ${y}px)`, zIndex: 3 }, { transform: "none", zIndex: 3 }], moving);
    }
  }
}
