"""Admission webhooks over HTTPS: a small web service of the test's own, asked by a real server."""

import base64
import http.server
import json
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.request

import pytest

from conftest import TOKEN

GROUP = "/apis/admissionregistration.k8s.io/v1/"


def certificate(folder, name="127.0.0.1"):
    """A self-signed certificate and its key, in PEM files."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=webhook", "-addext", f"subjectAltName=IP:{name}", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True)
    return key, cert


class Service:
    """Answers reviews with what `answer` gives for the request; keeps what it was asked."""

    def __init__(self, folder):
        self.key, self.cert = certificate(folder)
        self.asked, self.answer, self.delay = [], lambda request: {"allowed": True}, 0
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                review = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                service.asked.append((self.path, review["request"]))
                time.sleep(service.delay)
                response = {"uid": review["request"]["uid"], **service.answer(review["request"])}
                body = json.dumps({"apiVersion": review["apiVersion"], "kind": "AdmissionReview", "response": response})
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert, self.key)
        self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self.http.server_port}/hooks"
        self.bundle = base64.b64encode(self.cert.read_bytes()).decode()
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def patch(self, *operations):
        text = base64.b64encode(json.dumps(list(operations)).encode()).decode()
        return {"allowed": True, "patchType": "JSONPatch", "patch": text}


@pytest.fixture
def service(tmp_path):
    made = Service(tmp_path)
    yield made
    made.http.shutdown()


@pytest.fixture
def api(make_server, service):
    """Sends a request to a server that may call the service: (status, body, headers)."""
    server = make_server("--tls", "off", "--allow-webhook", service.url).start()

    def send(method, path, body=None, kind="application/json"):
        request = urllib.request.Request(
            server.url + path, method=method, data=json.dumps(body).encode() if body is not None else None,
            headers={"Authorization": "Bearer " + TOKEN, "Content-Type": kind})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer), answer.headers
        except urllib.error.HTTPError as error:
            return error.code, json.load(error), error.headers

    return send


def configuration(sort, service, path, **more):
    hook = {
        "name": "hook.example.com", "clientConfig": {"url": service.url + path, "caBundle": service.bundle},
        "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["*"], "resources": ["configmaps"]}],
        "sideEffects": "None", "admissionReviewVersions": ["v1"], **more}
    return {"apiVersion": "admissionregistration.k8s.io/v1", "kind": sort + "WebhookConfiguration",
            "metadata": {"name": sort.lower()}, "webhooks": [hook]}


def config_map(name):
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": {"a": "1"}}


MAPS = "/api/v1/namespaces/default/configmaps"


def test_a_webhook_changes_and_another_refuses(api, service):
    assert api("POST", GROUP + "mutatingwebhookconfigurations", configuration("Mutating", service, "/m"))[0] == 201
    assert api("POST", GROUP + "validatingwebhookconfigurations", configuration("Validating", service, "/v"))[0] == 201

    def answer(request):
        if service.asked[-1][0].startswith("/hooks/m"):
            return service.patch({"op": "add", "path": "/metadata/labels", "value": {"seen": "yes"}})
        if request["name"] == "bad":
            return {"allowed": False, "status": {"message": "no bad ones", "code": 403}}
        return {"allowed": True, "warnings": ["think twice"]}

    service.answer = answer
    status, made, headers = api("POST", MAPS, config_map("good"))
    assert status == 201 and made["metadata"]["labels"] == {"seen": "yes"}
    assert headers["Warning"] == '299 - "think twice"'
    assert service.asked[-1][0] == "/hooks/v?timeout=10s"
    told = service.asked[-1][1]["object"]["metadata"]
    assert (told["uid"], told["labels"]) == (made["metadata"]["uid"], {"seen": "yes"})
    status, refusal, _ = api("POST", MAPS, config_map("bad"))
    assert (status, refusal["message"]) == (403, 'admission webhook "hook.example.com" denied the request: no bad ones')
    assert api("GET", MAPS + "/bad")[0] == 404


def test_others_are_served_while_a_webhook_thinks(api, service):
    assert api("POST", GROUP + "validatingwebhookconfigurations", configuration("Validating", service, "/v"))[0] == 201
    service.delay = 2
    answers = []
    writer = threading.Thread(target=lambda: answers.append(api("POST", MAPS, config_map("slow"))))
    writer.start()
    time.sleep(0.3)
    start = time.monotonic()
    assert api("POST", "/api/v1/namespaces", {"metadata": {"name": "meanwhile"}})[0] == 201
    assert time.monotonic() - start < 1.5
    writer.join()
    assert answers[0][0] == 201


def test_time_runs_out(api, service):
    made = api("POST", GROUP + "validatingwebhookconfigurations",
               configuration("Validating", service, "/v", timeoutSeconds=1))
    assert made[0] == 201
    service.delay = 3
    status, refusal, _ = api("POST", MAPS, config_map("late"))
    assert status == 500
    assert refusal["message"].endswith("/hooks/v?timeout=1s\": context deadline exceeded")


def test_a_certificate_must_be_trusted_and_an_address_allowed(api, service, tmp_path):
    (tmp_path / "other").mkdir()
    _, stranger = certificate(tmp_path / "other")
    wrong = configuration("Validating", service, "/v")
    wrong["webhooks"][0]["clientConfig"]["caBundle"] = base64.b64encode(stranger.read_bytes()).decode()
    assert api("POST", GROUP + "validatingwebhookconfigurations", wrong)[0] == 201
    status, refusal, _ = api("POST", MAPS, config_map("a"))
    assert status == 500 and "x509: certificate signed by unknown authority" in refusal["message"]
    assert api("DELETE", GROUP + "validatingwebhookconfigurations/validating")[0] == 200
    elsewhere = configuration("Validating", service, "/v")
    elsewhere["webhooks"][0]["clientConfig"]["url"] = service.url.replace("/hooks", "/other")
    assert api("POST", GROUP + "validatingwebhookconfigurations", elsewhere)[0] == 201
    status, refusal, _ = api("POST", MAPS, config_map("a"))
    assert status == 500 and "is not among the webhooks that this server may call" in refusal["message"]
    assert service.asked == []


def test_answers_tell_flow_and_level(api):
    _, _, headers = api("POST", MAPS, config_map("flow"))
    assert headers["X-Kubernetes-PF-FlowSchema-UID"] and headers["X-Kubernetes-PF-PriorityLevel-UID"]


def test_pods_that_a_controller_makes_are_changed_too(api, service):
    hook = configuration("Mutating", service, "/m")
    hook["webhooks"][0]["rules"] = [
        {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}]
    service.answer = lambda request: service.patch(
        {"op": "add", "path": "/spec/containers/-", "value": {"name": "sidecar", "image": "busybox:1.36"}})
    assert api("POST", GROUP + "mutatingwebhookconfigurations", hook)[0] == 201
    deployment = {
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
        "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "web"}},
                 "template": {"metadata": {"labels": {"app": "web"}},
                              "spec": {"containers": [{"name": "c", "image": "nginx:1.27"}]}}}}
    assert api("POST", "/apis/apps/v1/namespaces/default/deployments", deployment)[0] == 201
    for _ in range(100):
        pods = api("GET", "/api/v1/namespaces/default/pods?labelSelector=app%3Dweb")[1]["items"]
        if len(pods) == 2:
            break
        time.sleep(0.1)
    assert [[c["name"] for c in pod["spec"]["containers"]] for pod in pods] == [["c", "sidecar"]] * 2
    events = api("GET", "/api/v1/namespaces/default/events")[1]["items"]
    assert "FailedCreate" not in {event["reason"] for event in events}
