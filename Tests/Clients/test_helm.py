"""Helm 4, as a library (PyPI's `helm-python-sdk`): a chart of our own from installation to removal."""

import pathlib

import helm_python as helm
import pytest
from kubernetes import client, config

SPACE = "helm"
CHART = str(pathlib.Path(__file__).parent / "charts/shop")


@pytest.fixture(scope="module")
def api(server):
    return config.new_client_from_config(server.kubeconfig())


@pytest.fixture(scope="module")
def core(api):
    return client.CoreV1Api(api)


@pytest.fixture(scope="module")
def apps(api):
    return client.AppsV1Api(api)


@pytest.fixture
def cluster(server):
    with helm.Config(kubeconfig_path=server.kubeconfig(), namespace=SPACE) as cluster:
        yield cluster


@pytest.fixture
def release(cluster):
    """A release's name; what is left of it goes with the test."""
    yield "shop"
    cluster.uninstall("shop", ignore_not_found=True)


def install(cluster, name, values=None, **options):
    return cluster.install(CHART, name, values, create_namespace=True, timeout=90, **options)


def test_the_chart_is_good():
    assert [finding for finding in helm.lint(CHART)["messages"] if finding["severity"] == "ERROR"] == []


@pytest.mark.parametrize("wait", ["watcher", "legacy"])
def test_installs_and_waits(cluster, core, apps, release, wait):
    made = install(cluster, release, wait=wait)
    assert (made["status"], made["revision"]) == ("deployed", 1)
    web = apps.read_namespaced_deployment("shop-web", SPACE)
    assert web.status.available_replicas == 2
    assert web.metadata.annotations["meta.helm.sh/release-name"] == release
    assert core.read_namespaced_config_map("shop-settings", SPACE).data == {"greeting": "hello", "revision": "1"}
    order = client.CustomObjectsApi(core.api_client).get_namespaced_custom_object(
        "shop.example.com", "v1", SPACE, "orders", "shop-first")
    assert order["spec"] == {"item": "hello", "count": 1}
    status = cluster.status(release)
    assert status["status"] == "deployed" and "hello from shop" in str(cluster.get_all(release)["info"])
    assert [found["name"] for found in cluster.list()] == [release]
    jobs = client.BatchV1Api(core.api_client).list_namespaced_job(SPACE).items
    assert [(job.metadata.name, job.status.succeeded) for job in jobs] == [("shop-migration", 1)]


def test_upgrades_rolls_back_and_remembers(cluster, core, apps, release):
    install(cluster, release, wait="watcher")
    upgraded = cluster.upgrade(CHART, release, {"replicas": 3, "greeting": "moin"}, wait="watcher", timeout=90)
    assert upgraded["revision"] == 2 and cluster.get_values(release) == {"replicas": 3, "greeting": "moin"}
    assert apps.read_namespaced_deployment("shop-web", SPACE).status.ready_replicas == 3
    cluster.upgrade(CHART, release, {"image": "nginx:1.28"}, reuse_values=True, wait="watcher", timeout=90)
    assert cluster.get_values(release) == {"replicas": 3, "greeting": "moin", "image": "nginx:1.28"}
    cluster.rollback(release, version=1, wait="watcher", timeout=90)
    assert [(one["revision"], one["status"]) for one in cluster.history(release)] == [
        (1, "superseded"), (2, "superseded"), (3, "superseded"), (4, "deployed")]
    web = apps.read_namespaced_deployment("shop-web", SPACE)
    assert web.spec.replicas == 2 and web.spec.template.spec.containers[0].image == "nginx:1.27"
    assert core.read_namespaced_config_map("shop-settings", SPACE).data["greeting"] == "hello"


def test_a_failed_upgrade_is_rolled_back(cluster, apps, release):
    install(cluster, release, wait="watcher")
    with pytest.raises(helm.HelmError):
        cluster.upgrade(CHART, release, {"image": "nginx:9.99"}, wait="watcher", timeout=8, rollback_on_failure=True)
    assert [one["status"] for one in cluster.history(release)] == ["superseded", "failed", "deployed"]
    assert apps.read_namespaced_deployment("shop-web", SPACE).spec.template.spec.containers[0].image == "nginx:1.27"


def test_a_failed_hook_stops_an_upgrade(cluster, core, release):
    install(cluster, release)
    with pytest.raises(helm.HelmError, match="(?i)hook"):
        cluster.upgrade(CHART, release, {"migrationExitCode": 3, "greeting": "never"}, timeout=60)
    assert core.read_namespaced_config_map("shop-settings", SPACE).data["greeting"] == "hello"
    assert cluster.history(release)[-1]["status"] == "failed"


def test_a_failed_installation_leaves_nothing(cluster, apps, release):
    with pytest.raises(helm.HelmError):
        cluster.install(CHART, release, {"image": "nginx:9.99"}, create_namespace=True, timeout=8, wait="watcher",
                        rollback_on_failure=True)
    assert cluster.list(all_states=True) == []
    assert apps.list_namespaced_deployment(SPACE).items == []


def test_dry_runs_change_nothing(cluster, core, release):
    made = install(cluster, release, {"greeting": "dry"}, dry_run="server")
    assert "dry" in made["manifest"]
    assert cluster.list(all_states=True) == []
    with pytest.raises(client.ApiException):
        core.read_namespaced_config_map("shop-settings", SPACE)


def test_the_charts_own_test(cluster, release):
    install(cluster, release, wait="watcher")
    assert "tested" in cluster.test(release, timeout=60, logs=True)["logs"]
    cluster.upgrade(CHART, release, {"testExitCode": 2}, wait="watcher", timeout=90)
    with pytest.raises(helm.HelmError):
        cluster.test(release, timeout=60)


def test_uninstalls_with_hooks(cluster, core, apps, release):
    install(cluster, release)
    cluster.uninstall(release, wait="watcher", timeout=60)
    assert cluster.list(all_states=True) == []
    assert apps.list_namespaced_deployment(SPACE).items == []
    assert core.read_namespaced_config_map("shop-farewell", SPACE).metadata.name == "shop-farewell"
    with pytest.raises(helm.HelmNotFoundError):
        cluster.status(release)


def test_keeps_its_releases_in_config_maps_too(server, core):
    with helm.Config(kubeconfig_path=server.kubeconfig(), namespace=SPACE, storage_driver="configmap") as cluster:
        install(cluster, "kept")
        names = [found.metadata.name for found in core.list_namespaced_config_map(SPACE, label_selector="owner=helm").items]
        assert names == ["sh.helm.release.v1.kept.v1"]
        cluster.uninstall("kept")
