"""Lines 1 and 2: from exec to ready, and memory at rest."""

import statistics
import time

from common import Row, Server


def run(folder):
    times, sizes = [], []
    for index in range(9):
        server = Server(f"{folder}/start-{index}")
        times.append(server.start_seconds * 1000)
        time.sleep(0.3)
        sizes.append(server.resident_megabytes)
        server.stop()
    slow, size = statistics.median(times), statistics.median(sizes)
    yield Row(1, "exec to /readyz 200, three nodes", f"{slow:.0f} ms", "50 ms", slow <= 50)
    yield Row(2, "memory at rest, one cluster", f"{size:.1f} MB", "30 MB", size <= 30)
