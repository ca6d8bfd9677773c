// Puts the page together.

import { byId } from "./base/dom.js";
import { ClockControls } from "./clock/clock.js";
import { ClusterClock } from "./clock/clusterclock.js";
import { followCluster } from "./cluster/feed.js";
import { streamed } from "./cluster/kinds.js";
import { ClusterModel } from "./cluster/model.js";
import { Membership } from "./classroom/membership.js";
import { showHome, showPageFailure } from "./home/home.js";
import { language, text, translate } from "./language/language.js";
import { LessonPane } from "./lesson/lessonpane.js";
import { EventLog } from "./log/log.js";
import { Picture } from "./picture/picture.js";
import { cluster, onAction, onUnauthorized, useCluster } from "./server/request.js";
import { arrive, classroomEntry } from "./server/session.js";
import { Account } from "./shell/account.js";
import { Banners } from "./shell/banners.js";
import { Connection } from "./shell/connection.js";
import { Keys } from "./shell/keys.js";
import { makeResizable } from "./shell/panes.js";
import { Peek } from "./shell/peek.js";
import { Places } from "./shell/places.js";
import { route } from "./shell/route.js";
import { Side } from "./shell/side.js";
import { Tabs } from "./shell/tabs.js";
import { Terminal } from "./terminal/terminal.js";

translate(document);
language.follow(() => translate(document));

const [page, workspace] = [byId("page"), byId("workspace")];
const model = new ClusterModel();
const clock = new ClusterClock(model);
const banners = new Banners(byId("banners"));
const places = new Places(byId("places"));
const tabs = new Tabs(byId("tabs"), workspace);
const peek = new Peek(byId("peek"), () => tabs.show("terminal"));
const side = new Side(byId("side"));
tabs.onShow = (/** @type {import("./shell/tabs.js").TabName} */ name) => {
  if (name === "terminal") peek.hide();
  if (name === "editor" || name === "log") side.show(name);
};
side.onFiles = (/** @type {boolean} */ hasFiles) => tabs.offer("editor", hasFiles);
makeResizable(workspace);

const terminal = new Terminal(byId("terminal"), () => lessons.files);
onAction((action) => terminal.show(action));
terminal.output.onLine = (/** @type {string} */ line, /** @type {string} */ style) => {
  if (style !== "request") peek.add(line);
  tabs.mark("terminal");
};
const lessons = new LessonPane(byId("lesson"), run, () => model.revision, side, openFiles);
const picture = new Picture(byId("cluster"), model, run, banners, clock);
lessons.onView = (/** @type {string} */ view) => picture.suggest(view);
const log = new EventLog(side.panels.log, side.tools.log, model, clock, (kind, metadata) => {
  tabs.show("cluster");
  picture.drawer.open(kind, metadata);
});
const controls = new ClockControls(byId("clock"), model, clock, banners);
const keys = new Keys([
  { key: "t", about: "keys.toTerminal", act: () => goTo("terminal", "#terminal-input") },
  { key: "l", about: "keys.toLesson", act: () => goTo("lesson", "#lesson .lesson-scroll") },
  { key: "p", about: "keys.toPicture", act: () => goTo("cluster", "#picture-panel") },
  { key: "e", about: "keys.toEditor", act: () => side.hasFiles && openFiles() },
  { key: "v", about: "keys.toEvents", act: () => { side.show("log"); goTo("log", "#panel-log .entries"); } },
  { key: "n", about: "keys.next", act: nextStep },
  { key: "s", about: "keys.pause", act: () => controls.togglePause() },
  { key: ".", about: "keys.step", act: () => clock.isPaused && controls.step() },
  { key: "h", about: "keys.timeline", act: () => picture.timeline.toggle.click() },
  ...["cluster", "journey", "scheduling", "rollout", "owners", "resources"].map((name, index) => ({
    key: String(index + 1), about: /** @type {any} */ (`keys.view${index + 1}`), act: () => picture.choose(name),
  })),
  { key: "0", about: "keys.home", act: () => { location.hash = "#/"; } },
]);

/** @type {ReturnType<typeof followCluster> | undefined} */
let stream;
/** @type {Membership | null} */
let membership = null;
/** Milliseconds of this page at which a session was last renewed. */
let renewedAt = -Infinity;
const connection = new Connection(banners, () => (stream ? stream.retry() : begin()));
const account = new Account(byId("account"), connection.element, () => keys.help());
onUnauthorized(renew);
addEventListener("hashchange", show);
language.follow(show);
begin();

/**
 * Runs commands that were clicked, where the learner sees their answer.
 * @param {...string} commands
 */
function run(...commands) {
  if (tabs.isNarrow && tabs.shown !== "terminal") peek.begin();
  terminal.run(...commands);
}

/** Goes to the lesson's next step, where this one is done. */
function nextStep() {
  /** @type {HTMLElement | null} */ (byId("lesson").querySelector("a.next"))?.click();
}

/**
 * Moves the focus to a part of the workspace.
 * @param {import("./shell/tabs.js").TabName} tab
 * @param {string} target
 */
function goTo(tab, target) {
  if (workspace.hidden) return;
  if (tabs.isNarrow) tabs.show(tab);
  /** @type {HTMLElement | null} */ (workspace.querySelector(target))?.focus();
}

/** Shows the editor of the step's files. */
function openFiles() {
  side.show("editor");
  if (tabs.isNarrow) tabs.show("editor");
  side.panels.editor.querySelector("textarea")?.focus({ preventScroll: true });
}

/**
 * Signs in, then shows what the address asks for and follows the cluster.
 * @returns {Promise<void>}
 */
async function begin() {
  /** @type {import("./server/session.js").Session} */
  let session;
  try {
    session = await arrive();
  } catch (error) {
    const { status, message } = /** @type {import("./server/request.js").RequestError} */ (error);
    if (status === 401) return askWhoItIs("");
    return retryLater(message);
  }
  account.show(session);
  membership = session.classroom
    ? new Membership(session.classroom, page, account.slot, banners, askWhoItIs, beginAnew) : null;
  await membership?.begin((state) => {
    if (!membership?.works) connection.show(state);
  });
  places.offer({ works: membership?.works ?? true, room: membership?.room !== undefined && membership.room !== null });
  if (membership && !membership.isLearner && !location.hash.slice(2)) history.replaceState(null, "", "#/classroom");
  follow(session.cluster);
  show();
}

/**
 * Follows a cluster in place of the one that was followed.
 * @param {string} name
 */
function follow(name) {
  const before = cluster;
  useCluster(name);
  if (stream && cluster === before) return;
  stream?.close();
  if (stream) {
    model.clear();
    log.clear();
    terminal.output.clear();
    picture.clear();
  }
  if (membership && !membership.works && name === account.session?.cluster) {
    stream = undefined;
    return;
  }
  const namespace = account.session?.groups.includes("system:masters") ? "" : "default";
  stream = followCluster(model, cluster, { resources: streamed, namespace, who: account.session?.user ?? "" },
    (state, detail) => connection.show(state, detail));
}

/** The cluster that is followed has been made anew. */
function beginAnew() {
  model.clear();
  log.clear();
  picture.clear();
  stream?.restart();
}

/** Shows what the address asks for. */
async function show() {
  if (!account.session) return;
  const { view, name, part } = route(location.hash);
  // Those who only help or watch have no cluster of their own.
  if (membership && !membership.works && ["home", "lesson", "cluster"].includes(view)) {
    location.replace("#/classroom");
    return;
  }
  const isWork = view === "lesson" || view === "cluster" || view === "watch";
  const before = document.body.dataset.view;
  const isOther = before !== view;
  places.mark(view);
  document.body.dataset.view = view;
  page.hidden = isWork;
  workspace.hidden = !isWork;
  workspace.dataset.lesson = view === "lesson" ? "open" : "none";
  byId("clock").inert = view === "watch";
  tabs.offer("lesson", view === "lesson");
  if (isOther) tabs.show(view === "lesson" ? "lesson" : "cluster");
  const isFork = view === "cluster" && name !== "" && name !== account.session.cluster;
  follow(view === "watch" || isFork ? name : account.session.cluster);
  if (isFork) showFork(name);
  else banners.hide("fork");
  membership?.show(view, name);
  if (view === "lesson") return lessons.show(name, part);
  lessons.leave();
  picture.suggested = "";
  if (isWork) {
    document.title = `${text("place.cluster")} · Podium`;
    return;
  }
  page.scrollTop = 0;
  const isRoom = membership?.room && (view === "classroom" || view === "projector");
  try {
    if (!isRoom) await showHome(page);
    // Whoever hears the page is told where they have come to.
    if (before && isOther) page.querySelector("h2")?.focus({ preventScroll: true });
  } catch (error) {
    showPageFailure(page, /** @type {Error} */ (error).message, show);
  }
}

/**
 * Says that the cluster is another one than the person's own.
 * @param {string} name
 */
function showFork(name) {
  banners.show("fork", {
    kind: "notice",
    text: text("past.inFork", { cluster: name }),
    actions: [{ label: text("past.leaveFork"), run: () => { location.hash = "#/cluster"; } }],
  });
}

/** A session that has ended: a learner's is made anew, others say who they are. */
async function renew() {
  // A server that refuses the session it has just given is not asked over and over.
  if (performance.now() - renewedAt < 10_000) return;
  renewedAt = performance.now();
  if (membership) return askWhoItIs(text("entrance.ended"));
  if (account.session?.user !== "learner") return account.askForToken();
  try {
    account.show(await arrive());
    stream?.retry();
  } catch {
    account.askForToken();
  }
}

/**
 * Has somebody say who they are: at the classroom's door, or with a token where the server has no classroom.
 * @param {string} notice Why, where they were signed in before.
 * @returns {Promise<void>}
 */
async function askWhoItIs(notice) {
  const entry = await classroomEntry();
  if (!entry) return account.askForToken();
  const wasIn = account.session !== null;
  stream?.close();
  membership?.end();
  account.show(null);
  places.hide();
  connection.hide();
  document.body.dataset.view = "entrance";
  page.hidden = false;
  workspace.hidden = true;
  const { Entrance } = await import("./classroom/entrance.js");
  // Whoever comes back may be somebody else: nothing of the page before stays.
  new Entrance(page, entry, wasIn ? () => location.reload() : begin, notice);
}

/** @param {string} message */
function retryLater(message) {
  connection.show("waiting", { status: 0, message });
  setTimeout(() => stream ?? begin(), 2000);
}
