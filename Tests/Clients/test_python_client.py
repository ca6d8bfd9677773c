"""PyPI's `kubernetes`: lists, watches and patches, typed and dynamic."""

import threading

import pytest
from kubernetes import client, config, dynamic, watch
from kubernetes.client import ApiException


@pytest.fixture(scope="module")
def api(server):
    return config.new_client_from_config(server.kubeconfig())


@pytest.fixture
def core(api):
    return client.CoreV1Api(api)


def pod(name, image="nginx:1.27"):
    return client.V1Pod(metadata=client.V1ObjectMeta(name=name, labels={"app": name}),
                        spec=client.V1PodSpec(containers=[client.V1Container(name="c", image=image)]))


def test_lists_what_is_there(core):
    assert [node.metadata.name for node in core.list_node().items] == ["node-1", "node-2", "node-3"]
    names = [namespace.metadata.name for namespace in core.list_namespace().items]
    assert {"default", "kube-system", "kube-public", "kube-node-lease"} <= set(names)


def test_watches_a_pod_to_readiness(core):
    version = core.list_namespaced_pod("default").metadata.resource_version
    core.create_namespaced_pod("default", pod("watched"))
    seen = []
    for event in watch.Watch().stream(core.list_namespaced_pod, "default", resource_version=version,
                                      label_selector="app=watched", timeout_seconds=60):
        seen.append((event["type"], event["object"].status.phase))
        conditions = event["object"].status.conditions or []
        if any(c.type == "Ready" and c.status == "True" for c in conditions):
            break
    assert seen[0] == ("ADDED", "Pending") and seen[-1] == ("MODIFIED", "Running")
    core.delete_namespaced_pod("watched", "default", grace_period_seconds=0)


def test_patches(core):
    core.create_namespaced_config_map("default", client.V1ConfigMap(metadata={"name": "patched"}, data={"a": "1"}))
    core.patch_namespaced_config_map("patched", "default", {"data": {"b": "2"}})
    core.patch_namespaced_config_map("patched", "default", [{"op": "remove", "path": "/data/a"}])
    assert core.read_namespaced_config_map("patched", "default").data == {"b": "2"}
    core.delete_namespaced_config_map("patched", "default")


def test_conflicts_and_refusals(core):
    made = core.create_namespaced_config_map("default", client.V1ConfigMap(metadata={"name": "contested"}))
    core.patch_namespaced_config_map("contested", "default", {"data": {"x": "y"}})
    made.data = {"x": "z"}
    with pytest.raises(ApiException) as conflict:
        core.replace_namespaced_config_map("contested", "default", made)
    assert conflict.value.status == 409
    with pytest.raises(ApiException) as missing:
        core.read_namespaced_pod("nothing", "default")
    assert missing.value.status == 404
    core.delete_namespaced_config_map("contested", "default")


def test_dynamic_client_finds_our_own_kinds(api):
    clocks = dynamic.DynamicClient(api).resources.get(api_version="podium.dev/v1", kind="Clock")
    assert clocks.get(name="cluster").metadata.name == "cluster"


def test_pages(core):
    for index in range(5):
        core.create_namespaced_config_map(
            "default", client.V1ConfigMap(metadata={"name": f"page-{index}", "labels": {"page": "y"}}))
    names, token = [], None
    while True:
        page = core.list_namespaced_config_map("default", label_selector="page", limit=2, _continue=token)
        names += [item.metadata.name for item in page.items]
        token = page.metadata._continue
        if not token:
            break
    assert names == [f"page-{index}" for index in range(5)]
    core.delete_collection_namespaced_config_map("default", label_selector="page")
    assert core.list_namespaced_config_map("default", label_selector="page").items == []


def test_a_hundred_at_once(core):
    def make(index):
        core.create_namespaced_config_map("default", client.V1ConfigMap(metadata={"name": f"many-{index}", "labels": {"many": "y"}}))

    threads = [threading.Thread(target=make, args=(index,)) for index in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(core.list_namespaced_config_map("default", label_selector="many").items) == 100
    core.delete_collection_namespaced_config_map("default", label_selector="many")
