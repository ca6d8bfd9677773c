"""PyPI's `lightkube`: the sync and the async client, apply, selectors, waiting, logs, codecs, custom resources."""

import asyncio
import itertools

import lightkube
import pytest
import yaml
from lightkube import codecs
from lightkube.config.kubeconfig import KubeConfig
from lightkube.core.exceptions import ApiError
from lightkube.generic_resource import create_namespaced_resource, load_in_cluster_generic_resources
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.operators import exists, in_, not_in
from lightkube.resources.apiextensions_v1 import CustomResourceDefinition
from lightkube.resources.apps_v1 import Deployment
from lightkube.resources.core_v1 import ConfigMap, Namespace, Node, Pod
from lightkube.types import CascadeType, PatchType

import objects

SPACE = "lightkube"


@pytest.fixture(scope="module")
def config(server):
    return KubeConfig.from_file(server.kubeconfig()).get()


@pytest.fixture(scope="module")
def client(config):
    with lightkube.Client(config=config, namespace=SPACE, field_manager="lightkube-tests") as client:
        client.create(Namespace(metadata=ObjectMeta(name=SPACE)))
        yield client
        client.delete(Namespace, SPACE)


def config_map(name, labels=None, **data):
    return ConfigMap(metadata=ObjectMeta(name=name, namespace=SPACE, labels=labels), data=data)


def test_creates_reads_replaces_deletes(client):
    made = client.create(config_map("plain", a="1"))
    assert made.metadata.uid and client.get(ConfigMap, "plain").data == {"a": "1"}
    made.data["b"] = "2"
    assert client.replace(made).data == {"a": "1", "b": "2"}
    with pytest.raises(ApiError) as error:
        client.replace(made)
    assert error.value.status.code == 409 and error.value.status.reason == "Conflict"
    client.delete(ConfigMap, "plain")
    with pytest.raises(ApiError) as error:
        client.get(ConfigMap, "plain")
    assert error.value.status.code == 404


def test_dry_runs_keep_nothing(client):
    assert client.create(config_map("dry"), dry_run=True).metadata.name == "dry"
    with pytest.raises(ApiError):
        client.get(ConfigMap, "dry")


def test_applies_and_tells_of_conflicts(client):
    def deployment(replicas):
        return codecs.from_dict(objects.deployment("applied", SPACE, replicas=replicas))

    client.apply(deployment(1))
    with pytest.raises(ApiError) as error:
        client.apply(deployment(3), field_manager="another")
    assert error.value.status.code == 409 and "lightkube-tests" in error.value.status.message
    assert client.apply(deployment(3), field_manager="another", force=True).spec.replicas == 3
    client.delete(Deployment, "applied", cascade=CascadeType.FOREGROUND)


def test_patches_of_all_types(client):
    client.create(config_map("patched", a="1"))
    client.patch(ConfigMap, "patched", {"data": {"b": "2"}}, patch_type=PatchType.MERGE)
    client.patch(ConfigMap, "patched", {"metadata": {"labels": {"x": "y"}}}, patch_type=PatchType.STRATEGIC)
    got = client.patch(ConfigMap, "patched", [{"op": "remove", "path": "/data/a"}], patch_type=PatchType.JSON)
    assert got.data == {"b": "2"} and got.metadata.labels == {"x": "y"}


def test_lists_by_selectors_and_in_pages(client):
    for index in range(7):
        client.create(config_map(f"page-{index}", labels={"page": str(index % 3), "set": "pages"}))

    def names(**selection):
        return [one.metadata.name for one in client.list(ConfigMap, **selection)]

    assert names(labels={"page": "1"}) == ["page-1", "page-4"]
    assert names(labels={"page": in_(["0", "1"]), "set": "pages"}, chunk_size=2) == [
        "page-0", "page-1", "page-3", "page-4", "page-6"]
    assert names(labels={"set": exists(), "page": not_in(["0"])}) == ["page-1", "page-2", "page-4", "page-5"]
    assert names(fields={"metadata.name": "page-5"}) == ["page-5"]
    assert {"default", SPACE} <= {one.metadata.name for one in client.list(Namespace)}
    assert len(list(client.list(ConfigMap, namespace="*", labels={"set": "pages"}))) == 7
    client.deletecollection(ConfigMap)
    assert names(labels={"set": "pages"}) == []


def test_watches_from_a_version_on(client):
    version = client.create(config_map("watched", a="1")).metadata.resourceVersion
    client.patch(ConfigMap, "watched", {"data": {"a": "2"}})
    client.delete(ConfigMap, "watched")
    events = client.watch(ConfigMap, fields={"metadata.name": "watched"}, resource_version=version, server_timeout=20)
    seen = [(kind, found.data["a"]) for kind, found in itertools.islice(events, 2)]
    assert seen == [("MODIFIED", "2"), ("DELETED", "2")]


def test_waits_scales_and_reads_logs(client):
    client.create(codecs.from_dict(objects.deployment("waited", SPACE)))
    found = client.wait(Deployment, "waited", for_conditions=["Available"])
    assert found.status.availableReplicas == 2
    scale = client.get(Deployment.Scale, "waited")
    scale.spec.replicas = 1
    assert client.replace(scale, "waited").spec.replicas == 1
    assert client.get(Deployment, "waited").spec.replicas == 1
    name = next(iter(client.list(Pod, labels={"app": "waited"}))).metadata.name
    client.wait(Pod, name, for_conditions=["Ready"])
    assert any("start worker process" in line for line in client.log(name))
    assert len(list(client.log(name, tail_lines=2))) == 2
    client.delete(Deployment, "waited", cascade=CascadeType.BACKGROUND)


def test_runs_commands(client):
    client.create(codecs.from_dict(objects.pod("shell", SPACE)))
    client.wait(Pod, "shell", for_conditions=["Ready"])
    answer = client.exec("shell", command=["sh", "-c", "echo hello; exit 3"], stdout=True, stderr=True)
    assert (answer.stdout, answer.exit_code) == ("hello\n", 3)
    assert client.exec("shell", command=["cat"], stdin="over there", stdout=True, timeout=20).stdout == "over there"
    client.delete(Pod, "shell", grace_period=0)


def test_custom_resources(client):
    definition = codecs.from_dict(yaml.safe_load(objects.WIDGETS.replace("widgets", "gadgets").replace("Widget", "Gadget")
                                                 .replace("widget", "gadget").replace("[wd]", "[gd]")))
    client.create(definition)
    client.wait(CustomResourceDefinition, "gadgets.example.com", for_conditions=["Established"])
    Gadget = create_namespaced_resource("example.com", "v1", "Gadget", "gadgets")
    made = client.create(Gadget(metadata=ObjectMeta(name="one", namespace=SPACE), spec={"size": 2}))
    assert made.spec == {"size": 2, "color": "red"}
    with pytest.raises(ApiError) as error:
        client.create(Gadget(metadata=ObjectMeta(name="two", namespace=SPACE), spec={"size": 20}))
    assert error.value.status.code == 422
    client.patch(Gadget.Status, "one", {"status": {"phase": "Fine"}}, patch_type=PatchType.MERGE)
    assert client.get(Gadget, "one").status == {"phase": "Fine"}
    load_in_cluster_generic_resources(client)
    assert [found.metadata.name for found in client.list(Gadget)] == ["one"]
    client.delete(CustomResourceDefinition, "gadgets.example.com")


def test_codecs_round_trip(client):
    text = yaml.safe_dump_all([objects.pod("from-text", SPACE), objects.deployment("from-text", SPACE, replicas=0)])
    for one in codecs.load_all_yaml(text):
        client.apply(one)
    dumped = list(yaml.safe_load_all(codecs.dump_all_yaml([client.get(Pod, "from-text")])))
    assert dumped[0]["spec"]["containers"][0]["image"] == "nginx:1.27"
    for one in codecs.load_all_yaml(text):
        client.delete(type(one), "from-text")


def test_the_async_client(config, client):
    async def run():
        async with lightkube.AsyncClient(config=config, namespace=SPACE, field_manager="async") as asynchronous:
            nodes = [node.metadata.name async for node in asynchronous.list(Node)]
            await asynchronous.apply(codecs.from_dict(objects.pod("async", SPACE)))
            ready = await asynchronous.wait(Pod, "async", for_conditions=["Ready"])
            lines = [line async for line in asynchronous.log("async")]
            await asynchronous.delete(Pod, "async", grace_period=0)
            return nodes, ready.status.phase, lines

    nodes, phase, lines = asyncio.run(run())
    assert nodes == ["node-1", "node-2", "node-3"] and phase == "Running" and lines
