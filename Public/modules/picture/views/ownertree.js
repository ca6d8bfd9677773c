// The tree of owners: which object made which.

import { button } from "../../base/button.js";
import { element, setAttribute, setText } from "../../base/dom.js";
import { keyed } from "../../base/keyed.js";
import { treeOf } from "../../cluster/ownertree.js";
import { text } from "../../language/language.js";
import { podStateText } from "../podtile.js";

/** Shows all objects under those that own them. */
export class OwnerTreeView {
  #roots = element("ul", { class: "tree" });
  #empty = element("p", { class: "empty" });
  element = element("div", { class: "view owner-tree" }, this.#roots, this.#empty);

  /** @param {(kind: string, metadata: any) => void} open */
  constructor(open) {
    this.open = open;
  }

  translate() {
    this.element.setAttribute("aria-label", text("view.owners"));
    setText(this.#empty, text("owners.empty"));
  }

  clear() {}

  /**
   * @param {import("../../cluster/model.js").ClusterModel} model
   * @param {(pod: any) => import("../../cluster/podstate.js").PodState} stateOf
   */
  update(model, stateOf) {
    const roots = treeOf(model);
    this.#empty.hidden = roots.length > 0;
    this.#drawLevel(this.#roots, roots, stateOf);
  }

  /**
   * @param {Element} list
   * @param {import("../../cluster/ownertree.js").Branch[]} branches
   * @param {(pod: any) => import("../../cluster/podstate.js").PodState} stateOf
   */
  #drawLevel(list, branches, stateOf) {
    keyed(list, branches, (branch) => branch.object.metadata.uid, (branch) => this.#make(branch), (item, branch) => {
      const [leaf, below] = item.children;
      const state = branch.kind === "Pod" ? stateOf(branch.object) : null;
      setAttribute(leaf, "data-state", state?.name ?? null);
      setText(leaf.children[2], state ? podStateText(state) : branch.said);
      below.toggleAttribute("hidden", branch.children.length === 0);
      this.#drawLevel(below, branch.children, stateOf);
    });
  }

  /** @param {import("../../cluster/ownertree.js").Branch} branch */
  #make({ kind, object }) {
    return element("li", { class: "branch" },
      button("leaf", () => this.open(kind, object.metadata),
        element("span", { class: "kind" }, kind), element("span", { class: "leaf-name" }, object.metadata.name),
        element("span", { class: "leaf-said" })),
      element("ul", { class: "tree" }));
  }
}
