// What differs between two texts, line by line.

/**
 * @typedef {{ sign: " " | "+" | "-" | "…", line: string }} DiffLine `…` stands for lines that are left out.
 */

/** Unchanged lines shown around a change. */
const around = 2;

/**
 * The lines that were taken away and added, with a few unchanged ones around them.
 * @param {string} before
 * @param {string} after
 * @returns {DiffLine[]} Empty where both are the same.
 */
export function lineDiff(before, after) {
  if (before === after) return [];
  return shortened(whole(before.split("\n"), after.split("\n")));
}

/**
 * @param {string[]} before
 * @param {string[]} after
 * @returns {DiffLine[]}
 */
function whole(before, after) {
  const common = lengths(before, after);
  /** @type {DiffLine[]} */
  const lines = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push({ sign: " ", line: before[i] });
      [i, j] = [i + 1, j + 1];
    } else if (j >= after.length || (i < before.length && common[i + 1][j] >= common[i][j + 1])) {
      lines.push({ sign: "-", line: before[i++] });
    } else {
      lines.push({ sign: "+", line: after[j++] });
    }
  }
  return lines;
}

/**
 * The lengths of the longest common rest from every place on.
 * @param {string[]} before
 * @param {string[]} after
 */
function lengths(before, after) {
  const table = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      table[i][j] = before[i] === after[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  return table;
}

/**
 * @param {DiffLine[]} lines
 * @returns {DiffLine[]}
 */
function shortened(lines) {
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - around), at + around + 1).some((one) => one.sign !== " "));
  /** @type {DiffLine[]} */
  const shown = [];
  lines.forEach((line, at) => {
    if (near[at]) shown.push(line);
    else if (shown.at(-1)?.sign !== "…") shown.push({ sign: "…", line: "" });
  });
  return shown;
}
