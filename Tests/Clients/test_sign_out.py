"""Whose sign-in ends, theirs ends at once: streams, watches, logs, terminals, conversations with containers."""

import subprocess
import threading

import pytest

from classroom_room import PASSWORD, Room, wait_for
from conftest import kubectls

POD = {"metadata": {"name": "web"}, "spec": {"containers": [{"name": "web", "image": "nginx:1.27"}]}}


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    room = Room(tmp_path_factory.mktemp("signout"))
    yield room
    assert room.server.stop() == 0


class Listener:
    """Somebody who reads an answer until it ends."""

    def __init__(self, answer):
        assert answer.status_code == 200, answer.text
        self.answer, self.seen = answer, b""
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()

    def listen(self):
        try:
            for part in self.answer.iter_content(None):
                self.seen += part
        except Exception:
            pass  # cut off: as good as ended

    @property
    def has_ended(self):
        return not self.thread.is_alive()


def open_all(person, room):
    """Everything that a learner can keep open from a page."""
    own = person.cluster
    listen = lambda answer: Listener(answer)
    return [
        listen(person.get(own + "/stream", stream=True)),
        listen(person.get(own + "/api/v1/namespaces/default/pods?watch=1", stream=True)),
        listen(person.get(own + "/api/v1/namespaces/default/pods/web/log?follow=true", stream=True)),
        listen(person.get(own + "/lessons/birth-of-a-pod/checks?step=create&language=en", stream=True)),
        listen(person.post(own + "/terminal", json={"line": "kubectl get pods -w"}, stream=True)),
        listen(person.get(
            f"/clusters/classroom/apis/podium.dev/v1/learners?watch=1&fieldSelector=metadata.name={person.name}",
            stream=True, headers={"Accept": "text/event-stream"})),
    ]


def learner_with_a_pod(room, nickname):
    person = room.join(nickname)
    pods = person.cluster + "/api/v1/namespaces/default/pods"
    assert person.post(pods, json=POD).status_code == 201
    wait_for(lambda: person.get(pods + "/web").json().get("status", {}).get("phase") == "Running")
    return person


def conversation(person, room, name):
    """kubectl exec by the learner's kubeconfig, which waits for words."""
    path = room.server.folder / f"{name}.kubeconfig"
    path.write_text(person.post("/session/kubeconfig", json={}).text)
    process = subprocess.Popen(
        [kubectls()[-1][1], "--kubeconfig", str(path), "exec", "-i", "web", "--", "cat"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdin.write(b"hello\n")
    process.stdin.flush()
    assert process.stdout.readline() == b"hello\n"
    return process


def all_end(listeners, seconds=3):
    wait_for(lambda: all(one.has_ended for one in listeners), seconds)


def test_signing_out_ends_what_that_browser_has_open(room):
    person = learner_with_a_pod(room, "out")
    other = room.person().sign_in(personalCode=person.code)
    listeners, others = open_all(person, room), open_all(other, room)
    wait_for(lambda: all(one.seen for one in listeners[:4]))
    assert person.delete("/session").status_code == 200
    all_end(listeners)
    assert not any(one.has_ended for one in others), "another browser's streams go on"
    assert other.delete("/session").status_code == 200
    all_end(others)


def test_a_new_personal_code_ends_sessions_and_kubeconfigs(room):
    person = learner_with_a_pod(room, "lost")
    listeners = open_all(person, room)
    talk = conversation(person, room, "lost")
    assert room.instructor.post(f"/classroom/learners/{person.name}/code", json={}).status_code == 200
    all_end(listeners)
    talk.wait(timeout=5)
    assert person.get("/session").status_code == 401


def test_removal_ends_everything(room):
    person = learner_with_a_pod(room, "gone")
    listeners = open_all(person, room)
    talk = conversation(person, room, "gone")
    assert room.instructor.delete("/clusters/classroom/apis/podium.dev/v1/learners/" + person.name).status_code == 200
    all_end(listeners, 5)
    talk.wait(timeout=5)


def test_a_reset_ends_what_was_open_in_the_old_cluster(room):
    person = learner_with_a_pod(room, "anew")
    listeners = open_all(person, room)
    talk = conversation(person, room, "anew")
    assert room.instructor.patch_object("learners", person.name, {"spec": {"resets": 1}}).status_code == 200
    all_end(listeners[:5], 5)
    talk.wait(timeout=5)
    assert person.get("/session").status_code == 200, "the learner stays signed in"


def test_a_new_password_ends_the_instructors_other_browsers(room):
    other = room.person().sign_in(password=PASSWORD)
    board = "/clusters/classroom/stream?resources=learners.podium.dev"
    mine, theirs = [Listener(one.get(board, stream=True)) for one in (room.instructor, other)]
    wait_for(lambda: mine.seen and theirs.seen)
    changed = room.instructor.post("/classroom/password", json={"password": "a better password", "current": PASSWORD})
    assert changed.status_code == 200
    all_end([theirs])
    assert not mine.has_ended
    back = room.instructor.post("/classroom/password", json={"password": PASSWORD, "current": "a better password"})
    assert back.status_code == 200
