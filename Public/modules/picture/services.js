// Services, with the endpoints that they reach.

import { button } from "../base/button.js";
import { element, setAttribute, setText } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { keyed } from "../base/keyed.js";
import { text } from "../language/language.js";

/** @typedef {import("../cluster/services.js").Reach} Reach */

/** The row of services. */
export class Services {
  /**
   * @param {(service: any) => void} open
   * @param {(uids: string[]) => void} highlight
   */
  constructor(open, highlight) {
    this.open = open;
    this.highlight = highlight;
    this.element = element("div", { class: "services" });
  }

  /** @param {Reach[]} list */
  update(list) {
    this.element.hidden = list.length === 0;
    keyed(
      this.element,
      list,
      (one) => one.service.metadata.uid,
      (one) => this.#make(one),
      (chip, one) => this.#update(chip, one),
    );
  }

  /** @param {Reach} reach */
  #make({ service }) {
    const chip = button("service", () => this.open(service),
      icon("service"), element("span", { class: "service-name" }, service.metadata.name),
      element("span", { class: "service-address" }), element("span", { class: "service-endpoints" }));
    for (const type of ["pointerenter", "focus"]) chip.addEventListener(
      type,
      () => this.highlight(podsOf.get(chip) ?? []),
    );
    for (const type of ["pointerleave", "blur"]) chip.addEventListener(type, () => this.highlight([]));
    return chip;
  }

  /**
   * @param {HTMLElement} chip
   * @param {Reach} reach
   */
  #update(chip, { service, ready, total, pods }) {
    podsOf.set(chip, pods);
    const ports = (service.spec?.ports ?? []).map((/** @type {any} */ port) => port.port).join(", ");
    setAttribute(chip, "data-empty", ready === 0 ? "" : null);
    setText(
      chip.children[2],
      `${service.spec?.type ?? "ClusterIP"} ${service.spec?.clusterIP ?? ""}${ports ? `:${ports}` : ""}`,
    );
    setText(chip.children[3], text("service.endpoints", { ready, total }));
  }
}

/** @type {WeakMap<HTMLElement, string[]>} */
const podsOf = new WeakMap();
