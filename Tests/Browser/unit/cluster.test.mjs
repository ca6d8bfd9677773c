import assert from "node:assert/strict";
import { test } from "node:test";
import { partOf } from "../../../Public/modules/cluster/actors.js";
import { capacity } from "../../../Public/modules/cluster/capacity.js";
import { restPath, kindNamed, showingCommands } from "../../../Public/modules/cluster/kinds.js";
import { ClusterModel } from "../../../Public/modules/cluster/model.js";
import { nodeState } from "../../../Public/modules/cluster/nodestate.js";
import { workloads } from "../../../Public/modules/cluster/owners.js";
import { podState } from "../../../Public/modules/cluster/podstate.js";
import { bytesText, coresText, quantity } from "../../../Public/modules/cluster/quantity.js";
import { reaches } from "../../../Public/modules/cluster/services.js";
import { yaml } from "../../../Public/modules/cluster/yaml.js";

const pod = (status, { spec = { nodeName: "node-1" }, metadata = {} } = {}) =>
  ({ metadata: { name: "web", namespace: "default", uid: "pod", ...metadata }, spec, status });
const running = (ready) => pod({
  phase: "Running",
  conditions: [{ type: "Ready", status: ready }],
  containerStatuses: [{ state: { running: {} }, ready: ready === "True" }],
});

test("quantities have a value", () => {
  assert.equal(quantity("250m"), 0.25);
  assert.equal(quantity("64Mi"), 64 * 2 ** 20);
  assert.equal(quantity("1e3"), 1000);
  assert.equal(quantity(2), 2);
  assert.equal(quantity("nonsense"), 0);
  assert.equal(coresText(0.30000000000000004), "0.3");
  assert.equal(bytesText(7.5 * 2 ** 30), "7.5Gi");
});

test("a node is filled by the requests of the pods that run", () => {
  const spec = {
    containers: [{ resources: { requests: { cpu: "500m", memory: "1Gi" } } }],
    initContainers: [{ resources: { requests: { cpu: "1" } } }],
  };
  const node = { status: { allocatable: { cpu: "4", memory: "8Gi", pods: "110" } } };
  const fill = capacity(node, [{ spec, status: { phase: "Running" } }, { spec, status: { phase: "Succeeded" } }]);
  assert.deepEqual(fill.cpu, { requested: 1, allocatable: 4 });
  assert.deepEqual(fill.memory, { requested: 2 ** 30, allocatable: 8 * 2 ** 30 });
  assert.deepEqual(fill.pods, { requested: 1, allocatable: 110 });
});

test("a pod's state follows its life", () => {
  const waiting = (reason) => pod({
    phase: "Pending",
    containerStatuses: [{ state: { waiting: { reason } }, restartCount: 3 }],
  });
  assert.equal(podState(pod({ phase: "Pending" }, { spec: {} })).name, "pending");
  assert.equal(
    podState(pod({ conditions: [{ type: "PodScheduled", reason: "Unschedulable" }] }, { spec: {} })).name,
    "unschedulable",
  );
  assert.equal(podState(pod({ phase: "Pending" })).name, "scheduled");
  assert.equal(podState(waiting("ContainerCreating")).name, "creating");
  assert.equal(podState(waiting("ContainerCreating"), { lastEvent: "Pulling" }).name, "pulling");
  assert.equal(podState(running("False")).name, "running");
  assert.equal(podState(running("True")).name, "ready");
  assert.deepEqual(podState(waiting("CrashLoopBackOff")), { name: "failing", reason: "CrashLoopBackOff", restarts: 3 });
  assert.equal(podState(pod({ phase: "Succeeded" })).name, "completed");
  assert.equal(podState(pod({ phase: "Failed", reason: "Evicted" })).reason, "Evicted");
  assert.equal(podState(running("True"), { nodeReady: false }).name, "lost");
  assert.equal(podState(pod({ phase: "Running" }, { metadata: { deletionTimestamp: "now" } })).name, "terminating");
});

test("a node says that it is down, cordoned and tainted", () => {
  const node = (status, spec = {}) => ({ spec, status: { conditions: [{ type: "Ready", status }] } });
  assert.equal(nodeState(node("True")).name, "ready");
  assert.equal(nodeState(node("Unknown")).name, "unknown");
  assert.equal(nodeState({ status: {} }).name, "notReady");
  const state = nodeState(node(
    "True",
    {
      unschedulable: true,
      taints: [{ key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" }, { key: "gpu", effect: "NoSchedule" }],
    },
  ));
  assert.equal(state.cordoned, true);
  assert.deepEqual(state.taints, [{ key: "gpu", value: "", effect: "NoSchedule" }]);
});

test("a rollout shows its new and its old ReplicaSet", () => {
  const owner = (uid) => [{ uid, controller: true }];
  const set = (uid, revision, replicas) => ({
    metadata: {
      uid,
      name: uid,
      ownerReferences: owner("d"),
      annotations: { "deployment.kubernetes.io/revision": revision },
    },
    spec: { replicas, template: { spec: { containers: [{ image: `web:${revision}` }] } } },
  });
  const deployment = {
    metadata: { uid: "d", name: "web", generation: 2 },
    spec: { replicas: 2 },
    status: { observedGeneration: 2, replicas: 3, updatedReplicas: 1, readyReplicas: 2, availableReplicas: 2 },
  };
  const of = (uid, ready) => ({
    ...running(ready),
    metadata: { uid: uid + ready, name: uid, ownerReferences: owner(uid) },
  });
  const lists = {
    deployments: [deployment],
    replicaSets: [set("one", "1", 0), set("two", "2", 2), set("ten", "10", 1)],
    pods: [of("two", "True"), of("ten", "False")],
  };
  const [workload] = workloads(lists);
  assert.equal(workload.progress, "progressing");
  assert.deepEqual(
    workload.lanes.map((lane) => [lane.revision, lane.current, lane.image, lane.ready]),
    [[10, true, "web:10", 0], [2, false, "web:2", 1]],
  );
  deployment.status = {
    observedGeneration: 2,
    replicas: 2,
    updatedReplicas: 2,
    readyReplicas: 2,
    availableReplicas: 2,
  };
  assert.equal(workloads(lists)[0].progress, "complete");
  deployment.spec.paused = true;
  assert.equal(workloads(lists)[0].progress, "paused");
});

test("a service reaches the endpoints that its slices call ready", () => {
  const service = { metadata: { name: "web", namespace: "default" }, spec: { selector: { app: "web" } } };
  const slice = {
    metadata: { namespace: "default", labels: { "kubernetes.io/service-name": "web" } },
    endpoints: [{ conditions: { ready: true } }, { conditions: { ready: false } }, {}],
  };
  assert.deepEqual(
    reaches({ services: [service], endpointSlices: [slice], pods: [] }).map(({ ready, total }) => [ready, total]),
    [[2, 3]],
  );
  const labelled = { ...running("True"), metadata: { namespace: "default", uid: "a", labels: { app: "web" } } };
  assert.deepEqual(reaches({ services: [service], endpointSlices: null, pods: [labelled] })[0].pods, ["a"]);
});

test("a write is laid to the part that made it", () => {
  assert.deepEqual(partOf("kubelet/node-2"), { part: "kubelet", node: "node-2" });
  assert.deepEqual(partOf("system:node:node-1"), { part: "kubelet", node: "node-1" });
  assert.equal(partOf("kube-scheduler").part, "scheduler");
  assert.equal(partOf("default-scheduler").part, "scheduler");
  assert.equal(partOf("replicaset-controller").part, "controllers");
  assert.equal(partOf("root-ca-cert-publisher").part, "controllers");
  assert.equal(partOf("learner").part, "person");
  assert.equal(partOf(undefined).part, "person");
});

test("an object has an address and commands", () => {
  const metadata = { name: "web", namespace: "shop" };
  assert.equal(restPath(kindNamed("Pod"), metadata), "/api/v1/namespaces/shop/pods/web");
  assert.equal(restPath(kindNamed("Deployment"), metadata), "/apis/apps/v1/namespaces/shop/deployments/web");
  assert.equal(restPath(kindNamed("Node"), { name: "node-1" }), "/api/v1/nodes/node-1");
  assert.ok(showingCommands(kindNamed("Pod"), metadata).includes("kubectl logs web -n shop"));
});

test("the model forgets what a fresh start no longer gives, and keeps it when the stream resumes", () => {
  const model = new ClusterModel();
  const give = (name) => model.apply({
    type: "ADDED",
    resource: "pods",
    object: { metadata: { name, namespace: "default" } },
  });
  model.start(["pods"], false);
  give("old");
  model.finishStart();
  model.start(["pods"], true);
  model.finishStart();
  assert.equal(model.list("pods").length, 1);
  model.start(["pods"], false);
  give("new");
  model.finishStart();
  assert.deepEqual(model.list("pods").map((one) => one.metadata.name), ["new"]);
});

test("YAML quotes what would read as something else", () => {
  const object = {
    apiVersion: "v1",
    labels: { on: "true", version: "1.27", empty: "", app: "web" },
    list: [{ name: "a", ports: [80] }, "b: c"],
    none: {},
    text: "one\ntwo\n",
  };
  assert.equal(yaml(object), `apiVersion: v1
labels:
  "on": "true"
  version: "1.27"
  empty: ""
  app: web
list:
- name: a
  ports:
  - 80
- "b: c"
none: {}
text: |
  one
  two
`);
});
