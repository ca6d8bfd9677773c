// What the address asks for.

/**
 * @typedef {{ lesson: string, part: string }} Route `lesson` is empty for the list of lessons.
 */

/**
 * @param {string} hash
 * @returns {Route}
 */
export function route(hash) {
  const [, lesson = "", part = ""] = /^#\/lessons\/([^/]+)(?:\/([^/]+))?\/?$/.exec(hash) ?? [];
  return { lesson: decodeURIComponent(lesson), part: decodeURIComponent(part) };
}
