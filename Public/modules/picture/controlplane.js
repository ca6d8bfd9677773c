// The control plane: who writes, the API server that takes every write, and the journal that keeps it.

import { element, setText } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { partOf } from "../cluster/actors.js";
import { text } from "../language/language.js";

/** @typedef {"person" | "scheduler" | "controllers" | "apiserver" | "journal"} PartName */

const parts = /** @type {PartName[]} */ (["person", "scheduler", "controllers", "apiserver", "journal"]);

/** The strip of the cluster's central parts. */
export class ControlPlane {
  /** @type {Map<string, HTMLElement>} */
  #parts = new Map();

  /** @param {import("./pulses.js").Pulses} pulses */
  constructor(pulses) {
    this.pulses = pulses;
    this.element = element("ul", { class: "control-plane" });
    for (const name of parts) {
      const part = element("li", { class: `part ${name}` }, icon(name),
        element("span", { class: "part-name" }), element("span", { class: "part-doing" }));
      this.#parts.set(name, part);
      this.element.append(part);
    }
    this.translate();
  }

  translate() {
    this.element.setAttribute("aria-label", text("plane.title"));
    for (const [name, part] of this.#parts) {
      setText(part.children[1], text(/** @type {any} */ (`plane.${name}`)));
      part.title = text(/** @type {any} */ (`plane.${name}.about`));
    }
  }

  /**
   * Shows a write: who made it, and that it went through the API server into the journal.
   * @param {import("../cluster/model.js").Change} change
   * @param {(node: string) => Element | null} kubeletOf
   */
  show(change, kubeletOf) {
    const { part, node } = partOf(change.cause?.actor);
    const name = part === "podium" ? "person" : part;
    const source = part === "kubelet" ? kubeletOf(node || change.object.spec?.nodeName) : this.#part(name);
    const server = this.#part("apiserver");
    if (source && name !== "apiserver") this.pulses.fly(source, server, () => this.#store());
    if (source) this.pulses.glow(source);
    if (name !== "apiserver" && part !== "kubelet") this.#say(name, change.cause?.request ?? "");
    this.#say("apiserver", `${verb(change)} ${change.resource}`);
  }

  /** @param {string} revision */
  showRevision(revision) {
    this.#say("journal", revision ? text("plane.revision", { revision }) : "");
  }

  #store() {
    this.pulses.glow(this.#part("apiserver"));
    this.pulses.fly(this.#part("apiserver"), this.#part("journal"), () => this.pulses.glow(this.#part("journal")));
  }

  /**
   * @param {string} name
   * @param {string} doing
   */
  #say(name, doing) {
    setText(this.#part(name).children[2], doing);
  }

  /**
   * @param {string} name
   * @returns {HTMLElement}
   */
  #part(name) {
    return /** @type {HTMLElement} */ (this.#parts.get(name));
  }
}

/** @param {import("../cluster/model.js").Change} change */
function verb(change) {
  return { ADDED: "create", MODIFIED: "update", DELETED: "delete" }[change.type];
}
