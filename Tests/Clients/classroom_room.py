"""A server with a classroom, and the people in it."""

import time

import requests

from conftest import TOKEN, Server

PASSWORD = "correct horse battery staple"
ADMIN = {"Authorization": f"Bearer {TOKEN}"}


class Person:
    """One browser: a cookie, and the header that only our page sends."""

    def __init__(self, url):
        self.url = url
        self.http = requests.Session()
        self.http.headers["X-Podium-Console"] = "1"
        self.name = self.code = None

    def __getattr__(self, verb):
        return lambda path, **more: getattr(self.http, verb)(self.url + path, **{"timeout": 30, **more})

    def sign_in(self, **body):
        answer = self.post("/session", json=body)
        assert answer.status_code in (200, 201), answer.text
        self.description = answer.json()
        self.code = self.description.get("personalCode", self.code)
        self.name = self.description["classroom"].get("name")
        return self

    @property
    def cluster(self):
        return "/clusters/" + self.description["cluster"]

    def patch_object(self, kind, name, patch):
        return self.patch(f"/clusters/classroom/apis/podium.dev/v1/{kind}/{name}", json=patch,
                          headers={"Content-Type": "application/merge-patch+json"})

    def object(self, kind, name):
        return self.get(f"/clusters/classroom/apis/podium.dev/v1/{kind}/{name}").json()


class Room:
    def __init__(self, folder, *options):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "password").write_text(PASSWORD + "\n")
        self.server = Server(folder, "--classroom", "--instructor-password-file", str(folder / "password"), *options)
        self.start()

    def start(self):
        self.server.start()
        self.instructor = Person(self.server.url)
        wait_for(lambda: self.instructor.post("/session", json={"password": PASSWORD}).status_code == 200)
        self.instructor.sign_in(password=PASSWORD)
        wait_for(lambda: self.status.get("joinCode"))

    @property
    def classroom(self):
        return self.instructor.object("classrooms", "classroom")

    @property
    def status(self):
        return self.classroom.get("status", {})

    def person(self):
        return Person(self.server.url)

    def join(self, nickname, code=None):
        return self.person().sign_in(code=code or self.status["joinCode"], nickname=nickname)

    def learner(self, person):
        return self.instructor.object("learners", person.name)


def wait_for(is_so, seconds=30):
    end = time.time() + seconds
    while time.time() < end:
        found = is_so()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not come to be")
