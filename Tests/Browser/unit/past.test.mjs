import assert from "node:assert/strict";
import { test } from "node:test";
import { journeyOf, recorded, rootsOf, withHistory } from "../../../Public/modules/cluster/journey.js";
import { lineDiff } from "../../../Public/modules/cluster/linediff.js";
import { StreamState } from "../../../Public/modules/server/streamstate.js";
import { extended, laneOf, placeOf, strokes } from "../../../Public/modules/timeline/writes.js";

test("a difference shows what went and came, with two lines around it", () => {
  const before = ["a", "b", "c", "d", "e", "f"].join("\n");
  const after = ["a", "b", "c", "D", "e", "f"].join("\n");
  assert.deepEqual(lineDiff(before, after).map(({ sign, line }) => sign + line),
    ["…", " b", " c", "-d", "+D", " e", " f"]);
  assert.deepEqual(lineDiff(before, before), []);
  assert.deepEqual(lineDiff("a", "a\nb").map(({ sign, line }) => sign + line), [" a", "+b"]);
});

test("writes stand in the lane of who wrote, and are found by their revision", () => {
  const write = (revision, actor) => ({ revision, actor, time: "", type: "ADDED", resource: "pods", kind: "Pod",
    name: "a" });
  const writes = [write(3, "learner"), write(7, "kube-scheduler"), write(9, "kubelet/node-1")];
  assert.deepEqual(writes.map(laneOf), ["person", "scheduler", "kubelet"]);
  assert.equal(laneOf(write(1, "rewind")), "podium");
  assert.equal(strokes(writes, "scheduler"), "M1.5 .15v.7");
  assert.deepEqual([2, 3, 8, 9, 99].map((revision) => placeOf(writes, revision)), [-1, 0, 1, 2, 2]);
  assert.deepEqual(extended(writes, [write(9, "x"), write(11, "learner")]).map((one) => one.revision), [3, 7, 9, 11]);
});

test("a journey follows the objects that came from a request, and no others", () => {
  const change = (revision, actor, resource, uid, owner) => ({
    type: "ADDED", resource, cause: { actor },
    object: {
      metadata: {
        name: uid, uid, resourceVersion: String(revision), ownerReferences: owner ? [{ uid: owner, controller: true }]
          : [],
      },
    },
  });
  const writes = [
    change(1, "learner", "deployments", "web"), change(2, "deployment-controller", "replicasets", "set", "web"),
    change(3, "learner", "pods", "other"), change(4, "replicaset-controller", "pods", "pod", "set"),
    change(5, "kube-scheduler", "pods", "other"), change(6, "kube-scheduler", "pods", "pod"),
    change(7, "kube-scheduler", "events", "event"),
  ].map((one) => recorded(one, 0)).filter(Boolean);
  const [web, other] = rootsOf(writes);
  assert.deepEqual(journeyOf(writes, web).map((one) => one.revision), [1, 2, 4, 6]);
  assert.deepEqual(journeyOf(writes, other).map((one) => one.revision), [3, 5]);
});

test("a journey that is looked at late begins in the history", () => {
  const item = (revision, actor) => ({
    type: "ADDED", resource: "pods", actor, request: "", time: "2026-01-01T00:00:01Z",
    object: { metadata: { name: "a", uid: "a", resourceVersion: String(revision) } },
  });
  const live = [recorded({ ...item(5, "kubelet/node-1"), cause: { actor: "kubelet/node-1" } }, 9000)];
  const writes = withHistory(live, [item(3, "learner"), item(4, "kube-scheduler"), item(5, "kubelet/node-1")]);
  assert.deepEqual(writes.map((one) => one.revision), [3, 4, 5]);
  assert.equal(writes[0].time, Date.parse("2026-01-01T00:00:01Z"));
  assert.equal(writes[2].time, 9000);
  assert.deepEqual(journeyOf(writes, rootsOf(writes)[0]).map((one) => one.revision), [3, 4, 5]);
});

test("a tab that comes later is given what the stream has given so far", () => {
  const state = new StreamState();
  const event = (type, name, revision) => ({
    type, id: String(revision),
    data: JSON.stringify({ type, resource: "pods", object: { metadata: { name, resourceVersion: String(revision) } } }),
  });
  const start = { type: "START", id: "1", data: '{"resources":["pods"]}' };
  const synced = { type: "SYNCED", id: "4", data: "{}" };
  assert.deepEqual(state.replay(), []);
  for (const one of [start, event("ADDED", "a", 2), event("ADDED", "b", 3)]) state.take(one, false);
  assert.deepEqual(state.replay().map((one) => one.type), ["START", "ADDED", "ADDED"]);
  for (const one of [synced, event("MODIFIED", "a", 5), event("DELETED", "b", 6)]) state.take(one, false);
  const replay = state.replay();
  assert.deepEqual(replay.map((one) => one.type), ["START", "ADDED", "SYNCED"]);
  assert.equal(JSON.parse(replay[1].data).type, "ADDED");
  assert.equal(JSON.parse(replay[1].data).object.metadata.resourceVersion, "5");
  assert.equal(replay[2].id, "6");
  // A fresh start confirms what is still there.
  for (const one of [start, event("ADDED", "c", 8), synced]) state.take(one, false);
  assert.deepEqual(state.replay().slice(1, -1).map((one) => JSON.parse(one.data).object.metadata.name), ["c"]);
});
