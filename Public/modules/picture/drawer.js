// The drawer: everything about one object.

import { button, iconButton } from "../base/button.js";
import { callsView } from "../base/calls.js";
import { copyButton } from "../base/copy.js";
import { element, fill, setAttribute, setText } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { kindNamed, restPath, showingCommands } from "../cluster/kinds.js";
import { yaml } from "../cluster/yaml.js";
import { language, text } from "../language/language.js";
import { cluster } from "../server/request.js";
import { ObjectHistory } from "./objecthistory.js";
import { Why } from "./why.js";

const parts = /** @type {const} */ (["why", "events", "yaml", "history"]);

/** Shows one object at a time, live, beside the picture. */
export class Drawer {
  /** @type {{ kind: import("../cluster/kinds.js").Kind, metadata: any } | null} */
  #shown = null;
  /** @type {typeof parts[number]} */
  #part = "why";
  /** @type {HTMLElement | null} */
  #opener = null;
  #tabs = element("div", { class: "drawer-tabs", role: "tablist" });
  #events = element("ol", { class: "object-events" });
  #yaml = element("pre", { class: "yaml", tabindex: 0 });
  #why = new Why();
  #history = new ObjectHistory();
  #gone = element("p", { class: "gone", role: "status" });
  /** @type {Record<typeof parts[number], HTMLElement>} */
  #panels = {
    why: element("div"), events: element("div", {}, this.#events), yaml: element("div"),
    history: element("div", {}, this.#history.element),
  };

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
    this.#tabs.addEventListener("keydown", (event) => this.#key(event));
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
    if (this.#part === "history") this.#history.show(kind, object?.metadata ?? metadata);
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
    const commands = showingCommands(kind, metadata);
    fill(this.#panels.why, this.#why.element,
      element("h4", {}, text("drawer.commands")), this.#commands(commands),
      callsView({ kubectl: commands[0], rest: `GET ${cluster}${restPath(kind, metadata)}` }, true));
    fill(this.#panels.yaml, element("div", { class: "yaml-frame" },
      copyButton(() => this.#yaml.textContent ?? ""), this.#yaml));
    this.#yaml.setAttribute("aria-label", "YAML");
    this.#yaml.setAttribute("role", "group");
    this.#events.dataset.shown = "";
    this.#history.forget();
    fill(this.element,
      element(
        "header",
        { class: "drawer-head" },
        element("span", { class: "kind" }, kind.kind),
        element("h3", {}, metadata.name),
        iconButton(text("action.close"), () => this.close(), icon("close")),
      ),
      this.#tabs, this.#gone, element("div", { class: "drawer-body" }, parts.map((part) => this.#panels[part])));
    this.#drawTabs();
    this.update();
  }

  #drawTabs() {
    this.#tabs.setAttribute("aria-label", text("drawer.parts"));
    fill(this.#tabs, parts.map((part) => element("button", {
      class: "side-tab", type: "button", role: "tab", id: `drawer-${part}`, "aria-controls": `drawer-panel-${part}`,
      "aria-selected": String(part === this.#part), tabindex: part === this.#part ? 0 : -1,
      on: { click: () => this.#choose(part) },
    }, text(`drawer.${part}`))));
    for (const part of parts) {
      const panel = this.#panels[part];
      panel.id = `drawer-panel-${part}`;
      panel.hidden = part !== this.#part;
      setAttribute(panel, "role", "tabpanel");
      setAttribute(panel, "aria-labelledby", `drawer-${part}`);
    }
  }

  /** @param {typeof parts[number]} part */
  #choose(part) {
    this.#part = part;
    this.#drawTabs();
    this.update();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    this.#choose(parts[(parts.indexOf(this.#part) + move + parts.length) % parts.length]);
    /** @type {HTMLElement | null} */ (this.#tabs.querySelector("[aria-selected=true]"))?.focus();
  }

  /** @param {string[]} commands */
  #commands(commands) {
    return element("ul", { class: "commands" }, commands.map((command) =>
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
function eventLine({ type, reason, count, message, lastTimestamp, eventTime, source, reportingComponent }) {
  const times = count > 1 ? ` ×${count}` : "";
  const time = String(lastTimestamp ?? eventTime ?? "").slice(11, 19);
  return element("li", { class: "object-event", data: { type } }, element("time", {}, time),
    element("div", {}, element("strong", {}, reason + times),
      element("span", { class: "muted" }, ` ${source?.component ?? reportingComponent ?? ""}`),
        element("p", {}, message)));
}
