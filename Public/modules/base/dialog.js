// Questions in front of the page.

import { button } from "./button.js";
import { element, fill } from "./dom.js";
import { text } from "../language/language.js";

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {import("./dom.js").Child[]} body
 * @property {string} submit What the button says.
 * @property {boolean} [danger] Whether something is lost by it.
 * @property {(values: Record<string, string>) => Promise<unknown>} act Refuses by throwing; the dialog says why and
 *   stays.
 */

/**
 * Asks in a dialog, which closes when what was asked for is done.
 * @param {Question} question
 */
export function askInDialog({ title, body, submit, danger = false, act }) {
  const error = element("p", { class: "error", role: "alert" });
  const send = /** @type {HTMLButtonElement} */ (
    element("button", { class: danger ? "danger" : "primary", type: "submit" }, submit));
  const form = /** @type {HTMLFormElement} */ (element("form", { method: "dialog" }, element("h2", {}, title), body,
    error,
    element("div", { class: "dialog-actions" }, button("quiet", () => dialog.close(), text("action.cancel")), send)));
  const dialog = open(title, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    send.disabled = true;
    try {
      await act(valuesOf(form));
      dialog.close();
    } catch (refusal) {
      fill(error, /** @type {Error} */ (refusal).message);
    }
    send.disabled = false;
  });
}

/**
 * Shows something in a dialog until it is closed.
 * @param {string} title
 * @param {import("./dom.js").Child[]} body
 */
export function showInDialog(title, body) {
  const dialog = open(title, element("div", { class: "dialog-body" }, element("h2", {}, title), body,
    element("div", { class: "dialog-actions" }, button("primary", () => dialog.close(), text("action.close")))));
}

/**
 * @param {string} title
 * @param {HTMLElement} content
 */
function open(title, content) {
  const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { class: "dialog", "aria-label": title },
    content));
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  return dialog;
}

/**
 * What stands in a form's fields.
 * @param {HTMLFormElement} form
 * @returns {Record<string, string>}
 */
export function valuesOf(form) {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}

/**
 * A field of a form with its label.
 * @param {string} label
 * @param {HTMLElement} input Has a name.
 * @param {string} [about]
 * @returns {HTMLElement}
 */
export function field(label, input, about = "") {
  return element("label", { class: "field" }, element("span", { class: "field-label" }, label), input,
    about ? element("span", { class: "field-about" }, about) : null);
}
