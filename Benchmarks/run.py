#!/usr/bin/env python3
"""Benchmarks of the release binary, each beside a peer where one runs here. Prints a table of what is asked and measured.

    script/bench [NAME ...]      names: start reads writes streams schedule kills engine; all without one (about five minutes)

Server and client share the machine: trust ratios and CPU a request, not absolute rates. Needs `wrk` and `nginx`.
"""

import os
import pathlib
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import engine  # noqa: E402
import kills  # noqa: E402
import reads  # noqa: E402
import schedule  # noqa: E402
import start  # noqa: E402
import streams  # noqa: E402
import writes  # noqa: E402

BENCHMARKS = {"start": start, "reads": reads, "writes": writes, "streams": streams, "schedule": schedule,
              "kills": kills, "engine": engine}

if __name__ == "__main__":
    names = sys.argv[1:] or list(BENCHMARKS)
    if unknown := [name for name in names if name not in BENCHMARKS]:
        sys.exit(f"unknown: {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}")
    if missing := [tool for tool in ("wrk", "nginx") if not shutil.which(tool)]:
        sys.exit(f"{', '.join(missing)} missing: apt-get install wrk nginx-light")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before", flush=True)
    print("| line | work | measured | asked | reached |\n|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            for row in BENCHMARKS[name].run(folder):
                print(row, flush=True)
