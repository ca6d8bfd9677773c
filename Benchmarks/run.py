#!/usr/bin/env python3
"""Benchmarks of the release binary, each beside a peer where one runs here.

    script/bench [NAME ...]      names: start get list create watch schedule rollout; all without one

Server and client share the machine: trust the ratios, not the absolute figures. Needs `wrk`; `nginx` gives the peer.
"""

import json
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[1]
BINARY = os.environ.get("PODIUM_BINARY", str(ROOT / ".build/release/podium"))
TOKEN = "benchmark-token"


class Server:
    def __init__(self, folder, *options):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "token").write_text(TOKEN)
        begun = time.perf_counter()
        self.process = subprocess.Popen(
            [BINARY, "serve", "--listen", "127.0.0.1:0", "--data", str(self.folder / "data"), "--admin-token-file",
             str(self.folder / "token"), *options], stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if found := re.search(r"ready at (\S+)/", line):
                self.url = found.group(1)
                break
        self.request("GET", "/readyz")
        self.start_seconds = time.perf_counter() - begun

    def request(self, method, path, body=None, kind="application/json"):
        call = urllib.request.Request(self.url + path, method=method, data=json.dumps(body).encode() if body else None,
                                      headers={"Authorization": "Bearer " + TOKEN, "Content-Type": kind})
        with urllib.request.urlopen(call) as answer:
            return answer.read()

    def get(self, path):
        return json.loads(self.request("GET", path))

    @property
    def resident_megabytes(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024

    @property
    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=10)


def wrk(url, connections=32, seconds=5, script=None):
    """Requests a second and the 50th and 99th percentile in milliseconds."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    if script:
        command += ["-s", script]
    else:
        command += ["-H", "Authorization: Bearer " + TOKEN]
    text = subprocess.run(command + [url], capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
    unit = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    at = lambda p: (lambda m: float(m[1]) * unit[m[2]])(re.search(rf"{p}%\s+([\d.]+)(us|ms|s)", text))
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return rate, at(50), at(99), int(failed[1]) if failed else 0


def pod(name):
    return {"metadata": {"name": name, "labels": {"app": "bench"}},
            "spec": {"schedulerName": "nobody", "containers": [{"name": "c", "image": "nginx:1.27", "ports": [{"containerPort": 80}]}]}}


def start(folder):
    times, sizes = [], []
    for index in range(15):
        server = Server(f"{folder}/start-{index}")
        ready = sum(c["status"] == "True" for n in server.get("/api/v1/nodes")["items"]
                    for c in n["status"]["conditions"] if c["type"] == "Ready")
        times.append(server.start_seconds * 1000)
        time.sleep(0.3)
        sizes.append(server.resident_megabytes)
        server.stop()
    print(f"start: exec to /readyz 200 {statistics.median(times):.0f} ms (worst {max(times):.0f}), "
          f"{ready} nodes ready, {statistics.median(sizes):.1f} MB resident")


def nginx(folder, content):
    """A worker of nginx that serves the same bytes as a file; None where there is no nginx."""
    if not shutil.which("nginx"):
        return None
    place = pathlib.Path(folder) / "nginx"
    place.mkdir()
    (place / "object").write_bytes(content)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (place / "nginx.conf").write_text(
        f"worker_processes 1; daemon off; pid {place}/pid; error_log {place}/error;\nevents {{}}\n"
        f"http {{ access_log off; open_file_cache max=10; types {{}} default_type application/json;\n"
        f" server {{ listen 127.0.0.1:{port}; root {place}; }} }}\n")
    # Started by root, its worker would run as nobody, who may not read a temporary folder.
    for folder in (place, *place.parents[:-2]):
        folder.chmod(folder.stat().st_mode | 0o055)
    process = subprocess.Popen(["nginx", "-c", str(place / "nginx.conf"), "-p", str(place)], stderr=subprocess.DEVNULL)
    time.sleep(0.5)
    url = f"http://127.0.0.1:{port}/object"
    with urllib.request.urlopen(url) as answer:
        assert answer.read() == content, "nginx does not serve the same bytes"
    return process, url


def beside_nginx(name, folder, server, path, connections):
    peer = nginx(folder, server.request("GET", path))
    ours, theirs = [], []
    for _ in range(3):  # in turn, so that a change of the machine's speed meets both
        ours.append(wrk(server.url + path, connections))
        if peer:
            theirs.append(wrk(peer[1], connections))
    rate, p50, p99, failed = sorted(ours)[1]
    line = f"{name}: {rate:.0f}/s, p50 {p50:.2f} ms, p99 {p99:.2f} ms, {failed} failed"
    if peer:
        line += f"; nginx {sorted(theirs)[1][0]:.0f}/s, ratio {rate / sorted(theirs)[1][0]:.2f}"
        peer[0].terminate()
        peer[0].wait()
        shutil.rmtree(pathlib.Path(folder) / "nginx")
    print(line)


def get(folder):
    server = Server(f"{folder}/get")
    server.request("POST", "/api/v1/namespaces/default/pods", pod("one"))
    beside_nginx("get one pod, 32 connections", folder, server, "/api/v1/namespaces/default/pods/one", 32)
    server.stop()


def list_(folder):
    server = Server(f"{folder}/list")
    for index in range(1000):
        server.request("POST", "/api/v1/namespaces/default/pods", pod(f"p{index}"))
    beside_nginx("list 1,000 pods, 4 connections", folder, server, "/api/v1/pods", 4)
    print(f"  {server.resident_megabytes:.0f} MB resident with 1,000 pods")
    server.stop()


def create(folder):
    server = Server(f"{folder}/create")
    script = pathlib.Path(folder) / "create.lua"
    body = json.dumps({**pod("x"), "metadata": {"generateName": "p-"}}).replace("'", "")
    script.write_text(f"wrk.method='POST'; wrk.body='{body}'; wrk.headers['Authorization']='Bearer {TOKEN}'; "
                      "wrk.headers['Content-Type']='application/json'")
    before = server.cpu_seconds
    rate, p50, p99, failed = wrk(server.url + "/api/v1/namespaces/default/pods", 32, 5, str(script))
    cpu = (server.cpu_seconds - before) / (rate * 5) * 1000
    print(f"create pods, durable, 32 connections: {rate:.0f}/s, p50 {p50:.2f} ms, p99 {p99:.2f} ms, "
          f"{cpu:.3f} ms CPU each, {failed} failed, {server.resident_megabytes:.0f} MB after")
    server.stop()


def watch(folder, watchers=100, creates=200):
    server = Server(f"{folder}/watch")
    seen, lock = [], threading.Lock()
    url = server.url + "/api/v1/namespaces/default/configmaps?watch=1&resourceVersion=" + \
        server.get("/api/v1/namespaces/default/configmaps")["metadata"]["resourceVersion"]

    def read():
        call = urllib.request.Request(url, headers={"Authorization": "Bearer " + TOKEN})
        with urllib.request.urlopen(call) as stream:
            for _ in range(creates):
                event = json.loads(stream.readline())
                late = time.perf_counter() - float(event["object"]["data"]["sent"])
                with lock:
                    seen.append(late * 1000)

    threads = [threading.Thread(target=read) for _ in range(watchers)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    before = server.cpu_seconds
    for index in range(creates):
        server.request("POST", "/api/v1/namespaces/default/configmaps",
                       {"metadata": {"name": f"c{index}"}, "data": {"sent": str(time.perf_counter())}})
        time.sleep(0.02)
    for thread in threads:
        thread.join()
    seen.sort()
    print(f"watch: {watchers} watchers, {len(seen)} deliveries, p50 {seen[len(seen) // 2]:.2f} ms, "
          f"p99 {seen[len(seen) * 99 // 100]:.2f} ms (the reader's own time included), "
          f"{server.cpu_seconds - before:.2f} s CPU")
    server.stop()


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


def bound(server, begun):
    """Seconds until no pod is without a node."""
    while server.get("/api/v1/namespaces/default/pods?limit=1&fieldSelector=spec.nodeName%3D")["items"]:
        if time.perf_counter() - begun > 120:
            sys.exit("the pods were not all bound within two minutes")
        time.sleep(0.002)
    return time.perf_counter() - begun


def schedule(folder, pods=2000):
    """Pods are created while the cluster's time stands still; from its going on to the last binding is what counts."""
    for nodes, constrained in ((100, False), (1000, False), (1000, True)):
        server = Server(f"{folder}/schedule-{nodes}-{constrained}", "--nodes", "0")
        for index in range(nodes):
            add_node(server, f"n{index}", f"z{index % 3}")
        time.sleep(1)
        clock = lambda paused: server.request("PATCH", "/apis/podium.dev/v1/clocks/cluster", {"spec": {"paused": paused}},
                                              "application/merge-patch+json")
        clock(True)
        for index in range(pods):
            body = pod(f"p{index}")
            del body["spec"]["schedulerName"]
            body["spec"]["containers"][0]["resources"] = {"requests": {"cpu": "100m", "memory": "64Mi"}}
            if constrained:
                group = f"g{index % 20}"
                body["metadata"]["labels"] = {"app": group}
                like = {"matchLabels": {"app": group}}
                body["spec"]["topologySpreadConstraints"] = [
                    {"maxSkew": 5, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "DoNotSchedule",
                     "labelSelector": like}]
                body["spec"]["affinity"] = {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [
                    {"topologyKey": "kubernetes.io/hostname", "labelSelector": like}]}}
            server.request("POST", "/api/v1/namespaces/default/pods", body)
        before = server.cpu_seconds
        begun = time.perf_counter()
        clock(False)
        seconds = bound(server, begun)
        what = "with spread and anti-affinity" if constrained else "without constraints"
        print(f"schedule: {pods} pods on {nodes} nodes {what}: {pods / seconds:.0f}/s, "
              f"{(server.cpu_seconds - before) / pods * 1000:.3f} ms CPU each")
        server.stop()


def rollout(folder, replicas=500):
    server = Server(f"{folder}/rollout", "--nodes", "100")
    time.sleep(1)
    labels = {"app": "big"}
    begun = time.perf_counter()
    server.request("POST", "/apis/apps/v1/namespaces/default/deployments", {
        "metadata": {"name": "big"}, "spec": {
            "replicas": replicas, "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "c", "image": "nginx:1.27"}]}}}})
    while len(server.get("/api/v1/namespaces/default/pods?fieldSelector=spec.nodeName%21%3D")["items"]) < replicas:
        time.sleep(0.002)
    print(f"rollout: a Deployment of {replicas}: POST to all bound in {(time.perf_counter() - begun) * 1000:.0f} ms")
    server.stop()


BENCHMARKS = {"start": start, "get": get, "list": list_, "create": create, "watch": watch, "schedule": schedule,
              "rollout": rollout}

if __name__ == "__main__":
    names = sys.argv[1:] or list(BENCHMARKS)
    if unknown := [name for name in names if name not in BENCHMARKS]:
        sys.exit(f"unknown: {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}")
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: apt-get install wrk (and nginx, for the peer)")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            BENCHMARKS[name](folder)
