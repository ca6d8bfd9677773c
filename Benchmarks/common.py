"""What the benchmarks share: a server to measure, load from wrk, nginx as a peer, and the table of results."""

import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[1]
BINARY = os.environ.get("PODIUM_BINARY", str(ROOT / ".build/release/podium"))
ENGINE = os.environ.get("PODIUM_ENGINE_BENCHMARKS", str(ROOT / ".build/release/EngineBenchmarks"))
TOKEN = "benchmark-token"
#: How long wrk asks each time, and how often: short enough for the whole table in six minutes.
SECONDS = 2
ROUNDS = 3


class Row:
    """One figure beside what is asked of it."""

    def __init__(self, line, work, measured, asked, reached):
        self.line, self.work, self.measured, self.asked, self.reached = line, work, measured, asked, reached

    def __str__(self):
        mark = {True: "yes", False: "NO", None: "-"}[self.reached]
        return f"| {self.line} | {self.work} | {self.measured} | {self.asked} | {mark} |"


class Server:
    def __init__(self, folder, *options):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "token").write_text(TOKEN)
        self.connection = None
        begun = time.perf_counter()
        self.process = subprocess.Popen(
            [BINARY, "serve", "--listen", "127.0.0.1:0", "--data", str(self.folder / "data"), "--admin-token-file",
             str(self.folder / "token"), "--public", str(ROOT / "Public"), "--lessons", str(ROOT / "lessons"), *options],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            if found := re.search(r"ready at (\S+)/", line):
                self.url = found.group(1)
                break
        self.request("GET", "/readyz")
        self.start_seconds = time.perf_counter() - begun

    def request(self, method, path, body=None, kind="application/json"):
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.url.split("//")[1])
        headers = {"Authorization": "Bearer " + TOKEN, "Content-Type": kind}
        self.connection.request(method, path, json.dumps(body).encode() if body is not None else None, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path}: {answer.status} {content[:300]}")
        return content

    def get(self, path):
        return json.loads(self.request("GET", path))

    def stream(self, path, accept="application/json"):
        """An open connection on which the answer to a GET arrives."""
        host, port = self.url.split("//")[1].split(":")
        connection = socket.create_connection((host, int(port)))
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {TOKEN}\r\n"
                           f"Accept: {accept}\r\n\r\n".encode())
        return connection

    @property
    def resident_megabytes(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024

    @property
    def cpu_seconds(self):
        return cpu_seconds(self.process.pid)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Load:
    """What wrk saw, and what it cost the server: requests a second, milliseconds, microseconds of CPU a request."""

    def __init__(self, pid, url, connections, seconds=None, script=None):
        seconds = seconds or SECONDS
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
        command += ["-s", str(script)] if script else ["-H", "Authorization: Bearer " + TOKEN]
        before = cpu_seconds(pid)
        text = subprocess.run(command + [url], capture_output=True, text=True, check=True).stdout
        spent = cpu_seconds(pid) - before
        self.rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
        self.p50, self.p99 = self._percentile(text, 50), self._percentile(text, 99)
        failed = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
        if failed:
            raise SystemExit(f"{failed[1]} requests to {url} failed")
        self.cpu = spent / max(self.rate * seconds, 1) * 1e6

    @staticmethod
    def _percentile(text, which):
        found = re.search(rf"{which}%\s+([\d.]+)(us|ms|s)", text)
        return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]]


def median(loads):
    return sorted(loads, key=lambda load: load.rate)[len(loads) // 2]


class Nginx:
    """One worker of nginx that serves the same bytes as a file."""

    def __init__(self, folder, content):
        place = pathlib.Path(folder) / "nginx"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        (place / "object").write_bytes(content)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        (place / "nginx.conf").write_text(
            f"worker_processes 1; daemon off; pid {place}/pid; error_log {place}/error;\nevents {{}}\n"
            f"http {{ access_log off; open_file_cache max=10; types {{}} default_type application/json;\n"
            f" server {{ listen 127.0.0.1:{port}; root {place}; }} }}\n")
        # Started by root, its worker would run as nobody, who may not read a temporary folder.
        for part in (place, *place.parents[:-2]):
            part.chmod(part.stat().st_mode | 0o055)
        self.process = subprocess.Popen(
            ["nginx", "-c", str(place / "nginx.conf"), "-p", str(place)], stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        self.url = f"http://127.0.0.1:{port}/object"
        self.worker = int(subprocess.check_output(["pgrep", "-P", str(self.process.pid)]).split()[0])
        with urllib.request.urlopen(self.url) as answer:
            assert answer.read() == content, "nginx does not serve the same bytes"

    def stop(self):
        self.process.terminate()
        self.process.wait()


def pod(name, **metadata):
    """A pod that no scheduler looks at."""
    return {"metadata": {"name": name, "labels": {"app": "bench"}, **metadata},
            "spec": {"schedulerName": "nobody",
                     "containers": [{"name": "c", "image": "nginx:1.27", "ports": [{"containerPort": 80}]}]}}


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
