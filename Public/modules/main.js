// Puts the page together.

import { byId } from "./base/dom.js";
import { ClockControls } from "./clock/clock.js";
import { ClusterClock } from "./clock/clusterclock.js";
import { ClusterModel } from "./cluster/model.js";
import { followCluster } from "./cluster/feed.js";
import { language, translate } from "./language/language.js";
import { LessonPane } from "./lesson/lessonpane.js";
import { EventLog } from "./log/log.js";
import { Picture } from "./picture/picture.js";
import { onUnauthorized } from "./server/request.js";
import { arrive } from "./server/session.js";
import { Account } from "./shell/account.js";
import { Banners } from "./shell/banners.js";
import { Connection } from "./shell/connection.js";
import { makeResizable } from "./shell/panes.js";
import { Peek } from "./shell/peek.js";
import { Tabs } from "./shell/tabs.js";
import { Terminal } from "./terminal/terminal.js";

translate(document);
language.follow(() => translate(document));

const model = new ClusterModel();
const clock = new ClusterClock(model);
const banners = new Banners(byId("banners"));
const tabs = new Tabs(byId("tabs"), byId("workspace"));
const peek = new Peek(byId("peek"), () => tabs.show("terminal"));
tabs.onShow = (/** @type {string} */ name) => {
  if (name === "terminal") peek.hide();
};
makeResizable(byId("workspace"));

const terminal = new Terminal(byId("terminal"), () => lessons.files);
terminal.output.onLine = (/** @type {string} */ line, /** @type {string} */ style) => {
  if (style !== "request") peek.add(line);
  tabs.mark("terminal");
};
const lessons = new LessonPane(byId("lesson"), run, () => model.revision);
const picture = new Picture(byId("cluster"), model, run);
new EventLog(byId("log"), model, clock, (kind, metadata) => {
  tabs.show("cluster");
  picture.drawer.open(kind, metadata);
});
new ClockControls(byId("clock"), model, clock, banners);

/** @type {import("./server/livestream.js").LiveStream | undefined} */
let stream;
/** Milliseconds of this page at which a session was last renewed. */
let renewedAt = -Infinity;
const connection = new Connection(banners, () => (stream ? stream.retry() : begin()));
const account = new Account(byId("account"), connection.element);
onUnauthorized(renew);
begin();

/**
 * Runs commands that were clicked, where the learner sees their answer.
 * @param {...string} commands
 */
function run(...commands) {
  if (tabs.isNarrow && tabs.shown !== "terminal") peek.begin();
  terminal.run(...commands);
}

/** Signs in, then shows the lessons and follows the cluster. */
async function begin() {
  /** @type {import("./server/session.js").Session} */
  let session;
  try {
    session = await arrive();
  } catch (error) {
    const { status, message } = /** @type {import("./server/request.js").RequestError} */ (error);
    if (status !== 401) retryLater(message);
    return;
  }
  account.show(session);
  lessons.show();
  const namespace = session.groups.includes("system:masters") ? "" : "default";
  stream = followCluster(model, namespace, (state, detail) => connection.show(state, detail));
}

/** A session that has ended: a learner's is made anew, another one asks for its token. */
async function renew() {
  // A server that refuses the session it has just given is not asked over and over.
  if (performance.now() - renewedAt < 10_000) return;
  renewedAt = performance.now();
  if (account.session?.user !== "learner") return account.askForToken();
  try {
    account.show(await arrive());
    stream?.retry();
  } catch {
    account.askForToken();
  }
}

/** @param {string} message */
function retryLater(message) {
  connection.show("waiting", { status: 0, message });
  setTimeout(() => stream ?? begin(), 2000);
}
