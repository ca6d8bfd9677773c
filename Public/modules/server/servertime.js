// The server's wall clock, by which the classroom's times are written.

/** Milliseconds that the server's clock is ahead of this machine's. */
let ahead = 0;

/**
 * Learns from an answer what time the server has.
 * @param {Response} response
 */
export function noteServerTime(response) {
  const told = Date.parse(response.headers.get("Date") ?? "");
  if (!Number.isNaN(told)) ahead = told - Date.now();
}

/** @returns {number} Milliseconds since 1970, to the second. */
export function serverTime() {
  return Date.now() + ahead;
}
