// What can be done with a moment of the past: mark it, go back to it, fork a cluster from it.

import { callsView } from "../base/calls.js";
import { askInDialog, field } from "../base/dialog.js";
import { element } from "../base/dom.js";
import { text } from "../language/language.js";
import { addressOf, create, quoted } from "../server/objects.js";
import { ask, cluster } from "../server/request.js";

/** Milliseconds between two looks at what the cluster has made of a request, and how often it is looked. */
const [pause, looks] = [150, 40];

/**
 * @param {number} revision
 * @param {() => void} done
 */
export function askForBookmark(revision, done) {
  const spec = { revision, note: "…" };
  askInDialog({
    title: text("past.bookmark"),
    body: [
      element("p", { class: "muted" }, text("past.bookmarkAbout", { revision })),
      field(text("past.note"), element("input", { type: "text", name: "note", maxlength: 200, required: true })),
      callsView(callsOf("bookmarks", "Bookmark", spec)),
    ],
    submit: text("past.bookmark"),
    act: async ({ note }) => {
      await create(cluster, "bookmarks", "Bookmark", { generateName: "bookmark-" }, { revision, note: note.trim() });
      done();
    },
  });
}

/**
 * @param {number} revision
 * @param {(rewind: any) => void} done Gets the Rewind with its status.
 */
export function askForRewind(revision, done) {
  askInDialog({
    title: text("past.rewind"),
    body: [
      element("p", {}, text("past.rewindAbout", { revision })),
      callsView(callsOf("rewinds", "Rewind", { revision })),
    ],
    submit: text("past.rewindNow"),
    danger: true,
    act: async () => done(await rewindTo(revision)),
  });
}

/**
 * @param {number} revision
 * @returns {Promise<any>} The Rewind with its status.
 */
export async function rewindTo(revision) {
  const made = await create(cluster, "rewinds", "Rewind", { generateName: "rewind-" }, { revision });
  return settled("rewinds", made, (status) => status.phase === "Complete");
}

/**
 * @param {number} revision
 * @param {(fork: any) => void} done Gets the Fork with its status.
 */
export function askForFork(revision, done) {
  askInDialog({
    title: text("past.fork"),
    body: [
      element("p", {}, text("past.forkAbout", { revision })),
      field(text("past.forkName"), element("input", {
        type: "text", name: "name", required: true, pattern: "[a-z0-9]([a-z0-9\\-]*[a-z0-9])?", maxlength: 20,
        value: "try", autocomplete: "off", spellcheck: "false",
      }), text("past.forkNameAbout")),
      callsView(callsOf("forks", "Fork", { name: "try", revision })),
    ],
    submit: text("past.forkNow"),
    act: async ({ name }) => {
      const made = await create(cluster, "forks", "Fork", { name }, { name, revision });
      done(await settled("forks", made, (status) => status.phase === "Ready"));
    },
  });
}

/**
 * @param {string} resource
 * @param {string} kind
 * @param {Record<string, unknown>} spec
 */
function callsOf(resource, kind, spec) {
  const body = { apiVersion: "podium.dev/v1", kind, metadata: { generateName: `${kind.toLowerCase()}-` }, spec };
  const kubectl = `echo ${quoted(body)} | kubectl create -f -`;
  return { kubectl, rest: `POST ${addressOf(cluster, resource)}`, body };
}

/**
 * The object once the cluster has done what it asks for.
 * @param {string} resource
 * @param {any} made
 * @param {(status: any) => boolean} isDone
 * @returns {Promise<any>}
 * @throws {Error} With what the cluster says where it could not.
 */
async function settled(resource, made, isDone) {
  let object = made;
  for (let look = 0; look < looks; look += 1) {
    const { status = {} } = object;
    if (isDone(status)) return object;
    if (status.phase === "Failed") throw new Error(status.message || status.phase);
    await new Promise((resolve) => setTimeout(resolve, pause));
    object = await ask("GET", addressOf(cluster, resource, made.metadata.name));
  }
  throw new Error(text("past.slow"));
}
