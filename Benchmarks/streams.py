"""Lines 7 and 8: watches and streams of server-sent events."""

import re
import selectors
import time

from common import Row, Server, percentile


class Streams:
    """Many open streams, read by one thread; each event carries the moment at which its cause was sent."""

    def __init__(self, server, path, count, accept="application/json"):
        self.selector = selectors.DefaultSelector()
        self.late, self.rest = [], {}
        for _ in range(count):
            connection = server.stream(path, accept)
            connection.setblocking(False)
            self.selector.register(connection, selectors.EVENT_READ)
        self.read(1.0)
        self.late.clear()

    def read(self, seconds):
        """Takes in what arrives, and notes how late it is."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            for key, _ in self.selector.select(left):
                content = self.rest.pop(key.fd, b"") + key.fileobj.recv(1 << 16)
                now, read = time.perf_counter(), 0
                for found in re.finditer(rb'"sent":"([0-9.]+)"', content):
                    self.late.append((now - float(found[1])) * 1000)
                    read = found.end()
                self.rest[key.fd] = content[read:][-40:]

    def close(self):
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()


def run(folder):
    server = Server(f"{folder}/streams")
    yield watchers(server)
    yield from events(server)
    server.stop()


def watchers(server, count=100, creates=150):
    path = "/api/v1/namespaces/default/configmaps"
    revision = server.get(path)["metadata"]["resourceVersion"]
    streams = Streams(server, f"{path}?watch=1&resourceVersion={revision}", count)
    before, begun = server.cpu_seconds, time.perf_counter()
    for index in range(creates):
        server.request("POST", path, {"metadata": {"name": f"c{index}"}, "data": {"sent": str(time.perf_counter())}})
        streams.read(0.02)
    streams.read(0.5)
    cores = (server.cpu_seconds - before) / (time.perf_counter() - begun)
    p50, p99 = percentile(streams.late, 0.5), percentile(streams.late, 0.99)
    assert len(streams.late) >= count * creates, f"{len(streams.late)} of {count * creates} events came"
    streams.close()
    return Row(7, f"{count} watchers, 50 creates a second", f"p50 {p50:.1f} ms, p99 {p99:.1f} ms (the reader's time too), "
               f"{cores:.3f} core", "p50 2 ms, p99 6 ms, 0.05 core", p50 <= 2 and p99 <= 6 and cores <= 0.05)


def events(server, count=1_000, rate=10, seconds=4):
    path = "/api/v1/namespaces/default/configmaps/busy"
    server.request("POST", path.rsplit("/", 1)[0], {"metadata": {"name": "busy"}})
    memory = server.resident_megabytes
    one = path.rsplit("/", 1)[0] + "?watch=1&fieldSelector=metadata.name%3Dbusy"
    streams = Streams(server, one, count, "text/event-stream")
    grown = server.resident_megabytes - memory
    before, begun = server.cpu_seconds, time.perf_counter()
    for _ in range(rate * seconds):
        server.request("PATCH", path, {"data": {"sent": str(time.perf_counter())}}, "application/merge-patch+json")
        streams.read(1 / rate)
    streams.read(0.5)
    cores = (server.cpu_seconds - before) / (time.perf_counter() - begun)
    p99 = percentile(streams.late, 0.99)
    yield Row(8, f"{count:,} SSE streams, {rate} events/s each", f"{cores:.2f} core, p99 {p99:.0f} ms (the reader's time too)",
              "0.15 core, p99 40 ms", cores <= 0.15 and p99 <= 40)
    yield Row(8, "memory of an idle stream", f"{grown / count * 1000:.0f} KB", "20 KB", grown / count * 1000 <= 20)
    streams.close()
