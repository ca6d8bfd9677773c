import assert from "node:assert/strict";
import { test } from "node:test";
import { countOf, roster } from "../../../Public/modules/classroom/roster.js";

const now = Date.parse("2026-11-21T10:00:00Z");
const learner = (name, spec, status) => ({ metadata: { name }, spec: { nickname: name, ...spec }, status });
const attempt = (name, status) => ({ metadata: { name: `${name}.rollout` }, status });
const rollout = { current: { lesson: "rollout", step: "create" }, lastSeen: "2026-11-21T09:59:50Z" };
const condition = { id: "ready", text: "3 are ready" };

test("those who need help come first: raised hands, then who is stuck longest", () => {
  const learners = ["done", "slow", "slower", "hand",
    "fast"].map((name) => learner(name, { hand: name === "hand" }, rollout));
  const rows = roster([...learners, learner("new", {}, {})], [
    attempt("done", { state: "Completed", since: "2026-11-21T09:00:00Z" }),
    attempt("slow", { state: "Working", since: "2026-11-21T09:55:00Z", condition }),
    attempt("slower", { state: "Working", since: "2026-11-21T09:50:00Z", condition }),
    attempt("hand", { state: "Working", since: "2026-11-21T09:59:00Z", condition }),
    attempt("fast", { state: "Working", since: "2026-11-21T09:59:00Z", condition }),
  ], now);
  assert.deepEqual(rows.map((row) => `${row.name} ${row.standing}`),
    ["hand hand", "slower stuck", "slow stuck", "fast working", "new idle", "done done"]);
  assert.equal(rows[1].minutes, 10);
  assert.equal(rows[1].condition, condition);
  assert.equal(rows[5].condition, null);
  assert.deepEqual(countOf(rows), { hand: 1, stuck: 2, working: 1, passed: 0, idle: 1, done: 1 });
});

test("who has not been seen for a minute is away", () => {
  const rows = roster([learner("here", {}, rollout), learner("away", {}, { lastSeen: "2026-11-21T09:58:00Z" })], [],
    now);
  assert.deepEqual(rows.map((row) => [row.name, row.present]), [["here", true], ["away", false]]);
});
