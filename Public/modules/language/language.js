// The language of the page.

import { remember, remembered } from "../base/storage.js";
import { Signal } from "../base/signal.js";
import { english } from "./english.js";
import { korean } from "./korean.js";

/**
 * @typedef {"en" | "ko"} Language
 * @typedef {keyof typeof english} MessageKey
 */

/** @type {Record<Language, Record<MessageKey, string>>} */
const catalogues = { en: english, ko: korean };

/** The languages with their own names, for choosing. */
export const languages = /** @type {[Language, string][]} */ ([["ko", "한국어"], ["en", "English"]]);

/** The chosen language: what was chosen before, or the browser's. */
export const language = new Signal(initialLanguage());

document.documentElement.lang = language.value;
language.follow((value) => {
  document.documentElement.lang = value;
  remember("language", value);
});

/** @returns {Language} */
function initialLanguage() {
  const chosen = remembered("language", /** @type {string} */ (""));
  if (chosen === "en" || chosen === "ko") return chosen;
  return navigator.language.toLowerCase().startsWith("ko") ? "ko" : "en";
}

/**
 * A message in the page's language; `{name}` in it is replaced.
 *
 *     text("pods.ready", { ready: 2, total: 3 })
 *
 * @param {MessageKey} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function text(key, values = {}) {
  const message = catalogues[language.value][key] ?? key;
  return message.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * The text of something that the server gives in every language.
 * @param {{ ko?: string, en?: string } | string | undefined} both
 */
export function either(both) {
  if (typeof both !== "object") return both ?? "";
  return both[language.value] ?? both.en ?? both.ko ?? "";
}

/**
 * Fills in the messages of the page's fixed parts: `data-text` is an element's text, `data-label` its label and
 * `data-hint` its tooltip and label.
 * @param {ParentNode} root
 */
export function translate(root) {
  for (const target of root.querySelectorAll("[data-text]")) {
    target.textContent = text(key(target, "text"));
  }
  for (const target of root.querySelectorAll("[data-label]")) {
    target.setAttribute("aria-label", text(key(target, "label")));
  }
  for (const target of root.querySelectorAll("[data-hint]")) {
    const hint = text(key(target, "hint"));
    target.setAttribute("aria-label", hint);
    target.setAttribute("title", hint);
  }
}

/**
 * @param {Element} target
 * @param {string} name
 */
function key(target, name) {
  return /** @type {MessageKey} */ (target.getAttribute(`data-${name}`));
}
