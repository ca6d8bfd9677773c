// A value that others can follow.

/**
 * Holds a value and tells its followers when it becomes another.
 *
 *     const speed = new Signal(1);
 *     speed.follow((value) => console.log(value));
 *     speed.value = 10;
 *
 * @template Value
 */
export class Signal {
  /** @type {Set<(value: Value) => void>} */
  #followers = new Set();
  /** @type {Value} */
  #value;

  /** @param {Value} value */
  constructor(value) {
    this.#value = value;
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const follower of [...this.#followers]) follower(value);
  }

  /**
   * Calls the follower with every later value.
   * @param {(value: Value) => void} follower
   * @returns {() => void} Ends it.
   */
  follow(follower) {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }
}
