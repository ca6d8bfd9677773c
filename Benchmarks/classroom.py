#!/usr/bin/env python3
"""A classroom at work, on the release binary: learners who all stream, type, edit and are checked.

    script/bench classroom [--learners 100] [--seconds 60]

One learner enters every step of every lesson directly. Each learner holds one stream of the own cluster, types a command
every ten seconds, and is checked in a step of the lesson "labels". Then one learner floods, then the server is killed
(SIGKILL) while all write, and started again. Client and server share the machine; processor times are the server's own.
Nothing but Python's own library is needed.
"""

import argparse
import asyncio
import json
import os
import pathlib
import random
import re
import signal
import statistics
import tempfile
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[1]
BINARY = os.environ.get("PODIUM_BINARY", str(ROOT / ".build/release/podium"))
TOKEN, PASSWORD = "benchmark-token", "benchmark password"
STREAM = "pods,deployments.apps,replicasets.apps,configmaps,events,clocks.podium.dev"
COMMANDS = [
    "kubectl get pods", "kubectl get deployments", "kubectl describe deployment web", "kubectl get events",
    "kubectl scale deployment web --replicas={n}", "kubectl set env deployment/web ROUND={n}", "kubectl get pods -o yaml",
]


class Failure(Exception):
    pass


class Client:
    """One person's requests: a connection that is kept, and a cookie."""

    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port = parts.hostname, parts.port
        self.cookie, self.pipe, self.busy = "", None, asyncio.Lock()

    async def open(self, method, path, body=None, headers=()):
        reader, writer = await asyncio.open_connection(self.host, self.port, limit=1 << 26)
        await self.send(writer, method, path, body, headers)
        status, fields = await self.head(reader)
        return reader, writer, status, fields

    async def send(self, writer, method, path, body, headers):
        data = json.dumps(body).encode() if body is not None else b""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}", "X-Podium-Console: 1",
                 f"Content-Length: {len(data)}", *headers]
        if data and not any(line.lower().startswith("content-type") for line in headers):
            lines.append("Content-Type: application/json")
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + data)
        await writer.drain()

    async def head(self, reader):
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        fields = {}
        for line in lines[1:]:
            if ":" in line:
                name, value = line.split(":", 1)
                fields[name.lower()] = value.strip()
        if "set-cookie" in fields:
            self.cookie = fields["set-cookie"].split(";")[0]
        return int(lines[0].split()[1]), fields

    @staticmethod
    async def pieces(reader, fields):
        """The body's pieces as they come."""
        if fields.get("transfer-encoding") == "chunked":
            while size := int(await reader.readline(), 16):
                yield (await reader.readexactly(size + 2))[:-2]
            await reader.readline()
        else:
            yield await reader.readexactly(int(fields.get("content-length", 0)))

    async def request(self, method, path, body=None, headers=(), expect=(200, 201)):
        async with self.busy:
            for attempt in range(2):
                try:
                    if self.pipe is None:
                        self.pipe = await asyncio.open_connection(self.host, self.port, limit=1 << 26)
                    reader, writer = self.pipe
                    await self.send(writer, method, path, body, headers)
                    status, fields = await self.head(reader)
                    content = b"".join([piece async for piece in self.pieces(reader, fields)])
                    break
                except (asyncio.IncompleteReadError, ConnectionError):
                    self.pipe = None
                    if attempt:
                        raise
            if fields.get("connection", "").lower() == "close":
                self.pipe = None
        if status not in expect:
            raise Failure(f"{method} {path}: {status} {content[:300].decode(errors='replace')}")
        return json.loads(content) if fields.get("content-type", "").startswith("application/json") else content

    async def events(self, path, last=None):
        """A stream's events: name, id, data."""
        headers = ["Accept: text/event-stream"] + ([f"Last-Event-ID: {last}"] if last else [])
        reader, writer, status, fields = await self.open("GET", path, headers=headers)
        if status != 200:
            raise Failure(f"stream {path}: {status}")
        try:
            rest = b""
            async for piece in self.pieces(reader, fields):
                rest += piece
                while (end := rest.find(b"\n\n")) >= 0:
                    event = {}
                    for line in rest[:end].split(b"\n"):
                        name, _, value = line.partition(b": ")
                        if name:
                            event[name.decode()] = value
                    rest = rest[end + 2:]
                    if event:
                        yield event.get("event", b"").decode(), event.get("id", b"").decode(), event.get("data", b"")
        finally:
            writer.close()


class Learner(Client):
    def __init__(self, url, index):
        super().__init__(url)
        self.index, self.chance = index, random.Random(index)
        self.last, self.seen, self.doubled, self.notes = "", {}, 0, []

    async def join(self, code):
        begun = time.perf_counter()
        me = await self.request("POST", "/session", {"code": code, "nickname": f"learner {self.index}"})
        self.base = "/clusters/" + me["cluster"]
        return time.perf_counter() - begun

    async def follow(self):
        """The own cluster's stream; goes on after the last event that was seen."""
        async for name, number, data in self.events(f"{self.base}/stream?namespace=default&resources={STREAM}", self.last or None):
            if name == "ERROR":
                raise Failure(f"stream of learner {self.index}: {data[:200]}")
            if number:
                self.last = number
            if b'"resource":"configmaps"' in data:
                note = json.loads(data)["object"]["metadata"]
                self.doubled += name == "ADDED" and note["name"] in self.seen and self.seen[note["name"]] == note["uid"]
                self.seen[note["name"]] = note["uid"]

    async def type(self, line):
        """A command in the terminal: how long until it has ended, in seconds."""
        begun = time.perf_counter()
        answer = await self.request("POST", f"{self.base}/terminal", {"line": line, "files": {}})
        if b'"exit":0' not in answer:
            raise Failure(f"{line}: {answer[:300]}")
        return time.perf_counter() - begun

    async def work(self, until, times, pause=10):
        await asyncio.sleep(self.chance.uniform(0, pause))
        while time.perf_counter() < until:
            begun = time.perf_counter()
            line = self.chance.choice(COMMANDS).format(n=self.chance.randint(1, 5))
            times.append(await self.type(line))
            await asyncio.sleep(max(0, begun + pause - time.perf_counter()))

    async def checked(self):
        """Solves a step: how long after the cause its check turned green, in seconds."""
        start = await self.request("POST", f"{self.base}/lessons/labels/start", {"step": "select"})
        green = asyncio.get_running_loop().create_future()
        ready = asyncio.Event()

        async def watch():
            path = f"{self.base}/lessons/labels/checks?step=select&since={start['revision']}&language=ko"
            async for name, _, data in self.events(path):
                if name == "CHECK":
                    ready.set()
                    if json.loads(data)["passed"] and not green.done():
                        green.set_result(time.perf_counter())

        watching = asyncio.create_task(watch())
        await asyncio.wait_for(ready.wait(), 20)
        await self.type("kubectl label pods -l 'env in (dev)' cleanup=yes")
        pods = f"{self.base}/api/v1/namespaces/default/pods"
        rest = await self.request("GET", pods + "?labelSelector=" + urllib.parse.quote("env in (test)"))
        names = [item["metadata"]["name"] for item in rest["items"]]
        for name in names:
            cause = time.perf_counter()
            await self.request("PATCH", f"{pods}/{name}", {"metadata": {"labels": {"cleanup": "yes"}}},
                               headers=["Content-Type: application/merge-patch+json"])
        moment = await asyncio.wait_for(green, 20)
        watching.cancel()
        return moment - cause

    async def note(self, number):
        """A durable write: kept in the list once it is acknowledged."""
        name = f"note-{number}"
        await self.request("POST", f"{self.base}/api/v1/namespaces/default/configmaps", {"metadata": {"name": name}})
        self.notes.append(name)


class Classroom:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        (self.folder / "token").write_text(TOKEN)
        (self.folder / "password").write_text(PASSWORD)
        self.port = 0

    async def start(self):
        begun = time.perf_counter()
        self.process = await asyncio.create_subprocess_exec(
            BINARY, "serve", "--classroom", "--listen", f"127.0.0.1:{self.port}", "--tls", "off", "--data",
            str(self.folder / "data"), "--admin-token-file", str(self.folder / "token"), "--instructor-password-file",
            str(self.folder / "password"), stdout=asyncio.subprocess.PIPE)
        while line := (await self.process.stdout.readline()).decode():
            if found := re.search(r"ready at (\S+?)/?\s", line + " "):
                self.url = found.group(1).rstrip("/")
                self.port = urllib.parse.urlsplit(self.url).port
                break
        else:
            raise Failure("the server did not start")
        self.draining = asyncio.create_task(self.process.stdout.read())
        await Client(self.url).request("GET", "/readyz")
        return time.perf_counter() - begun

    async def code(self):
        """The join code of a room into which all may come from this one machine within a minute."""
        path = "/clusters/classroom/apis/podium.dev/v1/classrooms/classroom"
        headers = [f"Authorization: Bearer {TOKEN}", "Content-Type: application/merge-patch+json"]
        room = await Client(self.url).request("PATCH", path, {"spec": {"joinsPerMinute": 1000}}, headers=headers)
        return room["status"]["joinCode"]

    @property
    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def megabytes(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024

    async def end(self, how):
        self.process.send_signal(how)
        await self.process.wait()


def spread(seconds):
    """Half, 99 of 100, and the worst, in milliseconds."""
    times = sorted(1000 * one for one in seconds)
    return f"p50 {statistics.median(times):.1f} ms, p99 {times[int(len(times) * 0.99)]:.1f} ms, worst {times[-1]:.1f} ms"


async def entering(room, learner):
    """Enters every step of every lesson directly, as a page does that is given the step's address."""
    times, costs = [], []
    for lesson in (await learner.request("GET", "/lessons"))["lessons"]:
        for step in (await learner.request("GET", "/lessons/" + lesson["id"]))["steps"]:
            cpu, begun = room.cpu_seconds, time.perf_counter()
            await learner.request("POST", f"{learner.base}/lessons/{lesson['id']}/start", {"step": step["id"]})
            times.append((time.perf_counter() - begun, f"{lesson['id']}/{step['id']}"))
            costs.append(room.cpu_seconds - cpu)
    slowest = ", ".join(f"{name} {1000 * one:.0f} ms" for one, name in sorted(times, reverse=True)[:3])
    print(f"{len(times)} steps entered directly: {spread([one for one, _ in times])}, "
          f"{1000 * sum(costs) / len(costs):.0f} ms of processor time each; slowest: {slowest}", flush=True)


async def working(room, learners, seconds):
    times, begun, cpu = [], time.perf_counter(), room.cpu_seconds
    # A lesson's start tidies the cluster up, so those who are checked type nothing else.
    checked = learners[::10]
    work = [asyncio.create_task(one.work(begun + seconds, times)) for one in learners if one not in checked]
    greens = []
    for _ in range(3):
        for one in checked:
            await asyncio.sleep(seconds / len(checked) / 4)
            greens.append(await one.checked())
    await asyncio.gather(*work)
    spent = room.cpu_seconds - cpu
    share = spent / (time.perf_counter() - begun)
    print(f"at work, {len(times)} commands in {seconds} s: {spread(times)}; check green after its cause: {spread(greens)}; "
          f"{share * 100:.0f} % of a core ({spent:.1f} s), {room.megabytes:.0f} MB", flush=True)


async def flooded(learners, seconds=15):
    flooder, others = learners[0], learners[1:]
    end, count, refused = time.perf_counter() + seconds, 0, 0

    async def flood(index):
        nonlocal count, refused
        client = Client(f"http://{flooder.host}:{flooder.port}")
        client.cookie = flooder.cookie
        number = 0
        while time.perf_counter() < end:
            number += 1
            path = f"{flooder.base}/api/v1/namespaces/default/configmaps"
            answer = await client.request("POST", path, {"metadata": {"name": f"flood-{index}-{number}"}}, expect=range(200, 600))
            isRefused = isinstance(answer, bytes) or answer.get("kind") == "Status"
            refused += isRefused
            count += 1

    times = []
    work = [asyncio.create_task(one.work(end, times, pause=3)) for one in others if one.index % 10]
    await asyncio.gather(*[flood(index) for index in range(8)])
    await asyncio.gather(*work)
    print(f"one learner floods ({count / seconds:.0f} requests a second, {refused} of {count} refused), the others: {spread(times)}")


async def killed(room, learners):
    streams = [asyncio.create_task(one.follow()) for one in learners]

    async def write(one):
        number = 0
        while True:
            await one.note(number)
            number += 1
            await asyncio.sleep(one.chance.uniform(0, 0.5))

    writing = [asyncio.create_task(write(one)) for one in learners]
    await asyncio.sleep(5)
    await room.end(signal.SIGKILL)
    for task in writing + streams:
        task.cancel()
    await asyncio.gather(*writing, *streams, return_exceptions=True)
    begun = time.perf_counter()
    ready = await room.start()
    for one in learners:
        one.pipe = None
    streams = [asyncio.create_task(one.follow()) for one in learners]
    lost = 0

    async def verify(one):
        nonlocal lost
        there = await one.request("GET", f"{one.base}/api/v1/namespaces/default/configmaps")
        lost += len(set(one.notes) - {item["metadata"]["name"] for item in there["items"]})

    await asyncio.gather(*[verify(one) for one in learners])
    back, cost = time.perf_counter() - begun, room.cpu_seconds
    await asyncio.sleep(3)
    missed = sum(len(set(one.notes) - set(one.seen)) for one in learners)
    doubled = sum(one.doubled for one in learners)
    broken = sum(task.done() for task in streams)
    for task in streams:
        task.cancel()
    await asyncio.gather(*streams, return_exceptions=True)
    acknowledged = sum(len(one.notes) for one in learners)
    print(f"killed and started again: ready after {ready * 1000:.0f} ms, all {len(learners)} answered after {back * 1000:.0f} ms "
          f"({cost * 1000:.0f} ms of processor time); "
          f"of {acknowledged} acknowledged writes {lost} lost; streams resumed: {missed} missed, {doubled} doubled, {broken} broken")
    return lost + missed + doubled + broken


async def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        room = Classroom(folder)
        await room.start()
        try:
            empty = room.megabytes
            learners = [Learner(room.url, index) for index in range(options.learners)]
            code = await room.code()
            times = [await one.join(code) for one in learners]
            print(f"{len(learners)} learners joined, each with an own cluster: {spread(times)}, "
                  f"the first {1000 * times[0]:.1f} ms", flush=True)
            await entering(room, learners[0])
            streams = [asyncio.create_task(one.follow()) for one in learners]
            for one in learners:
                await one.type("kubectl create deployment web --image=nginx:1.27 --replicas=3")
            await asyncio.sleep(5)
            cpu = room.cpu_seconds
            await asyncio.sleep(10)
            print(f"idle, streams open: {(room.cpu_seconds - cpu) * 10:.1f} % of a core, {room.megabytes:.0f} MB, "
                  f"{(room.megabytes - empty) / len(learners):.2f} MB a learner")
            await working(room, learners, options.seconds)
            await flooded(learners)
            for task in streams:
                task.cancel()
            await asyncio.gather(*streams, return_exceptions=True)
            failures = await killed(room, learners)
        finally:
            await room.end(signal.SIGTERM)
    raise SystemExit(1 if failures else 0)


if __name__ == "__main__":
    asyncio.run(main())
