"""The picture in the README. Only made when asked for, so that a normal run changes nothing that is tracked."""

import os

import pytest
from playwright.sync_api import expect

from conftest import ROOT
from learner import Learner


@pytest.mark.skipif(os.environ.get("PODIUM_SCREENSHOT") != "1", reason="PODIUM_SCREENSHOT is not 1")
def test_the_console_in_the_middle_of_a_rollout(open_page):
    page = open_page(color_scheme="light")
    learner = Learner(page)
    learner.wait_until_live()
    learner.open_lesson("deployment")
    learner.look_at("cluster")
    learner.type("kubectl create deployment shop --image=nginx:1.27 --replicas=4")
    learner.type("kubectl expose deployment shop --port=80")
    expect(page.locator('.node .pod[data-state="ready"]')).to_have_count(4, timeout=60_000)
    learner.set_speed("0.5")
    learner.type("kubectl set image deployment/shop nginx=nginx:1.28")
    expect(page.locator(".lane")).to_have_count(2)
    expect(page.locator(".lane[data-current] .pip[data-state='ready']").first).to_be_visible(timeout=60_000)
    target = ROOT / "docs" / "images" / "console.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target)
