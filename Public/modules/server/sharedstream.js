// A stream that all tabs of this browser share.

import { LiveStream } from "./livestream.js";
import { tellUnauthorized } from "./request.js";

/** @typedef {import("./livestream.js").StreamState} StreamState */

/**
 * Follows an address in a worker that all tabs share; where the browser has none, in this tab alone.
 * @param {string} address
 * @param {(event: import("./eventstream.js").ServerEvent) => void} onEvent
 * @param {(state: StreamState, failure?: { status: number, message: string }) => void} onState
 * @returns {{ retry(): void, restart(): void, forget(): void, close(): void, readonly isResumed: boolean }}
 */
export function sharedStream(address, onEvent, onState) {
  if (typeof SharedWorker === "undefined") return new LiveStream(() => address, onEvent, onState);
  return new SharedStream(address, onEvent, onState);
}

class SharedStream {
  #closed = false;
  isResumed = false;

  /**
   * @param {string} address
   * @param {(event: import("./eventstream.js").ServerEvent) => void} onEvent
   * @param {(state: StreamState, failure?: { status: number, message: string }) => void} onState
   */
  constructor(address, onEvent, onState) {
    this.address = address;
    this.onEvent = onEvent;
    this.onState = onState;
    const worker = new SharedWorker(new URL("./streamworker.js", import.meta.url), { type: "module", name: "podium" });
    this.port = worker.port;
    this.port.onmessage = ({ data }) => this.#take(data);
    this.port.postMessage({ follow: address });
    addEventListener("pagehide", this.#hide);
    addEventListener("pageshow", this.#show);
  }

  /** A tab that is put aside follows nothing, so that its stream can end. */
  #hide = () => this.port.postMessage({ leave: true });

  /** @param {PageTransitionEvent} event */
  #show = (event) => {
    if (event.persisted) this.port.postMessage({ follow: this.address });
  };

  retry() {
    this.port.postMessage({ retry: true });
  }

  /** Begins anew: the cluster is another one now. */
  restart() {
    this.port.postMessage({ restart: true });
  }

  /** The worker forgets by itself. */
  forget() {}

  close() {
    if (this.#closed) return;
    this.#closed = true;
    this.#hide();
    removeEventListener("pagehide", this.#hide);
    removeEventListener("pageshow", this.#show);
    this.port.close();
    this.onState("closed");
  }

  /** @param {import("./streamworker.js").Report} report */
  #take(report) {
    if (this.#closed) return;
    if ("state" in report) {
      if (report.failure?.status === 401) tellUnauthorized();
      return this.onState(report.state, report.failure);
    }
    this.isResumed = report.isResumed;
    // The worker starts anew by itself after an error.
    if (report.event.type !== "ERROR") this.onEvent(report.event);
  }
}
