// What the browser remembers. A browser that refuses storage (private windows, full disks) forgets, and nothing breaks.

const prefix = "podium.";

/**
 * A JSON value that was remembered, or the fallback.
 * @template Value
 * @param {string} name
 * @param {Value} fallback
 * @param {() => Storage} [area] Session storage for what should end with the tab.
 * @returns {Value}
 */
export function remembered(name, fallback, area = () => localStorage) {
  try {
    const text = area().getItem(prefix + name);
    return text === null ? fallback : JSON.parse(text);
  } catch {
    return fallback;
  }
}

/**
 * Remembers a JSON value.
 * @param {string} name
 * @param {unknown} value
 * @param {() => Storage} [area]
 */
export function remember(name, value, area = () => localStorage) {
  try {
    area().setItem(prefix + name, JSON.stringify(value));
  } catch {
    // Forgetting is all that follows.
  }
}
