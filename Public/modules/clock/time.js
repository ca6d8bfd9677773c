// The cluster's time between two reports of it.

/**
 * @typedef {object} ClockReading
 * @property {number} now Milliseconds since 1970 in the cluster, when it was reported.
 * @property {number} at Milliseconds of this page when the report came.
 * @property {number} speed
 * @property {boolean} paused
 */

/**
 * @param {any} clock The Clock object.
 * @param {number} at
 * @returns {ClockReading | null}
 */
export function reading(clock, at) {
  const now = Date.parse(clock?.status?.now ?? "");
  if (Number.isNaN(now)) return null;
  return { now, at, speed: clock.spec?.speed ?? clock.status.speed ?? 1, paused: isPaused(clock) };
}

/** @param {any} clock */
export function isPaused(clock) {
  return clock?.spec?.paused ?? clock?.status?.paused ?? false;
}

/**
 * The cluster's time now, going on from the last report at the clock's speed.
 * @param {ClockReading} reading
 * @param {number} at
 */
export function timeAt(reading, at) {
  // Reports come about once a second; a much older one means that the server is gone, and time is not made up for it.
  const elapsed = Math.min(2000, Math.max(0, at - reading.at));
  return reading.paused ? reading.now : reading.now + elapsed * reading.speed;
}

/**
 * Hours, minutes and seconds in UTC, as the cluster's objects give them.
 * @param {number} time
 */
export function clockText(time) {
  return new Date(time).toISOString().slice(11, 19);
}
