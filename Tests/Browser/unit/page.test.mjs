import assert from "node:assert/strict";
import { test } from "node:test";
import { clockText, reading, timeAt } from "../../../Public/modules/clock/time.js";
import { english } from "../../../Public/modules/language/english.js";
import { korean } from "../../../Public/modules/language/korean.js";
import { indented, newLine, outdented } from "../../../Public/modules/lesson/editing.js";
import { entryOf, passes } from "../../../Public/modules/log/entries.js";
import { EventStreamParser } from "../../../Public/modules/server/eventstream.js";
import { values } from "../../../Public/modules/server/lines.js";
import { route } from "../../../Public/modules/shell/route.js";

test("events are read from pieces that end anywhere", () => {
  const parser = new EventStreamParser();
  const whole = ": hello\r\nid: 7\r\nevent: ADDED\r\ndata: {\"a\":1}\r\n\r\nid: 8\ndata: x\ndata: y\n\n: beat\n\nid: 9\n\n";
  const events = [...whole].flatMap((piece) => parser.take(piece));
  assert.deepEqual(events, [{ type: "ADDED", data: '{"a":1}', id: "7" }, { type: "message", data: "x\ny", id: "8" }]);
});

test("lines of JSON are read from pieces that end anywhere", async () => {
  const body = new ReadableStream({
    start(controller) {
      for (const piece of ['{"out":"파', '드"}\n{"ex', 'it":0}']) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
  const read = [];
  for await (const value of values(new Response(body))) read.push(value);
  assert.deepEqual(read, [{ out: "파드" }, { exit: 0 }]);
});

test("the cluster's time goes on between reports, at its speed, but not for ever", () => {
  const clock = { spec: { speed: 10, paused: false }, status: { now: "2026-01-01T10:00:00.000000Z" } };
  const report = reading(clock, 1000);
  assert.equal(clockText(timeAt(report, 1500)), "10:00:05");
  assert.equal(clockText(timeAt(report, 60_000)), "10:00:20");
  clock.spec.paused = true;
  assert.equal(clockText(timeAt(reading(clock, 0), 60_000)), "10:00:00");
  assert.equal(reading({}, 0), null);
});

test("the editor indents, takes back and follows the indent", () => {
  assert.deepEqual(indented({ text: "a", start: 0, end: 0 }), { text: "  a", start: 2, end: 2 });
  assert.deepEqual(indented({ text: "a\nb\n", start: 0, end: 3 }), { text: "  a\n  b\n", start: 2, end: 7 });
  assert.deepEqual(outdented({ text: "  a\n b", start: 2, end: 6 }), { text: "a\nb", start: 0, end: 3 });
  assert.equal(newLine({ text: "spec:", start: 5, end: 5 }).text, "spec:\n  ");
  assert.equal(newLine({ text: "  a: b", start: 6, end: 6 }).text, "  a: b\n  ");
});

test("the log tells writes from events and leaves heartbeats out", () => {
  const node = (time, status = "True") => ({
    metadata: { name: "node-1", resourceVersion: time },
    status: { conditions: [{ type: "Ready", status, lastHeartbeatTime: time }] },
  });
  const heartbeat = {
    type: "MODIFIED",
    resource: "nodes",
    object: node("2"),
    previous: node("1"),
    cause: { actor: "kubelet/node-1" },
  };
  assert.equal(entryOf(heartbeat, "", "Node"), null);
  assert.equal(entryOf({ ...heartbeat, object: node("2", "Unknown") }, "", "Node").title, "update nodes");
  const event = {
    type: "ADDED",
    resource: "events",
    object: {
      metadata: {},
      type: "Warning",
      reason: "BackOff",
      count: 3,
      message: "again",
      involvedObject: { kind: "Pod", name: "web" },
    },
  };
  const entry = entryOf(event, "now", "Event");
  assert.equal(entry.title, "BackOff ×3");
  assert.equal(entry.about, "Pod web");
  assert.ok(passes(entry, { words: "backoff web", show: "warnings" }));
  assert.ok(!passes(entry, { words: "", show: "writes" }));
  assert.ok(!passes(entry, { words: "other", show: "all" }));
});

test("addresses name a lesson and a part of it", () => {
  assert.deepEqual(route(""), { view: "home", name: "", part: "" });
  assert.deepEqual(route("#/lessons/rollout"), { view: "lesson", name: "rollout", part: "" });
  assert.deepEqual(route("#/lessons/rollout/undo"), { view: "lesson", name: "rollout", part: "undo" });
  assert.deepEqual(route("#/cluster"), { view: "cluster", name: "", part: "" });
  assert.deepEqual(route("#/lessons/"), { view: "home", name: "", part: "" });
  assert.deepEqual(route("#/nowhere/%"), { view: "home", name: "%", part: "" });
});

test("both languages have the same messages with the same values", () => {
  assert.deepEqual(Object.keys(korean).sort(), Object.keys(english).sort());
  const names = (message) => [...message.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
  for (const key of Object.keys(english)) assert.deepEqual(names(korean[key]), names(english[key]), key);
});
