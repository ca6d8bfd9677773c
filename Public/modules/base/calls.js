// What an action is as a kubectl command and as a REST call.

import { copyable } from "./copy.js";
import { element } from "./dom.js";
import { text } from "../language/language.js";
import { quoted } from "../server/objects.js";

/**
 * @typedef {object} Calls
 * @property {string} [kubectl]
 * @property {string} rest Method and address.
 * @property {unknown} [body] The request's body.
 */

/**
 * Both calls, to be copied; closed until asked for.
 * @param {Calls} calls
 * @param {boolean} [open]
 * @returns {HTMLElement}
 */
export function callsView({ kubectl, rest, body }, open = false) {
  return element("details", { class: "calls", open },
    element("summary", {}, text("calls.title")),
    kubectl ? element("div", { class: "call" }, element("span", { class: "call-kind" }, "kubectl"), copyable(kubectl))
      : null,
    element("div", { class: "call" }, element("span", { class: "call-kind" }, "REST"), copyable(rest)),
    body === undefined ? null
      : element("div", { class: "call" }, element("span", { class: "call-kind" }, text("calls.body")),
        copyable(JSON.stringify(body))));
}

/**
 * The calls that merge something into an object.
 * @param {string} resource As kubectl names it.
 * @param {string} name
 * @param {string} path
 * @param {unknown} patch
 * @returns {Calls}
 */
export function patchCalls(resource, name, path, patch) {
  return { kubectl: `kubectl patch ${resource} ${name} --type=merge -p ${quoted(patch)}`, rest: `PATCH ${path}`,
    body: patch };
}
