"""The binary itself: starting, refusing to start, ending, coming back."""

import json
import signal
import socket
import subprocess
import time
import urllib.request

import pytest
import requests

from conftest import BINARY, TOKEN

ADMIN = {"Authorization": f"Bearer {TOKEN}"}


def refusal(*arguments):
    answer = subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=20)
    assert answer.returncode == 1, (arguments, answer.returncode, answer.stdout, answer.stderr)
    lines = answer.stderr.strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_help_teaches():
    text = subprocess.run([BINARY, "--help"], capture_output=True, text=True).stdout
    assert "podium serve" in text and "kubeconfig" in text
    text = subprocess.run([BINARY, "serve", "--help"], capture_output=True, text=True).stdout
    for option in ("--listen", "--data", "--nodes", "--tls", "--admin-token-file", "--public", "--lessons", "--seed",
                   "--log-level", "PODIUM_LISTEN"):
        assert option in text, option
    assert "podium 0." in subprocess.run([BINARY, "version"], capture_output=True, text=True).stdout


def test_what_cannot_start_says_why(tmp_path, make_server):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert str(port) in refusal("serve", "--listen", f"127.0.0.1:{port}", "--data", str(tmp_path / "a"))
    assert "/proc/podium" in refusal("serve", "--listen", "127.0.0.1:0", "--data", "/proc/podium")
    assert "nowhere" in refusal("serve", "--listen", "127.0.0.1:0", "--data", str(tmp_path / "b"), "--lessons", "nowhere")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "version").write_text("99\n")
    assert "99" in refusal("serve", "--listen", "127.0.0.1:0", "--data", str(tmp_path / "c"))
    assert "no data directory" in refusal("kubeconfig", "--data", str(tmp_path / "d"))
    assert not (tmp_path / "d").exists()
    running = make_server(folder="busy").start()
    assert "another podium" in refusal("serve", "--listen", "127.0.0.1:0", "--data", str(running.folder / "data"))


def test_ends_in_order_with_open_streams(make_server):
    server = make_server().start()
    streams = [requests.get(server.url + "/api/v1/pods?watch=1", headers=ADMIN, stream=True) for _ in range(20)]
    begun = time.time()
    assert server.stop() == 0
    assert time.time() - begun < 2
    for stream in streams:
        list(stream.iter_content())  # ends without an error


def test_acknowledged_writes_survive_a_kill(make_server):
    server = make_server().start()
    made = []
    for index in range(40):
        answer = requests.post(server.url + "/api/v1/namespaces/default/configmaps", headers=ADMIN,
                               json={"metadata": {"name": f"kept-{index}"}})
        assert answer.status_code == 201
        made.append(answer.json()["metadata"]["uid"])
    server.stop(signal.SIGKILL)
    server.start()
    kept = requests.get(server.url + "/api/v1/namespaces/default/configmaps", headers=ADMIN).json()["items"]
    uids = {item["metadata"]["uid"] for item in kept}
    assert set(made) <= uids
    nodes = requests.get(server.url + "/api/v1/nodes", headers=ADMIN).json()["items"]
    assert len(nodes) == 3


def test_a_watch_resumes_over_a_restart(make_server):
    server = make_server().start()
    base = server.url + "/api/v1/namespaces/default/configmaps"
    version = requests.get(base, headers=ADMIN).json()["metadata"]["resourceVersion"]
    requests.post(base, headers=ADMIN, json={"metadata": {"name": "a"}})
    server.stop(signal.SIGKILL)
    server.start()
    base = server.url + "/api/v1/namespaces/default/configmaps"
    with requests.get(f"{base}?watch=1&resourceVersion={version}", headers=ADMIN, stream=True, timeout=10) as stream:
        event = json.loads(next(stream.iter_lines()))
    assert (event["type"], event["object"]["metadata"]["name"]) == ("ADDED", "a")


def test_tokens_are_not_kept_in_clear(make_server):
    server = make_server().start()
    for path in (server.folder / "data").rglob("*"):
        if path.is_file():
            assert TOKEN.encode() not in path.read_bytes(), path


def test_no_nodes(make_server):
    server = make_server("--nodes", "0").start()
    assert requests.get(server.url + "/api/v1/nodes", headers=ADMIN).json()["items"] == []


def test_one_port_speaks_http_and_https_by_its_own_authority(make_server):
    server = make_server().start()
    authority = str(server.folder / "data" / "tls" / "ca.crt")
    assert requests.get(server.url.replace("http:", "https:") + "/readyz", verify=authority).text == "ok"
    assert requests.get(server.url + "/readyz").text == "ok"
    nodes = subprocess.run(
        ["kubectl", "--kubeconfig", server.kubeconfig(), "get", "nodes", "-o", "name"], capture_output=True, text=True)
    assert nodes.returncode == 0 and nodes.stdout.count("node/") == 3, nodes.stderr


def test_without_tls(make_server):
    server = make_server("--tls", "off").start()
    assert requests.get(server.url + "/api/v1/nodes", headers=ADMIN).status_code == 200
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(server.url.replace("http:", "https:") + "/readyz", verify=False, timeout=5)


def test_event_streams(server):
    headers = {**ADMIN, "Accept": "text/event-stream"}
    base = server.url + "/api/v1/namespaces/default/configmaps"
    version = requests.get(base, headers=ADMIN).json()["metadata"]["resourceVersion"]
    with requests.get(f"{base}?watch=1&resourceVersion={version}", headers=headers, stream=True, timeout=10) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        requests.post(base, headers=ADMIN, json={"metadata": {"name": "streamed"}})
        lines = stream.iter_lines(decode_unicode=True)
        identity, event, data = next(lines), next(lines), next(lines)
    assert identity.startswith("id: ") and event == "event: ADDED"
    assert json.loads(data.removeprefix("data: "))["object"]["metadata"]["name"] == "streamed"
    # From there on, nothing is seen twice.
    headers["Last-Event-ID"] = identity.removeprefix("id: ")
    with requests.get(f"{base}?watch=1", headers=headers, stream=True, timeout=10) as stream:
        requests.delete(base + "/streamed", headers=ADMIN)
        lines = stream.iter_lines(decode_unicode=True)
        assert [next(lines), next(lines)][1] == "event: DELETED"


def test_the_console_stream_leaves_out_what_one_may_not_see(server):
    session = requests.Session()
    answer = session.post(server.url + "/session", json={}, headers={"X-Podium-Console": "1"})
    assert answer.json()["user"] == "learner"
    with session.get(server.url + "/clusters/default/stream?resources=pods,nodes,clusterroles.rbac.authorization.k8s.io&namespace=default",
                     stream=True, timeout=10) as stream:
        lines = stream.iter_lines(decode_unicode=True)
        assert next(lines) == "event: START"
        start = json.loads(next(lines).removeprefix("data: "))
    assert start == {"resources": ["pods", "nodes"], "refused": ["clusterroles.rbac.authorization.k8s.io"]}
    # A change by cookie needs our own page's header.
    pods = server.url + "/api/v1/namespaces/default/configmaps"
    assert session.post(pods, json={"metadata": {"name": "forged"}}).status_code == 403


def test_errors_are_statuses(server):
    for answer in (requests.get(server.url + "/api/v1/pods", headers={"Authorization": "Bearer wrong"}),
                   requests.get(server.url + "/clusters/none/api/v1/pods", headers=ADMIN),
                   requests.post(server.url + "/api/v1/namespaces/default/pods", headers=ADMIN, data=b"{",),
                   requests.post(server.url + "/api/v1/namespaces/default/pods", headers=ADMIN, data=b"x" * (4 << 20))):
        assert answer.json()["kind"] == "Status" and answer.json()["code"] == answer.status_code, answer.text


def test_the_page_is_served(server):
    with urllib.request.urlopen(server.url + "/") as page:
        assert "Content-Security-Policy" in page.headers and b"<html" in page.read()
    for path in ("/../Package.swift", "/%2e%2e/Package.swift", "/.git/config"):
        assert requests.get(server.url + path).status_code in (401, 403, 404)
