// What keys do to the text of a YAML file.

/**
 * @typedef {{ text: string, start: number, end: number }} Edit The text, and the selection in it.
 */

const indent = "  ";

/**
 * Indents the selected lines, or moves the cursor to the next indent.
 * @param {Edit} edit
 * @returns {Edit}
 */
export function indented({ text, start, end }) {
  if (start === end) {
    return {
      text: text.slice(0, start) + indent + text.slice(end),
      start: start + indent.length,
      end: start + indent.length,
    };
  }
  return eachLine({ text, start, end }, (line) => indent + line);
}

/**
 * Takes one indent away from the selected lines.
 * @param {Edit} edit
 * @returns {Edit}
 */
export function outdented(edit) {
  return eachLine(edit, (line) => line.replace(/^ {1,2}/, ""));
}

/**
 * Starts a new line with the indent of this one, one deeper after a colon.
 * @param {Edit} edit
 * @returns {Edit}
 */
export function newLine({ text, start, end }) {
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const deeper = /:\s*$/.test(line) ? indent : "";
  const added = "\n" + (/^\s*/.exec(line)?.[0] ?? "") + deeper;
  return {
    text: text.slice(0, start) + added + text.slice(end),
    start: start + added.length,
    end: start + added.length,
  };
}

/**
 * @param {Edit} edit
 * @param {(line: string) => string} change
 * @returns {Edit}
 */
function eachLine({ text, start, end }, change) {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const lines = text.slice(from, end).split("\n");
  const changed = lines.map(change);
  const first = changed[0].length - lines[0].length;
  const all = changed.join("\n").length - lines.join("\n").length;
  return {
    text: text.slice(0, from) + changed.join("\n") + text.slice(end),
    start: Math.max(from, start + first),
    end: Math.max(from, end + all),
  };
}
