// The lessons as a course: how far the learner has come, and where to go on.

import { progressOf } from "../lesson/progress.js";

/**
 * @typedef {object} LessonEntry
 * @property {string} id
 * @property {string} track
 * @property {number} minutes
 * @property {{ ko: string, en: string }} title
 * @property {{ ko: string, en: string }} summary
 * @property {{ id: string, title: { ko: string, en: string } }[]} steps
 *
 * @typedef {object} CourseLesson
 * @property {LessonEntry} entry
 * @property {"new" | "begun" | "done"} state
 * @property {number} passed Steps that are done.
 * @property {LessonEntry["steps"][number] | undefined} step The step that was last open.
 * @property {number} openedAt When it was last open, in milliseconds since 1970.
 *
 * @typedef {{ letter: string, lessons: CourseLesson[], done: number }} Track
 *
 * @typedef {object} Course
 * @property {CourseLesson[]} lessons
 * @property {Track[]} tracks
 * @property {CourseLesson | undefined} next The lesson that was last open and is not done, or the first new one.
 * @property {number} done Lessons that are done.
 * @property {number} steps
 * @property {number} passed
 */

/**
 * @param {LessonEntry[]} entries In the course's order.
 * @returns {Course}
 */
export function courseOf(entries) {
  const lessons = entries.map(lessonOf);
  const letters = [...new Set(entries.map((entry) => entry.track))];
  const begun = lessons.filter((one) => one.state === "begun").sort((a, b) => b.openedAt - a.openedAt);
  return {
    lessons,
    tracks: letters.map((letter) => trackOf(letter, lessons)),
    next: begun[0] ?? lessons.find((one) => one.state === "new"),
    done: count(lessons),
    steps: lessons.reduce((sum, one) => sum + one.entry.steps.length, 0),
    passed: lessons.reduce((sum, one) => sum + one.passed, 0),
  };
}

/**
 * @param {string} letter
 * @param {CourseLesson[]} all
 * @returns {Track}
 */
function trackOf(letter, all) {
  const lessons = all.filter((one) => one.entry.track === letter);
  return { letter, lessons, done: count(lessons) };
}

/**
 * @param {LessonEntry} entry
 * @returns {CourseLesson}
 */
function lessonOf(entry) {
  const progress = progressOf(entry.id);
  const passed = entry.steps.filter((step) => progress.passed.includes(step.id)).length;
  const complete = entry.steps.length > 0 && passed === entry.steps.length;
  const state = complete ? "done" : progress.step ? "begun" : "new";
  const step = entry.steps.find((one) => one.id === progress.step);
  return { entry, state, passed, step, openedAt: progress.openedAt };
}

/** @param {CourseLesson[]} lessons */
function count(lessons) {
  return lessons.filter((one) => one.state === "done").length;
}
