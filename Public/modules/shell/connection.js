// Whether the server is there, said clearly.

import { element, fill, setAttribute } from "../base/dom.js";
import { language, text } from "../language/language.js";

/** The state of the connection in the top bar, and a banner while it is lost. */
export class Connection {
  /** @type {import("../server/livestream.js").StreamState} */
  #state = "connecting";
  #wasOpen = false;
  #element = element(
    "span",
    { class: "connection" },
    element("span", { class: "connection-dot" }),
    element("span", { class: "connection-text" }),
  );

  /**
   * @param {import("./banners.js").Banners} banners
   * @param {() => void} retry
   */
  constructor(banners, retry) {
    this.banners = banners;
    this.retry = retry;
    this.#draw();
    language.follow(() => this.#draw());
  }

  /** Says nothing: nobody is signed in. */
  hide() {
    this.banners.hide("connection");
    this.#element.hidden = true;
  }

  get element() {
    return this.#element;
  }

  /**
   * @param {import("../server/livestream.js").StreamState} state
   * @param {{ status: number, message: string }} [detail]
   */
  show(state, detail) {
    if (state === "connecting" && this.#state === "waiting") return;
    this.#state = state;
    this.#element.hidden = false;
    this.#draw();
    if (state === "open") {
      this.#wasOpen = true;
      this.banners.hide("connection");
    } else if (state === "waiting" || (state === "refused" && detail?.status !== 401)) {
      this.#complain(detail);
    }
  }

  /** @param {{ status: number, message: string } | undefined} detail */
  #complain(detail) {
    const key = detail?.status ? "connection.refused" : this.#wasOpen ? "connection.lost" : "connection.none";
    this.banners.show("connection", {
      kind: "error",
      text: text(key, { message: detail?.message ?? "" }),
      actions: [{ label: text("connection.retry"), run: this.retry }],
    });
  }

  #draw() {
    const shown = this.#state === "open" ? "open" : this.#state === "connecting" ? "connecting" : "lost";
    setAttribute(this.#element, "data-state", shown);
    const said = text(/** @type {any} */ (`connection.${shown === "lost" ? "away" : shown}`));
    fill(/** @type {Element} */ (this.#element.lastElementChild), said);
    setAttribute(this.#element, "title", said);
  }
}
