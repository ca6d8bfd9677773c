"""Lines 9 and 10: pods and Deployments, from the API to bound."""

import http.client
import re
import time

from common import TOKEN, Row, Server, pod


def add_node(server, name, zone):
    """A node that nothing runs on, ready and without taints."""
    offered = {"cpu": "64", "memory": "256Gi", "pods": "500"}
    labels = {"kubernetes.io/hostname": name, "topology.kubernetes.io/zone": zone}
    server.request("POST", "/api/v1/nodes", {"metadata": {"name": name, "labels": labels}})
    ready = {"type": "Ready", "status": "True", "lastHeartbeatTime": "2100-01-01T00:00:00Z"}
    merge = "application/merge-patch+json"
    server.request("PATCH", f"/api/v1/nodes/{name}/status",
                   {"status": {"capacity": offered, "allocatable": offered, "conditions": [ready]}}, merge)
    server.request("PATCH", f"/api/v1/nodes/{name}", {"spec": {"taints": None}}, merge)


def pending(name, group, constrained):
    body = pod(name)
    del body["spec"]["schedulerName"]
    body["metadata"]["labels"] = {"app": group}
    body["spec"]["containers"][0]["resources"] = {"requests": {"cpu": "100m", "memory": "64Mi"}}
    if constrained:
        like = {"matchLabels": {"app": group}}
        body["spec"]["topologySpreadConstraints"] = [
            {"maxSkew": 5, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "DoNotSchedule",
             "labelSelector": like}]
        body["spec"]["affinity"] = {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [
            {"topologyKey": "kubernetes.io/hostname", "labelSelector": like}]}}
    return body


class Bindings:
    """A watch that counts the pods which have a node."""

    def __init__(self, server):
        revision = server.get("/api/v1/pods?limit=1")["metadata"]["resourceVersion"]
        connection = http.client.HTTPConnection(server.url.split("//")[1], timeout=120)
        connection.request("GET", f"/api/v1/pods?watch=1&resourceVersion={revision}",
                           headers={"Authorization": "Bearer " + TOKEN})
        self.stream = connection.getresponse()
        self.names, self.rest = set(), b""

    def wait(self, count):
        """Returns when so many pods are bound."""
        while len(self.names) < count:
            content = self.rest + self.stream.read1(1 << 20)
            end = content.rfind(b"\n")
            self.rest = content[end + 1:]
            for line in content[:end + 1].split(b"\n"):
                if b'"nodeName":"' in line:
                    self.names.add(re.search(rb'"name":"([^"]+)"', line)[1])


def run(folder, pods=2000):
    for nodes, constrained, asked in ((100, False, 10_000), (1000, True, 3_000)):
        yield schedule(folder, nodes, constrained, asked, pods)
    yield rollout(folder)


def schedule(folder, nodes, constrained, asked, pods):
    """Pods are created while the cluster's time stands still; from its going on to the last binding is what counts."""
    server = Server(f"{folder}/schedule-{nodes}", "--nodes", "0")
    for index in range(nodes):
        add_node(server, f"n{index}", f"z{index % 3}")
    time.sleep(1)
    clock = lambda paused: server.request(
        "PATCH", "/apis/podium.dev/v1/clocks/cluster", {"spec": {"paused": paused}}, "application/merge-patch+json")
    clock(True)
    for index in range(pods):
        server.request("POST", "/api/v1/namespaces/default/pods", pending(f"p{index}", f"g{index % 20}", constrained))
    bindings = Bindings(server)
    before, begun = server.cpu_seconds, time.perf_counter()
    clock(False)
    bindings.wait(pods)
    seconds, cpu = time.perf_counter() - begun, server.cpu_seconds - before
    server.stop()
    what = "with spread and anti-affinity" if constrained else "without constraints"
    return Row(9, f"{pods:,} pods on {nodes:,} nodes {what}", f"{pods / seconds:.0f}/s, {cpu / pods * 1e6:.0f} µs CPU each",
               f"{asked:,}/s", pods / seconds >= asked)


def rollout(folder, replicas=500):
    server = Server(f"{folder}/rollout", "--nodes", "100")
    time.sleep(1)
    bindings = Bindings(server)
    labels = {"app": "big"}
    before, begun = server.cpu_seconds, time.perf_counter()
    server.request("POST", "/apis/apps/v1/namespaces/default/deployments", {
        "metadata": {"name": "big"}, "spec": {
            "replicas": replicas, "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "c", "image": "nginx:1.27"}]}}}})
    bindings.wait(replicas)
    milliseconds, cpu = (time.perf_counter() - begun) * 1000, (server.cpu_seconds - before) * 1000
    server.stop()
    return Row(10, f"a Deployment of {replicas}, POST to all bound", f"{milliseconds:.0f} ms, {cpu:.0f} ms CPU", "100 ms",
               milliseconds <= 100)
