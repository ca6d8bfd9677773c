"""An operator for Widgets, written with kopf: a pod for each unit of a widget's size, a status, a timer, a finalizer.

Run by test_kopf.py in a process of its own, as an operator is.
"""

import kopf
from kubernetes import client, config

config.load_kube_config()
core = client.CoreV1Api()


def labels(name):
    return f"widget={name}"


def fill(name, namespace, body, size):
    """Makes as many pods as the widget is large."""
    present = {pod.metadata.name for pod in core.list_namespaced_pod(namespace, label_selector=labels(name)).items}
    for index in range(size):
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": f"{name}-{index}", "labels": {"widget": name}},
               "spec": {"containers": [{"name": "c", "image": "nginx:1.27"}]}}
        kopf.adopt(pod, owner=body)
        if pod["metadata"]["name"] not in present:
            core.create_namespaced_pod(namespace, pod)
    for surplus in sorted(present):
        if int(surplus.rsplit("-", 1)[1]) >= size:
            core.delete_namespaced_pod(surplus, namespace, grace_period_seconds=0)


@kopf.on.startup()
def configure(settings, **_):
    settings.posting.enabled = True
    settings.persistence.finalizer = "example.com/widget-operator"


@kopf.on.create("example.com", "v1", "widgets")
def created(name, namespace, body, spec, **_):
    fill(name, namespace, body, spec["size"])
    return {"made": spec["size"]}


@kopf.on.field("example.com", "v1", "widgets", field="spec.size")
def resized(name, namespace, body, old, new, patch, **_):
    if old is not None:
        fill(name, namespace, body, new)
        patch.status["resized"] = f"{old} to {new}"


@kopf.timer("example.com", "v1", "widgets", interval=1.0)
def counted(name, namespace, patch, status, **_):
    pods = core.list_namespaced_pod(namespace, label_selector=labels(name)).items
    ready = sum(any(c.type == "Ready" and c.status == "True" for c in pod.status.conditions or []) for pod in pods)
    if status.get("ready") != ready:
        patch.status["ready"] = ready


@kopf.on.update("example.com", "v1", "widgets", field="spec.color")
def painted(body, spec, retry, patch, **_):
    if retry < 1:
        raise kopf.TemporaryError("the paint is wet", delay=1)
    patch.status["painted"] = spec["color"]
    kopf.info(body, reason="Painted", message=f"It is {spec['color']} now.")


@kopf.on.delete("example.com", "v1", "widgets")
def deleted(name, namespace, **_):
    core.create_namespaced_config_map(namespace, {"metadata": {"name": f"farewell-{name}"}})
