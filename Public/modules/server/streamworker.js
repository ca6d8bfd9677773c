// Runs the streams of all tabs of this browser, one for each address, and gives every tab its events.
//
// A browser holds six connections to a host over HTTP/1.1: without this, the seventh tab would wait for ever.

import { LiveStream } from "./livestream.js";
import { StreamState } from "./streamstate.js";

/**
 * @typedef {{ follow: string } | { retry: true } | { restart: true } | { leave: true }} Order From a tab.
 * @typedef {{ event: import("./eventstream.js").ServerEvent, isResumed: boolean }
 *   | { state: import("./livestream.js").StreamState, failure?: { status: number, message: string } }} Report To a tab.
 */

/** @type {Map<string, Shared>} */
const streams = new Map();

/** One stream and the tabs that follow it. */
class Shared {
  /** @type {Set<MessagePort>} */
  ports = new Set();
  state = new StreamState();
  /** @type {Report} */
  #said = { state: "connecting" };

  /** @param {string} address */
  constructor(address) {
    this.address = address;
    this.stream = new LiveStream(() => address, (event) => this.#take(event), (state, failure) => {
      // Objects of a start that broke off do not come again on resuming.
      if (state === "waiting" && !this.state.isWhole) this.stream.forget();
      this.#said = { state, failure: failure && { status: failure.status, message: failure.message } };
      this.#tell(this.#said);
    });
  }

  /** @param {MessagePort} port */
  join(port) {
    this.ports.add(port);
    port.postMessage(this.#said);
    for (const event of this.state.replay()) port.postMessage({ event, isResumed: false });
  }

  /** @param {MessagePort} port */
  leave(port) {
    this.ports.delete(port);
    if (this.ports.size > 0) return;
    this.stream.close();
    streams.delete(this.address);
  }

  /** @param {import("./eventstream.js").ServerEvent} event */
  #take(event) {
    this.state.take(event, this.stream.isResumed);
    this.#tell({ event, isResumed: this.stream.isResumed });
    if (event.type === "ERROR") this.restart();
  }

  /** Begins anew, as another world. */
  restart() {
    this.state = new StreamState();
    this.stream.forget();
    this.stream.retry();
  }

  /** @param {Report} report */
  #tell(report) {
    for (const port of this.ports) port.postMessage(report);
  }
}

/** @type {any} */ (globalThis).onconnect = (/** @type {MessageEvent} */ { ports: [port] }) => {
  /** @type {Shared | undefined} */
  let shared;
  port.onmessage = ({ data }) => {
    if (data.follow) {
      shared = streams.get(data.follow) ?? new Shared(data.follow);
      streams.set(data.follow, shared);
      shared.join(port);
    } else if (data.retry) {
      shared?.stream.retry();
    } else if (data.restart) {
      shared?.restart();
    } else if (data.leave) {
      shared?.leave(port);
      shared = undefined;
    }
  };
};
