"""Going back, bookmarks and forks, by a real kubectl."""

import json
import time


def made(kubectl, kind, label, **spec):
    """Creates an object of Podium's own; its name is this test's, for all tests share the cluster."""
    value = {"apiVersion": "podium.dev/v1", "kind": kind, "metadata": {"name": f"{kubectl.namespace}-{label}"}, "spec": spec}
    return kubectl("create", "-f", "-", input=json.dumps(value))


def test_past(kubectl):
    mark, back, fork = (f"{kubectl.namespace}-{name}" for name in ("before", "back", "what-if"))
    kubectl("create", "deployment", "web", "--image=nginx:1.27", "--replicas=2")
    kubectl("rollout", "status", "deployment/web", "--timeout=60s")
    assert made(kubectl, "Bookmark", "before", note="two of them") == f"bookmark.podium.dev/{mark} created\n"
    lines = kubectl("get", "bookmarks", mark).splitlines()
    assert lines[0].split() == ["NAME", "REVISION", "TIME", "AVAILABLE", "NOTE"]
    assert lines[1].split()[3:] == ["true", "two", "of", "them"]
    pods = kubectl("get", "pods", "-o", "name")

    kubectl("scale", "deployment/web", "--replicas=5")
    kubectl("create", "configmap", "late")
    kubectl("rollout", "status", "deployment/web", "--timeout=60s")
    assert made(kubectl, "Rewind", "back", bookmark=mark) == f"rewind.podium.dev/{back} created\n"
    assert kubectl("get", "rewind", back, "-o", "jsonpath={.status.phase}") == "Complete"
    assert kubectl("get", "pods", "-o", "name") == pods
    assert "late" not in kubectl("get", "configmaps", "-o", "name")

    previous = kubectl("get", "rewind", back, "-o", "jsonpath={.status.previousRevision}")
    made(kubectl, "Rewind", "forth", revision=int(previous))
    assert len(kubectl("get", "pods", "-o", "name").split()) == 5

    made(kubectl, "Fork", "what-if", name=f"f-{kubectl.namespace}"[:40].rstrip("-"), bookmark=mark)
    for _ in range(50):
        status = json.loads(kubectl("get", "fork", fork, "-o", "json"))["status"]
        if status["phase"] == "Ready":
            break
        time.sleep(0.1)
    path = f"{status['address']}/api/v1/namespaces/{kubectl.namespace}/pods"
    assert len(json.loads(kubectl("get", "--raw", path))["items"]) == 2
    kubectl("delete", "fork", fork)
    assert "revision" in kubectl("explain", "rewind.spec")
