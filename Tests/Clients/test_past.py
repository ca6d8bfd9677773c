"""Going back, bookmarks and forks, by a real kubectl."""

import json
import time

BOOKMARK = "{apiVersion: podium.dev/v1, kind: Bookmark, metadata: {name: before}, spec: {note: two of them}}"
REWIND = "{apiVersion: podium.dev/v1, kind: Rewind, metadata: {name: %s}, spec: {%s}}"
FORK = "{apiVersion: podium.dev/v1, kind: Fork, metadata: {name: what-if}, spec: {bookmark: before}}"


def test_past(kubectl):
    kubectl("create", "deployment", "web", "--image=nginx:1.27", "--replicas=2")
    kubectl("rollout", "status", "deployment/web", "--timeout=60s")
    assert kubectl("create", "-f", "-", input=BOOKMARK) == "bookmark.podium.dev/before created\n"
    lines = kubectl("get", "bookmarks").splitlines()
    assert lines[0].split() == ["NAME", "REVISION", "TIME", "AVAILABLE", "NOTE"]
    assert lines[1].split()[3:] == ["true", "two", "of", "them"]
    pods = kubectl("get", "pods", "-o", "name")

    kubectl("scale", "deployment/web", "--replicas=5")
    kubectl("create", "configmap", "late")
    kubectl("rollout", "status", "deployment/web", "--timeout=60s")
    assert kubectl("create", "-f", "-", input=REWIND % ("back", "bookmark: before")) == "rewind.podium.dev/back created\n"
    assert kubectl("get", "rewind", "back", "-o", "jsonpath={.status.phase}") == "Complete"
    assert kubectl("get", "pods", "-o", "name") == pods
    assert "late" not in kubectl("get", "configmaps", "-o", "name")

    previous = kubectl("get", "rewind", "back", "-o", "jsonpath={.status.previousRevision}")
    kubectl("create", "-f", "-", input=REWIND % ("forth", "revision: " + previous))
    assert len(kubectl("get", "pods", "-o", "name").split()) == 5

    kubectl("create", "-f", "-", input=FORK)
    for _ in range(50):
        fork = json.loads(kubectl("get", "fork", "what-if", "-o", "json"))
        if fork["status"]["phase"] == "Ready":
            break
        time.sleep(0.1)
    path = fork["status"]["address"] + "/api/v1/namespaces/default/pods"
    assert len(json.loads(kubectl("get", "--raw", path))["items"]) == 2
    kubectl("delete", "fork", "what-if")
    assert "revision" in kubectl("explain", "rewind.spec")
