"""The classroom: joining, coming back, an own cluster, and what the instructor does with kubectl."""

import csv
import io
import json
import signal
import subprocess

import pytest
import requests
import yaml

from classroom_room import ADMIN, PASSWORD, Room, wait_for
from conftest import BINARY, kubectls


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    room = Room(tmp_path_factory.mktemp("classroom"))
    yield room
    assert room.server.stop() == 0


def kubectl(room, *arguments, input=None):
    """kubectl as the server's admin, in the classroom's own cluster."""
    path = room.server.folder / "classroom.kubeconfig"
    if not path.exists():
        path.write_text(subprocess.run(
            [BINARY, "kubeconfig", "--data", str(room.server.folder / "data"), "--cluster", "classroom"],
            capture_output=True, text=True, check=True).stdout)
    answer = subprocess.run(
        [kubectls()[-1][1], "--kubeconfig", str(path), "--cache-dir", str(room.server.folder / "cache"), *arguments],
        capture_output=True, text=True, input=input, timeout=60)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def patch_classroom(room, spec):
    kubectl(room, "patch", "classroom", "classroom", "--type", "merge", "-p", json.dumps({"spec": spec}))


def fault_names(person):
    items = person.get(person.cluster + "/apis/podium.dev/v1/faults").json()["items"]
    return [item["metadata"]["name"] for item in items]


def test_nobody_is_signed_in_by_itself(room):
    somebody = room.person()
    assert somebody.get("/session").status_code == 401
    assert somebody.post("/session", json={}).status_code == 401
    door = somebody.get("/classroom").json()
    assert door == {"title": "", "locked": False, "setup": "none"}


def test_a_learner_joins_works_and_comes_back(room):
    minji = room.join("민지")
    description = minji.description
    assert description["user"] == "learner"
    assert description["cluster"] == minji.name == description["classroom"]["name"]
    assert description["classroom"]["role"] == "learner" and description["classroom"]["nickname"] == "민지"
    nodes = minji.get(minji.cluster + "/api/v1/nodes").json()["items"]
    assert len(nodes) == 3
    assert all(any(c["type"] == "Ready" and c["status"] == "True" for c in n["status"]["conditions"]) for n in nodes)
    made = minji.post(minji.cluster + "/api/v1/namespaces/default/configmaps", json={"metadata": {"name": "mine"}})
    assert made.status_code == 201, made.text
    # Exactly what who learns alone may do, no more.
    assert minji.get(minji.cluster + "/api/v1/namespaces/kube-system/secrets").status_code == 403
    other_browser = room.person().sign_in(personalCode=minji.code.lower().replace("-", " "))
    assert other_browser.name == minji.name
    assert other_browser.get(minji.cluster + "/api/v1/namespaces/default/configmaps/mine").status_code == 200
    assert "personalCode" not in other_browser.description
    assert minji.delete("/session").status_code == 200
    assert minji.get("/session").status_code == 401
    assert other_browser.get("/session").status_code == 200


def test_cookies_and_changes(room):
    ann = room.person()
    answer = ann.post("/session", json={"code": room.status["joinCode"], "nickname": "Cookie"})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Secure" not in cookie
    cluster = "/clusters/" + answer.json()["cluster"]
    del ann.http.headers["X-Podium-Console"]
    for method, path in (("post", cluster + "/api/v1/namespaces/default/configmaps"), ("delete", "/session"),
                         ("post", "/session/kubeconfig"), ("post", cluster + "/terminal"),
                         ("post", cluster + "/lessons/birth-of-a-pod/start"), ("post", "/session"),
                         ("post", "/classroom/password")):
        assert getattr(ann, method)(path, json={}).status_code == 403, path


def test_what_is_refused_when_joining(room):
    code = room.status["joinCode"]
    room.join("Once")
    somebody = room.person()
    taken = somebody.post("/session", json={"code": code, "nickname": "ONCE"})
    assert (taken.status_code, taken.json()["reason"]) == (409, "AlreadyExists")
    for nickname in ("", "x" * 33, "a\nb", " a"):
        bad = somebody.post("/session", json={"code": code, "nickname": nickname})
        assert bad.status_code == 422
        assert bad.json()["details"]["causes"][0]["field"] == "nickname"
    assert somebody.post("/session", json={"code": "222222", "nickname": "x"}).status_code == 401
    assert somebody.post("/session", json={"personalCode": "2222-2222-2222"}).status_code == 401
    assert somebody.post("/session", json={"password": "wrong wrong"}).status_code == 401
    assert somebody.post("/session", data="{nonsense").status_code == 400
    patch_classroom(room, {"locked": True})
    closed = somebody.post("/session", json={"code": code, "nickname": "Late"})
    assert (closed.status_code, closed.json()["reason"]) == (403, "Forbidden")
    patch_classroom(room, {"locked": False})
    codes = room.classroom["spec"].get("joinCodes", 0)
    patch_classroom(room, {"joinCodes": codes + 1})
    wait_for(lambda: room.status["joinCode"] != code)
    assert somebody.post("/session", json={"code": code, "nickname": "Late"}).status_code == 401


def test_instructor_acts_with_kubectl(room):
    one, two = room.join("One"), room.join("Two")
    patch_classroom(room, {"message": {"text": "Break until 10:30", "number": 1}})
    wait_for(lambda: room.learner(one)["status"].get("message", {}).get("text") == "Break until 10:30")
    wait_for(lambda: "message" in one.object("learners", one.name)["status"])
    patch_classroom(room, {"message": None})
    wait_for(lambda: "message" not in room.learner(two)["status"])

    kubectl(room, "apply", "-f", "-", input=yaml.safe_dump({
        "apiVersion": "podium.dev/v1", "kind": "Incident", "metadata": {"name": "node-2-fails"},
        "spec": {"fault": {"type": "NodeDown", "node": "node-2"}, "learners": [one.name]}}))
    wait_for(lambda: fault_names(one) == ["incident-node-2-fails"])
    assert fault_names(two) == []
    wait_for(lambda: room.instructor.object("incidents", "node-2-fails")["status"]["active"] == 1)
    assert "node-2-fails" in kubectl(room, "get", "incidents")
    kubectl(room, "delete", "incident", "node-2-fails")
    wait_for(lambda: fault_names(one) == [])

    def is_paused(person):
        return person.get(person.cluster + "/apis/podium.dev/v1/clocks/cluster").json()["spec"].get("paused", False)
    patch_classroom(room, {"paused": True})
    wait_for(lambda: is_paused(one) and is_paused(two))
    patch_classroom(room, {"paused": False})
    wait_for(lambda: not is_paused(one) and not is_paused(two))

    made = two.post(two.cluster + "/api/v1/namespaces/default/configmaps", json={"metadata": {"name": "gone"}}).json()
    kubectl(room, "patch", "learner", two.name, "--type", "merge", "-p", '{"spec":{"resets":1}}')
    wait_for(lambda: room.learner(two)["status"].get("resets") == 1)
    assert two.get(two.cluster + "/api/v1/namespaces/default/configmaps/gone").status_code == 404
    # A page that resumes where it was in the old cluster is told to begin anew.
    old = two.get(two.cluster + "/stream?resources=configmaps", headers={"Last-Event-ID": made["metadata"]["resourceVersion"]})
    assert "event: ERROR" in old.text and '"code":410' in old.text
    assert len(two.get(two.cluster + "/api/v1/nodes").json()["items"]) == 3
    assert "Two" in kubectl(room, "get", "learners")


def test_all_are_put_at_a_step(room):
    person = room.join("Pushed")
    patch_classroom(room, {"push": {"lesson": "birth-of-a-pod", "step": "", "number": 1}})
    push = wait_for(lambda: room.learner(person)["status"].get("push"))
    assert push["lesson"] == "birth-of-a-pod" and push["step"] and int(push["revision"]) > 0
    assert room.learner(person)["status"]["current"]["lesson"] == "birth-of-a-pod"
    patch_classroom(room, {"push": {"lesson": "no-such-lesson", "number": 2}})
    wait_for(lambda: "not found" in room.learner(person)["status"]["push"].get("problem", ""))
    patch_classroom(room, {"push": None})


def test_a_hand_is_raised_and_nothing_else_changed(room):
    person = room.join("Hand")
    answer = person.patch_object("learners", person.name, {"spec": {"hand": True}})
    assert answer.status_code == 200, answer.text
    wait_for(lambda: room.learner(person)["status"].get("handSince"))
    for patch in ({"spec": {"nickname": "Boss"}}, {"spec": {"resets": 1}}, {"metadata": {"labels": {"a": "b"}}},
                  {"metadata": {"finalizers": None}}):
        refusal = person.patch_object("learners", person.name, patch)
        assert refusal.status_code == 403, (patch, refusal.text)
    assert person.get("/clusters/classroom/apis/podium.dev/v1/learners").status_code == 403
    assert person.get("/clusters/classroom/apis/podium.dev/v1/classrooms/classroom").status_code == 403
    watch = person.get(f"/clusters/classroom/apis/podium.dev/v1/learners?watch=1&timeoutSeconds=1"
                       f"&fieldSelector=metadata.name={person.name}")
    assert watch.status_code == 200 and person.name in watch.text
    room.instructor.patch_object("learners", person.name, {"spec": {"hand": False}})
    wait_for(lambda: "handSince" not in room.learner(person)["status"])


def test_attempts_follow_the_learner(room):
    person = room.join("Diligent")
    lesson = person.get("/lessons/birth-of-a-pod?language=en").json()
    step = lesson["steps"][0]
    begun = person.post(person.cluster + "/lessons/birth-of-a-pod/start", json={"step": step["id"]}).json()
    name = f"{person.name}.birth-of-a-pod"
    wait_for(lambda: room.instructor.object("attempts", name).get("status", {}).get("step") == step["id"])
    checks = person.get(f"{person.cluster}/lessons/birth-of-a-pod/checks?step={step['id']}&since={begun['revision']}"
                        "&language=en", stream=True)
    stuck = wait_for(lambda: room.instructor.object("attempts", name)["status"].get("condition"))
    assert stuck["id"] and stuck["text"]
    for command in step["solution"]:
        files = {f["name"]: f["content"] for f in step["files"]}
        person.post(person.cluster + "/terminal", json={"line": command, "files": files}).content
    wait_for(lambda: room.instructor.object("attempts", name)["status"]["state"] in ("Passed", "Completed"))
    checks.close()
    status = person.get("/classroom/progress").json()["attempts"][0]["status"]
    assert [done["step"] for done in status["finishedSteps"]] == [step["id"]]
    rows = room.instructor.get("/classroom/results.csv")
    assert rows.content.startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(rows.content.decode("utf-8-sig"))))
    assert [r["finished steps"] for r in table if r["nickname"] == "Diligent"] == ["1"]


def test_the_board_is_live_and_resumes(room):
    address = "/clusters/classroom/stream?resources=learners.podium.dev,attempts.podium.dev,secrets"
    stream = room.instructor.get(address, stream=True)
    lines = stream.iter_lines(decode_unicode=True)
    assert json.loads(next(line for line in lines if line.startswith("data:"))[5:])["refused"] == ["secrets"]
    person = room.join("Live")
    seen = []
    for line in lines:
        seen.append(line)
        if person.name in line:
            break
    last = next(line[4:] for line in reversed(seen) if line.startswith("id: "))
    stream.close()
    late = room.join("Later")
    stream = room.instructor.get(address, stream=True, headers={"Last-Event-ID": last})
    for line in stream.iter_lines(decode_unicode=True):
        assert f'"name":"{person.name}"' not in line or '"type":"ADDED"' not in line
        if late.name in line:
            break
    stream.close()


def test_staff_looks_but_does_not_touch(room):
    person = room.join("Watched")
    assistant = room.join("조교", room.status["assistantCode"])
    observer = room.join("Guest", room.status["observerCode"])
    assert (assistant.description["classroom"]["role"], observer.description["classroom"]["role"]) == (
        "assistant", "observer")
    for staff in (room.instructor, assistant):
        for path in ("/api/v1/nodes", "/api/v1/pods", "/apis/podium.dev/v1/clocks", "/apis/apps/v1/deployments"):
            assert staff.get(person.cluster + path).status_code == 200, path
        assert staff.get(person.cluster + "/api/v1/secrets").status_code == 403
        assert staff.post(person.cluster + "/api/v1/namespaces/default/configmaps",
                          json={"metadata": {"name": "x"}}).status_code == 403
        assert staff.post(person.cluster + "/lessons/birth-of-a-pod/start", json={}).status_code == 403
        assert staff.get("/clusters/classroom/apis/podium.dev/v1/learners").status_code == 200
    assert observer.get(person.cluster + "/api/v1/nodes").status_code == 404
    assert observer.get("/clusters/classroom/apis/podium.dev/v1/attempts").status_code == 200
    assert observer.patch_object("learners", person.name, {"spec": {"resets": 1}}).status_code == 403
    assert assistant.patch_object("classrooms", "classroom", {"spec": {"locked": True}}).status_code == 403
    assert assistant.get("/clusters/classroom/apis/podium.dev/v1/classrooms").status_code == 403
    for staff in (room.instructor, assistant, observer):
        assert staff.get("/clusters/classroom/api/v1/secrets").status_code == 403


def test_an_assistant_cannot_become_more(room):
    """No code, token, certificate, role or name makes an assistant an instructor, or lets them make another assistant."""
    assistant = room.join("조교 둘", code=room.status["assistantCode"])
    learner = room.join("Ward")
    for name in ("instructor", "assistant", "assistant:조교 둘", "observer", "classroom", "learner-aaaaaaaa"):
        answer = assistant.post(f"/classroom/learners/{name}/code", json={})
        assert answer.status_code == 404, (name, answer.text)
    assert assistant.post("/session/kubeconfig", json={}).status_code == 403
    classroom = "/clusters/classroom"
    rbac = classroom + "/apis/rbac.authorization.k8s.io/v1"
    binding = {"metadata": {"name": "more"}, "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
                                                        "name": "podium:instructor"},
               "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "assistant:조교 둘"}]}
    secret = {"metadata": {"name": "session-1"}, "type": "podium.dev/credential"}
    for path, body in [
        (rbac + "/clusterrolebindings", binding), (classroom + "/api/v1/namespaces/kube-system/secrets", secret),
        (classroom + "/api/v1/namespaces/default/serviceaccounts/default/token", {}),
        (classroom + "/apis/certificates.k8s.io/v1/certificatesigningrequests", {"metadata": {"name": "a"}}),
        (classroom + "/apis/podium.dev/v1/learners", {"metadata": {"name": "learner-mine"}, "spec": {"nickname": "a"}}),
        (learner.cluster + "/api/v1/namespaces/default/serviceaccounts/default/token", {}),
    ]:
        assert assistant.post(path, json=body).status_code == 403, path
    assert assistant.get(classroom + "/api/v1/namespaces/kube-system/secrets").status_code == 403
    assert assistant.get(classroom + "/apis/podium.dev/v1/classrooms/classroom").status_code == 403
    assert assistant.patch_object("classrooms", "classroom", {"spec": {"joinCodes": 99}}).status_code == 403
    for user in ("instructor", "system:admin"):
        answer = assistant.get(classroom + "/apis/podium.dev/v1/classrooms", headers={"Impersonate-User": user})
        assert answer.status_code == 403
    # What an assistant is for: a learner's lost code.
    assert assistant.post(f"/classroom/learners/{learner.name}/code", json={}).status_code == 200


def test_kubeconfig_reaches_the_own_cluster(room):
    person = room.join("Kube")
    file = person.post("/session/kubeconfig", json={})
    assert file.status_code == 200 and "attachment" in file.headers["Content-Disposition"]
    path = room.server.folder / "learner.kubeconfig"
    path.write_text(file.text)
    answer = subprocess.run(
        [kubectls()[-1][1], "--kubeconfig", str(path), "--cache-dir", str(room.server.folder / "cache2"), "get", "nodes"],
        capture_output=True, text=True, timeout=60)
    assert answer.returncode == 0 and "node-1" in answer.stdout, answer.stderr
    assert room.instructor.post("/session/kubeconfig", json={}).status_code == 403


def test_lost_codes_and_removed_learners(room):
    person = room.join("Forgetful")
    assert person.post(f"/classroom/learners/{person.name}/code", json={}).status_code == 403
    code = room.instructor.post(f"/classroom/learners/{person.name}/code", json={}).json()["personalCode"]
    assert room.person().post("/session", json={"personalCode": person.code}).status_code == 401
    assert room.person().sign_in(personalCode=code).name == person.name
    picture = room.instructor.get("/classroom/join.svg?address=https://10.0.0.5:8080")
    assert picture.headers["Content-Type"] == "image/svg+xml" and picture.text.startswith("<svg")
    # The new code ended what was begun with the old one.
    assert person.get("/session").status_code == 401
    person.sign_in(personalCode=code)
    assert person.get("/classroom/join.svg").status_code == 403
    room.instructor.delete("/clusters/classroom/apis/podium.dev/v1/learners/" + person.name)
    assert person.get("/session").status_code == 401
    assert room.person().post("/session", json={"personalCode": code}).status_code == 401
    wait_for(lambda: requests.get(room.server.url + person.cluster + "/api/v1/nodes", headers=ADMIN).status_code == 404)


def test_all_comes_back_after_a_kill(tmp_path):
    room = Room(tmp_path)
    person = room.join("Phoenix")
    person.post(person.cluster + "/api/v1/namespaces/default/configmaps", json={"metadata": {"name": "kept"}})
    room.server.stop(signal.SIGKILL)
    old = room.instructor.http.cookies
    room.start()
    person.url = room.server.url
    assert person.get("/session").json()["cluster"] == person.name
    assert person.get(person.cluster + "/api/v1/namespaces/default/configmaps/kept").status_code == 200
    assert requests.get(room.server.url + "/session", cookies=old).status_code == 200
    assert room.person().sign_in(personalCode=person.code).name == person.name
    room.server.stop()


def test_wrong_ones_are_heard_only_so_often(tmp_path):
    room = Room(tmp_path)
    somebody = room.person()
    answers = [somebody.post("/session", json={"code": "222222", "nickname": "x"}) for _ in range(31)]
    assert [a.status_code for a in answers] == [401] * 30 + [429]
    assert int(answers[-1].headers["Retry-After"]) <= 61
    # Not even the right one is heard then; whoever is signed in feels nothing.
    assert somebody.post("/session", json={"code": room.status["joinCode"], "nickname": "x"}).status_code == 429
    answers = [somebody.post("/session", json={"password": "wrong wrong"}).status_code for _ in range(11)]
    assert answers == [401] * 10 + [429]
    assert somebody.post("/session", json={"password": PASSWORD}).status_code == 429
    room.server.stop()


def test_the_first_password_is_set_at_the_machine(make_server):
    server = make_server("--classroom").start()
    page = requests.Session()
    page.headers["X-Podium-Console"] = "1"
    assert page.get(server.url + "/classroom").json()["setup"] == "page"
    assert page.post(server.url + "/session", json={"password": PASSWORD}).status_code == 401
    assert page.post(server.url + "/classroom/password", json={"password": "short"}).status_code == 422
    made = page.post(server.url + "/classroom/password", json={"password": PASSWORD})
    assert made.status_code == 201 and made.json()["classroom"]["role"] == "instructor"
    assert page.get(server.url + "/classroom").json()["setup"] == "none"
    again = requests.post(server.url + "/classroom/password", json={"password": "another one"},
                          headers={"X-Podium-Console": "1"})
    assert again.status_code == 409
    wrong = page.post(server.url + "/classroom/password", json={"password": "a new one", "current": "wrong"})
    assert wrong.status_code == 401
    changed = page.post(server.url + "/classroom/password", json={"password": "a new one", "current": PASSWORD})
    assert changed.status_code == 200
    assert page.post(server.url + "/session", json={"password": PASSWORD}).status_code == 401
    assert page.post(server.url + "/session", json={"password": "a new one"}).status_code == 200
