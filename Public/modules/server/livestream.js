// A stream of server-sent events that comes back by itself.
//
// EventSource is not enough: it hides the status of a refusal, ends for good after one, and repeats without back-off.

import { EventStreamParser } from "./eventstream.js";
import { pieces } from "./lines.js";
import { RequestError, send } from "./request.js";

/** Milliseconds before the first attempt to come back; doubled by each further one. */
const firstDelay = 500;
const longestDelay = 15_000;
/** Milliseconds of silence after which the server counts as gone: three missed heartbeats. */
const patience = 45_000;

/**
 * @typedef {import("./eventstream.js").ServerEvent} ServerEvent
 * @typedef {"connecting" | "open" | "waiting" | "refused" | "closed"} StreamState
 */

/** Keeps one stream open until it is closed, and resumes after the last event that it has seen. */
export class LiveStream {
  #address;
  #onEvent;
  #onState;
  #abort = new AbortController();
  #lastId = "";
  #isResumed = false;
  #attempts = 0;
  #closed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {() => string} address Asked at every attempt.
   * @param {(event: ServerEvent) => void} onEvent
   * @param {(state: StreamState, failure?: { status: number, message: string }) => void} [onState]
   */
  constructor(address, onEvent, onState = () => {}) {
    this.#address = address;
    this.#onEvent = onEvent;
    this.#onState = onState;
    this.#run();
  }

  /** Tries again now. */
  retry() {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#attempts = 0;
    this.#abort.abort();
    this.#run();
  }

  /** Begins anew: what is followed is another one now. */
  restart() {
    this.forget();
    this.retry();
  }

  /** Forgets where the stream was: the next attempt starts from the beginning. */
  forget() {
    this.#lastId = "";
  }

  /** Whether the stream goes on after an event that was seen, rather than from the beginning. */
  get isResumed() {
    return this.#isResumed;
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.#onState("closed");
  }

  async #run() {
    const abort = new AbortController();
    this.#abort = abort;
    this.#onState("connecting");
    /** @type {{ status: number, message: string }} */
    let failure = { status: 0, message: "" };
    try {
      await this.#read(abort);
    } catch (error) {
      if (error instanceof RequestError) failure = error;
    }
    if (this.#closed || this.#abort !== abort) return;
    this.#wait(failure);
  }

  /** @param {AbortController} abort */
  async #read(abort) {
    this.#isResumed = this.#lastId !== "";
    const headers = this.#isResumed ? { "Last-Event-ID": this.#lastId } : undefined;
    const options = { accept: "text/event-stream", headers, signal: abort.signal };
    const response = await send("GET", this.#address(), options);
    this.#onState("open");
    const parser = new EventStreamParser();
    const watchdog = new Watchdog(patience, () => abort.abort());
    try {
      for await (const piece of pieces(response)) {
        watchdog.feed();
        this.#attempts = 0;
        for (const event of parser.take(piece)) this.#deliver(event);
        if (this.#closed) return;
      }
    } finally {
      watchdog.end();
    }
  }

  /** @param {ServerEvent} event */
  #deliver(event) {
    if (event.id) this.#lastId = event.id;
    this.#onEvent(event);
  }

  /** @param {{ status: number, message: string }} failure */
  #wait(failure) {
    if (failure.status === 410) this.forget();
    const delay = Math.min(longestDelay, firstDelay * 2 ** this.#attempts) * (0.75 + Math.random() / 2);
    this.#attempts += 1;
    const refused = failure.status >= 400 && failure.status < 500 && failure.status !== 410;
    this.#onState(refused ? "refused" : "waiting", failure);
    this.#timer = setTimeout(() => this.#run(), refused ? longestDelay : delay);
  }
}

/** Calls back after a time without food. */
class Watchdog {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {number} time
   * @param {() => void} bark
   */
  constructor(time, bark) {
    this.time = time;
    this.bark = bark;
    this.feed();
  }

  feed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.bark, this.time);
  }

  end() {
    clearTimeout(this.#timer);
  }
}
