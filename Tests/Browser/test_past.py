"""The timeline: looking at the past, going back, bookmarks, forks; an object's history."""

import re

import pytest
from playwright.sync_api import expect

from accessibility import violations
from conftest import screenshot


@pytest.fixture
def past(learner):
    """A cluster in which a rollout has ended, with the timeline open."""
    learner.wait_until_live()
    page = learner.page
    learner.type("kubectl create deployment web --image=nginx:1.27 --replicas=2")
    expect(page.locator('.node .pod[data-state="ready"]')).to_have_count(2, timeout=60_000)
    learner.type("kubectl scale deployment web --replicas=3")
    expect(page.locator('.node .pod[data-state="ready"]')).to_have_count(3, timeout=60_000)
    page.get_by_role("button", name="Timeline").click()
    expect(page.locator(".moment")).to_contain_text("writes are kept")
    return learner


def look_back(page, actor: str = "learner"):
    """Moves the scrubber back, write by write, to the last one of this actor."""
    page.locator(".scrubber").focus()
    for _ in range(200):
        page.keyboard.press("ArrowLeft")
        if f"· {actor} ·" in page.locator(".moment").text_content():
            return
    raise AssertionError(f"no write of {actor} is kept")


def test_the_past_is_seen_and_left_again(past):
    page = past.page
    look_back(page)
    expect(page.locator("#cluster")).to_have_attribute("data-past", "")
    expect(page.locator(".workload-ready")).to_have_text("2/3 ready")
    expect(page.locator(".pod")).to_have_count(2)
    assert violations(page) == []
    screenshot(page, "past")
    page.get_by_role("button", name="Back to now").click()
    expect(page.locator(".pod")).to_have_count(3)
    expect(page.locator("#cluster")).not_to_have_attribute("data-past", "")


def test_a_cluster_goes_back_and_forth(past):
    page = past.page
    look_back(page)
    page.get_by_role("button", name="Go back to here").click()
    page.get_by_role("button", name="Go back", exact=True).click()
    expect(page.locator('[data-banner="rewound"]')).to_contain_text("writes were undone")
    expect(page.locator("#cluster")).not_to_have_attribute("data-past", "")
    page.locator('[data-banner="rewound"]').get_by_role("button", name="Undo").click()
    expect(page.locator('[data-banner="rewound"]')).to_contain_text("as it was before")
    expect(page.locator('.node .pod[data-state="ready"]')).to_have_count(3, timeout=60_000)


def test_a_bookmark_leads_back(past):
    page = past.page
    look_back(page)
    moment = page.locator(".moment").text_content()
    page.get_by_role("button", name="Bookmark", exact=True).click()
    page.locator("[name=note]").fill("before it grew")
    page.locator("dialog[open] button[type=submit]").click()
    mark = page.get_by_role("button", name="Bookmark: before it grew")
    expect(mark).to_be_visible()
    page.get_by_role("button", name="Back to now").click()
    mark.click()
    expect(page.locator(".moment")).to_have_text(moment)


def test_a_fork_is_a_cluster_of_its_own(past):
    page = past.page
    look_back(page)
    page.get_by_role("button", name="Fork", exact=True).click()
    page.locator("dialog [name=name]").fill("try")
    page.locator("dialog[open] button[type=submit]").click()
    page.locator('[data-banner="forked"]').get_by_role("button", name="Open it").click()
    expect(page.locator('[data-banner="fork"]')).to_contain_text("try", timeout=20_000)
    expect(page.locator(".node")).to_have_count(3, timeout=20_000)
    past.type("kubectl delete deployment web")
    expect(page.locator(".workload")).to_have_count(0)
    page.get_by_role("button", name="Back to my cluster").click()
    expect(page.locator(".workload-ready")).to_have_text("3/3 ready", timeout=20_000)


def test_an_objects_history_shows_what_each_write_changed(past):
    page = past.page
    page.locator(".workload-name").click()
    page.locator("#drawer-history").click()
    history = page.locator(".object-history")
    expect(history).to_contain_text("deployment-controller")
    scaled = history.locator("details", has_text="learner").first
    scaled.locator("summary").click()
    expect(scaled.locator('[data-sign="+"]', has_text=re.compile(r"replicas: 3"))).to_be_visible()
    expect(scaled.locator('[data-sign="-"]', has_text=re.compile(r"replicas: 2"))).to_be_visible()
    screenshot(page, "object-history")
    assert violations(page) == []
