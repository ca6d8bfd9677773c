"""Who somebody is: service accounts' tokens, client certificates, certificate signing requests."""

import base64
import json
import shutil
import subprocess
import time

import pytest
import yaml
from kubernetes import client, config
from kubernetes.client import ApiException
from kubernetes.config.incluster_config import InClusterConfigLoader

from conftest import BINARY, Kubectl, decoded


def claims(token):
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def test_creates_tokens(kubectl, server):
    if int(kubectl.version.split(".")[1]) < 24:
        pytest.skip("kubectl create token came with 1.24")
    kubectl("create", "serviceaccount", "robot")
    token = kubectl("create", "token", "robot", "--duration", "20m", "--audience", "https://kubernetes.default.svc").strip()
    said = claims(token)
    assert said["sub"] == f"system:serviceaccount:{kubectl.namespace}:robot"
    assert said["exp"] - said["iat"] == 1200
    assert "may not specify a duration less than 10 minutes" in kubectl.fails("create", "token", "robot", "--duration", "5m")
    kubectl("create", "rolebinding", "robot", "--clusterrole=view", f"--serviceaccount={kubectl.namespace}:robot")
    as_robot = [kubectl.program, "--server", server_address(server), "--insecure-skip-tls-verify", "--token", token,
                "--namespace", kubectl.namespace]
    assert subprocess.run(as_robot + ["get", "pods"], capture_output=True, text=True).returncode == 0
    refused = subprocess.run(as_robot + ["get", "secrets"], capture_output=True, text=True)
    assert f'User "system:serviceaccount:{kubectl.namespace}:robot" cannot list resource "secrets"' in refused.stderr
    kubectl("delete", "serviceaccount", "robot")
    ended = subprocess.run(as_robot + ["get", "pods"], capture_output=True, text=True)
    assert "Unauthorized" in ended.stderr or "must be logged in" in ended.stderr


def server_address(server):
    return yaml.safe_load(open(server.kubeconfig()))["clusters"][0]["cluster"]["server"]


def test_fills_secrets(kubectl):
    kubectl("create", "serviceaccount", "old")
    kubectl("apply", "-f", "-", input="""
apiVersion: v1
kind: Secret
metadata: {name: old, annotations: {kubernetes.io/service-account.name: old}}
type: kubernetes.io/service-account-token
""")
    secret = {}
    for _ in range(50):
        secret = kubectl.json("secret", "old")
        if "token" in secret.get("data", {}):
            break
        time.sleep(0.1)
    assert decoded(secret["data"]["namespace"]) == kubectl.namespace
    assert "BEGIN CERTIFICATE" in decoded(secret["data"]["ca.crt"])
    assert claims(decoded(secret["data"]["token"]))["iss"] == "kubernetes/serviceaccount"
    assert "system:serviceaccount" not in kubectl("describe", "secret", "old").split("Data")[0]


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")
def test_signs_certificates(kubectl, server, tmp_path):
    name = kubectl.namespace
    key, request = tmp_path / "key.pem", tmp_path / "request.pem"
    subprocess.run(["openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", request, "-subj",
                    f"/O=developers/CN={name}"], check=True, capture_output=True)
    kubectl("apply", "-f", "-", input=json.dumps({
        "apiVersion": "certificates.k8s.io/v1", "kind": "CertificateSigningRequest", "metadata": {"name": name},
        "spec": {"request": base64.b64encode(request.read_bytes()).decode(), "expirationSeconds": 86400,
                 "signerName": "kubernetes.io/kube-apiserver-client", "usages": ["client auth", "digital signature"]}}))
    assert "Pending" in kubectl("get", "csr", name)
    kubectl("certificate", "approve", name)
    issued = {}
    for _ in range(50):
        issued = kubectl.json("csr", name)
        if issued["status"].get("certificate"):
            break
        time.sleep(0.1)
    assert issued["spec"]["username"] == "admin"
    assert "Approved,Issued" in kubectl("get", "csr", name)
    settings = yaml.safe_load(open(server.kubeconfig()))
    authority = tmp_path / "ca.pem"
    authority.write_text(decoded(settings["clusters"][0]["cluster"]["certificate-authority-data"]))
    certificate = tmp_path / "certificate.pem"
    certificate.write_text(decoded(issued["status"]["certificate"]))
    subprocess.run(["openssl", "verify", "-purpose", "sslclient", "-CAfile", authority, certificate], check=True)
    text = subprocess.run(["openssl", "x509", "-in", certificate, "-noout", "-text"], capture_output=True, text=True,
                          check=True).stdout
    assert "TLS Web Client Authentication" in text and "Digital Signature" in text and "CA:FALSE" in text
    settings["users"][0]["user"] = {"client-certificate": str(certificate), "client-key": str(key)}
    path = server.folder / f"{name}.kubeconfig"
    path.write_text(yaml.safe_dump(settings))
    kim = Kubectl(kubectl.program, kubectl.version, server, name, user=name)
    assert f'User "{name}" cannot list resource "pods"' in kim.fails("get", "pods")
    kubectl("create", "rolebinding", "developers", "--clusterrole=edit", "--group=developers")
    kim("create", "configmap", "mine")
    kubectl("delete", "csr", name)


def test_denies_certificates(kubectl, tmp_path):
    name = kubectl.namespace
    request = tmp_path / "request.pem"
    subprocess.run(["openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "/dev/null", "-out", request,
                    "-subj", f"/CN={name}"], check=True, capture_output=True)
    kubectl("apply", "-f", "-", input=json.dumps({
        "apiVersion": "certificates.k8s.io/v1", "kind": "CertificateSigningRequest", "metadata": {"name": name},
        "spec": {"request": base64.b64encode(request.read_bytes()).decode(), "usages": ["client auth"],
                 "signerName": "kubernetes.io/kube-apiserver-client"}}))
    kubectl("certificate", "deny", name)
    assert "Denied" in kubectl("get", "csr", name)
    kubectl("delete", "csr", name)


def test_kubeconfigs_hold_certificates(server, tmp_path):
    text = subprocess.run([BINARY, "kubeconfig", "--data", str(server.folder / "data"), "--user", "mary", "--group", "a",
                           "--group", "b"], capture_output=True, text=True, check=True).stdout
    path = tmp_path / "mary.kubeconfig"
    path.write_text(text)
    assert "client-certificate-data" in text and "token:" not in text
    api = config.new_client_from_config(str(path))
    me = client.AuthenticationV1Api(api).create_self_subject_review(client.V1SelfSubjectReview())
    assert me.status.user_info.username == "mary"
    assert me.status.user_info.groups == ["a", "b", "system:authenticated"]
    assert "token:" in subprocess.run([BINARY, "kubeconfig", "--data", str(server.folder / "data"), "--token"],
                                      capture_output=True, text=True, check=True).stdout


def test_a_program_in_a_pod_uses_its_token(server, tmp_path):
    admin = config.new_client_from_config(server.kubeconfig())
    core = client.CoreV1Api(admin)
    core.create_namespaced_service_account("default", client.V1ServiceAccount(metadata={"name": "inside"}))
    core.create_namespaced_pod("default", client.V1Pod(
        metadata={"name": "inside"},
        spec=client.V1PodSpec(service_account_name="inside",
                              containers=[client.V1Container(name="c", image="nginx:1.27")])))
    pod = core.read_namespaced_pod("inside", "default")
    answer = core.create_namespaced_service_account_token("inside", "default", {
        "apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
        "spec": {"audiences": [], "expirationSeconds": 3607, "boundObjectRef": {
            "kind": "Pod", "apiVersion": "v1", "name": "inside", "uid": pod.metadata.uid}}})
    (tmp_path / "token").write_text(answer.status.token)
    (tmp_path / "ca.crt").write_text(core.read_namespaced_config_map("kube-root-ca.crt", "default").data["ca.crt"])
    host, port = server_address(server).removeprefix("https://").rsplit(":", 1)
    settings = client.Configuration()
    InClusterConfigLoader(
        str(tmp_path / "token"), str(tmp_path / "ca.crt"),
        environ={"KUBERNETES_SERVICE_HOST": host, "KUBERNETES_SERVICE_PORT": port}).load_and_set(settings)
    inside = client.ApiClient(settings)
    me = client.AuthenticationV1Api(inside).create_self_subject_review(client.V1SelfSubjectReview())
    assert me.status.user_info.username == "system:serviceaccount:default:inside"
    assert me.status.user_info.extra["authentication.kubernetes.io/pod-name"] == ["inside"]
    assert client.VersionApi(inside).get_code().major == "1"
    review = client.AuthenticationV1Api(admin).create_token_review(
        client.V1TokenReview(spec=client.V1TokenReviewSpec(token=answer.status.token)))
    assert review.status.authenticated and "system:serviceaccounts:default" in review.status.user.groups
    core.delete_namespaced_pod("inside", "default", grace_period_seconds=0)
    with pytest.raises(ApiException) as gone:
        client.CoreV1Api(inside).list_namespaced_pod("default")
    assert gone.value.status == 401
    core.delete_namespaced_service_account("inside", "default")
