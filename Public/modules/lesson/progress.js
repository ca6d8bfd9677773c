// How far the learner has come. Kept by this browser for now.

import { remember, remembered } from "../base/storage.js";

/**
 * @typedef {object} LessonProgress
 * @property {string[]} passed Ids of the steps that were passed.
 * @property {string} step The step that was last open; empty before the start.
 * @property {string} since The revision from which that step's checks look.
 * @property {Record<string, string>} predictions The choice made in each step.
 * @property {Record<string, string>} files What the learner made of the files.
 */

/**
 * @param {string} lesson
 * @returns {LessonProgress}
 */
export function progressOf(lesson) {
  /** @type {LessonProgress} */
  const fresh = { passed: [], step: "", since: "", predictions: {}, files: {} };
  return { ...fresh, ...remembered(`progress.${lesson}`, fresh) };
}

/**
 * @param {string} lesson
 * @param {Partial<LessonProgress>} change
 * @returns {LessonProgress} As it is now.
 */
export function note(lesson, change) {
  const now = { ...progressOf(lesson), ...change };
  remember(`progress.${lesson}`, now);
  return now;
}

/**
 * @param {string} lesson
 * @param {string} step
 */
export function notePassed(lesson, step) {
  const { passed } = progressOf(lesson);
  if (!passed.includes(step)) note(lesson, { passed: [...passed, step] });
}
