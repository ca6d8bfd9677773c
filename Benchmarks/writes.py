"""Line 5: durable POSTs."""

import json
import pathlib

from common import TOKEN, Load, Row, Server, pod


def run(folder):
    server = Server(f"{folder}/writes")
    script = pathlib.Path(folder) / "create.lua"
    body = pod("x")
    del body["metadata"]["name"]
    body["metadata"]["generateName"] = "p-"
    script.write_text(f"wrk.method='POST'; wrk.body='{json.dumps(body)}'; wrk.headers['Authorization']='Bearer {TOKEN}'; "
                      "wrk.headers['Content-Type']='application/json'")
    # Few enough for the cluster's limit on pods.
    load = Load(server.process.pid, server.url + "/api/v1/namespaces/default/pods", 32, 1, script)
    yield Row(5, "POST a pod, durable", f"{load.rate:.0f}/s, p99 {load.p99:.1f} ms, {load.cpu:.0f} µs CPU",
              "12,000/s, p99 20 ms", load.rate >= 12_000 and load.p99 <= 20)
    server.stop()
