"""One learner against another's cluster, by every path, token, header and name: all refused alike."""

import base64
import http.client
import json
import subprocess
import time
from urllib.parse import urlsplit

import pytest
import requests
import yaml

from classroom_room import ADMIN, Room, wait_for
from conftest import BINARY

MISSING = "learner-aaaaaaaa"

READS = [
    "/api", "/apis", "/api/v1", "/version", "/healthz", "/livez", "/readyz", "/metrics", "/openapi/v2", "/openapi/v3",
    "/openid/v1/jwks", "/.well-known/openid-configuration", "/api/v1/namespaces", "/api/v1/nodes", "/api/v1/pods",
    "/api/v1/namespaces/default/pods", "/api/v1/namespaces/default/secrets", "/api/v1/namespaces/default/configmaps/mine",
    "/apis/apps/v1/deployments", "/apis/podium.dev/v1/clocks/cluster", "/apis/rbac.authorization.k8s.io/v1/clusterroles",
    "/api/v1/pods?watch=1", "/api/v1/watch/pods", "/stream", "/stream?resources=pods,secrets",
    "/api/v1/namespaces/default/pods/web/log", "/api/v1/namespaces/default/pods/web/log?follow=1",
    "/api/v1/namespaces/default/pods/web/proxy/", "/api/v1/nodes/node-1/proxy/stats/summary",
    "/api/v1/namespaces/default/services/web/proxy/", "/lessons/birth-of-a-pod/checks?step=create", "/", "", "/nonsense",
]
WRITES = [
    ("POST", "/api/v1/namespaces/default/configmaps", {"metadata": {"name": "theirs"}}),
    ("PUT", "/api/v1/namespaces/default/configmaps/mine", {"metadata": {"name": "mine"}, "data": {"a": "b"}}),
    ("PATCH", "/api/v1/namespaces/default/configmaps/mine", {"data": {"a": "b"}}),
    ("DELETE", "/api/v1/namespaces/default/configmaps/mine", None),
    ("DELETE", "/api/v1/namespaces/default/configmaps", None),
    ("PATCH", "/apis/podium.dev/v1/clocks/cluster", {"spec": {"paused": True}}),
    ("POST", "/apis/podium.dev/v1/faults", {"metadata": {"name": "f"}, "spec": {"type": "NodeDown", "node": "node-1"}}),
    ("POST", "/apis/podium.dev/v1/explanations", {"spec": {"object": {"kind": "Pod", "name": "web"}}}),
    ("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", {"spec": {}}),
    ("POST", "/apis/authentication.k8s.io/v1/tokenreviews", {"spec": {"token": "x"}}),
    ("POST", "/api/v1/namespaces/default/serviceaccounts/default/token", {"spec": {}}),
    ("POST", "/api/v1/namespaces/default/pods/web/exec?command=ls&stdout=1", None),
    ("POST", "/api/v1/namespaces/default/pods/web/eviction", {}),
    ("POST", "/terminal", {"line": "kubectl get pods"}),
    ("POST", "/terminal/complete", {"line": "kubectl get po", "cursor": 14}),
    ("POST", "/lessons/birth-of-a-pod/start", {}),
]


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    room = Room(tmp_path_factory.mktemp("isolation"))
    yield room
    assert room.server.stop() == 0


@pytest.fixture(scope="module")
def victim(room):
    person = room.join("Victim")
    made = person.post(person.cluster + "/api/v1/namespaces/default/configmaps",
                       json={"metadata": {"name": "mine"}, "data": {"secret": "kimchi"}})
    assert made.status_code == 201
    pod = {"metadata": {"name": "web", "labels": {"app": "web"}},
           "spec": {"containers": [{"name": "c", "image": "nginx:1.27"}]}}
    assert person.post(person.cluster + "/api/v1/namespaces/default/pods", json=pod).status_code == 201
    wait_for(lambda: person.get(person.cluster + "/api/v1/namespaces/default/pods/web").json()["status"]["phase"]
             == "Running")
    return person


@pytest.fixture(scope="module")
def intruder(room):
    return room.join("Intruder")


def ask(url, method, path, headers, body=None):
    """A request whose address goes out exactly as it is written."""
    host = urlsplit(url).netloc
    connection = http.client.HTTPConnection(host, timeout=20)
    content = b"" if body is None else json.dumps(body).encode()
    kind = "application/merge-patch+json" if method == "PATCH" else "application/json"
    connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
    for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **headers}.items():
        connection.putheader(name, value)
    connection.endheaders(content)
    answer = connection.getresponse()
    result = (answer.status, answer.headers.get("Content-Type"), answer.read().decode())
    connection.close()
    return result


def credentials(person):
    cookie = "; ".join(f"{c.name}={c.value}" for c in person.http.cookies)
    return {"Cookie": cookie, "X-Podium-Console": "1"}


def token_of(person):
    return yaml.safe_load(person.post("/session/kubeconfig", json={}).text)["users"][0]["user"]["token"]


def refused_alike(room, victim, method, path, headers, body=None, status=404):
    """The same answer, but for the name, as for a cluster that does not exist."""
    theirs = ask(room.server.url, method, f"/clusters/{victim.name}{path}", headers, body)
    nobodys = ask(room.server.url, method, f"/clusters/{MISSING}{path}", headers, body)
    assert theirs[0] == status, (method, path, theirs)
    assert (theirs[0], theirs[1], theirs[2].replace(victim.name, MISSING)) == nobodys, (method, path)
    assert "kimchi" not in theirs[2]


def visitors(room, intruder):
    observer = room.join("Onlooker", room.status["observerCode"])
    return {
        "another learner's session": (credentials(intruder), 404),
        "another learner's kubeconfig": ({"Authorization": "Bearer " + token_of(intruder)}, 404),
        "an observer": (credentials(observer), 404),
        "nobody": ({}, 401),
        "a wrong token": ({"Authorization": "Bearer nonsense"}, 401),
        "a wrong session": ({"Cookie": "podium-session=" + "0" * 48, "X-Podium-Console": "1"}, 401),
        "a wrong scheme": ({"Authorization": "Basic " + base64.b64encode(b"learner:learner").decode()}, 401),
    }


def test_reads_and_writes_are_refused_alike(room, victim, intruder):
    for who, (headers, status) in visitors(room, intruder).items():
        for path in READS:
            refused_alike(room, victim, "GET", path, headers, status=status)
        for method, path, body in WRITES:
            refused_alike(room, victim, method, path, headers, body, status)
    kept = victim.get(victim.cluster + "/api/v1/namespaces/default/configmaps").json()["items"]
    assert [item["data"] for item in kept if item["metadata"]["name"] == "mine"] == [{"secret": "kimchi"}]
    assert "theirs" not in [item["metadata"]["name"] for item in kept]


@pytest.mark.parametrize("path", [
    "/api/v1/namespaces/default/pods/web/exec?command=ls&stdout=1",
    "/api/v1/namespaces/default/pods/web/attach?stdout=1", "/api/v1/namespaces/default/pods/web/portforward?ports=80"])
def test_conversations_are_refused_alike(room, victim, intruder, path):
    web = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
           "Sec-WebSocket-Key": base64.b64encode(b"0" * 16).decode(), "Sec-WebSocket-Protocol": "v4.channel.k8s.io"}
    spdy = {"Connection": "Upgrade", "Upgrade": "SPDY/3.1", "X-Stream-Protocol-Version": "v4.channel.k8s.io"}
    for upgrade in (web, spdy):
        for who, (headers, status) in visitors(room, intruder).items():
            refused_alike(room, victim, "GET", path, {**headers, **upgrade}, status=status)


def test_headers_open_nothing(room, victim, intruder):
    own = credentials(intruder)
    for tricks in (
            {"Impersonate-User": "learner"}, {"Impersonate-User": "admin", "Impersonate-Group": "system:masters"},
            {"impersonate-group": "podium:instructor", "Impersonate-User": "instructor"},
            {"X-Remote-User": "admin", "X-Remote-Group": "system:masters"}, {"X-Forwarded-User": "admin"},
            {"X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1"}, {"Last-Event-ID": "1"},
            {"X-Original-URL": f"/clusters/{victim.name}/api/v1/pods", "X-Rewrite-URL": "/api/v1/pods"},
            {"Host": f"{victim.name}.localhost"}, {"X-HTTP-Method-Override": "GET"},
            {"Accept": "text/event-stream", "Last-Event-ID": "1"}):
        for path in ("/api/v1/pods", "/stream", "/api/v1/pods?watch=1&resourceVersion=1"):
            refused_alike(room, victim, "GET", path, {**own, **tricks})
    # In one's own cluster and in the classroom's, one cannot become anybody else either.
    for cluster in (intruder.name, "classroom"):
        for group in ("system:masters", "podium:instructor"):
            answer = ask(room.server.url, "GET", f"/clusters/{cluster}/api/v1/nodes",
                         {**own, "Impersonate-User": "admin", "Impersonate-Group": group})
            assert answer[0] == 403, answer


def test_odd_addresses_open_nothing(room, victim, intruder):
    own, mine = credentials(intruder), f"/clusters/{intruder.name}"
    theirs = f"/clusters/{victim.name}/api/v1/namespaces/default/configmaps"
    for path in (
            "/" + theirs, theirs.replace("/clusters", "//clusters//"), f"{mine}/..{theirs[9:]}", f"{mine}/../..{theirs}",
            f"{mine}/%2e%2e/{victim.name}/api/v1/pods", f"{mine}/%2E%2E%2F{victim.name}/api/v1/pods",
            f"{mine}%2f..%2f{victim.name}/api/v1/pods", theirs.replace("learner-", "%6Cearner-"),
            theirs.replace("learner-", "learner%2D"), f"/clusters/{victim.name}%00/api/v1/pods",
            f"/clusters/{victim.name}./api/v1/pods", f"/clusters/{victim.name}%20/api/v1/pods",
            f"/clusters/{victim.name.upper()}/api/v1/pods", f"/clusters/./{victim.name}/api/v1/pods",
            f"/clusters/{victim.name}--fork/api/v1/pods", f"/clusters/{victim.name};x=1/api/v1/pods",
            f"/clusters/{intruder.name},{victim.name}/api/v1/pods", f"/Clusters/{victim.name}/api/v1/pods",
            f"http://{victim.name}/clusters/{victim.name}/api/v1/pods", f"/./clusters/{victim.name}/api/v1/pods",
            f"{mine}/clusters/{victim.name}/api/v1/pods", f"/lessons/../clusters/{victim.name}/api/v1/pods"):
        status, _, body = ask(room.server.url, "GET", path, own)
        assert status in (301, 307, 400, 403, 404), (path, status, body)
        assert "kimchi" not in body and '"items"' not in body, path


def test_tokens_of_one_cluster_open_no_other(room, victim, intruder):
    """Clusters are copies of one preset: their service accounts have the same names, and even the same uids."""
    def uid(person):
        path = person.cluster + "/api/v1/namespaces/default/serviceaccounts/default"
        return person.get(path).json()["metadata"]["uid"]

    assert uid(victim) == uid(intruder)
    answer = intruder.post(intruder.cluster + "/api/v1/namespaces/default/serviceaccounts/default/token", json={"spec": {}})
    bearer = {"Authorization": "Bearer " + answer.json()["status"]["token"]}
    assert ask(room.server.url, "GET", f"/clusters/{intruder.name}/api", bearer)[0] == 200
    for path in ("/api", "/version", "/api/v1/pods", "/stream", "/healthz"):
        refused_alike(room, victim, "GET", path, bearer, status=401)
    # A user of the server's own is nobody to learners' clusters, even one who is called learner.
    for user in ("learner", "jane"):
        text = subprocess.run(
            [BINARY, "kubeconfig", "--data", str(room.server.folder / "data"), "--user", user, "--token"],
            capture_output=True, text=True, check=True).stdout
        token = yaml.safe_load(text)["users"][0]["user"]["token"]
        refused_alike(room, victim, "GET", "/api/v1/pods", {"Authorization": "Bearer " + token})
        assert ask(room.server.url, "GET", "/clusters/classroom/apis/podium.dev/v1/learners",
                   {"Authorization": "Bearer " + token})[0] == 404
    assert requests.get(room.server.url + victim.cluster + "/api/v1/pods", headers=ADMIN).status_code == 200


def test_the_classroom_and_the_root_are_closed(room, victim, intruder):
    own = credentials(intruder)
    for path in ("/api/v1/secrets", "/api/v1/namespaces/kube-system/secrets", "/apis/podium.dev/v1/learners",
                 f"/apis/podium.dev/v1/learners/{victim.name}", "/apis/podium.dev/v1/attempts",
                 "/apis/podium.dev/v1/classrooms/classroom", "/apis/podium.dev/v1/incidents",
                 f"/apis/podium.dev/v1/learners?watch=1&fieldSelector=metadata.name={victim.name}",
                 "/apis/rbac.authorization.k8s.io/v1/clusterroles"):
        status, _, body = ask(room.server.url, "GET", "/clusters/classroom" + path, own)
        assert status == 403 and victim.name + '","uid' not in body, (path, status)
    stream = intruder.get("/clusters/classroom/stream?resources=learners.podium.dev,secrets,classrooms.podium.dev",
                          stream=True)
    line = next(line for line in stream.iter_lines() if line.startswith(b"data:"))
    stream.close()
    assert json.loads(line[5:])["resources"] == []
    for method, path, body in (
            ("PATCH", f"/apis/podium.dev/v1/learners/{victim.name}", {"spec": {"hand": True}}),
            ("DELETE", f"/apis/podium.dev/v1/learners/{intruder.name}", None),
            ("POST", "/apis/podium.dev/v1/learners", {"metadata": {"name": "learner-evil"}, "spec": {"nickname": "e"}}),
            ("PATCH", f"/apis/podium.dev/v1/learners/{intruder.name}/status", {"status": {"cluster": victim.name}}),
            ("PATCH", "/apis/podium.dev/v1/classrooms/classroom", {"spec": {"locked": True}}),
            ("POST", "/apis/podium.dev/v1/incidents", {"metadata": {"name": "x"}, "spec": {"fault": {"type": "SlowPull"}}})):
        status, _, text = ask(room.server.url, method, "/clusters/classroom" + path, own, body)
        assert status == 403, (method, path, status, text)
    for path in ("/classroom/results.csv", "/classroom/join.svg"):
        assert ask(room.server.url, "GET", path, own)[0] == 403
        assert ask(room.server.url, "GET", path, {})[0] == 401
    assert ask(room.server.url, "POST", f"/classroom/learners/{victim.name}/code", own, {})[0] == 403
    for headers in (own, {"Authorization": "Bearer " + token_of(intruder)}):
        assert ask(room.server.url, "GET", "/api/v1/nodes", headers)[0] == 404
        assert ask(room.server.url, "GET", "/clusters/default/api/v1/nodes", headers)[0] == 404


def test_one_who_floods_is_refused_by_name(room, intruder, victim):
    answers = [intruder.get(intruder.cluster + "/api") for _ in range(1200)]
    refused = [a for a in answers if a.status_code == 429]
    if refused:
        assert "requests a second" in refused[0].json()["message"] and refused[0].headers["Retry-After"]
    assert victim.get(victim.cluster + "/api").status_code == 200
    wait_for(lambda: intruder.get(intruder.cluster + "/api").status_code == 200)
    watch = intruder.cluster + "/api/v1/namespaces/default/pods?watch=1"
    streams = []
    for _ in range(25):
        time.sleep(0.05)
        streams.append(intruder.get(watch, stream=True))
    assert [s.status_code for s in streams] == [200] * 24 + [429]
    assert "open streams" in streams[-1].json()["message"]
    assert victim.get(victim.cluster + "/api/v1/namespaces/default/pods?watch=1&timeoutSeconds=1").status_code == 200
    for stream in streams:
        stream.close()
    wait_for(lambda: intruder.get(watch + "&timeoutSeconds=1").status_code == 200)


def test_a_full_cluster_says_so(room, intruder):
    """16 MiB are twenty of these; then it is enough."""
    path = intruder.cluster + "/api/v1/namespaces/default/configmaps"
    answers = []
    for number in range(24):
        body = {"metadata": {"name": f"big-{number}"}, "data": {"a": "x" * 900_000}}
        answers.append(intruder.post(path, json=body))
    assert answers[0].status_code == 201 and answers[-1].status_code == 403
    assert "exceeded limit of this cluster, requested: bytes=" in answers[-1].json()["message"]
    assert intruder.delete(path + "/big-0").status_code == 200
