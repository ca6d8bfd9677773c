"""PyPI's `kopf`: a real operator on a kind of our own, with finalizers, status patches, retries, timers and events."""

import os
import pathlib
import subprocess
import sys
import time

import pytest
import yaml
from kubernetes import client, config

import objects

SPACE = "kopf"
OPERATOR = str(pathlib.Path(__file__).parent / "operator_kopf.py")


def until(condition, what, seconds=40):
    """Waits until the condition holds, and gives what it gave."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"{what} did not come true within {seconds} s")


@pytest.fixture(scope="module")
def api(server):
    api = config.new_client_from_config(server.kubeconfig())
    core = client.CoreV1Api(api)
    core.create_namespace({"metadata": {"name": SPACE}})
    definitions = client.ApiextensionsV1Api(api)
    definitions.create_custom_resource_definition(yaml.safe_load(objects.WIDGETS))
    yield api
    definitions.delete_custom_resource_definition("widgets.example.com")
    core.delete_namespace(SPACE)


class Operator:
    def __init__(self, server, log):
        self.log = open(log, "w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kopf", "run", "--namespace", SPACE, "--standalone", OPERATOR],
            env={**os.environ, "KUBECONFIG": server.kubeconfig()}, stdout=self.log, stderr=subprocess.STDOUT)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)

    def text(self):
        self.log.seek(0)
        return self.log.read()


@pytest.fixture
def operator(server, api, tmp_path):
    running = Operator(server, tmp_path / "operator.log")
    yield running
    running.stop()
    assert "Traceback" not in running.text(), running.text()[-4000:]


class Widgets:
    def __init__(self, api):
        self.custom, self.core = client.CustomObjectsApi(api), client.CoreV1Api(api)
        self.place = ("example.com", "v1", SPACE, "widgets")

    def get(self, name):
        try:
            return self.custom.get_namespaced_custom_object(*self.place, name)
        except client.ApiException as error:
            assert error.status == 404
            return None

    def status(self, name):
        return (self.get(name) or {}).get("status", {})

    def pods(self, name):
        return [pod.metadata.name for pod in self.core.list_namespaced_pod(SPACE, label_selector=f"widget={name}").items]


def test_an_operator_reconciles_its_widgets(api, operator):
    widgets = Widgets(api)
    widgets.custom.create_namespaced_custom_object(*widgets.place, objects.widget("one", SPACE, size=2))
    made = until(lambda: widgets.status("one").get("created") and widgets.get("one"), "the handler's result")
    assert made["status"]["created"] == {"made": 2}
    assert made["metadata"]["finalizers"] == ["example.com/widget-operator"]
    assert widgets.pods("one") == ["one-0", "one-1"]
    until(lambda: widgets.status("one").get("ready") == 2, "two ready pods, counted by the timer")
    widgets.custom.patch_namespaced_custom_object(*widgets.place, "one", {"spec": {"size": 1}})
    until(lambda: widgets.status("one").get("resized") == "2 to 1", "the new size")
    until(lambda: widgets.pods("one") == ["one-0"], "one pod less")
    widgets.custom.patch_namespaced_custom_object(*widgets.place, "one", {"spec": {"color": "blue"}})
    until(lambda: widgets.status("one").get("painted") == "blue", "the second try at painting")
    until(lambda: "Painted" in [event.reason for event in widgets.core.list_namespaced_event(
        SPACE, field_selector="involvedObject.kind=Widget,involvedObject.name=one").items], "the operator's event")
    widgets.custom.delete_namespaced_custom_object(*widgets.place, "one")
    until(lambda: widgets.get("one") is None, "the widget's end")
    assert widgets.core.read_namespaced_config_map("farewell-one", SPACE)
    until(lambda: widgets.pods("one") == [], "the collection of its pods")


def test_an_operator_that_comes_back_goes_on(server, api, tmp_path):
    widgets = Widgets(api)
    first = Operator(server, tmp_path / "first.log")
    widgets.custom.create_namespaced_custom_object(*widgets.place, objects.widget("two", SPACE, size=1))
    until(lambda: widgets.status("two").get("created"), "the first round")
    first.stop()
    widgets.custom.patch_namespaced_custom_object(*widgets.place, "two", {"spec": {"size": 3}})
    widgets.custom.delete_namespaced_custom_object(*widgets.place, "two")
    assert widgets.get("two")["metadata"]["deletionTimestamp"]
    second = Operator(server, tmp_path / "second.log")
    until(lambda: widgets.get("two") is None, "the deletion, once an operator is there")
    second.stop()
