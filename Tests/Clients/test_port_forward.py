"""Ports of pods: port-forward by kubectl of two ages (SPDY, and SPDY in a WebSocket) and by Python's client (channels of
a WebSocket), and the API server's proxy."""

import http.client
import json
import re
import socket
import subprocess
import threading
import urllib.error
import urllib.request

import pytest

from conftest import Kubectl, TOKEN, kubectls

NAMESPACE = "ports"
MANIFESTS = """
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
  - {name: web, image: nginx, ports: [{containerPort: 80, name: http}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 8080, targetPort: http}]}
---
apiVersion: v1
kind: Service
metadata: {name: empty}
spec: {selector: {app: nobody}, ports: [{port: 80}]}
"""


@pytest.fixture(scope="module", params=kubectls(), ids=lambda found: "kubectl-" + found[0])
def kube(request, server):
    version, program = request.param
    tool = Kubectl(program, version, server, NAMESPACE)
    if tool.run("get", "namespace", NAMESPACE).returncode != 0:
        tool("create", "namespace", NAMESPACE)
    tool("apply", "-f", "-", input=MANIFESTS)
    tool("wait", "--for=condition=Ready", "pod/web", "--timeout=60s")
    yield tool


class Forwarding:
    """One `kubectl port-forward` to a free local port."""

    def __init__(self, kube, target, port):
        self.process = subprocess.Popen(
            kube.command("port-forward", target, f":{port}"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.port = int(re.search(r"127.0.0.1:(\d+) ->", self.process.stdout.readline()).group(1))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()


def page(port, path="/"):
    return urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20).read().decode()


@pytest.mark.parametrize("target,port", [("pod/web", 80), ("svc/web", 8080)])
def test_a_forwarded_port_gives_the_page(kube, target, port):
    with Forwarding(kube, target, port) as forwarding:
        assert "Welcome to nginx!" in page(forwarding.port)
        with pytest.raises(urllib.error.HTTPError, match="404"):
            page(forwarding.port, "/nothing")


def test_one_connection_many_requests_and_many_connections(kube):
    with Forwarding(kube, "pod/web", 80) as forwarding:
        connection = http.client.HTTPConnection("127.0.0.1", forwarding.port, timeout=20)
        for method in ["GET", "HEAD", "GET", "POST"]:
            connection.request(method, "/", body="x" * 100_000 if method == "POST" else None)
            answer = connection.getresponse()
            assert answer.status == 200 and ("nginx" in answer.read().decode()) == (method != "HEAD")
        found = []
        threads = [threading.Thread(target=lambda: found.append(page(forwarding.port))) for _ in range(12)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        assert len(found) == 12 and len(set(found)) == 1


def test_either_side_closes(kube):
    with Forwarding(kube, "pod/web", 80) as forwarding:
        with socket.create_connection(("127.0.0.1", forwarding.port), timeout=20) as one:
            one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            answer = b"".join(iter(lambda: one.recv(65536), b""))
            assert answer.endswith(b"</html>\n") and b"Connection: close" in answer
        with socket.create_connection(("127.0.0.1", forwarding.port), timeout=20) as one:
            one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            one.shutdown(socket.SHUT_WR)
            assert b"".join(iter(lambda: one.recv(65536), b"")).endswith(b"</html>\n")
        with socket.create_connection(("127.0.0.1", forwarding.port), timeout=20) as one:
            one.sendall(b"what?\r\n\r\n")
            assert one.recv(65536).startswith(b"HTTP/1.1 400 Bad Request")
        assert "nginx" in page(forwarding.port)


def test_a_port_nobody_listens_on(kube):
    with Forwarding(kube, "pod/web", 81) as forwarding:
        with socket.create_connection(("127.0.0.1", forwarding.port), timeout=20) as one:
            one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert one.recv(10) == b""
        assert "dial tcp4 127.0.0.1:81: connect: connection refused" in forwarding.process.stderr.readline()


def test_pythons_port_forward(server, kube):
    kubernetes = pytest.importorskip("kubernetes")
    from kubernetes.stream import portforward

    configuration = kubernetes.client.Configuration()
    configuration.host = server.url
    configuration.api_key = {"authorization": "Bearer " + TOKEN}
    core = kubernetes.client.CoreV1Api(kubernetes.client.ApiClient(configuration))
    forwarded = portforward(core.connect_get_namespaced_pod_portforward, "web", NAMESPACE, ports="80,81")
    one = forwarded.socket(80)
    one.setblocking(True)
    one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    answer = b"".join(iter(lambda: one.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200 OK") and b"Welcome to nginx!" in answer
    assert forwarded.error(80) is None
    assert "connection refused" in forwarded.error(81)


# The API server's proxy


def test_the_proxy_reaches_pods_services_and_nodes(kube):
    def raw(path):
        return kube("get", "--raw", path)

    base = f"/api/v1/namespaces/{NAMESPACE}"
    for path in ["pods/web:80/proxy/", "pods/web/proxy/", "services/web:8080/proxy/", "services/web/proxy/"]:
        assert "Welcome to nginx!" in raw(f"{base}/{path}")
    node = kube("get", "pod", "web", "-o", "jsonpath={.spec.nodeName}")
    assert raw(f"/api/v1/nodes/{node}/proxy/healthz") == "ok"
    assert "web" in [pod["metadata"]["name"] for pod in json.loads(raw(f"/api/v1/nodes/{node}/proxy/pods"))["items"]]
    assert "nginx" in raw(f"/api/v1/nodes/{node}/proxy/containerLogs/{NAMESPACE}/web/web")


@pytest.mark.parametrize("path,words", [
    ("pods/web:81/proxy/", r"error trying to reach service: dial tcp [\d.]+:81: connect: connection refused"),
    ("pods/none/proxy/", 'pods "none" not found'),
    ("pods/a:b:c/proxy/", 'invalid pod request "a:b:c"'),
    ("services/empty:80/proxy/", 'no endpoints available for service "empty'),
    ("services/web:99/proxy/", 'no service port 99 found for service "web"'),
])
def test_the_proxys_refusals_in_kubernetes_words(kube, path, words):
    assert re.search(words, kube.fails("get", "--raw", f"/api/v1/namespaces/{NAMESPACE}/{path}"))


def test_the_proxy_takes_the_right_of_the_method(server, kube):
    def status(method, user):
        request = urllib.request.Request(
            f"{server.url}/api/v1/namespaces/{NAMESPACE}/pods/web:80/proxy/", method=method,
            headers={"Authorization": "Bearer " + TOKEN, "Impersonate-User": user})
        try:
            return urllib.request.urlopen(request, timeout=10).status
        except urllib.error.HTTPError as error:
            return error.code

    kube.run("create", "role", "looker", "--verb=get", "--resource=pods/proxy")
    kube.run("create", "rolebinding", "looker", "--role=looker", "--user=lee")
    assert [status(method, "lee") for method in ["GET", "POST", "DELETE"]] == [200, 403, 403]
    assert status("GET", "nobody") == 403
