// The first page: where to go on, and the tracks with their lessons.

import { button } from "../base/button.js";
import { element, fill } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { either, text } from "../language/language.js";
import { followPreview } from "../lesson/preview.js";
import { ask } from "../server/request.js";
import { courseOf } from "./course.js";
import { ring } from "./ring.js";

/**
 * Fills the page with the lessons.
 * @param {HTMLElement} page
 * @throws {import("../server/request.js").RequestError}
 */
export async function showHome(page) {
  const { lessons, version } = await ask("GET", "/lessons");
  followPreview(version);
  document.title = "Podium";
  fill(page, homeView(lessons));
}

/** @param {import("./course.js").LessonEntry[]} lessons */
function homeView(lessons) {
  const course = courseOf(lessons);
  if (lessons.length === 0) return emptyView();
  return element("div", { class: "home" },
    element("div", { class: "home-top" }, nextView(course), overallView(course)),
    course.tracks.map(trackView));
}

function emptyView() {
  return element("div", { class: "home" }, element("div", { class: "home-empty" }, icon("lesson"),
    element("h2", { tabindex: -1 }, text("home.title")), element("p", {}, text("home.empty")),
    element("a", { class: "button primary", href: "#/cluster" }, text("home.toCluster"))));
}

/**
 * Where to go on: the lesson that was open last, or the next one.
 * @param {import("./course.js").Course} course
 */
function nextView({ next, lessons }) {
  if (!next) {
    return element("section", { class: "next" },
      element("h2", { class: "next-title", tabindex: -1 }, text("home.allDone")),
      element("p", { class: "next-about" }, text("home.allDoneAbout", { count: lessons.length })),
      element("a", { class: "button primary large", href: "#/cluster" }, text("home.toCluster")));
  }
  const { entry, state, step } = next;
  const label = text(state === "begun" ? "home.continue" : "home.startHere");
  const number = entry.steps.findIndex((one) => one.id === step?.id) + 1;
  return element("section", { class: "next" },
    element("p", { class: "eyebrow" }, label),
    element("h2", { class: "next-title", tabindex: -1 }, either(entry.title)),
    element("p", { class: "next-about" }, step
      ? text("home.atStep", { number, total: entry.steps.length, title: either(step.title) })
      : either(entry.summary)),
    element("div", { class: "next-actions" },
      element("a", { class: "button primary large", href: address(next) },
        text(state === "begun" ? "library.begun" : "library.new"), icon("next")),
      element("a", { class: "button quiet", href: "#/cluster" }, text("home.toCluster"))));
}

/** @param {import("./course.js").Course} course */
function overallView({ lessons, done, steps, passed }) {
  return element("section", { class: "overall", "aria-label": text("home.progress") },
    ring(steps ? passed / steps : 0, text("home.percent", { percent: steps ? Math.round((passed / steps) * 100) : 0 })),
    element("div", {}, element("p", { class: "overall-count" },
      text("home.lessonsDone", { done, total: lessons.length })),
      element("p", { class: "muted" }, text("library.progress", { passed, total: steps }))));
}

/** @param {import("./course.js").Track} track */
function trackView({ letter, lessons, done }) {
  const id = `track-${letter}`;
  return element("section", { class: "track", "aria-labelledby": id },
    element("header", { class: "track-head" }, element("h2", { id }, trackName(letter)),
      element("span", { class: "track-count" }, text("home.trackDone", { done, total: lessons.length }))),
    element("ul", { class: "lessons" }, lessons.map(card)));
}

/** @param {import("./course.js").CourseLesson} lesson */
function card(lesson) {
  const { entry, state, passed } = lesson;
  const total = entry.steps.length;
  return element("li", {}, element("a", { class: "lesson-card", href: address(lesson), data: { state } },
    ring(total ? passed / total : 0),
    element("span", { class: "lesson-card-text" },
      element("span", { class: "lesson-card-title" }, either(entry.title)),
      element("span", { class: "lesson-card-summary" }, either(entry.summary)),
      element("span", { class: "lesson-card-foot" }, text("library.minutes", { minutes: entry.minutes }), " · ",
        state === "new" ? text("home.steps", { count: total }) : text("library.progress", { passed, total })))));
}

/** @param {import("./course.js").CourseLesson} lesson */
function address({ entry, state, step }) {
  return `#/lessons/${entry.id}${state === "begun" && step ? `/${step.id}` : ""}`;
}

/** @param {string} letter */
function trackName(letter) {
  const key = /** @type {any} */ (`track.${letter}`);
  const name = text(key);
  return name === key ? letter : name;
}

/**
 * Says why a page could not be shown, and offers to try again.
 * @param {HTMLElement} page
 * @param {string} message
 * @param {() => void} retry
 */
export function showPageFailure(page, message, retry) {
  fill(page, element("div", { class: "failure", role: "alert" },
    element("h2", { tabindex: -1 }, text("page.failed")), element("p", {}, message),
    button("secondary", retry, text("connection.retry"))));
}
