// Reading server-sent events out of a byte stream.

/**
 * @typedef {object} ServerEvent
 * @property {string} type The `event:` field, `message` where there is none.
 * @property {string} data The `data:` lines, joined.
 * @property {string} id The last `id:` field so far, which resumes the stream.
 */

/**
 * Takes text in pieces as they arrive and gives the events that are complete, by the rules of the HTML standard: lines
 * end in LF, CRLF or CR, a line that starts with a colon is a comment, an empty line ends the event.
 */
export class EventStreamParser {
  #rest = "";
  #type = "";
  /** @type {string[]} */
  #data = [];
  #id = "";

  /**
   * @param {string} text
   * @returns {ServerEvent[]}
   */
  take(text) {
    /** @type {ServerEvent[]} */
    const events = [];
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      const event = this.#line(line);
      if (event) events.push(event);
    }
    return events;
  }

  /**
   * @param {string} line
   * @returns {ServerEvent | null}
   */
  #line(line) {
    if (line === "") return this.#end();
    const colon = line.indexOf(":");
    if (colon === 0) return null;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "event") this.#type = value;
    else if (name === "data") this.#data.push(value);
    else if (name === "id") this.#id = value;
    return null;
  }

  /** @returns {ServerEvent | null} */
  #end() {
    const event = { type: this.#type || "message", data: this.#data.join("\n"), id: this.#id };
    const complete = this.#data.length > 0;
    this.#type = "";
    this.#data = [];
    return complete ? event : null;
  }
}
