// Kubernetes quantities, as numbers and for reading.

/** @type {Record<string, number>} */
const factors = {
  n: 1e-9, u: 1e-6, m: 1e-3, "": 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
};

/**
 * The value of a quantity in its base unit (cores, bytes, pieces); 0 for what is not one.
 *
 *     quantity("250m")  // 0.25
 *     quantity("64Mi")  // 67108864
 *
 * @param {string | number | undefined | null} text
 */
export function quantity(text) {
  const match = /^([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)([a-zA-Z]*)$/.exec(String(text ?? "").trim());
  if (!match) return 0;
  return Number(match[1]) * (factors[match[2]] ?? 0);
}

/**
 * Cores, for reading: `0.25`, `4`, or `3m` where there is little.
 * @param {number} cores
 */
export function coresText(cores) {
  if (cores > 0 && cores < 0.01) return `${Math.max(1, Math.round(cores * 1000))}m`;
  return String(Math.round(cores * 100) / 100);
}

/**
 * Bytes, for reading: `64Mi` or `7.5Gi`.
 * @param {number} bytes
 */
export function bytesText(bytes) {
  if (bytes >= 2 ** 30) return `${Math.round((bytes / 2 ** 30) * 10) / 10}Gi`;
  return `${Math.round(bytes / 2 ** 20)}Mi`;
}
