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
    """A learner with a mouse."""

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
        self.wait_until_idle()

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

    def solve(self):
        """Lets the step show its solution, and runs it."""
        self.page.locator("[aria-controls=solution]").click()
        self.page.locator("#solution > button").click()
        self.wait_until_idle()

    def wait_until_idle(self):
        """Waits until all commands have ended."""
        expect(self.page.locator("#terminal")).not_to_have_attribute("data-running", "", timeout=STEP_MILLISECONDS)

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


class Typist(Learner):
    """A learner without a mouse."""

    def press(self, *keys: str):
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, target: Locator):
        """Presses Tab until this element has the focus."""
        target.wait_for()
        for _ in range(150):
            if target.evaluate("one => one === document.activeElement"):
                return
            # Escape lets the next Tab leave the editor, where Tab indents.
            if self.page.evaluate("document.activeElement.tagName") == "TEXTAREA":
                self.press("Escape")
            self.press("Tab")
        raise AssertionError(f"Tab never reaches {target}")

    def use(self, target: Locator):
        self.tab_to(target)
        self.press("Enter")

    def go_home(self):
        self.press("Escape", "0")
        expect(self.page.locator("a.lesson-card").first).to_be_visible()

    def open_lesson(self, lesson: str):
        self.go_home()
        self.use(self.page.locator(f'a.lesson-card[href="#/lessons/{lesson}"]'))
        self.use(self.page.get_by_role("button", name=self.texts["start"]))
        expect(self.page.locator(".condition").first).to_be_visible(timeout=STEP_MILLISECONDS)

    def predict(self):
        choices = self.page.locator(".quiz input[type=radio]:not(:disabled)")
        if choices.count():
            self.press("Escape", "l")
            self.tab_to(choices.first)
            self.press("Space")
            self.use(self.page.locator(".quiz button[type=submit]"))

    def solve(self):
        self.press("Escape", "l")
        self.use(self.page.locator("[aria-controls=solution]"))
        self.use(self.page.locator("#solution > button"))
        self.wait_until_idle()

    def go_on(self) -> bool:
        before = self.page.url
        expect(self.page.locator(".lesson-foot a.next")).to_be_visible()
        self.press("Escape", "n")
        expect(self.page).not_to_have_url(before)
        return re.search(r"/end$", self.page.url) is None
