// An object as YAML, for reading.

const plain = /^[A-Za-z0-9_/.$][A-Za-z0-9_/.$ :@+()=,-]*$/;
const ambiguous = /^(?:true|false|yes|no|on|off|null|~|[+-]?[0-9.][0-9_.eE+-]*|0x[0-9a-fA-F]+)$|: |:$| #| $/i;

/**
 * Writes a JSON value as YAML in block style, as `kubectl get -o yaml` lays it out.
 * @param {any} value
 * @returns {string} Ends in a line feed.
 */
export function yaml(value) {
  return lines(value, "").join("\n") + "\n";
}

/**
 * @param {any} value
 * @param {string} indent
 * @returns {string[]}
 */
function lines(value, indent) {
  if (Array.isArray(value) && value.length > 0) return value.flatMap((item) => listItem(item, indent));
  if (isMap(value)) return Object.entries(value).flatMap(([key, item]) => entry(key, item, indent));
  return [indent + scalar(value, indent)];
}

/**
 * @param {any} item
 * @param {string} indent
 */
function listItem(item, indent) {
  const inner = lines(item, indent + "  ");
  return [`${indent}- ${inner[0].trimStart()}`, ...inner.slice(1)];
}

/**
 * @param {string} key
 * @param {any} value
 * @param {string} indent
 */
function entry(key, value, indent) {
  const name = indent + scalar(key, indent) + ":";
  if (isMap(value)) return [name, ...lines(value, indent + "  ")];
  if (Array.isArray(value) && value.length > 0) return [name, ...lines(value, indent)];
  return [`${name} ${scalar(value, indent + "  ")}`];
}

/**
 * @param {any} value
 * @param {string} indent Of the lines of a text that has several.
 */
function scalar(value, indent) {
  if (Array.isArray(value)) return "[]";
  if (value !== null && typeof value === "object") return "{}";
  if (typeof value !== "string") return String(value);
  if (value.includes("\n")) {
    const mark = value.endsWith("\n") ? "|" : "|-";
    return [mark, ...value.replace(/\n$/, "").split("\n").map((line) => (line ? indent + line : ""))].join("\n");
  }
  return plain.test(value) && !ambiguous.test(value) ? value : JSON.stringify(value);
}

/** @param {any} value */
function isMap(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value) && Object.keys(value).length > 0;
}
