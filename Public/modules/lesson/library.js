// The list of lessons.

import { element, fill } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { either, text } from "../language/language.js";
import { progressOf } from "./progress.js";

/**
 * @typedef {object} LessonEntry
 * @property {string} id
 * @property {string} track
 * @property {number} minutes
 * @property {{ ko: string, en: string }} title
 * @property {{ ko: string, en: string }} summary
 * @property {{ id: string, title: { ko: string, en: string } }[]} steps
 */

/**
 * @param {LessonEntry[]} lessons
 * @returns {HTMLElement}
 */
export function libraryView(lessons) {
  const tracks = [...new Set(lessons.map((lesson) => lesson.track))];
  const view = element(
    "div",
    { class: "scroll library", tabindex: 0, role: "group", "aria-label": text("library.title") },
  );
  fill(view, element("h2", { class: "library-title", tabindex: -1 }, text("library.title")),
    element("p", { class: "library-about" }, text("library.about")),
    lessons.length === 0 ? element("p", { class: "empty" }, text("library.empty")) : null,
    tracks.map((track) => element("section", { class: "track" },
      element("h3", {}, trackName(track)),
      element("ul", { class: "lessons" }, lessons.filter((lesson) => lesson.track === track).map(card)))));
  return view;
}

/** @param {LessonEntry} lesson */
function card(lesson) {
  const progress = progressOf(lesson.id);
  const passed = lesson.steps.filter((step) => progress.passed.includes(step.id)).length;
  const total = lesson.steps.length;
  const state = passed === total && total > 0 ? "done" : progress.step ? "begun" : "new";
  const bar = element("span", { class: "progress-fill" });
  bar.style.transform = `scaleX(${total ? passed / total : 0})`;
  return element("li", {}, element("a", { class: "lesson-card", href: `#/lessons/${lesson.id}`, data: { state } },
    element("span", { class: "lesson-card-title" }, state === "done" && icon("completed"), either(lesson.title)),
    element("span", { class: "lesson-card-summary" }, either(lesson.summary)),
    element("span", { class: "progress-bar", "aria-hidden": "true" }, bar),
    element("span", { class: "lesson-card-foot" },
      text("library.progress", { passed, total }), " · ", text("library.minutes", { minutes: lesson.minutes }),
      element("span", { class: "lesson-card-action" }, text(/** @type {any} */ (`library.${state}`)), icon("next")))));
}

/** @param {string} track */
function trackName(track) {
  const key = /** @type {any} */ (`track.${track}`);
  const name = text(key);
  return name === key ? track : name;
}
