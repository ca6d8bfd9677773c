"""kubectl's many commands, each as its manual has it, by real kubectls of two ages."""

import json
import os
import stat

import pytest
import yaml

import objects


def at_least(kubectl, minor):
    return int(kubectl.version.split(".")[1]) >= minor


@pytest.fixture
def folder(tmp_path):
    """Writes files of a test, and gives their paths."""

    def write(name, content):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return str(path)

    write.path = tmp_path
    return write


@pytest.fixture
def web(kubectl):
    """A deployment that runs."""
    kubectl("apply", "-f", "-", input=json.dumps(objects.deployment("web")))
    kubectl("rollout", "status", "deployment/web", "--timeout=60s")
    return "deployment/web"


def editor(folder, script):
    """An editor that changes a file as sed does."""
    path = folder.path / "editor"
    path.write_text(f"#!/bin/sh\nsed -i '{script}' \"$1\"\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return str(path)


def edit(kubectl, monkeypatch, program, *arguments):
    monkeypatch.setenv("KUBE_EDITOR", program)
    return kubectl.run("edit", *arguments)


# MARK: Making and changing

def test_create_of_every_sort(kubectl, tmp_path):
    (tmp_path / "file").write_text("content\n")
    answers = {
        ("configmap", "c", "--from-literal=a=b", f"--from-file={tmp_path}/file"): "configmap/c",
        ("secret", "generic", "s", "--from-literal=a=b"): "secret/s",
        ("secret", "docker-registry", "r", "--docker-server=x", "--docker-username=u", "--docker-password=p"): "secret/r",
        ("serviceaccount", "robot"): "serviceaccount/robot",
        ("role", "reader", "--verb=get,list", "--resource=pods,deployments.apps"): "role.rbac.authorization.k8s.io/reader",
        ("rolebinding", "rb", "--role=reader", f"--serviceaccount={kubectl.namespace}:robot"):
            "rolebinding.rbac.authorization.k8s.io/rb",
        ("quota", "q", "--hard=pods=50", "--scopes=NotTerminating"): "resourcequota/q",
        ("job", "j", "--image=busybox", "--", "sh", "-c", "echo done"): "job.batch/j",
        ("service", "clusterip", "a", "--tcp=80:8080"): "service/a",
        ("service", "nodeport", "b", "--tcp=80"): "service/b",
        ("service", "loadbalancer", "l", "--tcp=80"): "service/l",
        ("service", "externalname", "e", "--external-name=example.com"): "service/e",
        ("ingress", "i", "--rule=a.example.com/x=a:80"): "ingress.networking.k8s.io/i",
        ("deployment", "d", "--image=nginx:1.27", "--replicas=0"): "deployment.apps/d",
    }
    if at_least(kubectl, 25):
        answers[("cronjob", "cj", "--image=busybox", "--schedule=*/5 * * * *")] = "cronjob.batch/cj"
        answers[("poddisruptionbudget", "p", "--selector=a=b", "--min-available=1")] = "poddisruptionbudget.policy/p"
    for arguments, name in answers.items():
        assert kubectl("create", *arguments) == f"{name} created\n"
    assert kubectl.json("configmap", "c")["data"] == {"a": "b", "file": "content\n"}
    kubectl("wait", "--for=condition=complete", "job/j", "--timeout=60s")
    assert kubectl("logs", "job/j") == "done\n"
    if at_least(kubectl, 25):
        assert kubectl("create", "job", "now", "--from=cronjob/cj") == "job.batch/now created\n"


def test_create_of_what_is_global(kubectl):
    name = kubectl.namespace
    try:
        assert "created" in kubectl("create", "clusterrole", name, "--verb=get", "--non-resource-url=/metrics")
        assert "created" in kubectl("create", "clusterrolebinding", name, f"--clusterrole={name}", "--user=joe")
        assert "created" in kubectl("create", "priorityclass", name, "--value=100")
    finally:
        for kind in ("clusterrole", "clusterrolebinding", "priorityclass"):
            kubectl("delete", kind, name, "--ignore-not-found")


def test_dry_runs(kubectl, folder):
    assert "created (server dry run)" in kubectl("create", "configmap", "c", "--dry-run=server")
    assert "created (dry run)" in kubectl("create", "configmap", "c", "--dry-run=client")
    assert "not found" in kubectl.fails("get", "configmap", "c")
    kubectl("create", "configmap", "c")
    assert "deleted (server dry run)" in kubectl("delete", "configmap", "c", "--dry-run=server")
    assert kubectl.json("configmap", "c")["metadata"]["uid"]


def test_server_side_apply_and_its_conflicts(kubectl, folder):
    two, three = (folder(f"{count}.json", objects.deployment("web", replicas=count)) for count in (2, 3))
    assert kubectl("apply", "--server-side", "-f", two) == "deployment.apps/web serverside-applied\n"
    error = kubectl.fails("apply", "--server-side", "--field-manager=other", "-f", three)
    assert 'Apply failed with 1 conflict: conflict with "kubectl"' in error and ".spec.replicas" in error
    kubectl("apply", "--server-side", "--field-manager=other", "--force-conflicts", "-f", three)
    fields = ["--show-managed-fields"] if at_least(kubectl, 21) else []
    managers = kubectl("get", "deployment", "web", *fields, "-o", "jsonpath={.metadata.managedFields[*].manager}").split()
    assert {"kubectl", "other"} <= set(managers)


def test_diff(kubectl, folder, web):
    same = kubectl.run("diff", "-f", folder("same.json", objects.deployment("web")))
    assert (same.returncode, same.stdout) == (0, "")
    changed = kubectl.run("diff", "-f", folder("changed.json", objects.deployment("web", replicas=5)))
    assert changed.returncode == 1 and "-  replicas: 2" in changed.stdout and "+  replicas: 5" in changed.stdout
    new = kubectl.run("diff", "-f", folder("new.json", objects.pod("new")))
    assert new.returncode == 1 and "+  name: new" in new.stdout


def test_edit(kubectl, folder, web, monkeypatch):
    good = edit(kubectl, monkeypatch, editor(folder, "s/replicas: 2/replicas: 1/"), web)
    assert good.stdout == "deployment.apps/web edited\n", good.stderr
    assert kubectl.json("deployment", "web")["spec"]["replicas"] == 1
    assert "Edit cancelled" in edit(kubectl, monkeypatch, "true", web).stderr
    bad = edit(kubectl, monkeypatch, editor(folder, "s/replicas: 1/replicas: -1/"), web)
    assert bad.returncode == 1 and 'deployments.apps "web" is invalid' in bad.stderr + bad.stdout


def test_patches_of_all_types(kubectl, web):
    kubectl("patch", web, "-p", '{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"busybox"}]}}}}')
    containers = kubectl.json("deployment", "web")["spec"]["template"]["spec"]["containers"]
    assert sorted(container["name"] for container in containers) == ["c", "side"]
    kubectl("patch", web, "--type=merge", "-p",
            '{"spec":{"template":{"spec":{"containers":[{"name":"only","image":"nginx:1.27"}]}}}}')
    kubectl("patch", web, "--type=json", "-p", '[{"op":"replace","path":"/spec/replicas","value":0}]')
    spec = kubectl.json("deployment", "web")["spec"]
    assert spec["replicas"] == 0 and [c["name"] for c in spec["template"]["spec"]["containers"]] == ["only"]
    # The controller's writes to the status are changes too, until it is at rest.
    assert any("no change" in kubectl("patch", web, "-p", '{"spec":{"replicas":0}}') for _ in range(10))
    if at_least(kubectl, 24):
        kubectl("patch", web, "--subresource=status", "--type=merge", "-p", '{"status":{"collisionCount":3}}')
        assert kubectl("get", web, "--subresource=status", "-o", "jsonpath={.status.collisionCount}") == "3"
        table = kubectl("get", web, "--subresource=scale").splitlines()
        assert [line.split()[:3] for line in table] == [["NAME", "DESIRED", "AVAILABLE"], ["web", "0", "0"]]


def test_labels_and_annotations(kubectl, web):
    kubectl("label", "pods", "--all", "color=red")
    assert "--overwrite is false" in kubectl.fails("label", "pods", "--all", "color=blue")
    kubectl("label", "pods", "-l", "color=red", "color=blue", "--overwrite")
    assert len(kubectl("get", "pods", "-l", "color in (blue),app!=x", "-o", "name").splitlines()) == 2
    kubectl("label", "pods", "--all", "color-")
    assert kubectl("get", "pods", "-l", "color", "-o", "name") == ""
    assert "COLOR" in kubectl("get", "pods", "-L", "color")
    kubectl("annotate", web, "note=x", "kubernetes.io/change-cause=because")
    assert "because" in kubectl("rollout", "history", web)


def test_set(kubectl, web):
    for arguments in (["env", web, "A=b"], ["image", web, "c=nginx:1.28"],
                      ["resources", web, "--requests=cpu=10m", "--limits=memory=64Mi"], ["serviceaccount", web, "default"]):
        assert "updated" in kubectl("set", *arguments)
    container = kubectl.json("deployment", "web")["spec"]["template"]["spec"]["containers"][0]
    assert container["env"] == [{"name": "A", "value": "b"}] and container["image"] == "nginx:1.28"
    assert container["resources"] == {"limits": {"memory": "64Mi"}, "requests": {"cpu": "10m"}}
    assert "A=b" in kubectl("set", "env", web, "--list")
    kubectl("rollout", "status", web, "--timeout=60s")


def test_replace_and_its_force(kubectl, folder):
    path = folder("c.json", {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}, "data": {"a": "1"}})
    assert "not found" in kubectl.fails("replace", "-f", path)
    kubectl("create", "-f", path)
    first = kubectl.json("configmap", "c")["metadata"]["uid"]
    assert kubectl("replace", "-f", path) == "configmap/c replaced\n"
    assert kubectl.json("configmap", "c")["metadata"]["uid"] == first
    kubectl("replace", "--force", "-f", path)
    assert kubectl.json("configmap", "c")["metadata"]["uid"] != first


def test_prune(kubectl, folder):
    def config_map(name):
        return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "labels": {"set": "one"}}}

    both = folder("both.yaml", yaml.safe_dump_all([config_map("a"), config_map("b")]))
    one = folder("one.yaml", yaml.safe_dump_all([config_map("a")]))
    kubectl("apply", "-f", both)
    listing = "--prune-allowlist" if at_least(kubectl, 26) else "--prune-whitelist"
    assert "configmap/b pruned" in kubectl("apply", "-f", one, "--prune", "-l", "set=one", f"{listing}=core/v1/ConfigMap")
    assert kubectl("get", "configmaps", "-l", "set=one", "-o", "name") == "configmap/a\n"


def test_apply_sets(kubectl, folder, monkeypatch):
    if not at_least(kubectl, 27):
        pytest.skip("apply sets came with kubectl 1.27")
    monkeypatch.setenv("KUBECTL_APPLYSET", "true")
    for name in ("a", "b"):
        path = folder("set.yaml", {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}})
        output = kubectl("apply", "-f", path, "--prune", "--applyset=mine")
    assert "configmap/b created" in output and "configmap/a pruned" in output


def test_kustomize(kubectl, folder):
    folder("deployment.json", objects.deployment("web"))
    folder("kustomization.yaml", "resources: [deployment.json]\nnamePrefix: my-\n"
           "configMapGenerator: [{name: settings, literals: [a=b]}]\n")
    output = kubectl("apply", "-k", str(folder.path))
    assert "deployment.apps/my-web created" in output and "configmap/my-settings-" in output
    assert kubectl.run("diff", "-k", str(folder.path)).returncode == 0
    kubectl("delete", "-k", str(folder.path))
    assert kubectl("get", "deployments", "-o", "name") == ""


# MARK: Reading

def test_output_forms(kubectl, web):
    assert kubectl("get", "pods", "-o", 'jsonpath={range .items[*]}{.status.phase}{"\\n"}{end}') == "Running\n" * 2
    assert kubectl("get", web, "-o", "go-template={{.spec.replicas}} {{.metadata.name}}") == "2 web"
    assert kubectl("get", web, "-o", "custom-columns=N:.metadata.name,I:.spec.template.spec.containers[*].image") == (
        "N     I\nweb   nginx:1.27\n")
    assert "CONTAINERS" in kubectl("get", web, "-o", "wide")
    assert yaml.safe_load(kubectl("get", web, "-o", "yaml"))["kind"] == "Deployment"
    names = kubectl("get", "pods", "--sort-by=.metadata.name", "-o", "name").splitlines()
    assert names == sorted(names) and len(names) == 2
    assert len(kubectl("get", "pods", "--field-selector=status.phase=Running", "--no-headers").splitlines()) == 2
    assert kubectl("get", "pods", "--field-selector=status.phase=Failed", "-o", "name") == ""
    assert "field label not supported" in kubectl.fails("get", "pods", "--field-selector=nonsense=1")
    assert "web" in kubectl("get", "deployments", "--show-labels", "--all-namespaces")
    assert len(kubectl("get", "namespaces", "--chunk-size=1", "-o", "name").splitlines()) >= 5
    assert json.loads(kubectl("get", "--raw", f"/api/v1/namespaces/{kubectl.namespace}"))["kind"] == "Namespace"
    assert "deployment.apps/web" in kubectl("get", "all")


def test_describe_takes_every_kind(kubectl, web):
    kinds = kubectl("api-resources", "--verbs=list,get", "-o", "name").split()
    assert len(kinds) > 50
    for kind in kinds:
        answer = kubectl.run("describe", kind)
        assert answer.returncode == 0, f"{kind}: {answer.stderr}"
    assert "ScalingReplicaSet" in kubectl("describe", web)


def test_explain_takes_every_kind(kubectl):
    for kind in kubectl("api-resources", "-o", "name").split():
        # Older ones take the group for fields, and of two kinds of the same name all do.
        is_other = kind in ("events.events.k8s.io", "nodes.metrics.k8s.io", "pods.metrics.k8s.io")
        kind = kind if at_least(kubectl, 27) and not is_other else kind.split(".")[0]
        assert "DESCRIPTION" in kubectl("explain", kind), kind
    assert "containerPort" in kubectl("explain", "pods", "--recursive")
    assert "terminationGracePeriodSeconds" in kubectl("explain", "deployment.spec.template.spec")
    assert "does not exist" in kubectl.fails("explain", "pods.spec.nonsense")


def test_discovery(kubectl):
    assert {"v1", "apps/v1", "batch/v1", "podium.dev/v1"} <= set(kubectl("api-versions").split())
    assert "pods" in kubectl("api-resources", "--namespaced=true", "-o", "name").split()
    assert "nodes" not in kubectl("api-resources", "--namespaced=true", "-o", "name").split()
    assert "deployments.apps" in kubectl("api-resources", "--api-group=apps", "-o", "name")
    assert "delete" in kubectl("api-resources", "-o", "wide")
    assert "is running at" in kubectl("cluster-info")
    assert kubectl("get", "--raw", "/readyz") == "ok"


def test_cluster_info_dump(kubectl, web, tmp_path):
    kubectl("cluster-info", "dump", f"--namespaces={kubectl.namespace}", f"--output-directory={tmp_path}")
    assert {"nodes.json", kubectl.namespace} <= set(os.listdir(tmp_path))


def test_events(kubectl, web):
    assert "Started" in kubectl("get", "events", "--sort-by=.metadata.creationTimestamp")
    assert "Scheduled" in kubectl("get", "events", "--field-selector=involvedObject.kind=Pod,reason=Scheduled")
    if at_least(kubectl, 26):
        assert "ScalingReplicaSet" in kubectl("events", "--for", web)


# MARK: Running

def test_rollout_commands(kubectl, web):
    kubectl("set", "image", web, "c=nginx:1.28")
    kubectl("rollout", "pause", web)
    assert "paused" in kubectl.fails("rollout", "undo", web)
    kubectl("rollout", "resume", web)
    kubectl("rollout", "restart", web)
    kubectl("rollout", "status", web, "--timeout=90s")
    assert len(kubectl("rollout", "history", web).split("\n")[2:5]) == 3
    kubectl("rollout", "undo", web, "--to-revision=1")
    kubectl("rollout", "status", web, "--timeout=90s")
    assert kubectl("get", web, "-o", "jsonpath={..image}") == "nginx:1.27"


def test_scale_expose_autoscale(kubectl, web):
    assert "scaled" in kubectl("scale", web, "--replicas=3", "--current-replicas=2")
    assert "Expected" in kubectl.fails("scale", web, "--replicas=1", "--current-replicas=9")
    kubectl("expose", web, "--port=80", "--target-port=80")
    assert kubectl.json("service", "web")["spec"]["selector"] == {"app": "web"}
    kubectl("autoscale", web, "--min=1", "--max=4", "--cpu-percent=50")
    assert "web" in kubectl("get", "hpa", "web")
    assert kubectl.json("hpa", "web")["spec"]["maxReplicas"] == 4


def test_waiting(kubectl, web):
    assert "condition met" in kubectl("wait", "--for=condition=Available", web, "--timeout=30s")
    assert "timed out" in kubectl.fails("wait", "--for=condition=Nonsense", web, "--timeout=1s")
    if at_least(kubectl, 23):
        kubectl("wait", "--for=jsonpath={.status.readyReplicas}=2", web, "--timeout=30s")
    if at_least(kubectl, 24):  # older ones fail when the object is gone before they look
        kubectl("delete", web, "--wait=false")
        kubectl("wait", "--for=delete", web, "--timeout=30s")


def test_cascades_of_deletion(kubectl, folder):
    path = folder("web.json", objects.deployment("web"))
    orphan = ["--cascade=orphan"] if at_least(kubectl, 20) else ["--cascade=false"]
    kubectl("apply", "-f", path)
    kubectl("rollout", "status", "deployment/web", "--timeout=60s")
    kubectl("delete", "deployment", "web", *orphan)
    kept = kubectl("get", "replicasets", "-o", "name")
    assert kept.startswith("replicaset.apps/web-")
    kubectl("apply", "-f", path)
    kubectl("rollout", "status", "deployment/web", "--timeout=60s")
    assert kubectl("get", "replicasets", "-o", "name") == kept
    kubectl("delete", "deployment", "web", "--cascade=foreground", "--timeout=60s")
    assert kubectl("get", "replicasets,pods", "-o", "name") == ""
    kubectl("run", "lone", "--image=nginx:1.27", "--restart=Never")
    kubectl("delete", "pod", "lone", "--now", "--timeout=60s")
    assert "No resources found" in kubectl.run("delete", "pods", "--all").stdout


def test_taint_cordon_drain(kubectl):
    kubectl("run", "victim", "--image=nginx:1.27", "--restart=Never",
            '--overrides={"spec":{"nodeName":"node-2"}}')
    kubectl("wait", "--for=condition=Ready", "pod/victim", "--timeout=60s")
    try:
        kubectl("taint", "node", "node-2", "tried=yes:NoSchedule")
        assert "tried" in kubectl("get", "node", "node-2", "-o", "jsonpath={.spec.taints}")
        error = kubectl.fails("drain", "node-2", "--ignore-daemonsets", "--pod-selector=run=victim")
        assert "use --force" in error
        output = kubectl("drain", "node-2", "--ignore-daemonsets", "--force", "--pod-selector=run=victim", "--timeout=60s")
        assert "pod/victim evicted" in output
        assert "not found" in kubectl.fails("get", "pod", "victim")
    finally:
        kubectl("uncordon", "node-2")
        kubectl("taint", "node", "node-2", "tried-")


def test_rights(kubectl):
    kubectl("create", "serviceaccount", "robot")
    kubectl("create", "role", "reader", "--verb=get", "--resource=pods")
    kubectl("create", "rolebinding", "rb", "--role=reader", f"--serviceaccount={kubectl.namespace}:robot")
    robot = f"--as=system:serviceaccount:{kubectl.namespace}:robot"
    assert kubectl("auth", "can-i", "get", "pods", robot) == "yes\n"
    assert kubectl.run("auth", "can-i", "delete", "pods", robot).stdout == "no\n"
    assert ["pods", "[]", "[]", "[get]"] in [line.split() for line in kubectl("auth", "can-i", "--list", robot).splitlines()]
    assert "forbidden" in kubectl.fails("get", "secrets", robot)
    if at_least(kubectl, 27):
        assert "admin" in kubectl("auth", "whoami")


def test_auth_reconcile(kubectl, folder):
    role = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role",
            "metadata": {"name": "kept", "namespace": kubectl.namespace},
            "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]}
    assert kubectl("auth", "reconcile", "-f", folder("role.json", role)) == "role.rbac.authorization.k8s.io/kept reconciled\n"
    role["rules"].append({"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["list"]})
    kubectl("auth", "reconcile", "-f", folder("role.json", role))
    assert len(kubectl.json("role", "kept")["rules"]) == 2


def test_logs_of_many_sorts(kubectl, web):
    assert "start worker process" in kubectl("logs", web)
    assert "[pod/web-" in kubectl("logs", "-l", "app=web", "--prefix", "--tail=1")
    stamped = kubectl("logs", web, "--timestamps", "--tail=1")
    assert stamped[:2] == "20" and "T" in stamped.split()[0]
    assert "start worker process" in kubectl("logs", web, "--since=1h")
    assert "not found" in kubectl.fails("logs", "nobody")
    assert "container nonsense is not valid" in kubectl.fails("logs", web, "-c", "nonsense")


def test_old_addresses_are_gone(kubectl):
    for kind, version in (("CronJob", "batch/v1beta1"), ("Deployment", "extensions/v1beta1"),
                          ("PodSecurityPolicy", "policy/v1beta1")):
        manifest = {"apiVersion": version, "kind": kind, "metadata": {"name": "old"}}
        assert f'no matches for kind "{kind}" in version "{version}"' in kubectl.fails(
            "apply", "-f", "-", input=json.dumps(manifest))


def test_custom_resources(kubectl, folder):
    plural = "w" + kubectl.namespace.replace("-", "")
    definition = yaml.safe_load(objects.WIDGETS.replace("widgets", plural).replace("[wd]", "[]"))
    definition["spec"]["names"].update(kind=plural.capitalize(), singular=plural[:-1])
    try:
        kubectl("apply", "-f", folder("crd.json", definition))
        kubectl("wait", "--for=condition=Established", f"crd/{plural}.example.com", "--timeout=30s")
        widget = {**objects.widget("one", kubectl.namespace, size=2), "kind": plural.capitalize()}
        assert "created" in kubectl("apply", "-f", folder("widget.json", widget))
        assert [line.split() for line in kubectl("get", plural).splitlines()] == [["NAME", "SIZE"], ["one", "2"]]
        kubectl("scale", f"{plural}/one", "--replicas=5")
        assert kubectl("get", plural, "one", "-o", "jsonpath={.spec.size} {.spec.color}") == "5 red"
        error = kubectl.fails("patch", plural, "one", "--type=merge", "-p", '{"spec":{"size":99}}')
        assert "should be less than or equal to 9" in error
        assert "size" in kubectl("explain", f"{plural}.spec")
        kubectl("describe", plural, "one")
    finally:
        kubectl("delete", "crd", f"{plural}.example.com", "--ignore-not-found", "--timeout=60s")
    assert kubectl.fails("get", plural)


def test_tokens_of_service_accounts(kubectl):
    if not at_least(kubectl, 24):
        pytest.skip("kubectl create token came with 1.24")
    kubectl("create", "serviceaccount", "robot")
    token = kubectl("create", "token", "robot", "--duration=10m").strip()
    assert token.count(".") == 2


def test_top_shows_what_nodes_and_pods_use(kubectl, web):
    assert [line.split()[0] for line in kubectl("top", "nodes").splitlines()] == ["NAME", "node-1", "node-2", "node-3"]
    assert "web-" in kubectl("top", "pods", "--containers")
