// The history of one object: each write with what it changed.

import { element, fill } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { lineDiff } from "../cluster/linediff.js";
import { yaml } from "../cluster/yaml.js";
import { text } from "../language/language.js";
import { ask, cluster } from "../server/request.js";

/** States that are asked for. */
const most = 50;

/** The writes to an object, newest first. */
export class ObjectHistory {
  element = element("ol", { class: "object-history" });
  /** What is shown: the object and its revision. */
  #shown = "";
  /** @type {AbortController | undefined} */
  #question;

  /**
   * @param {import("../cluster/kinds.js").Kind} kind
   * @param {any} metadata
   */
  async show(kind, metadata) {
    const wanted = `${kind.kind} ${metadata.namespace ?? ""}/${metadata.name} ${metadata.resourceVersion ?? ""}`;
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.#question?.abort();
    this.#question = new AbortController();
    const query = new URLSearchParams({
      resources: kind.group ? `${kind.resource}.${kind.group}` : kind.resource,
      ...(metadata.namespace && { namespace: metadata.namespace }),
      name: metadata.name, objects: "true", last: "true", limit: String(most),
    });
    try {
      const { items = [] } = await ask("GET", `${cluster}/history?${query}`, { signal: this.#question.signal });
      this.#draw(items);
    } catch (error) {
      const { name, message } = /** @type {Error} */ (error);
      if (name !== "AbortError") fill(this.element, element("li", { class: "muted" }, message));
    }
  }

  /** Asks anew at the next look. */
  forget() {
    this.#shown = "";
    fill(this.element, element("li", { class: "muted" }, text("why.asking")));
  }

  /** @param {any[]} items Oldest first. */
  #draw(items) {
    if (items.length === 0) return fill(this.element, element("li", { class: "muted" }, text("drawer.noHistory")));
    const rows = items.map((item, index) => writeView(item, items[index - 1]?.object));
    fill(this.element, rows.reverse());
    this.element.querySelector("details")?.setAttribute("open", "");
  }
}

/**
 * @param {any} item
 * @param {any} before
 */
function writeView({ time, type, actor, request, revision, object, previous }, before) {
  const lines = type === "DELETED" ? [] : lineDiff(before ? written(before) : "", written(object));
  const known = before || previous === undefined;
  const symbol = { ADDED: "ready", MODIFIED: "write", DELETED: "terminating" }[/** @type {string} */ (type)] ?? "write";
  const head = [
    icon(symbol), element("time", {}, time.slice(11, 19)),
    element("strong", {}, actor ?? ""), element("span", { class: "write-request" }, request ?? ""),
    element("span", { class: "muted" }, text("plane.revision", { revision })),
  ];
  if (type === "DELETED" || !known || lines.length === 0) return element("li", {},
    element("p", { class: "write-head" }, head));
  return element("li", {}, element("details", {}, element("summary", { class: "write-head" }, head),
    element("pre", { class: "diff", tabindex: 0, role: "group", "aria-label": text("drawer.changes") },
      lines.map(({ sign, line }) => element("span", { class: "diff-line", data: { sign } }, `${sign} ${line}\n`)))));
}

/**
 * An object as text, without what every write changes.
 * @param {any} object
 */
function written(object) {
  const { managedFields, resourceVersion, ...metadata } = object.metadata;
  return yaml({ ...object, metadata });
}
