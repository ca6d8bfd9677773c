// Why an object is as it is: its Explanation, asked anew when the object changes.

import { element, fill } from "../base/dom.js";
import { language, text } from "../language/language.js";
import { ask, cluster } from "../server/request.js";

/** How long an object must be left alone before the question is asked again, in milliseconds. */
const quiet = 400;

/** The answer to "why", beside an object. */
export class Why {
  element = element("div", { class: "why", "aria-live": "polite" });
  /** What the shown answer is about: the object, its revision and the language. */
  #shown = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {AbortController | undefined} */
  #question;

  /**
   * Shows the answer for an object; does nothing where it is shown already.
   * @param {import("../cluster/kinds.js").Kind} kind
   * @param {any} metadata
   */
  show(kind, metadata) {
    const about = `${kind.kind} ${metadata.namespace ?? ""}/${metadata.name} ${language.value}`;
    const shown = `${about} ${metadata.resourceVersion ?? ""}`;
    if (shown === this.#shown) return;
    const isOther = !this.#shown.startsWith(`${about} `);
    this.#shown = shown;
    clearTimeout(this.#timer);
    if (isOther) fill(this.element, element("p", { class: "muted" }, text("why.asking")));
    this.#timer = setTimeout(() => this.#ask(kind, metadata), isOther ? 0 : quiet);
  }

  /**
   * @param {import("../cluster/kinds.js").Kind} kind
   * @param {any} metadata
   */
  async #ask(kind, metadata) {
    this.#question?.abort();
    this.#question = new AbortController();
    const apiVersion = kind.group ? `${kind.group}/${kind.version}` : kind.version;
    const object = { apiVersion, kind: kind.kind, namespace: metadata.namespace ?? "", name: metadata.name };
    const body = { apiVersion: "podium.dev/v1", kind: "Explanation", spec: { object, language: language.value } };
    const path = `${cluster}/apis/podium.dev/v1/explanations`;
    try {
      const { status } = await ask("POST", path, { body, signal: this.#question.signal });
      fill(this.element, findings(status), causes(status.causes ?? []), nodes(status.nodes ?? []));
    } catch (error) {
      const { name, message } = /** @type {Error} */ (error);
      if (name !== "AbortError") fill(this.element, element("p", { class: "muted" }, message));
    }
  }
}

/**
 * What would help stands beside each node already.
 * @param {any} status
 */
function findings({ findings: found, nodes = [] }) {
  const shown = found.filter((/** @type {any} */ { reason, object }) =>
    object || nodes.length === 0 || reason !== "WouldHelp");
  return element("ul", { class: "findings" }, shown.map((/** @type {any} */ { reason, object, text: said }) => {
    const about = object ? element("code", {}, object.split("/").at(-1)) : null;
    return element("li", { data: { reason } }, about, about ? " " : null, said);
  }));
}

/** @param {any[]} causes The last one began it all, so it comes first. */
function causes(causes) {
  if (causes.length < 2) return null;
  const steps = [...causes].reverse().map(({ actor, object, time }) => {
    const hour = time.slice(11, 19);
    return element("li", { title: time },
      element("strong", {}, actor), " → ", element("code", {}, object), " ", element("time", {}, hour));
  });
  return [element("h5", {}, text("why.causes")), element("ol", { class: "causes" }, steps)];
}

/** @param {any[]} nodes */
function nodes(nodes) {
  if (nodes.length === 0) return null;
  const best = Math.max(...nodes.map(({ total }) => total ?? 0), 1);
  const rows = nodes.map(({ name, plugin, reasons, remedies, total }) => element("li", { data: { refused: plugin } },
    element("span", { class: "verdict-node" }, name),
    plugin
      ? element("div", {},
        element("strong", {}, plugin), ` ${reasons.join(", ")}`,
        (remedies ?? []).map((/** @type {string} */ remedy) => element("p", { class: "remedy" }, remedy)))
      : element("span", { class: "score" },
        element("meter", { min: 0, max: best, value: total ?? 0, "aria-label": name }),
        total === undefined ? text("why.only") : String(total))));
  return [element("h5", {}, text("why.nodes")), element("ul", { class: "verdicts" }, rows)];
}
