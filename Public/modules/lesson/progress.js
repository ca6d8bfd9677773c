// How far the learner has come. This browser keeps it; a classroom's server knows it too.

import { remember, remembered } from "../base/storage.js";

/**
 * @typedef {object} LessonProgress
 * @property {string[]} passed Ids of the steps that were passed.
 * @property {string} step The step that was last open; empty before the start.
 * @property {string} since The revision from which that step's checks look.
 * @property {Record<string, string>} predictions The choice made in each step.
 * @property {Record<string, string>} files What the learner made of the files.
 * @property {number} openedAt When it was last open, in milliseconds since 1970.
 */

/** Whose progress it is, where several learn at one browser. */
let owner = "";

/** @param {string} name Empty for the only learner. */
export function useProgressOf(name) {
  owner = name && `${name}.`;
}

/**
 * @param {string} lesson
 * @returns {LessonProgress}
 */
export function progressOf(lesson) {
  /** @type {LessonProgress} */
  const fresh = { passed: [], step: "", since: "", predictions: {}, files: {}, openedAt: 0 };
  return { ...fresh, ...remembered(`progress.${owner}${lesson}`, fresh) };
}

/**
 * @param {string} lesson
 * @param {Partial<LessonProgress>} change
 * @returns {LessonProgress} As it is now.
 */
export function note(lesson, change) {
  const now = { ...progressOf(lesson), ...change };
  remember(`progress.${owner}${lesson}`, now);
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

/**
 * Takes over what the classroom has noted, as on another machine.
 * @param {any[]} attempts
 */
export function noteAttempts(attempts) {
  for (const { spec, status = {} } of attempts) {
    const known = progressOf(spec.lesson);
    const finished = (status.finishedSteps ?? []).map((/** @type {any} */ one) => one.step);
    const choices = Object.fromEntries((status.predictions ?? [])
      .map((/** @type {any} */ one) => [one.step, one.choice]));
    note(spec.lesson, {
      passed: [...new Set([...known.passed, ...finished])],
      step: known.step || status.step || "",
      predictions: { ...choices, ...known.predictions },
      openedAt: Math.max(known.openedAt, Date.parse(status.enteredAt ?? "") || 0),
    });
  }
}
