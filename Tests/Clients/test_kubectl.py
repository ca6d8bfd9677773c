"""The commands of the first lessons, by real kubectls of two ages."""

import json
import subprocess
import time

import pytest

from conftest import Kubectl

# The seeds' own manifests.
POD = """
apiVersion: v1          # 쿠버네티스 API 버전
kind: Pod               # 리소스 종류
metadata:               # 라벨, 리소스 이름 등
  name: nginx
spec:                   # 리소스의 스펙
  containers:               # 컨테이너를 정의함
  - name: nginx             # 컨테이너 이름
    image: nginx:1.7.9      # 컨테이너 이미지
    ports:
    - containerPort: 8090   # 오픈할 포트
"""
SERVICE = """
kind: Service       # 리소스 종류
apiVersion: v1
metadata:
  name: my-service  # 서비스 이름
spec:               # 스펙
  selector:
    app: myapp
  ports:
  - protocol: TCP
    port: 80        # 노드의 80 포트로 서비스
    targetPort: 9376    # 컨테이너의 9376 포트로 연결
"""


def deploy(kubectl, name="web", image="nginx:1.27", replicas=3):
    kubectl("create", "deployment", name, f"--image={image}")
    kubectl("scale", f"deployment/{name}", f"--replicas={replicas}")
    kubectl("rollout", "status", f"deployment/{name}", "--timeout=60s")


def test_nodes_are_ready(kubectl):
    lines = kubectl("get", "nodes").splitlines()
    assert lines[0].split() == ["NAME", "STATUS", "ROLES", "AGE", "VERSION"]
    assert [line.split()[1] for line in lines[1:]] == ["Ready"] * 3


def test_version_and_discovery(kubectl):
    assert "v1.36" in kubectl("version")
    resources = kubectl("api-resources", "-o", "name").split()
    assert {"pods", "deployments.apps", "clocks.podium.dev"} <= set(resources)
    assert "replicas" in kubectl("explain", "deployment.spec")
    assert "FIELD" in kubectl("explain", "pod.spec.containers.image").upper()


def test_seed_manifests(kubectl):
    assert kubectl("apply", "-f", "-", input=POD) == "pod/nginx created\n"
    assert kubectl("apply", "-f", "-", input=SERVICE) == "service/my-service created\n"
    kubectl("wait", "--for=condition=Ready", "pod/nginx", "--timeout=60s")
    row = kubectl("get", "pod", "nginx").splitlines()[1].split()
    assert row[:4] == ["nginx", "1/1", "Running", "0"]
    assert kubectl("apply", "-f", "-", input=POD) == "pod/nginx unchanged\n"
    error = kubectl.fails("apply", "-f", "-", input=SERVICE.replace("9376 ", "9376` ").replace("my-service", "other"))
    assert "Invalid value" in error and "targetPort" in error and "9376`" in error


def test_deployment_rolls_and_is_undone(kubectl):
    deploy(kubectl)
    kubectl("set", "image", "deployment/web", "nginx=nginx:1.28")
    assert "successfully rolled out" in kubectl("rollout", "status", "deployment/web", "--timeout=60s")
    history = kubectl("rollout", "history", "deployment/web")
    assert [line.split()[0] for line in history.splitlines()[2:] if line] == ["1", "2"]
    assert "nginx:1.28" in kubectl("rollout", "history", "deployment/web", "--revision=2")
    kubectl("rollout", "undo", "deployment/web")
    kubectl("rollout", "status", "deployment/web", "--timeout=60s")
    assert kubectl.json("deployment", "web")["spec"]["template"]["spec"]["containers"][0]["image"] == "nginx:1.27"
    replicas = {rs["metadata"]["annotations"]["deployment.kubernetes.io/revision"]: rs["spec"]["replicas"]
                for rs in kubectl.json("replicasets")["items"]}
    assert replicas == {"2": 0, "3": 3}


def test_a_bad_image_leaves_the_old_pods_serving(kubectl):
    deploy(kubectl)
    kubectl("set", "image", "deployment/web", "nginx=nginx:9.99")
    deadline = time.time() + 60
    while "ImagePull" not in kubectl("get", "pods") and time.time() < deadline:
        time.sleep(0.2)
    pods = kubectl("get", "pods")
    assert "ImagePullBackOff" in pods or "ErrImagePull" in pods
    assert pods.count("Running") == 3
    answer = kubectl.run("rollout", "status", "deployment/web", "--timeout=1s")
    assert answer.returncode != 0
    kubectl("rollout", "undo", "deployment/web")
    kubectl("rollout", "status", "deployment/web", "--timeout=60s")


def test_deleted_pods_are_replaced(kubectl):
    deploy(kubectl)
    before = {pod["metadata"]["name"] for pod in kubectl.json("pods")["items"]}
    victim = sorted(before)[0]
    assert f'pod "{victim}" deleted' in kubectl("delete", "pod", victim)
    kubectl("wait", "--for=condition=Available", "deployment/web", "--timeout=60s")
    kubectl("rollout", "status", "deployment/web", "--timeout=60s")
    after = {pod["metadata"]["name"] for pod in kubectl.json("pods")["items"]}
    assert victim not in after and len(after) == 3


def test_describe_and_logs(kubectl):
    kubectl("apply", "-f", "-", input=POD)
    kubectl("wait", "--for=condition=Ready", "pod/nginx", "--timeout=60s")
    text = kubectl("describe", "pod", "nginx")
    for part in ("Scheduled", "Pulled", "Started", "Image:", "nginx:1.7.9", "Status:", "Running"):
        assert part in text, part
    deploy(kubectl)
    assert "start worker processes" in kubectl("logs", "deployment/web")
    assert len(kubectl("logs", "deployment/web", "--tail=1").splitlines()) == 1
    text = kubectl("describe", "deployment", "web")
    assert "ScalingReplicaSet" in text and "NewReplicaSetAvailable" in text
    assert "Allocatable" in kubectl("describe", "node", "node-1")


def test_watching(kubectl):
    watch = subprocess.Popen(kubectl.command("get", "pods", "-w"), stdout=subprocess.PIPE, text=True)
    try:
        time.sleep(1)
        kubectl("apply", "-f", "-", input=POD)
        seen = []
        for line in watch.stdout:
            seen.append(line.split()[2])
            if seen[-1] == "Running" and line.split()[1] == "1/1":
                break
        assert "Pending" in seen and "ContainerCreating" in seen
    finally:
        watch.terminate()
        watch.wait(timeout=10)


def test_delete_waits_until_it_is_gone(kubectl):
    kubectl("apply", "-f", "-", input=POD)
    kubectl("wait", "--for=condition=Ready", "pod/nginx", "--timeout=60s")
    kubectl("delete", "pod", "nginx", "--timeout=60s")
    assert 'pods "nginx" not found' in kubectl.fails("get", "pod", "nginx")


def test_editing_by_patch_label_and_annotate(kubectl):
    kubectl("create", "configmap", "settings", "--from-literal=color=red")
    kubectl("patch", "configmap", "settings", "--type=merge", "-p", '{"data":{"color":"blue"}}')
    kubectl("patch", "configmap", "settings", "--type=json", "-p", '[{"op":"add","path":"/data/size","value":"9"}]')
    kubectl("label", "configmap", "settings", "tier=front")
    kubectl("annotate", "configmap", "settings", "note=hello")
    settings = kubectl.json("configmap", "settings")
    assert settings["data"] == {"color": "blue", "size": "9"}
    assert kubectl("get", "configmaps", "-l", "tier=front", "-o", "name") == "configmap/settings\n"
    assert "already exists" in kubectl.fails("create", "configmap", "settings")


def test_apply_changes_only_what_changed(kubectl):
    deploy(kubectl)
    manifest = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "api", "labels": {"a": "1"}},
                "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "api"}},
                         "template": {"metadata": {"labels": {"app": "api"}},
                                      "spec": {"containers": [{"name": "c", "image": "nginx:1.27"}]}}}}
    assert "created" in kubectl("apply", "-f", "-", input=json.dumps(manifest))
    kubectl("scale", "deployment/api", "--replicas=4")
    del manifest["spec"]["replicas"], manifest["metadata"]["labels"]
    manifest["spec"]["template"]["spec"]["containers"][0]["env"] = [{"name": "A", "value": "b"}]
    assert "configured" in kubectl("apply", "-f", "-", input=json.dumps(manifest))
    got = kubectl.json("deployment", "api")
    assert "labels" not in got["metadata"]
    assert got["spec"]["template"]["spec"]["containers"][0]["env"] == [{"name": "A", "value": "b"}]
    assert got["spec"]["template"]["spec"]["containers"][0]["image"] == "nginx:1.27"


def test_unknown_fields_are_named(kubectl):
    error = kubectl.fails("apply", "-f", "-", input=POD.replace("image:", "imag:"))
    assert "imag" in error


def test_cordon_and_uncordon(kubectl):
    kubectl("cordon", "node-3")
    assert "SchedulingDisabled" in kubectl("get", "node", "node-3")
    kubectl("uncordon", "node-3")
    assert "SchedulingDisabled" not in kubectl("get", "node", "node-3")


@pytest.fixture
def learner(kubectl):
    return Kubectl(kubectl.program, kubectl.version, kubectl.server, "default", user="learner")


def test_rights(kubectl, learner):
    assert kubectl("auth", "can-i", "create", "namespaces").strip().endswith("yes")
    assert learner("auth", "can-i", "create", "deployments").strip().endswith("yes")
    assert learner.run("auth", "can-i", "delete", "nodes").stdout.strip().endswith("no")
    assert learner.run("auth", "can-i", "create", "pods", "-n", "kube-system").stdout.strip().endswith("no")
    error = learner.fails("get", "pods", "-n", "kube-system")
    assert ('pods is forbidden: User "learner" cannot list resource "pods" in API group "" '
            'in the namespace "kube-system"') in error
    assert learner("get", "nodes").count(" Ready ") == 3
