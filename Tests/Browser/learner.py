"""What a learner does with the console."""

import re

from playwright.sync_api import Locator, Page, expect

TEXTS = {
    "en": {"start": "Start the lesson", "next": "Next step", "finish": "Finish", "finished": "Lesson finished"},
    "ko": {"start": "레슨 시작", "next": "다음 단계", "finish": "마치기", "finished": "레슨을 마쳤습니다"},
}
# How long a step may take with the clock sped up.
STEP_MILLISECONDS = 90_000


class Learner:
    def __init__(self, page: Page, language: str = "en"):
        self.page = page
        self.texts = TEXTS[language]

    @property
    def checks(self) -> Locator:
        return self.page.locator(".checks")

    @property
    def output(self) -> Locator:
        return self.page.locator(".output")

    def wait_until_live(self):
        expect(self.page.locator(".connection")).to_have_attribute("data-state", "open")
        expect(self.page.locator(".node")).to_have_count(3)

    def type(self, line: str):
        """Types a command and waits until it has ended."""
        entry = self.page.locator("#terminal-input")
        entry.fill(line)
        entry.press("Enter")
        expect(self.page.locator(".line-command").last).to_contain_text(line)
        expect(self.page.locator("#terminal")).not_to_have_attribute("data-running", "", timeout=STEP_MILLISECONDS)

    def set_speed(self, speed: str):
        self.page.locator("#clock select").select_option(speed)

    def skip(self, seconds: int):
        self.page.locator("#clock .skip", has_text=f"+{seconds} s").click()

    def open_lesson(self, lesson: str):
        self.go_home()
        self.page.locator(f'a.lesson-card[href="#/lessons/{lesson}"]').click()
        self.page.get_by_role("button", name=self.texts["start"]).click()
        expect(self.page.locator(".condition").first).to_be_visible(timeout=STEP_MILLISECONDS)

    def go_home(self):
        self.page.locator(".brand a").click()
        expect(self.page.locator("a.lesson-card").first).to_be_visible()

    def look_at(self, view: str):
        """Chooses a view of the picture."""
        self.page.locator(f"#view-{view}").click()

    def predict(self):
        """Makes the first prediction that offers itself."""
        choice = self.page.locator(".quiz input[type=radio]:not(:disabled)").first
        if choice.count():
            choice.check()
            self.page.locator(".quiz button[type=submit]").click()

    def solution(self) -> list[str]:
        """The commands of this step's solution, which it shows for that."""
        if not self.page.locator("#solution").is_visible():
            self.page.locator("[aria-controls=solution]").click()
        return self.page.locator("#solution .command").evaluate_all("all => all.map(one => one.dataset.command)")

    def expect_green(self):
        expect(self.checks).to_have_attribute("data-passed", "", timeout=STEP_MILLISECONDS)

    def go_on(self) -> bool:
        """Goes to the next step; false at the end of the lesson."""
        before = self.page.url
        forward = self.page.locator(".lesson-foot a.next")
        expect(forward).to_be_visible()
        forward.click()
        expect(self.page).not_to_have_url(before)
        return re.search(r"/end$", self.page.url) is None
