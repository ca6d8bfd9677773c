// Who is signed in.

import { remember, remembered } from "../base/storage.js";
import { ask } from "./request.js";

/**
 * @typedef {{ user: string, groups: string[], cluster: string, version: string }} Session
 */

/**
 * The session that this browser has, or a learner's, which the server gives to those on its own machine.
 * @returns {Promise<Session>}
 * @throws {import("./request.js").RequestError} 401 where a token is needed.
 */
export async function arrive() {
  // Asked only where there may be one: a refusal would be an error in the browser's console.
  if (remembered("session", false)) {
    const kept = await fetch("/session", { headers: { Accept: "application/json" } }).catch(() => null);
    if (kept?.ok) return kept.json();
  }
  return signIn("");
}

/**
 * @param {string} token Empty for a learner's session.
 * @returns {Promise<Session>}
 * @throws {import("./request.js").RequestError}
 */
export async function signIn(token) {
  await ask("POST", "/session", { body: token ? { token } : {} });
  remember("session", true);
  return ask("GET", "/session");
}

export function signOut() {
  remember("session", false);
  return ask("DELETE", "/session");
}
