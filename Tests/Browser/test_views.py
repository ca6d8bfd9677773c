"""The views of the picture, and the stream that all tabs share."""

import pytest
from playwright.sync_api import expect

from accessibility import violations
from conftest import screenshot
from learner import Learner

VIEWS = ["journey", "scheduling", "rollout", "owners", "resources"]
BIG = '{"spec":{"containers":[{"name":"big","image":"nginx:1.27","resources":{"requests":{"cpu":"9"}}}]}}'


@pytest.mark.parametrize("scheme,language", [("light", "en"), ("dark", "ko")])
def test_every_view_shows_what_it_is_for(open_page, scheme, language):
    page = open_page("/#/cluster", language=language, color_scheme=scheme)
    learner = Learner(page, language)
    learner.wait_until_live()
    learner.type("kubectl create deployment web --image=nginx:1.27 --replicas=2")
    expect(page.locator('.node .pod[data-state="ready"]')).to_have_count(2, timeout=60_000)
    learner.type("kubectl set image deployment/web nginx=nginx:1.28")
    learner.type(f"kubectl run big --image=nginx:1.27 --overrides='{BIG}'")
    expect(page.locator('.pod[data-state="unschedulable"]')).to_have_count(1, timeout=60_000)
    shown = {
        "journey": page.locator('.journey-row[data-part="scheduler"]'),
        "scheduling": page.locator(".matrix .refused"),
        "rollout": page.locator('.life-span[data-state="ready"]'),
        "owners": page.locator(".branch .branch .leaf"),
        "resources": page.locator(".budget .share-name"),
    }
    for view in VIEWS:
        learner.look_at(view)
        expect(shown[view].first).to_be_visible()
        screenshot(page, f"view-{view}-{scheme}")
        assert violations(page) == [], view
    learner.look_at("owners")
    page.locator(".leaf", has_text="web").first.click()
    expect(page.locator(".drawer")).to_contain_text("Deployment")


def test_a_lesson_brings_its_view_and_the_learner_may_choose_another(learner):
    page = learner.page
    learner.open_lesson("deployment")
    expect(page.locator("#view-rollout")).to_have_attribute("aria-selected", "true")
    learner.look_at("owners")
    learner.type("kubectl get nodes")
    expect(page.locator("#view-owners")).to_have_attribute("aria-selected", "true")


def test_eight_tabs_share_one_stream(open_page):
    first = open_page("/#/cluster")
    tabs = [first] + [open_page.open_tab(first.context, "/#/cluster") for _ in range(7)]
    for page in tabs:
        Learner(page).wait_until_live()
    Learner(tabs[-1]).type("kubectl run shared --image=nginx:1.27")
    for page in tabs:
        expect(page.locator(".pod", has_text="shared")).to_have_count(1)
    first.close()
    Learner(tabs[-1]).type("kubectl delete pod shared --now")
    for page in tabs[1:]:
        expect(page.locator(".pod", has_text="shared")).to_have_count(0, timeout=30_000)


def test_a_journey_that_is_looked_at_late_is_filled_from_the_history(open_page):
    page = open_page("/#/cluster")
    learner = Learner(page)
    learner.wait_until_live()
    learner.type("kubectl run early --image=nginx:1.27")
    expect(page.locator('.node .pod[data-state="ready"]')).to_have_count(1, timeout=60_000)
    late = open_page("/#/cluster")
    Learner(late).wait_until_live()
    Learner(late).look_at("journey")
    rows = late.locator(".journey-row[data-part]")
    expect(rows.first).to_contain_text("create pods default/early")
    expect(late.locator('.journey-row[data-part="scheduler"]')).to_have_count(1)
    expect(late.locator('.journey-row[data-part="kubelet"]').first).to_be_visible()
    screenshot(late, "journey-late")
