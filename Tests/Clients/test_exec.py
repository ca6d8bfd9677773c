"""Commands in containers: exec and attach by kubectl of two ages (SPDY, WebSocket), and the Python client's stream."""

import json
import os
import pty
import select
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from conftest import Kubectl, TOKEN, kubectls

POD = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: nginx, env: [{name: COLOUR, value: green}]}
      - {name: side, image: busybox, command: [sh, -c, "while true; do echo tick; sleep 1; done"]}
"""


def asked_over_http(server, pod, headers):
    """The status code and body of a refused POST to the pod's exec."""
    request = urllib.request.Request(
        f"{server.url}/api/v1/namespaces/commands/pods/{pod}/exec?command=ls&container=web&stdout=true", method="POST",
        headers={"Authorization": "Bearer " + TOKEN, **headers})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    return refused.value.code, json.load(refused.value)


@pytest.fixture(scope="module", params=kubectls(), ids=lambda found: "kubectl-" + found[0])
def kube(request, server):
    version, program = request.param
    tool = Kubectl(program, version, server, "commands")
    if tool.run("get", "namespace", "commands").returncode != 0:
        tool("create", "namespace", "commands")
    tool("apply", "-f", "-", input=POD)
    tool("rollout", "status", "deployment/web", "--timeout=60s")
    yield tool


@pytest.fixture(scope="module")
def pod(kube):
    return kube("get", "pods", "-o", "jsonpath={.items[0].metadata.name}")


def test_a_command_and_its_output(kube, pod):
    assert kube("exec", pod, "-c", "web", "--", "hostname") == pod + "\n"
    assert "COLOUR=green\n" in kube("exec", "deploy/web", "-c", "web", "--", "env")


@pytest.mark.parametrize("code", [0, 1, 3, 127])
def test_the_exit_code(kube, pod, code):
    answer = kube.run("exec", pod, "-c", "web", "--", "sh", "-c", f"echo out; echo wrong >&2; exit {code}")
    assert answer.stdout == "out\n" and answer.stderr.startswith("wrong\n")
    assert answer.returncode == code
    if code:
        assert f"command terminated with exit code {code}" in answer.stderr


def test_a_command_that_is_not_there(kube, pod):
    answer = kube.run("exec", pod, "-c", "web", "--", "nosuch")
    assert 'exec: "nosuch": executable file not found in $PATH: unknown' in answer.stderr
    assert answer.returncode == 127


def test_standard_input_to_its_end(kube, pod):
    assert kube("exec", "-i", pod, "-c", "web", "--", "cat", input="ä line\nand one") == "ä line\nand one"
    assert kube("exec", "-i", pod, "-c", "web", "--", "sh", "-c", "wc -l", input="1\n2\n3\n").strip() == "3"
    kube("exec", "-i", pod, "-c", "web", "--", "sh", "-c", "cat > /tmp/kept", input="kept\n")
    assert kube("exec", pod, "-c", "web", "--", "cat", "/tmp/kept") == "kept\n"


def test_a_script_as_input(kube, pod):
    script = "X=5\nfor i in 1 2\ndo\n  echo $i $X\ndone\nfalse\n"
    answer = kube.run("exec", "-i", pod, "-c", "web", "--", "sh", input=script)
    assert (answer.stdout, answer.returncode) == ("1 5\n2 5\n", 1)


def test_output_comes_in_the_clusters_time(kube, pod):
    started = time.monotonic()
    assert kube("exec", pod, "-c", "web", "--", "sh", "-c", "echo a; sleep 2; echo b") == "a\nb\n"
    assert time.monotonic() - started >= 1.5


def test_a_terminal(kube, pod):
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        kube.command("exec", "-it", pod, "-c", "web", "--", "sh"), stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)

    def until(text):
        seen, limit = "", time.monotonic() + 20
        while text not in seen and time.monotonic() < limit:
            if select.select([ours], [], [], 1)[0]:
                seen += os.read(ours, 4096).decode()
        assert text in seen
        return seen

    until("# ")
    os.write(ours, b"echo one\x7f\x7f\x7ftwo\r")
    assert "two\r\n# " in until("two\r\n# ")
    os.write(ours, b"sleep 1000\r")
    until("sleep 1000")
    os.write(ours, b"\x03")
    until("# ")
    os.write(ours, b"exit 4\r")
    until("command terminated with exit code 4")
    assert process.wait(timeout=20) == 4
    os.close(ours)


def test_run_with_a_terminal(kube):
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        kube.command("run", "-it", "--rm", "talk", "--image=busybox", "--restart=Never", "--", "sh"),
        stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    seen, limit = "", time.monotonic() + 40
    while "42\r\n" not in seen and time.monotonic() < limit:
        if "# " in seen and "$((" not in seen:
            os.write(ours, b"echo $((6 * 7))\r")
        if select.select([ours], [], [], 1)[0]:
            seen += os.read(ours, 4096).decode()
    assert "42\r\n" in seen
    os.write(ours, b"exit\r")
    assert process.wait(timeout=30) == 0
    os.close(ours)
    assert 'pods "talk" not found' in kube.fails("get", "pod", "talk")


def test_run_with_piped_input(kube):
    said = kube("run", "-i", "--rm", "piped", "--image=busybox", "--restart=Never", "--", "cat", input="one\ntwo\n")
    assert said.startswith("one\ntwo\n")
    assert kube.run("run", "--attach", "--rm", "failing", "--image=busybox", "--restart=Never", "--", "sh", "-c",
                    "sleep 3; exit 5").returncode == 5


def test_files_are_copied_both_ways(kube, pod, tmp_path):
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (folder / "text").write_text("ä text\n")
    (folder / "sub" / "bytes").write_bytes(bytes(range(256)) * 40)
    kube("cp", str(folder), f"{pod}:/tmp/copied", "-c", "web")
    assert kube("exec", pod, "-c", "web", "--", "cat", "/tmp/copied/text") == "ä text\n"
    kube("cp", f"{pod}:/tmp/copied", str(tmp_path / "back"), "-c", "web")
    assert (tmp_path / "back" / "text").read_text() == "ä text\n"
    assert (tmp_path / "back" / "sub" / "bytes").read_bytes() == bytes(range(256)) * 40
    kube("cp", str(folder / "text"), f"{pod}:/tmp/one", "-c", "web")
    assert kube("exec", pod, "-c", "web", "--", "cat", "/tmp/one") == "ä text\n"
    missing = kube.run("cp", f"{pod}:/tmp/none", str(tmp_path / "none"), "-c", "web")
    assert "tar: /tmp/none: Cannot stat: No such file or directory" in missing.stdout + missing.stderr


def test_attach_hears_what_is_written_from_now_on(kube, pod):
    process = subprocess.Popen(
        kube.command("attach", pod, "-c", "side"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert [process.stdout.readline() for _ in range(2)] == ["tick\n", "tick\n"]
    process.kill()
    process.wait()


def test_refusals_in_kubernetes_words(kube, pod):
    assert 'pods "nosuch" not found' in kube.fails("exec", "nosuch", "--", "ls")
    assert f"container nosuch is not valid for pod {pod}" in kube.fails("exec", pod, "-c", "nosuch", "--", "ls")
    refused, status = asked_over_http(kube.server, pod, {"Impersonate-User": "nobody"})
    assert refused == 403
    assert 'User "nobody" cannot create resource "pods/exec"' in status["message"]


def test_the_python_clients_stream(server, kube, pod):
    kubernetes = pytest.importorskip("kubernetes")
    from kubernetes.stream import stream

    configuration = kubernetes.client.Configuration()
    configuration.host = server.url
    configuration.api_key = {"authorization": "Bearer " + TOKEN}
    core = kubernetes.client.CoreV1Api(kubernetes.client.ApiClient(configuration))
    call = dict(stderr=True, stdout=True, container="web")
    assert stream(core.connect_get_namespaced_pod_exec, pod, "commands", command=["hostname"], stdin=False, tty=False,
                  **call) == pod + "\n"
    talk = stream(core.connect_get_namespaced_pod_exec, pod, "commands", command=["sh"], stdin=True, tty=False,
                  _preload_content=False, **call)
    talk.write_stdin("echo $((6 * 7)); echo no >&2\n")
    assert talk.readline_stdout(timeout=10) == "42"
    assert talk.readline_stderr(timeout=10) == "no"
    talk.write_stdin("exit 3\n")
    talk.run_forever(timeout=10)
    assert talk.returncode == 3
    talk.close()


def test_a_request_that_changes_no_protocol(server, kube, pod):
    refused, status = asked_over_http(server, pod, {})
    assert (refused, status["reason"], status["message"]) == (400, "BadRequest", "Upgrade request required")


def typed(server, line):
    """What a line of the page's terminal says: its output, its errors, its exit status."""
    request = urllib.request.Request(
        f"{server.url}/clusters/default/terminal", method="POST", data=json.dumps({"line": line}).encode(),
        headers={"Authorization": "Bearer " + TOKEN, "Content-Type": "application/json"})
    said = {"out": "", "error": "", "exit": None}
    with urllib.request.urlopen(request, timeout=30) as answer:
        for name, value in (pair for text in answer for pair in json.loads(text).items()):
            said[name] = value if name == "exit" else said.get(name, "") + value
    return said["out"], said["error"], said["exit"]


def test_the_pages_terminal(server, kube, pod):
    assert typed(server, f"kubectl -n commands exec {pod} -c web -- hostname") == (pod + "\n", "", 0)
    assert typed(server, "kubectl -n commands exec deploy/web -c web -- sh -c 'echo one; sleep 1; exit 5'") == (
        "one\n", "command terminated with exit code 5\n", 5)
    assert typed(server, f"echo piped | kubectl -n commands exec -i {pod} -c web -- cat")[0] == "piped\n"
    out, error, status = typed(server, f"kubectl -n commands exec -it {pod} -c web -- sh")
    assert status == 1 and "one command at a time" in error
    assert "container nosuch is not valid" in typed(server, f"kubectl -n commands exec {pod} -c nosuch -- ls")[1]
