// What the address asks for.

/**
 * @typedef {"home" | "lesson" | "cluster" | "join" | "classroom" | "projector" | "watch"} View
 * @typedef {{ view: View, name: string, part: string }} Route `name` is a lesson's or a cluster's; `part` a step's.
 */

/** @type {Record<string, View>} */
const views = {
  "": "home", lessons: "lesson", cluster: "cluster", join: "join", classroom: "classroom", watch: "watch",
};

/**
 * @param {string} hash
 * @returns {Route} Home for what no view answers to.
 */
export function route(hash) {
  const [first = "", name = "", part = ""] = hash.replace(/^#?\/?/, "").replace(/\/$/, "").split("/").map(decode);
  if (first === "classroom" && name === "projector") return { view: "projector", name: "", part: "" };
  const view = views[first] ?? "home";
  if ((view === "lesson" || view === "watch") && !name) return { view: "home", name: "", part: "" };
  return { view, name, part };
}

/** @param {string} part */
function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
