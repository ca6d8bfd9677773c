"""A running server for real clients, and the clients that are found on this machine."""

import base64
import collections
import glob
import importlib.metadata
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import threading

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("PODIUM_BINARY", str(ROOT / ".build/debug/podium"))
TOKEN = "test-token-of-the-admin"


class Server:
    """One `podium serve` on a free port, with a data directory of its own."""

    def __init__(self, folder, *options):
        self.folder, self.options = pathlib.Path(folder), options
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "token").write_text(TOKEN + "\n")
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [BINARY, "serve", "--listen", "127.0.0.1:0", "--data", str(self.folder / "data"), "--admin-token-file",
             str(self.folder / "token"), "--seed", "7", *self.options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            found = re.search(r"ready at (\S+)/", line)
            if found:
                self.url = found.group(1)
                # Nobody reads the pipes from here on; they must not fill up.
                for pipe in (self.process.stdout, self.process.stderr):
                    threading.Thread(target=lambda p=pipe: [None for _ in p], daemon=True).start()
                return self
        raise RuntimeError("podium did not start: " + self.process.stderr.read())

    def stop(self, how=signal.SIGTERM):
        """Ends the server and gives its exit status."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            return self.process.wait(timeout=10)
        return self.process.returncode if self.process else None

    def kubeconfig(self, user="admin"):
        """A kubeconfig file for a user, made by podium itself."""
        path = self.folder / f"{user}.kubeconfig"
        if not path.exists():
            text = subprocess.run(
                [BINARY, "kubeconfig", "--data", str(self.folder / "data"), "--user", user],
                capture_output=True, text=True, check=True).stdout
            path.write_text(text)
        return str(path)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("server")).start()
    yield running
    assert running.stop() == 0


@pytest.fixture
def make_server(tmp_path):
    """Makes servers for tests that stop and start them."""
    made = []

    def make(*options, folder="server"):
        made.append(Server(tmp_path / folder, *options))
        return made[-1]

    yield make
    for one in made:
        one.stop(signal.SIGKILL)


def kubectls():
    """Debian's kubectl, the one on the PATH, and others that lie beside it; the oldest and the newest by version."""
    places = [str(ROOT / ".build/clients/usr/bin/kubectl"), os.environ.get("KUBECTL", "")]
    for name in filter(None, [shutil.which("kubectl")]):
        places += [name] + glob.glob(os.path.join(os.path.dirname(os.path.realpath(name)), "kubectl.1.*"))
    found = {}
    for place in places:
        if place and os.access(place, os.X_OK):
            answer = subprocess.run([place, "version", "--client", "-o", "json"], capture_output=True, text=True)
            if answer.returncode == 0:
                version = json.loads(answer.stdout)["clientVersion"]["gitVersion"]
                found[tuple(int(n) for n in re.findall(r"\d+", version)[:3])] = place
    versions = sorted(found)
    return [(".".join(map(str, v)), found[v]) for v in ({versions[0], versions[-1]} if versions else [])]


class Kubectl:
    """One kubectl, run as one user, in a namespace of its own."""

    def __init__(self, program, version, server, namespace, user="admin"):
        self.program, self.version, self.server, self.namespace, self.user = program, version, server, namespace, user

    def command(self, *arguments):
        return [self.program, "--kubeconfig", self.server.kubeconfig(self.user), "--namespace", self.namespace,
                "--cache-dir", str(self.server.folder / f"cache-{self.version}"), *arguments]

    def run(self, *arguments, input=None, timeout=90):
        return subprocess.run(self.command(*arguments), capture_output=True, text=True, input=input, timeout=timeout)

    def __call__(self, *arguments, input=None, timeout=90):
        """The output of a command that must succeed."""
        answer = self.run(*arguments, input=input, timeout=timeout)
        assert answer.returncode == 0, f"{arguments}: {answer.stdout}{answer.stderr}"
        return answer.stdout

    def fails(self, *arguments, input=None):
        """The error text of a command that must fail."""
        answer = self.run(*arguments, input=input)
        assert answer.returncode != 0, f"{arguments} succeeded: {answer.stdout}"
        return answer.stderr

    def json(self, *arguments):
        return json.loads(self("get", *arguments, "-o", "json"))


@pytest.fixture(params=kubectls(), ids=lambda p: "kubectl-" + p[0])
def kubectl(request, server):
    version, program = request.param
    name = re.sub(r"[^a-z0-9]+", "-", f"{request.node.originalname}-{version}".lower())[:60].strip("-")
    tool = Kubectl(program, version, server, name)
    tool("create", "namespace", name)
    yield tool
    tool.run("delete", "namespace", name, "--wait=false")


def decoded(text):
    return base64.b64decode(text).decode()


# MARK: The table of clients

# Each module's client, by its name on PyPI; kubectl's versions are in the tests' names.
PACKAGES = {"test_python_client": "kubernetes", "test_lightkube": "lightkube", "test_kr8s": "kr8s",
            "test_helm": "helm-python-sdk", "test_kopf": "kopf"}
TITLES = {"kubernetes": "Python `kubernetes`", "helm-python-sdk": "Helm 4 (`helm-python-sdk`)"}


def client_of(report):
    """The client that a test tries and its version; nothing for tests of the server alone."""
    kubectl = re.search(r"\[.*?kubectl-([\d.]+)", report.nodeid)
    if kubectl:
        return "kubectl", kubectl[1]
    package = PACKAGES.get(pathlib.Path(report.nodeid.split("::")[0]).stem)
    return (TITLES.get(package, f"`{package}`"), importlib.metadata.version(package)) if package else None


class ClientsTable:
    """Counts what the tests of each client came to, and writes it as a page."""

    def __init__(self, path):
        self.path, self.counts = path, collections.defaultdict(collections.Counter)

    def pytest_runtest_logreport(self, report):
        client = client_of(report)
        if client and (report.when == "call" or report.outcome != "passed"):
            self.counts[client][report.outcome] += 1

    def pytest_sessionfinish(self):
        lines = ["# Clients", "", "Unmodified clients against a running Podium, as `script/clients-table` last found them. What they",
                 "are asked to do is in [Tests/Clients](../Tests/Clients).", "",
                 "| client | version | tests passed | failed | skipped |", "|---|---|---|---|---|"]
        for (name, version), count in sorted(self.counts.items()):
            lines.append(f"| {name} | {version} | {count['passed']} | {count['failed']} | {count['skipped']} |")
        pathlib.Path(self.path).write_text("\n".join(lines) + "\n")


def pytest_configure(config):
    path = os.environ.get("PODIUM_CLIENTS_TABLE")
    if path:
        config.pluginmanager.register(ClientsTable(path))
