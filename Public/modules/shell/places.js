// The places that the top bar leads to.

import { element, fill, setAttribute } from "../base/dom.js";
import { language, text } from "../language/language.js";

/**
 * @typedef {{ view: import("./route.js").View, href: string, key: import("../language/language.js").MessageKey }} Place
 */

/** @type {Place[]} */
const everybody = [
  { view: "home", href: "#/", key: "place.lessons" },
  { view: "cluster", href: "#/cluster", key: "place.cluster" },
];
/** @type {Place} */
const room = { view: "classroom", href: "#/classroom", key: "place.classroom" };

/** Links in the top bar, with the open one marked. */
export class Places {
  #offered = { works: true, room: false };
  /** @type {import("./route.js").View} */
  #view = "home";

  /** @param {HTMLElement} bar */
  constructor(bar) {
    this.bar = bar;
    language.follow(() => this.#draw());
  }

  /** @param {{ works: boolean, room: boolean }} offered Whether there is a cluster to work in, and a room to see. */
  offer(offered) {
    this.#offered = offered;
    this.bar.hidden = false;
    this.#draw();
  }

  hide() {
    this.bar.hidden = true;
  }

  /** @param {import("./route.js").View} view */
  mark(view) {
    this.#view = view;
    this.#draw();
  }

  #draw() {
    const { works, room: hasRoom } = this.#offered;
    const places = [...(works ? everybody : []), ...(hasRoom ? [room] : [])];
    const here = this.#view === "lesson" ? "home" : ["watch", "projector"].includes(this.#view) ? "classroom"
      : this.#view;
    fill(this.bar, places.map(({ view, href, key }) => {
      const link = element("a", { class: "place", href }, text(key));
      setAttribute(link, "aria-current", view === here ? "page" : null);
      return link;
    }));
  }
}
