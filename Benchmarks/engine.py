"""Lines 11 to 14 and 17: the engine by itself, in processor time (`EngineBenchmarks`)."""

import subprocess

from common import ENGINE, Row


def run(folder):
    text = subprocess.run([ENGINE], capture_output=True, text=True, check=True).stdout
    found = {}
    for line in text.splitlines():
        name, value, unit = line.split(" ", 2)
        found[name] = (float(value), unit)

    def row(line, name, work, asked, reached):
        value, unit = found[name]
        return Row(line, work, f"{value:,.2f} {unit}", asked, reached(value) if reached else None)

    yield row(9, "schedule.plain", "2,000 pods, the engine alone", "-", None)
    yield row(9, "schedule.constrained", "the same with spread and anti-affinity", "-", None)
    yield row(10, "scale.rollout", "the engine alone", "-", None)
    built = found["scale.nodes"][0] + found["scale.pods"][0]
    yield Row(11, "1,000 nodes and 10,000 pods, bound", f"{built:.2f} s", "5 s", built <= 5)
    yield row(11, "scale.running", "the same, until they run", "-", None)
    yield row(11, "scale.memory", "its memory", "300 MB", lambda value: value <= 300)
    yield row(11, "scale.idle", "its rest", "1 %", lambda value: value <= 1)
    yield row(12, "many.creation", "one of 1,000 clusters of three nodes and ten pods", "20 ms", lambda value: value <= 20)
    yield row(12, "many.memory", "all of them awake", "1,000 MB", lambda value: value <= 1000)
    yield row(12, "many.idle", "their rest", "1 %", lambda value: value <= 1)
    yield row(12, "many.asleep", "all of them asleep", "200 MB", lambda value: value <= 200)
    yield row(13, "time.speed", "three nodes, 50 pods, quiet", "10,000 x", lambda value: value >= 10_000)
    yield row(13, "time.step", "a step", "1 ms", lambda value: value <= 1)
    yield row(13, "time.rewind", "back to a kept revision", "50 ms", lambda value: value <= 50)
    yield row(13, "time.fork", "a fork, without its journal", "20 ms", lambda value: value <= 20)
    yield row(14, "json.parse", "read a pod", "250 MB/s", lambda value: value >= 250)
    yield row(14, "json.write", "write a pod", "300 MB/s", lambda value: value >= 300)
    yield row(17, "traffic", "through a Service with three pods", "100,000/s", lambda value: value >= 100_000)
