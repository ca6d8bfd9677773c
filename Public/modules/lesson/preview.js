// An author's preview: the page shows a lesson as its files are, and reloads when one is saved.

import { ask } from "../server/request.js";

const periodMilliseconds = 1000;
let isFollowing = false;

/**
 * Reloads the page when the lessons' files change. Servers that do not preview give no version.
 * @param {string} [version]
 */
export function followPreview(version) {
  if (!version || isFollowing) return;
  isFollowing = true;
  setInterval(async () => {
    const now = await ask("GET", "/lessons").catch(() => null);
    if (now && now.version !== version) location.reload();
  }, periodMilliseconds);
}
