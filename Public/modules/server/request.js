// One request to the server, and what can go wrong with it.

import { noteServerTime } from "./servertime.js";

/** The address of the cluster that this console shows. The session names it. */
export let cluster = "/clusters/default";

/**
 * Has the console show this cluster.
 * @param {string} name
 */
export function useCluster(name) {
  cluster = `/clusters/${encodeURIComponent(name)}`;
}

/** A refusal by the server, or no answer at all (status 0). */
export class RequestError extends Error {
  /**
   * @param {number} status
   * @param {string} message What the server said.
   */
  constructor(status, message) {
    super(message);
    this.name = "RequestError";
    this.status = status;
  }
}

/** @type {Set<() => void>} */
const refusals = new Set();

/**
 * Calls the listener whenever the server answers that it does not know who is asking.
 * @param {() => void} listener
 */
export function onUnauthorized(listener) {
  refusals.add(listener);
}

/** Tells that the server does not know who is asking. */
export function tellUnauthorized() {
  for (const listener of refusals) listener();
}

/**
 * @typedef {object} RequestOptions
 * @property {unknown} [body] Sent as JSON.
 * @property {string} [type] The body's media type where it is another.
 * @property {string} [accept]
 * @property {Record<string, string>} [headers]
 * @property {AbortSignal} [signal]
 * @property {string} [kubectl] The same as a command, where this does something that a person asked for.
 */

/** @type {Set<(action: { rest: string, kubectl: string }) => void>} */
const actions = new Set();

/**
 * Calls the listener with everything that the page does for a person.
 * @param {(action: { rest: string, kubectl: string }) => void} listener
 */
export function onAction(listener) {
  actions.add(listener);
}

/**
 * Sends a request and gives the answer once its head is there.
 * @param {string} method
 * @param {string} path
 * @param {RequestOptions} [options]
 * @returns {Promise<Response>}
 * @throws {RequestError}
 */
export async function send(method, path, options = {}) {
  /** @type {Record<string, string>} */
  const headers = { Accept: options.accept ?? "application/json", ...options.headers };
  // The server takes changes by cookie only with this header, which a foreign page cannot send.
  if (method !== "GET") headers["X-Podium-Console"] = "1";
  if (options.body !== undefined) headers["Content-Type"] = options.type ?? "application/json";
  if (options.kubectl) for (const tell of actions) tell({ rest: `${method} ${path}`, kubectl: options.kubectl });
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  const response = await fetch(path, { method, headers, body, signal: options.signal }).catch((error) => {
    if (error.name === "AbortError") throw error;
    throw new RequestError(0, String(error.message ?? error));
  });
  noteServerTime(response);
  if (response.ok) return response;
  const message = await refusal(response);
  // Who signs in wrongly is told so where they sign in.
  const isSigningIn = path === "/session" || path === "/classroom/password";
  if (response.status === 401 && !isSigningIn) tellUnauthorized();
  throw new RequestError(response.status, message);
}

/**
 * Sends a request and reads its JSON answer.
 * @param {string} method
 * @param {string} path
 * @param {RequestOptions} [options]
 * @returns {Promise<any>}
 */
export async function ask(method, path, options) {
  const response = await send(method, path, options);
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

/**
 * The message of a Kubernetes Status, or of whatever else was answered.
 * @param {Response} response
 */
async function refusal(response) {
  const text = await response.text().catch(() => "");
  try {
    return JSON.parse(text).message ?? text;
  } catch {
    return text || `${response.status} ${response.statusText}`;
  }
}
