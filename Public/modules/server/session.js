// Who is signed in.

import { remember, remembered } from "../base/storage.js";
import { RequestError, ask } from "./request.js";

/**
 * @typedef {"learner" | "instructor" | "assistant" | "observer" | "admin"} Role
 * @typedef {{ role: Role, name?: string, nickname?: string, title: string }} Membership
 * @typedef {{ user: string, groups: string[], cluster: string, version: string, classroom?: Membership }} Session
 */

/**
 * The session that this browser has, or a learner's, which the server gives to those on its own machine.
 * @returns {Promise<Session>}
 * @throws {import("./request.js").RequestError} 401 where somebody must say who they are.
 */
export async function arrive() {
  // Asked only where there may be one: a refusal would be an error in the browser's console.
  if (remembered("session", false)) {
    const kept = await fetch("/session", { headers: { Accept: "application/json" } }).catch(() => null);
    if (kept?.ok) return kept.json();
    remember("session", false);
  }
  if (remembered("classroom", false)) throw new RequestError(401, "");
  return enter({});
}

/**
 * Signs in.
 * @param {Record<string, string>} credentials A token; a join code and a nickname; a personal code; a password. None
 *   for a
 *   learner on the server's own machine.
 * @returns {Promise<Session & { personalCode?: string }>}
 * @throws {import("./request.js").RequestError}
 */
export async function enter(credentials) {
  const answer = await ask("POST", "/session", { body: credentials });
  remember("session", true);
  return answer;
}

/**
 * Sets the instructor's first password, and signs the instructor in.
 * @param {{ password: string, setup?: string }} wish `setup` is the code that the server printed.
 * @throws {import("./request.js").RequestError}
 */
export async function setFirstPassword(wish) {
  await ask("POST", "/classroom/password", { body: wish });
  remember("session", true);
}

/** What the classroom tells anybody; null where the server has none. */
export async function classroomEntry() {
  const answer = await fetch("/classroom", { headers: { Accept: "application/json" } }).catch(() => null);
  remember("classroom", answer?.ok === true);
  return answer?.ok ? answer.json() : null;
}

export function signOut() {
  remember("session", false);
  return ask("DELETE", "/session");
}
