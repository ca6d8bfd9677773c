"""PyPI's `kr8s`: the sync and the async API, objects, waiting, watching, logs, commands, custom resources."""

import asyncio
import itertools

import kr8s
import kr8s.asyncio
import pytest
import yaml
from kr8s.objects import ConfigMap, Deployment, Namespace, Node, new_class, object_from_spec

import objects

SPACE = "kr8s"


@pytest.fixture(scope="module")
def api(server):
    api = kr8s.api(kubeconfig=server.kubeconfig(), namespace=SPACE)
    space = Namespace({"metadata": {"name": SPACE}}, api=api)
    space.create()
    yield api
    space.delete()


def made(spec, api):
    found = object_from_spec(spec, api=api)
    found.create()
    return found


def test_knows_the_server(api):
    assert api.version()["gitVersion"].startswith("v1.36")
    assert api.whoami() == "admin"
    assert {"pods", "deployments", "images"} <= {one["name"] for one in api.api_resources()}
    assert "apps/v1" in list(api.api_versions())
    assert [node.name for node in api.get("nodes")] == ["node-1", "node-2", "node-3"]


def test_objects_live_and_die(api):
    settings = made({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c", "namespace": SPACE},
                     "data": {"a": "1"}}, api)
    assert settings.exists() and ConfigMap.get("c", namespace=SPACE, api=api).data == {"a": "1"}
    settings.patch({"data": {"b": "2"}})
    settings.patch([{"op": "remove", "path": "/data/a"}], type="json")
    settings.label({"tier": "front"})
    settings.annotate({"note": "x"})
    assert settings.raw.data == {"b": "2"} and settings.labels["tier"] == "front"
    settings.remove_label("tier")
    assert [one.name for one in api.get("configmaps", label_selector={"tier": "front"}, namespace=SPACE)] == []
    settings.delete()
    settings.wait("delete", timeout=20)
    assert not settings.exists()
    with pytest.raises(kr8s.NotFoundError):
        ConfigMap.get("c", namespace=SPACE, api=api)


def test_refusals_carry_their_status(api):
    with pytest.raises(kr8s.ServerError) as error:
        made({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "Not_Good", "namespace": SPACE}}, api)
    assert "Invalid value" in str(error.value)


def test_a_pod_is_waited_for_read_and_talked_to(api):
    pod = made(objects.pod("nginx", SPACE), api)
    pod.wait("condition=Ready", timeout=60)
    assert pod.ready() and pod.status.phase == "Running"
    assert any("start worker process" in line for line in pod.logs(follow=True))
    assert len(list(pod.logs(tail_lines=1))) == 1
    answer = pod.exec(["sh", "-c", "echo out; echo err >&2"])
    assert (answer.stdout, answer.stderr, answer.returncode) == (b"out\n", b"err\n", 0)
    assert pod.exec(["sh", "-c", "exit 4"], check=False).returncode == 4
    pod.delete()
    pod.wait("delete", timeout=60)


def test_a_deployment_is_scaled_and_selected(api):
    web = made(objects.deployment("web", SPACE), api)
    web.wait("condition=Available", timeout=60)
    assert len(web.pods()) == 2
    web.scale(3)
    web.wait("jsonpath='{.status.readyReplicas}'=3", timeout=60)
    service = made({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": SPACE},
                    "spec": {"selector": {"app": "web"}, "ports": [{"port": 80}]}}, api)
    assert len(service.ready_pods()) == 3
    assert [one.name for one in Deployment.list(namespace=SPACE, api=api)] == ["web"]
    service.delete()
    web.delete(propagation_policy="Foreground")


def test_watches(api):
    def change():
        settings = made({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "w", "namespace": SPACE,
                         "labels": {"watched": "y"}}}, api)
        settings.patch({"data": {"x": "y"}})
        settings.delete()

    change()
    version = next(iter(api.get("namespaces", SPACE))).metadata.resourceVersion
    events = api.watch("configmaps", namespace=SPACE, label_selector={"watched": "y"}, since=version)
    assert [kind for kind, _ in itertools.islice(events, 3)] == ["ADDED", "MODIFIED", "DELETED"]


def test_nodes_are_cordoned_and_tainted(api):
    node = Node.get("node-3", api=api)
    node.cordon()
    assert node.unschedulable
    node.uncordon()
    node.refresh()
    assert not node.unschedulable


def test_custom_resources(api):
    definition = made(yaml.safe_load(objects.WIDGETS.replace("idget", "idgit").replace("[wd]", "[wg]")), api)
    definition.wait("condition=Established", timeout=20)
    Widgit = new_class("Widgit", version="example.com/v1", namespaced=True, scalable=True, scalable_spec="size")
    one = Widgit({"metadata": {"name": "one", "namespace": SPACE}, "spec": {"size": 2}}, api=api)
    one.create()
    one.patch({"status": {"phase": "Fine"}}, subresource="status")
    one.refresh()
    assert one.spec.color == "red" and one.status.phase == "Fine"
    assert [found.name for found in api.get("widgits.example.com", namespace=SPACE)] == ["one"]
    definition.delete()


def test_the_async_api(server, api):
    async def run():
        asynchronous = await kr8s.asyncio.api(kubeconfig=server.kubeconfig(), namespace=SPACE)
        pod = await kr8s.asyncio.objects.Pod(objects.pod("async", SPACE), api=asynchronous)
        await pod.create()
        await pod.wait("condition=Ready", timeout=60)
        lines = [line async for line in pod.logs()]
        names = [found.name async for found in asynchronous.get("pods", namespace=SPACE)]
        await pod.delete()
        return lines, names

    lines, names = asyncio.run(run())
    assert lines and "async" in names
