"""The page itself: loading, language, terminal, picture, clock, panes, phone, accessibility."""

import re

import pytest
from playwright.sync_api import expect

from accessibility import violations
from conftest import PHONE, screenshot
from learner import Learner, Typist

# The panes of the phone's tabs that are named otherwise.
PANES = {"editor": "side", "log": "side"}


def test_the_page_loads_and_lives(learner):
    learner.wait_until_live()
    expect(learner.page.locator(".identity")).to_contain_text("learner")
    expect(learner.page.locator(".cluster-time")).to_have_text(re.compile(r"^\d\d:\d\d:\d\d$"))
    expect(learner.page.locator(".simulated")).to_be_visible()


def test_the_language_follows_the_browser_and_the_choice(open_page):
    page = open_page(language="ko")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.locator(".eyebrow")).to_have_text("여기서 시작하세요")
    page.locator(".language").select_option("en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".eyebrow")).to_have_text("Start here")
    page.reload()
    expect(page.locator(".eyebrow")).to_have_text("Start here")


def test_the_terminal_recalls_completes_and_clears(learner):
    learner.wait_until_live()
    entry = learner.page.locator("#terminal-input")
    learner.type("kubectl get nodes")
    expect(learner.output).to_contain_text("node-3")
    expect(learner.output.locator(".line-request")).to_contain_text(["GET /api/v1/nodes"])
    entry.press("ArrowUp")
    expect(entry).to_have_value("kubectl get nodes")
    entry.fill("kubectl get po")
    entry.press("Tab")
    expect(entry).to_have_value(re.compile(r"^kubectl get pod"))
    entry.press("Escape")
    entry.fill("help")
    entry.press("Enter")
    expect(learner.output).to_contain_text("Ctrl-L")
    entry.press("Control+l")
    expect(learner.output).to_have_text("")


def test_the_terminal_interrupts_a_watch(learner):
    learner.wait_until_live()
    page, entry = learner.page, learner.page.locator("#terminal-input")
    entry.fill("kubectl get nodes -w")
    entry.press("Enter")
    expect(learner.output).to_contain_text("node-1")
    expect(page.locator("#terminal")).to_have_attribute("data-running", "")
    entry.press("Control+c")
    expect(learner.output).to_contain_text("^C")
    expect(page.locator("#terminal")).not_to_have_attribute("data-running", "")


def test_several_pasted_lines_run_one_after_the_other(learner):
    learner.wait_until_live()
    learner.page.locator("#terminal-input").focus()
    learner.page.evaluate("""() => {
        const data = new DataTransfer();
        data.setData("text", "$ kubectl get nodes\\nkubectl get pods\\nkubectl");
        const options = { clipboardData: data, bubbles: true, cancelable: true };
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
    }""")
    expect(learner.output.locator(".line-command")).to_have_text(["$ kubectl get nodes", "$ kubectl get pods"])
    expect(learner.page.locator("#terminal-input")).to_have_value("kubectl")


def test_a_rollout_is_seen_and_its_objects_open(learner):
    learner.wait_until_live()
    page = learner.page
    learner.type("kubectl create deployment web --image=nginx:1.27 --replicas=3")
    expect(page.locator('.node .pod[data-state="ready"]')).to_have_count(3, timeout=60_000)
    learner.type("kubectl set image deployment/web nginx=nginx:1.28")
    expect(page.locator(".lane")).to_have_count(2)
    expect(page.locator(".lane[data-current] .lane-image")).to_have_text("nginx:1.28")
    learner.set_speed("10")
    expect(page.locator('.workload[data-progress="complete"]')).to_be_visible(timeout=60_000)
    expect(page.locator(".lane[data-current] .lane-count")).to_have_text("3/3", timeout=60_000)
    page.locator('.pod[data-state="ready"]').first.click()
    drawer = page.locator(".drawer")
    expect(drawer).to_contain_text("GET /clusters/default/api/v1/namespaces/default/pods/web-")
    expect(drawer.locator(".yaml")).to_contain_text("kind: Pod")
    expect(drawer.locator(".object-events")).to_contain_text("Scheduled")
    expect(drawer.locator('.findings [data-reason="Scheduled"]')).to_be_visible()
    expect(drawer.locator(".causes li").first).to_contain_text("learner")
    expect(drawer.locator(".verdicts li")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(page.locator("#side .entry").first).to_be_visible()
    page.locator(".log-words").fill("Scheduled")
    expect(page.locator("#side .entry strong").first).to_contain_text("Scheduled")


def test_the_clock_pauses_steps_and_skips(learner):
    learner.wait_until_live()
    page, clock = learner.page, learner.page.locator("#clock")
    clock.get_by_role("button", name="Pause the clock").click()
    expect(page.locator('[data-banner="paused"]')).to_be_visible()
    learner.type("kubectl create deployment web --image=nginx")
    step = clock.get_by_role("button", name="One event further")
    expect(page.locator(".pod")).to_have_count(0)
    for _ in range(40):
        if page.locator(".pod").count():
            break
        with page.expect_response(lambda response: "clocks/cluster" in response.url):
            step.click()
    expect(page.locator(".pod")).to_have_count(1)
    clock.get_by_role("button", name="Skip 60 seconds").click()
    expect(page.locator('.pod[data-state="ready"]')).to_have_count(1)
    expect(learner.output).to_contain_text("# kubectl patch clocks cluster --type=merge")
    expect(learner.output).to_contain_text("PATCH /clusters/default/apis/podium.dev/v1/clocks/cluster")
    clock.get_by_role("button", name="Let the clock run").click()
    expect(page.locator('[data-banner="paused"]')).to_have_count(0)


def test_panes_are_resized_by_keyboard_and_remembered(learner):
    page, separator = learner.page, learner.page.locator("#lesson-separator")
    learner.wait_until_live()
    learner.open_lesson("birth-of-a-pod")
    before = page.locator("#lesson").bounding_box()["width"]
    separator.focus()
    separator.press("Shift+ArrowRight")
    after = page.locator("#lesson").bounding_box()["width"]
    assert after == pytest.approx(before + 80, abs=2)
    expect(separator).to_have_attribute("aria-valuenow", str(round(after)))
    page.reload()
    learner.wait_until_live()
    expect(page.locator("#lesson .step-title")).to_be_visible()
    assert page.locator("#lesson").bounding_box()["width"] == pytest.approx(after, abs=2)


def test_panes_are_resized_by_dragging(learner):
    page = learner.page
    learner.wait_until_live()
    before = page.locator("#terminal").bounding_box()["height"]
    box = page.locator("#dock-separator").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] - 60)
    page.mouse.up()
    assert page.locator("#terminal").bounding_box()["height"] > before + 40
    page.locator("#dock-separator").dblclick()
    assert page.locator("#terminal").bounding_box()["height"] == pytest.approx(before, abs=2)


def test_a_wrong_token_is_told(learner, open_page):
    open_page.expects_complaints = True
    learner.wait_until_live()
    page = learner.page
    page.locator(".identity").click()
    page.get_by_role("button", name="Sign in with a token").click()
    page.get_by_label("Token", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator(".dialog .error")).to_contain_text("does not know this token")


def test_keys_lead_everywhere_and_are_listed(open_page):
    page = open_page("/#/cluster")
    learner = Typist(page)
    learner.wait_until_live()
    learner.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("To the terminal")
    screenshot(page, "keys")
    assert violations(page) == []
    learner.press("Escape", "t")
    expect(page.locator("#terminal-input")).to_be_focused()
    page.keyboard.type("kubectl run web --image=nginx:1.27?")
    expect(page.locator("#terminal-input")).to_have_value("kubectl run web --image=nginx:1.27?")
    learner.press("Control+A", "Delete", "Escape", "4")
    expect(page.locator("#view-rollout")).to_have_attribute("aria-selected", "true")
    learner.press("v")
    expect(page.locator("#panel-log .entries")).to_be_focused()
    learner.press("s")
    expect(page.locator('[data-banner="paused"]')).to_be_visible()
    learner.press("t")
    learner.tab_to(page.locator("#side-separator"))
    assert page.evaluate("getComputedStyle(document.activeElement, '::after').backgroundColor") != "rgba(0, 0, 0, 0)"
    learner.press("?")
    learner.tab_to(page.get_by_role("dialog").locator("input"))
    learner.press("Space", "Escape", "0")
    expect(page.locator("#workspace")).to_be_visible()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_phone_shows_every_pane(open_page, language):
    page = open_page(language=language, viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
    learner = Learner(page, language)
    expect(page.locator("a.lesson-card").first).to_be_visible()
    screenshot(page, f"phone-home-{language}")
    page.locator(".identity").tap()
    expect(page.locator(".menu-language select")).to_have_value(language)
    page.keyboard.press("Escape")
    learner.open_lesson("birth-of-a-pod")
    for name in ["cluster", "terminal", "editor", "log", "lesson"]:
        page.locator(f'#tabs [data-tab="{name}"]').tap()
        expect(page.locator(f'[data-pane="{PANES.get(name, name)}"]')).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], f"{name} is too wide"
        screenshot(page, f"phone-{name}-{language}")
    page.locator(".prose .command").first.tap()
    expect(page.locator("#peek")).to_contain_text("created")
    screenshot(page, f"phone-step-{language}")
    page.locator("#peek button").tap()
    expect(page.locator("#terminal-input")).to_be_visible()
    learner.type("kubectl get nodes")
    expect(learner.output).to_contain_text("node-1")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_stands_in_anybodys_way(open_page, scheme):
    page = open_page(color_scheme=scheme, reduced_motion="reduce")
    learner = Learner(page)
    expect(page.locator("a.lesson-card").first).to_be_visible()
    screenshot(page, f"home-{scheme}")
    assert violations(page) == []
    learner.open_lesson("birth-of-a-pod")
    learner.look_at("cluster")
    learner.type("kubectl create deployment web --image=nginx:1.27 --replicas=3")
    learner.type("kubectl create deployment bad --image=nginx:no-such-tag")
    expect(page.locator('.pod[data-state="ready"]')).to_have_count(3, timeout=60_000)
    expect(page.locator('.pod[data-state="failing"]')).to_have_count(1, timeout=60_000)
    screenshot(page, f"lesson-{scheme}")
    assert violations(page) == []
    page.locator(".pod").first.click()
    screenshot(page, f"drawer-{scheme}")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator(".identity").click()
    page.get_by_role("button", name="Sign in with a token").click()
    screenshot(page, f"sign-in-{scheme}")
    assert violations(page) == []
