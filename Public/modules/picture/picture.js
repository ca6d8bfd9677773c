// The live picture of the cluster.

import { element, fill, setAttribute, setText } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { paced } from "../base/motion.js";
import { nodeState } from "../cluster/nodestate.js";
import { controllerOf, workloads } from "../cluster/owners.js";
import { podState, podStateNames } from "../cluster/podstate.js";
import { reaches } from "../cluster/services.js";
import { language, text } from "../language/language.js";
import { Timeline } from "../timeline/timeline.js";
import { ControlPlane } from "./controlplane.js";
import { Drawer } from "./drawer.js";
import { Nodes } from "./nodes.js";
import { shortPodName } from "./podtile.js";
import { PodTiles } from "./podtiles.js";
import { Pulses } from "./pulses.js";
import { Services } from "./services.js";
import { JourneyView } from "./views/journey.js";
import { OwnerTreeView } from "./views/ownertree.js";
import { ResourcesView } from "./views/resources.js";
import { RolloutView } from "./views/rollout.js";
import { SchedulingView } from "./views/scheduling.js";
import { Workloads } from "./workloads.js";

/**
 * @typedef {object} PictureView
 * @property {HTMLElement} element
 * @property {() => void} translate
 * @property {() => void} clear Forgets the cluster: another one is to come.
 * @property {(model: import("../cluster/model.js").ClusterModel, stateOf: import("./workloads.js").StateOf) => void}
 *   update
 */

/** Milliseconds between two drawings. */
const interval = 50;
/** Pods up to which tiles show all they have, and up to which they lie closer; beyond, they only show their icon. */
const [few, some] = [12, 36];

/** Draws the model into the cluster's pane. */
export class Picture {
  tabs = element("div", { class: "view-tabs", role: "tablist" });
  shown = "cluster";
  suggested = "";
  /** @type {HTMLElement | undefined} */
  scroll;
  /** @type {HTMLElement | undefined} */
  legend;

  /**
   * @param {HTMLElement} pane
   * @param {import("../cluster/model.js").ClusterModel} model
   * @param {(command: string) => void} run
   * @param {import("../shell/banners.js").Banners} banners
   * @param {import("../clock/clusterclock.js").ClusterClock} clock
   */
  constructor(pane, model, run, banners, clock) {
    this.pane = pane;
    this.present = model;
    /** The cluster that is shown: as it is, or as it was. */
    this.model = model;
    this.timeline = new Timeline(model, (past) => this.#look(past), banners);
    this.drawer = new Drawer(model, run);
    const highlight = (/** @type {string[]} */ uids) => this.#highlight(uids);
    const open = (/** @type {any} */ object, /** @type {string} */ kind) => this.drawer.open(kind, object.metadata);
    const openNamed = (/** @type {string} */ kind, /** @type {any} */ metadata) => this.drawer.open(kind, metadata);
    this.journey = new JourneyView(clock, openNamed);
    this.rollout = new RolloutView(clock, openNamed);
    /** @type {Record<string, PictureView>} The views beside the cluster itself. */
    this.views = {
      journey: this.journey, scheduling: new SchedulingView(), rollout: this.rollout,
      owners: new OwnerTreeView(openNamed), resources: new ResourcesView(openNamed),
    };
    this.layer = element("div", { class: "lights", "aria-hidden": "true" });
    this.plane = new ControlPlane(new Pulses(this.layer));
    this.nodes = new Nodes((node) => open(node, "Node"));
    this.workloads = new Workloads(open, highlight);
    this.services = new Services((service) => open(service, "Service"), highlight);
    this.tiles = new PodTiles((pod) => open(pod, "Pod"));
    this.empty = element("p", { class: "empty" });
    this.tray = element("div", { class: "tray-pods" });
    this.trayBox = element("section", { class: "tray" }, element("h3"), this.tray, this.empty);
    this.head = element("header", { class: "pane-head" });
    this.stage = element("div", { class: "stage" }, this.plane.element,
      element("div", { class: "owners" }, this.workloads.element, this.services.element),
      element("div", { class: "floor" }, this.trayBox, this.nodes.element), this.layer);
    this.tabs.addEventListener("keydown", (event) => this.#key(/** @type {KeyboardEvent} */ (event)));
    this.scroll = element("div", { class: "scroll", tabindex: 0, role: "tabpanel", id: "picture-panel" },
      this.stage, Object.values(this.views).map((view) => view.element));
    fill(
      pane,
      this.head,
      this.scroll,
      this.timeline.element,
      this.drawer.element,
    );
    this.#translate();
    language.follow(() => this.#translate());
    const draw = paced(() => this.#draw(), interval);
    model.onUpdate(draw);
    language.follow(draw);
    model.onChange((change) => this.#pulse(change));
    this.choose("cluster");
  }

  /**
   * Shows a view.
   * @param {string} name
   */
  choose(name) {
    this.shown = name in this.views ? name : "cluster";
    this.stage.hidden = this.shown !== "cluster";
    if (this.legend) this.legend.hidden = this.shown !== "cluster";
    for (const [one, view] of Object.entries(this.views)) view.element.hidden = one !== this.shown;
    this.#drawTabs();
    this.#draw();
  }

  /**
   * Shows the view that a lesson's step is about, unless it asked for the same before and another was chosen by hand.
   * @param {string} name
   */
  suggest(name) {
    if (name === this.suggested) return;
    this.suggested = name;
    this.choose(name);
  }

  #drawTabs() {
    this.tabs.setAttribute("aria-label", text("picture.title"));
    fill(this.tabs, ["cluster", ...Object.keys(this.views)].map((name) => element("button", {
      class: "side-tab", type: "button", role: "tab", id: `view-${name}`, "aria-controls": "picture-panel",
      "aria-selected": String(name === this.shown), tabindex: name === this.shown ? 0 : -1,
      on: { click: () => this.choose(name) },
    }, text(/** @type {any} */ (`view.${name}`)))));
    this.scroll?.setAttribute("aria-labelledby", `view-${this.shown}`);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const names = ["cluster", ...Object.keys(this.views)];
    this.choose(names[(names.indexOf(this.shown) + move + names.length) % names.length]);
    /** @type {HTMLElement | null} */ (this.tabs.querySelector("[aria-selected=true]"))?.focus();
  }

  #translate() {
    this.legend = element("details", { class: "legend", hidden: this.shown !== "cluster" },
      element("summary", {}, text("picture.legend")),
      element("ul", {}, podStateNames.map((name) => element("li", { data: { state: name } },
        element("span", { class: "pod-icon" }, icon(name)), text(/** @type {any} */ (`pod.${name}`))))));
    for (const view of Object.values(this.views)) view.translate();
    this.#drawTabs();
    fill(this.head, this.tabs,
      element("span", { class: "simulated", title: text("picture.simulated.about") }, text("picture.simulated")),
      this.timeline.toggle, this.legend);
    this.plane.translate();
  }

  /** @param {import("../cluster/model.js").Change} change */
  #pulse(change) {
    if (change.resource === "clocks") return;
    this.journey.take(change);
    if (this.timeline.isPast || this.stage.hidden) return;
    this.plane.show(change, (node) => this.nodes.kubeletOf(node));
  }

  /** Forgets the cluster: another one is to come. */
  clear() {
    this.timeline.clear();
    this.drawer.close();
    for (const view of Object.values(this.views)) view.clear();
  }

  /** @param {import("../cluster/model.js").ClusterModel | null} past */
  #look(past) {
    this.model = past ?? this.present;
    this.drawer.model = this.model;
    setAttribute(this.pane, "data-past", past ? "" : null);
    this.#draw();
  }

  #draw() {
    const { model } = this;
    const nodes = model.list("nodes").sort(byName);
    const pods = model.list("pods").sort(byAge);
    const lists = { deployments: model.list("deployments"), replicaSets: model.list("replicasets"), pods };
    const owners = workloads(lists);
    const stateOf = this.#states(nodes);
    this.plane.showRevision(model.revision);
    this.workloads.update(owners, stateOf);
    this.services.update(reaches({
      services: model.list("services").sort(byName),
      endpointSlices: model.carries("endpointslices") ? model.list("endpointslices") : null,
      pods,
    }));
    const views = podViews(pods, owners, stateOf);
    this.tiles.update(views, (pod) => this.nodes.placeOf(pod.spec?.nodeName) ?? this.tray,
      () => this.nodes.update(this.#nodeViews(nodes, pods)));
    this.#drawTray(pods.filter((pod) => !pod.spec?.nodeName).length, pods.length);
    if (!this.timeline.isPast) this.rollout.watch(model, stateOf);
    if (this.shown !== "cluster") this.views[this.shown].update(model, stateOf);
    this.drawer.update();
  }

  /**
   * @param {any[]} nodes
   * @param {any[]} pods
   * @returns {import("./nodes.js").NodeView[]}
   */
  #nodeViews(nodes, pods) {
    const faults = this.model.list("faults");
    return nodes.map((node) => ({
      node,
      pods: pods.filter((pod) => pod.spec?.nodeName === node.metadata.name),
      faults: faults.filter((fault) => fault.spec?.node === node.metadata.name),
    }));
  }

  /**
   * @param {number} waiting
   * @param {number} count
   */
  #drawTray(waiting, count) {
    setText(/** @type {Element} */ (this.trayBox.firstElementChild), text("picture.waiting", { count: waiting }));
    setAttribute(this.trayBox, "data-empty", waiting === 0 ? "" : null);
    setAttribute(this.stage, "data-density", count <= few ? "few" : count <= some ? "some" : "many");
    const message = this.#emptyMessage(count);
    setText(this.empty, message);
    this.empty.hidden = message === "";
  }

  /** @param {number} count */
  #emptyMessage(count) {
    if (!this.model.synced) return text("picture.loading");
    if (!this.model.carries("pods")) return text("picture.refused");
    return count === 0 ? text("picture.empty") : "";
  }

  /** @param {any[]} nodes */
  #states(nodes) {
    const readiness = new Map(nodes.map((node) => [node.metadata.name, nodeState(node).name !== "unknown"]));
    const lastEvents = lastEventOfPods(this.model.list("events"));
    return (/** @type {any} */ pod) => podState(pod, {
      nodeReady: readiness.get(pod.spec?.nodeName),
      lastEvent: lastEvents.get(pod.metadata.uid),
    });
  }

  /** @param {string[]} uids */
  #highlight(uids) {
    const chosen = new Set(uids);
    setAttribute(this.stage, "data-highlighting", uids.length > 0 ? "" : null);
    for (const tile of this.stage.querySelectorAll(".pod")) {
      setAttribute(
        tile,
        "data-highlighted",
        chosen.has(/** @type {HTMLElement} */ (tile).dataset.uid ?? "") ? "" : null,
      );
    }
  }
}

/**
 * @param {any[]} pods
 * @param {import("../cluster/owners.js").Workload[]} owners
 * @param {import("./workloads.js").StateOf} stateOf
 * @returns {import("./podtile.js").PodView[]}
 */
function podViews(pods, owners, stateOf) {
  const lanes = new Map(owners.flatMap((owner) => owner.lanes.map((lane) => [
    lane.replicaSet.metadata.uid,
    { owner, lane },
  ])));
  return pods.map((pod) => {
    const controller = controllerOf(pod);
    const at = lanes.get(controller?.uid);
    const rollout = at?.owner.kind === "Deployment" ? at : undefined;
    return {
      pod,
      state: stateOf(pod),
      shortName: shortPodName(pod.metadata.name, controller?.name, rollout?.owner.owner.metadata.name),
      revision: rollout?.lane.revision ?? 0,
      old: rollout ? !rollout.lane.current : false,
    };
  });
}

/**
 * @param {any[]} events
 * @returns {Map<string, string>} The reason of each pod's last event, by the pod's uid.
 */
function lastEventOfPods(events) {
  const last = new Map();
  for (const event of events) {
    if (event.involvedObject?.kind !== "Pod") continue;
    const revision = Number(event.metadata.resourceVersion ?? 0);
    const known = last.get(event.involvedObject.uid);
    if (!known || known.revision <= revision) last.set(event.involvedObject.uid, { revision, reason: event.reason });
  }
  return new Map([...last].map(([uid, { reason }]) => [uid, reason]));
}

/**
 * @param {any} a
 * @param {any} b
 */
function byName(a, b) {
  return a.metadata.name.localeCompare(b.metadata.name, "en", { numeric: true });
}

/**
 * @param {any} a
 * @param {any} b
 */
function byAge(a, b) {
  return (a.metadata.creationTimestamp ?? "").localeCompare(b.metadata.creationTimestamp ?? "") || byName(a, b);
}
