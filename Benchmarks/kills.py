"""Line 16: `kill -9` at random moments under load; every acknowledged write must be there afterwards."""

import http.client
import json
import os
import random
import threading
import time

from common import TOKEN, Row, Server

WRITERS = 8


def write(url, name, acknowledged):
    """Creates ConfigMaps until the server is gone."""
    connection = http.client.HTTPConnection(url.split("//")[1])
    headers = {"Authorization": "Bearer " + TOKEN, "Content-Type": "application/json"}
    number = 0
    while True:
        body = json.dumps({"metadata": {"name": f"{name}-{number}"}, "data": {"text": "x" * 500}})
        try:
            connection.request("POST", "/api/v1/namespaces/default/configmaps", body, headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return
        if answer.status == 201:
            acknowledged.append(f"{name}-{number}")
        number += 1


def run(folder, kills=int(os.environ.get("KILLS", "12"))):
    acknowledged, lost, revision = [], 0, 0
    for round_number in range(kills):
        server = Server(f"{folder}/kills")
        threads = [threading.Thread(target=write, args=(server.url, f"c{round_number}-{index}", acknowledged))
                   for index in range(WRITERS)]
        for thread in threads:
            thread.start()
        time.sleep(random.uniform(0.05, 0.6))
        server.process.kill()
        server.process.wait()
        for thread in threads:
            thread.join()
        server = Server(f"{folder}/kills")
        found = server.get("/api/v1/namespaces/default/configmaps")
        names = {item["metadata"]["name"] for item in found["items"]}
        lost += len(set(acknowledged) - names)
        assert int(found["metadata"]["resourceVersion"]) >= revision, "a revision was given twice"
        revision = int(found["metadata"]["resourceVersion"])
        server.stop()
    yield Row(16, f"{kills} kills under load, {len(acknowledged)} acknowledged writes", f"{lost} lost", "0 lost", lost == 0)
