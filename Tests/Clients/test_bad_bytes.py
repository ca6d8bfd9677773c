"""Bytes that are no good HTTP, and requests that are too much: the server answers, or closes, and goes on."""

import json
import os
import socket
import threading
import time

import pytest
import requests

from conftest import TOKEN

ADMIN = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def target(server):
    host, port = server.url.split("//")[1].split(":")
    return host, int(port)


@pytest.fixture(autouse=True)
def goes_on(server):
    yield
    assert server.process.poll() is None
    assert requests.get(server.url + "/healthz", timeout=10).text == "ok"


def exchange(target, data, seconds=5, end=True):
    """What comes back for those bytes until the connection closes, or so many seconds."""
    with socket.create_connection(target, timeout=seconds) as connection:
        answer = b""
        try:
            connection.sendall(data)
            if end:
                connection.shutdown(socket.SHUT_WR)
            while chunk := connection.recv(65536):
                answer += chunk
        except (TimeoutError, ConnectionError):
            pass
        return answer


def status(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else None


HEAD = f"Host: x\r\nAuthorization: Bearer {TOKEN}\r\n".encode()


@pytest.mark.parametrize("data", [
    b"\r\n\r\n", b"\0" * 100, b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET " + b"/" * 100_000 + b" HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 20_000 + b"\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"b" * 200_000 + b"\r\n\r\n", b"GET /%00%zz%ff HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /api/v1/namespaces HTTP/1.1\r\n" + HEAD + b"Content-Length: -1\r\n\r\n",
    b"POST /api/v1/namespaces HTTP/1.1\r\n" + HEAD + b"Content-Length: 99999999999999999999\r\n\r\n",
    b"POST /api/v1/namespaces HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nx\r\n0\r\n\r\n",
    b"POST /api/v1/namespaces HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx",
    b"POST /api/v1/namespaces HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    b"POST /api/v1/namespaces HTTP/1.1\r\n" + HEAD + b"Content-Length: 50\r\n\r\n{\"kind\":",
    b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", b"GET / HTTP/1.1\nHost: x\n\n", b"\x16\x03\x01\x00\x05hello",
    b"G\x00T / HTTP/1.1\r\nHost: x\r\n\r\n", b"DELETE " + b"/a" * 5_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
], ids=range(20))
def test_no_bytes_end_the_server(target, data):
    found = status(exchange(target, data))
    assert found is None or 400 <= found < 506 or found in (200, 301, 302, 304, 308), found


def test_seeded_noise(target):
    """Damaged requests, the same ones each time."""
    import random
    chance = random.Random(36)
    good = (b"POST /api/v1/namespaces/default/configmaps?dryRun=All HTTP/1.1\r\n" + HEAD
            + b"Content-Type: application/json\r\nContent-Length: 45\r\n\r\n"
            + b'{"kind":"ConfigMap","metadata":{"name":"noise"}}')
    for _ in range(100):
        data = bytearray(good)
        for _ in range(chance.randint(1, 8)):
            place = chance.randrange(len(data))
            if chance.random() < 0.5:
                data[place] = chance.randrange(256)
            else:
                del data[place:place + chance.randint(1, 10)]
        exchange(target, bytes(data), seconds=0.2)


def test_senders_that_leave_or_dawdle(target):
    open_ones = []
    for index in range(50):
        connection = socket.create_connection(target)
        connection.sendall(b"POST /api/v1/namespaces HTTP/1.1\r\n" + HEAD + b"Content-Length: 1000\r\n\r\n{"[:20 + index])
        open_ones.append(connection)
    for connection in open_ones[:25]:
        connection.close()
    begun = time.monotonic()
    exchange(target, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert time.monotonic() - begun < 3
    for connection in open_ones[25:]:
        connection.close()


def post(server, body, kind="application/json", path="/api/v1/namespaces/default/configmaps", method="POST"):
    return requests.request(method, server.url + path, data=body, headers={**ADMIN, "Content-Type": kind}, timeout=60)


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{after}: &{after} [{','.join('*' + before for _ in range(9))}]\n" for before, after in zip("abcdefghi", "bcdefghij"))


@pytest.mark.parametrize("name, kind, body", [
    ("deep JSON", "application/json", "[" * 100_000),
    ("deep objects", "application/json", '{"a":' * 100_000),
    ("deep YAML", "application/yaml", "[" * 100_000),
    ("deep block YAML", "application/yaml", "\n".join(" " * i + "a:" for i in range(3_000))),
    ("aliases of aliases", "application/yaml", BOMB),
    ("a large body", "application/json", '{"data":{"a":"' + "x" * 4_000_000 + '"}}'),
    ("a large number", "application/json", '{"kind":"ConfigMap","metadata":{"name":"n","generation":' + "9" * 100_000 + "}}"),
    ("protobuf that ends early", "application/vnd.kubernetes.protobuf", b"k8s\x00\x0a\xff\xff\xff\xff\x0f"),
    ("protobuf of nothing", "application/vnd.kubernetes.protobuf", b"k8s\x00"),
], ids=lambda value: value.replace(" ", "-") if isinstance(value, str) and len(value) < 30 else "")
def test_bombs_are_refused(server, name, kind, body):
    begun = time.monotonic()
    answer = post(server, body if isinstance(body, bytes) else body.encode(), kind)
    assert 400 <= answer.status_code < 500, (name, answer.status_code, answer.text[:300])
    assert answer.json()["kind"] == "Status" and answer.json()["message"]
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("kind, body", [
    ("application/json-patch+json", json.dumps([{"op": "copy", "from": "/data", "path": f"/data/{i}"} for i in range(40)])),
    ("application/json-patch+json", json.dumps([{"op": "add", "path": "/data/x", "value": "y"}] * 20_000)),
    ("application/merge-patch+json", '{"data":' * 5_000 + "{}" + "}" * 5_000),
    ("application/strategic-merge-patch+json", '{"metadata":{"$retainKeys":[{}]}}'),
    ("application/apply-patch+yaml", BOMB),
], ids=["copies", "operations", "deep", "directive", "aliases"])
def test_patches_that_grow_are_refused(server, kind, body):
    post(server, json.dumps({"kind": "ConfigMap", "metadata": {"name": "grows"}, "data": {"a": "x" * 1000}}))
    answer = post(server, body, kind, "/api/v1/namespaces/default/configmaps/grows?fieldManager=me", "PATCH")
    assert 400 <= answer.status_code < 500, answer.text[:300]


def test_selectors_of_thousands_of_terms(server):
    terms = ",".join(f"k{i} in (a,b,c)" for i in range(1_000))
    answer = requests.get(server.url + "/api/v1/pods", params={"labelSelector": terms}, headers=ADMIN, timeout=30)
    assert answer.status_code in (200, 414, 431), answer.status_code


def test_refused_requests_leave_nothing_behind(server):
    def memory():
        with open(f"/proc/{server.process.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def flood():
        for _ in range(40):
            post(server, '{"data":{"a":"' + "x" * 1_000_000, "application/json")

    flood()
    before = memory()
    threads = [threading.Thread(target=flood) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert memory() - before < 64 << 20
