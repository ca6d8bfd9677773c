// Who is in the room and how far, from the classroom cluster's objects.

/**
 * @typedef {"hand" | "stuck" | "working" | "passed" | "done" | "idle"} Standing
 *
 * @typedef {object} Row One learner on the board.
 * @property {string} name Of the Learner object.
 * @property {string} nickname
 * @property {string} cluster
 * @property {Standing} standing
 * @property {boolean} hand
 * @property {string} handSince
 * @property {boolean} paused
 * @property {string} lesson Empty before the first.
 * @property {string} step
 * @property {number} finished Steps of the lesson that are done.
 * @property {any} condition What fails now; null where nothing does.
 * @property {number} minutes How long that has been so.
 * @property {boolean} present Whether the learner was seen a moment ago.
 * @property {string} problem
 */

/** Minutes after which somebody counts as stuck. */
export const patience = 3;
/** Milliseconds after which somebody counts as away. */
const presence = 60_000;

/** @type {Standing[]} In the order of the board. */
export const standings = ["hand", "stuck", "working", "passed", "idle", "done"];

/**
 * @param {any[]} learners
 * @param {any[]} attempts
 * @param {number} now Milliseconds since 1970.
 * @returns {Row[]} Those who need the instructor most come first.
 */
export function roster(learners, attempts, now) {
  const byName = new Map(attempts.map((attempt) => [attempt.metadata.name, attempt]));
  const rows = learners.map((learner) => rowOf(learner, byName, now));
  return rows.sort((a, b) => standings.indexOf(a.standing) - standings.indexOf(b.standing)
    || (a.standing === "stuck" ? b.minutes - a.minutes : 0) || a.nickname.localeCompare(b.nickname));
}

/**
 * @param {any} learner
 * @param {Map<string, any>} attempts
 * @param {number} now
 * @returns {Row}
 */
function rowOf({ metadata, spec, status = {} }, attempts, now) {
  const lesson = status.current?.lesson ?? "";
  const attempt = lesson ? attempts.get(`${metadata.name}.${lesson}`)?.status ?? {} : {};
  const minutes = attempt.since ? Math.max(0, Math.floor((now - Date.parse(attempt.since)) / 60_000)) : 0;
  const seen = Date.parse(status.lastSeen ?? "");
  const row = {
    name: metadata.name,
    nickname: spec?.nickname ?? metadata.name,
    cluster: status.cluster ?? "",
    hand: spec?.hand === true,
    handSince: status.handSince ?? "",
    paused: status.paused === true,
    lesson,
    step: status.current?.step ?? attempt.step ?? "",
    finished: (attempt.finishedSteps ?? []).length,
    condition: attempt.state === "Working" ? attempt.condition ?? null : null,
    minutes,
    present: !Number.isNaN(seen) && now - seen < presence,
    problem: status.problem || status.push?.problem || "",
  };
  return { ...row, standing: standing(row, attempt.state) };
}

/**
 * @param {Omit<Row, "standing">} row
 * @param {string | undefined} state
 * @returns {Standing}
 */
function standing({ hand, lesson, minutes, condition }, state) {
  if (hand) return "hand";
  if (!lesson) return "idle";
  if (state === "Completed") return "done";
  if (state === "Passed") return "passed";
  return condition && minutes >= patience ? "stuck" : "working";
}

/**
 * How many are how.
 * @param {Row[]} rows
 * @returns {Record<Standing, number>}
 */
export function countOf(rows) {
  const counts = /** @type {Record<Standing, number>} */ (Object.fromEntries(standings.map((name) => [name, 0])));
  for (const { standing: name } of rows) counts[name] += 1;
  return counts;
}
