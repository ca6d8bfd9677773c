"""Three lessons, walked to their green ends with the mouse and with the keyboard alone."""

import os
import re
from itertools import product

import pytest
from playwright.sync_api import expect

from conftest import screenshot
from learner import Learner, Typist

LESSONS = ["birth-of-a-pod", "self-healing", "deployment"]


def walks():
    """Every lesson in both languages, in turn with the mouse and with the keyboard; each with both if PODIUM_WALKS=all."""
    for number, (lesson, language) in enumerate(product(LESSONS, ["ko", "en"])):
        hands = [Learner, Typist] if number % 4 in (0, 3) else [Typist, Learner]
        for learner_of in hands if os.environ.get("PODIUM_WALKS") == "all" else hands[:1]:
            yield lesson, language, learner_of


@pytest.mark.parametrize("lesson,language,learner_of", walks())
def test_a_lesson_ends_green(open_page, lesson, language, learner_of):
    page = open_page(language=language)
    learner = learner_of(page, language)
    learner.wait_until_live()
    learner.open_lesson(lesson)
    learner.set_speed("50")
    while True:
        learner.predict()
        learner.solve()
        learner.expect_green()
        screenshot(page, f"{lesson}-{page.url.rsplit('/', 1)[-1]}-{language}")
        if not learner.go_on():
            break
    expect(page.get_by_role("heading", name=learner.texts["finished"])).to_be_visible()
    learner.go_home()
    expect(page.locator(f'a.lesson-card[href="#/lessons/{lesson}"]')).to_have_attribute("data-state", "done")


def test_a_step_says_what_is_missing_and_is_remembered(learner):
    learner.wait_until_live()
    learner.open_lesson("birth-of-a-pod")
    page = learner.page
    expect(learner.checks.locator(".condition").first).to_contain_text("Expected")
    expect(page.locator(".summary")).to_contain_text("still missing")
    page.get_by_role("button", name="Hint").click()
    expect(page.locator(".hints li")).to_have_count(1)
    page.reload()
    expect(learner.checks.locator(".condition").first).to_be_visible()
    page.locator(".prose .command").first.click()
    learner.expect_green()
    expect(page.get_by_role("link", name="Next step")).to_be_visible()


def test_a_file_is_edited_and_applied(learner):
    learner.wait_until_live()
    learner.open_lesson("birth-of-a-pod")
    page = learner.page
    editor = page.locator(".editor-text")
    editor.fill(editor.input_value().replace("name: nginx", "name: mine", 1))
    page.get_by_role("button", name="Apply", exact=True).click()
    expect(learner.output).to_contain_text("pod/mine created")
    learner.look_at("cluster")
    expect(page.locator(".pod", has_text="mine")).to_be_visible()
    page.get_by_role("button", name="Undo my changes").click()
    expect(editor).to_have_value(re.compile("name: nginx"))


def test_a_step_out_of_order_prepares_its_cluster(learner):
    learner.wait_until_live()
    page = learner.page
    learner.go_home()
    page.locator("a.lesson-card").first.click()
    page.locator(".steps a").nth(1).click()
    page.get_by_role("button", name="Prepare the cluster").click()
    expect(learner.checks.locator(".condition").first).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Prepare the cluster")).to_have_count(0)
