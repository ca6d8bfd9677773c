// The drawer: everything about one object.

import { button, iconButton } from "../base/button.js";
import { element, fill, setText } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { kindNamed, restPath, showingCommands } from "../cluster/kinds.js";
import { yaml } from "../cluster/yaml.js";
import { language, text } from "../language/language.js";
import { Why } from "./why.js";

/** Shows one object at a time, live, beside the picture. */
export class Drawer {
  /** @type {{ kind: import("../cluster/kinds.js").Kind, metadata: any } | null} */
  #shown = null;
  /** @type {HTMLElement | null} */
  #opener = null;
  #events = element("ol", { class: "object-events" });
  #yaml = element("pre", { class: "yaml", tabindex: 0 });
  #why = new Why();
  #gone = element("p", { class: "gone", role: "status" });

  /**
   * @param {import("../cluster/model.js").ClusterModel} model
   * @param {(command: string) => void} run
   */
  constructor(model, run) {
    this.model = model;
    this.run = run;
    this.element = element("aside", { class: "drawer", hidden: true, tabindex: -1 });
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    language.follow(() => this.#shown && this.#build());
  }

  /**
   * @param {string} kindName
   * @param {{ name: string, namespace?: string }} metadata
   */
  open(kindName, metadata) {
    const kind = kindNamed(kindName);
    if (!kind) return;
    if (this.element.hidden) this.#opener = /** @type {HTMLElement} */ (document.activeElement);
    this.#shown = { kind, metadata };
    this.element.hidden = false;
    this.#build();
    this.element.focus();
  }

  close() {
    this.element.hidden = true;
    this.#shown = null;
    if (this.#opener?.isConnected) this.#opener.focus();
  }

  /** Shows the object as it is now. */
  update() {
    if (!this.#shown) return;
    const { kind, metadata } = this.#shown;
    const object = this.model.get(kind.resource, metadata);
    setText(this.#gone, object ? "" : text("drawer.gone"));
    if (!object) return;
    const { managedFields, ...shownMetadata } = object.metadata;
    const apiVersion = kind.group ? `${kind.group}/${kind.version}` : kind.version;
    setText(this.#yaml, yaml({ apiVersion, kind: kind.kind, ...object, metadata: shownMetadata }));
    this.#showEvents(object.metadata);
    this.#why.show(kind, object.metadata);
  }

  #build() {
    if (!this.#shown) return;
    const { kind, metadata } = this.#shown;
    this.element.setAttribute("aria-label", `${kind.kind} ${metadata.name}`);
    const close = iconButton(text("action.close"), () => this.close(), icon("close"));
    fill(this.element,
      element(
        "header",
        { class: "drawer-head" },
        element("span", { class: "kind" }, kind.kind),
        element("h3", {}, metadata.name),
        close,
      ),
      element("div", { class: "drawer-body" },
        this.#gone,
        element("h4", {}, text("drawer.why")), this.#why.element,
        element("h4", {}, text("drawer.rest")), element("code", { class: "rest" }, `GET ${restPath(kind, metadata)}`),
        element("h4", {}, text("drawer.commands")), this.#commands(kind, metadata),
        element("h4", {}, text("drawer.events")), this.#events,
        element("h4", {}, "YAML"), this.#yaml));
    this.#yaml.setAttribute("aria-label", "YAML");
    this.#yaml.setAttribute("role", "group");
    this.#events.dataset.shown = "";
    this.update();
  }

  /**
   * @param {import("../cluster/kinds.js").Kind} kind
   * @param {any} metadata
   */
  #commands(kind, metadata) {
    return element("ul", { class: "commands" }, showingCommands(kind, metadata).map((command) =>
      element("li", {}, button("command", () => this.run(command), command))));
  }

  /** @param {any} metadata */
  #showEvents(metadata) {
    const kind = this.#shown?.kind.kind;
    const events = this.model.list("events")
      .filter(({ involvedObject: about }) => about?.kind === kind && about?.name === metadata.name
        && (about?.namespace ?? "") === (metadata.namespace ?? about?.namespace ?? ""))
      .sort((a, b) => Number(b.metadata.resourceVersion) - Number(a.metadata.resourceVersion));
    const signature = events.map((event) => event.metadata.resourceVersion).join(" ") || "none";
    if (this.#events.dataset.shown === signature) return;
    this.#events.dataset.shown = signature;
    if (events.length > 0) fill(this.#events, events.map(eventLine));
    else fill(this.#events, element("li", { class: "muted" }, text("drawer.noEvents")));
  }
}

/** @param {any} event */
function eventLine({ type, reason, count, message }) {
  const times = count > 1 ? ` ×${count}` : "";
  return element("li", { data: { type } }, element("strong", {}, reason), `${times} ${message}`);
}
