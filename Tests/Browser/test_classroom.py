"""The classroom: an instructor and two learners at once, each in a browser of their own."""

import csv
import io
import re

import pytest
from playwright.sync_api import Page, expect

from accessibility import violations
from conftest import PASSWORD, PHONE, Server, Visitors, screenshot
from learner import Learner

LESSON = "birth-of-a-pod"
# How long the room may take for what somebody asked.
ROOM_MILLISECONDS = 20_000


def lead(enter, **options) -> Page:
    """The instructor signs in and comes to the board."""
    page = enter("/", **options)
    page.locator("#door-lead").click()
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".join-chip code")).to_have_text(re.compile("^[A-Z0-9]{6}$"), timeout=ROOM_MILLISECONDS)
    return page


def join(enter, code: str, nickname: str, **options) -> tuple[Page, str]:
    """A learner joins with the code in the address; returns the page and the personal code."""
    page = enter(f"/#/join/{code}", **options)
    expect(page.locator("[name=code]")).to_have_value(code)
    page.locator("[name=nickname]").fill(nickname)
    page.keyboard.press("Enter")
    personal = page.locator(".personal-code code")
    expect(personal).to_have_text(re.compile(r"^\w{4}-\w{4}-\w{4}$"))
    told = personal.text_content()
    page.locator(".entrance-card .primary").click()
    expect(page.locator("a.lesson-card").first).to_be_visible()
    return page, told


def row(board: Page, nickname: str):
    return board.locator(".learner", has=board.get_by_text(nickname, exact=True))


def choose(board: Page, nickname: str, action: str):
    row(board, nickname).locator(".learner-actions .icon-button").click()
    board.locator(".row-menu:popover-open").get_by_text(action).click()


@pytest.fixture
def room(enter):
    """An instructor at the board, Ada in English and Minji in Korean."""
    board = lead(enter)
    code = board.locator(".join-chip code").text_content()
    ada, _ = join(enter, code, "Ada")
    minji, _ = join(enter, code, "민지", language="ko")
    expect(board.locator(".learner")).to_have_count(2)
    return board, ada, minji


def test_the_board_shows_who_is_where_and_who_needs_help(room):
    board, ada, minji = room
    Learner(ada).open_lesson(LESSON)
    expect(row(board, "Ada").locator(".learner-lesson")).to_have_text("Birth of a pod", timeout=ROOM_MILLISECONDS)
    expect(row(board, "Ada").locator(".learner-step")).to_contain_text("1/")
    expect(row(board, "Ada").locator(".learner-condition")).not_to_be_empty(timeout=ROOM_MILLISECONDS)
    minji.get_by_role("button", name="손들기").click()
    expect(row(board, "민지")).to_have_attribute("data-standing", "hand", timeout=ROOM_MILLISECONDS)
    expect(board.locator(".learner").first).to_contain_text("민지")
    screenshot(board, "board")
    ada.locator(".prose .command").first.click()
    Learner(ada).expect_green()
    expect(row(board, "Ada")).to_have_attribute("data-standing", "passed", timeout=ROOM_MILLISECONDS)
    choose(board, "민지", "Lower the hand")
    expect(minji.get_by_role("button", name="손들기")).to_have_attribute("aria-pressed", "false")


def test_what_the_instructor_does_reaches_all(room):
    board, ada, minji = room
    board.get_by_role("button", name="Message").click()
    board.locator("[name=said]").fill("Break until 10:30")
    board.get_by_role("button", name="Show to all").click()
    for page in (ada, minji):
        expect(page.locator('[data-banner="room-message"]')).to_contain_text("Break until 10:30", timeout=ROOM_MILLISECONDS)
    ada.locator('[data-banner="room-message"] .icon-button').click()
    expect(ada.locator('[data-banner="room-message"]')).to_have_count(0)

    board.get_by_role("button", name="Push to a step").click()
    board.locator("[name=lesson]").select_option(LESSON)
    board.locator("[name=step]").select_option(index=1)
    board.get_by_role("button", name="Push all").click()
    for page in (ada, minji):
        expect(page).to_have_url(re.compile(f"#/lessons/{LESSON}/"), timeout=ROOM_MILLISECONDS)
        expect(page.locator('.steps a[aria-current="step"]')).to_have_text("2")
        expect(page.locator(".condition").first).to_be_visible(timeout=ROOM_MILLISECONDS)
    screenshot(minji, "learner-pushed-ko")

    board.get_by_role("button", name="Pause all clocks").click()
    expect(ada.locator('[data-banner="room-paused"]')).to_be_visible(timeout=ROOM_MILLISECONDS)
    board.get_by_role("button", name="Let the clocks run").first.click()
    expect(ada.locator('[data-banner="room-paused"]')).to_have_count(0, timeout=ROOM_MILLISECONDS)
    board.get_by_role("button", name="Take away").click()
    expect(minji.locator('[data-banner="room-message"]')).to_have_count(0, timeout=ROOM_MILLISECONDS)


def test_a_fault_strikes_the_chosen_and_ends(room):
    board, ada, minji = room
    for page in (ada, minji):
        page.evaluate("location.hash = '#/cluster'")
        expect(page.locator(".node")).to_have_count(3, timeout=ROOM_MILLISECONDS)
    row(board, "Ada").locator("input[type=checkbox]").check()
    board.get_by_role("button", name="Inject a fault").click()
    expect(board.locator("dialog[open]")).to_contain_text("the 1 learners that you have chosen")
    board.locator("[name=node]").select_option("node-2")
    screenshot(board, "fault")
    board.get_by_role("button", name="Inject", exact=True).click()
    expect(ada.locator('.node[data-node="node-2"]')).to_have_attribute("data-fault", "", timeout=ROOM_MILLISECONDS)
    expect(board.locator(".room-wish")).to_contain_text("1 of 1", timeout=ROOM_MILLISECONDS)
    expect(minji.locator('.node[data-node="node-2"]')).not_to_have_attribute("data-fault", "")
    board.locator(".room-wish").get_by_role("button", name="End").click()
    expect(ada.locator('.node[data-node="node-2"]')).not_to_have_attribute("data-fault", "", timeout=ROOM_MILLISECONDS)
    expect(board.locator(".room-wish")).to_have_count(0)


def test_the_instructor_looks_into_a_cluster_and_resets_it(room):
    board, ada, _ = room
    ada.evaluate("location.hash = '#/cluster'")
    learner = Learner(ada)
    learner.wait_until_live()
    learner.type("kubectl run mine --image=nginx:1.27")
    row(board, "Ada").get_by_role("link", name="Open").click()
    expect(board.locator(".pod", has_text="mine")).to_be_visible(timeout=ROOM_MILLISECONDS)
    expect(board.locator('[data-banner="watch"]')).to_contain_text("Ada")
    instructor = Learner(board)
    instructor.type("kubectl delete pod mine")
    expect(instructor.output).to_contain_text("forbidden")
    screenshot(board, "watch")
    board.get_by_role("button", name="Back to the board").click()
    choose(board, "Ada", "Reset the cluster")
    board.get_by_role("button", name="Reset the cluster").last.click()
    expect(ada.locator(".pod", has_text="mine")).to_have_count(0, timeout=ROOM_MILLISECONDS)


def test_assistants_help_and_observers_watch(room, enter):
    board, _, _ = room
    board.get_by_role("button", name="Codes").click()
    codes = dict(zip(["learner", "assistant", "observer"], board.locator(".codes code").all_text_contents()))
    screenshot(board, "codes")
    board.keyboard.press("Escape")
    for role, tools in (("assistant", ["Inject a fault", "Results (CSV)"]), ("observer", ["Results (CSV)"])):
        page = enter(f"/#/join/{codes[role]}")
        page.locator("[name=nickname]").fill(role)
        page.keyboard.press("Enter")
        expect(page.locator(".learner")).to_have_count(2, timeout=ROOM_MILLISECONDS)
        expect(page.locator(".room-tools > *")).to_have_text(tools)
        expect(page.get_by_role("link", name="Open")).to_have_count(2 if role == "assistant" else 0)
        page.locator(".brand a").click()
        expect(page).to_have_url(re.compile("#/classroom$"))
        screenshot(page, f"board-{role}")


def test_a_learner_comes_back_by_the_personal_code(enter):
    board = lead(enter)
    code = board.locator(".join-chip code").text_content()
    page, personal = join(enter, code, "Grace")
    page.evaluate("location.hash = '#/cluster'")
    learner = Learner(page)
    learner.wait_until_live()
    learner.type("kubectl run kept --image=nginx:1.27")
    again = enter("/")
    again.locator("#door-back").click()
    again.locator("[name=personalCode]").fill(personal.lower().replace("-", " "))
    again.keyboard.press("Enter")
    expect(again.locator(".identity")).to_contain_text("Grace")
    again.evaluate("location.hash = '#/cluster'")
    expect(again.locator(".pod", has_text="kept")).to_be_visible(timeout=ROOM_MILLISECONDS)


def test_a_sign_in_that_has_ended_is_told(room):
    board, ada, _ = room
    ada.evaluate("location.hash = '#/cluster'")
    Learner(ada).wait_until_live()
    choose(board, "Ada", "Remove from the room")
    board.get_by_role("button", name="Remove from the room").last.click()
    expect(row(board, "Ada")).to_have_count(0, timeout=ROOM_MILLISECONDS)
    expect(ada.locator("#door-back")).to_have_attribute("aria-selected", "true", timeout=ROOM_MILLISECONDS)
    expect(ada.locator(".entrance .notice-line")).to_be_visible()
    screenshot(ada, "ended")


def test_the_instructor_changes_the_password(enter):
    page = lead(enter)
    page.locator(".identity").click()
    page.get_by_role("button", name="Change the password").click()
    page.locator("dialog [name=current]").fill("not the password")
    page.locator("dialog [name=password]").fill("another good password")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("dialog[open] .error")).not_to_be_empty()
    page.locator("dialog [name=current]").fill(PASSWORD)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.locator(".identity").click()
    page.get_by_role("button", name="Sign out").click()
    page.locator("#door-lead").click()
    page.locator("[name=password]").fill("another good password")
    page.keyboard.press("Enter")
    expect(page.locator(".join-chip")).to_be_visible()


def test_wrong_codes_and_passwords_are_told(enter):
    page = enter("/")
    page.locator("[name=code]").fill("WRONGX")
    page.locator("[name=nickname]").fill("Eve")
    page.keyboard.press("Enter")
    expect(page.locator(".entrance .error")).not_to_be_empty()
    page.locator("#door-lead").click()
    page.locator("[name=password]").fill("not the password")
    page.keyboard.press("Enter")
    expect(page.locator(".entrance .error")).not_to_be_empty()


@pytest.mark.parametrize("scheme,language", [("light", "en"), ("dark", "ko")])
def test_the_classrooms_pages_stand_in_nobodys_way(enter, scheme, language):
    door = enter("/", color_scheme=scheme, language=language)
    expect(door.locator(".entrance-card")).to_be_visible()
    screenshot(door, f"entrance-{scheme}")
    assert violations(door) == []
    board = lead(enter, color_scheme=scheme, language=language)
    code = board.locator(".join-chip code").text_content()
    page, _ = join(enter, code, "Ada", viewport=PHONE, has_touch=True, is_mobile=True)
    expect(page.locator(".hand")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screenshot(page, f"phone-learner-{scheme}")
    expect(board.locator(".learner")).to_have_count(1)
    screenshot(board, f"board-{scheme}")
    assert violations(board) == []
    board.locator(".room-tools button").nth(1).click()
    expect(board.locator("dialog [name=step] option")).not_to_have_count(0)
    assert violations(board) == []
    board.keyboard.press("Escape")
    board.evaluate("location.hash = '#/classroom/projector'")
    expect(board.locator(".projector-code")).to_have_text(code)
    expect(board.locator(".projector-qr")).to_have_js_property("complete", True)
    assert board.locator(".projector-qr").evaluate("image => image.naturalWidth") > 0
    screenshot(board, f"projector-{scheme}")
    assert violations(board) == []


def test_the_first_password_is_set_on_the_page(tmp_path, browser):
    server = Server(tmp_path / "data", "0", "--classroom")
    visitors = Visitors(server, browser)
    visitors.expects_complaints = True
    try:
        page = visitors("/")
        expect(page.locator("#door-lead")).to_have_attribute("aria-selected", "true")
        screenshot(page, "first-password")
        assert violations(page) == []
        for password, repeat, told in (
            ("short", "short", None), (PASSWORD, "something else", "The two passwords differ."),
        ):
            page.locator("[name=password]").fill(password)
            page.locator("[name=repeat]").fill(repeat)
            page.keyboard.press("Enter")
            if told:
                expect(page.locator(".entrance .error")).to_have_text(told)
            expect(page.locator("[name=repeat]")).to_be_visible()
        page.locator("[name=repeat]").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator(".join-chip code")).to_be_visible(timeout=ROOM_MILLISECONDS)
        again = visitors("/", language="ko")
        again.locator("#door-lead").click()
        expect(again.locator("[name=repeat]")).to_have_count(0)
        again.locator("[name=password]").fill(PASSWORD)
        again.keyboard.press("Enter")
        expect(again.locator(".join-chip code")).to_be_visible(timeout=ROOM_MILLISECONDS)
    finally:
        visitors.leave()
        server.stop()


def test_results_and_kubeconfig_are_downloaded(room, tmp_path):
    board, ada, minji = room
    Learner(ada).open_lesson(LESSON)
    ada.locator(".prose .command").first.click()
    Learner(ada).expect_green()
    expect(row(board, "Ada")).to_have_attribute("data-standing", "passed", timeout=ROOM_MILLISECONDS)
    with board.expect_download() as found:
        board.get_by_text("Results (CSV)").click()
    found.value.save_as(tmp_path / "results.csv")
    content = (tmp_path / "results.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "Excel reads Korean names by the mark"
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert {one["nickname"] for one in rows} == {"Ada", "민지"}
    of_ada = next(one for one in rows if one["nickname"] == "Ada")
    assert (of_ada["lesson"], of_ada["state"], of_ada["step"]) == (LESSON, "Passed", "create")

    minji.locator(".identity").click()
    with minji.expect_download() as found:
        minji.locator("#account-menu").get_by_text("kubeconfig").click()
    assert found.value.suggested_filename.endswith("kubeconfig")
    found.value.save_as(tmp_path / "kubeconfig")
    text = (tmp_path / "kubeconfig").read_text()
    address = re.search(r"server: (\S+)", text).group(1)
    token = re.search(r"token: (\S+)", text).group(1)
    assert re.search(r"/clusters/learner-[a-z0-9]{8}$", address) and "certificate-authority-data" in text
    # Whoever has it reaches that cluster, and no other.
    for path, status in ((address, 200), (address.rsplit("/", 1)[0] + "/learner-aaaaaaaa", 404)):
        answer = minji.request.get(
            path + "/api/v1/nodes", headers={"Authorization": f"Bearer {token}"}, ignore_https_errors=True)
        assert answer.status == status, path


@pytest.mark.parametrize("scheme,language", [("light", "en"), ("dark", "ko")])
def test_the_board_fits_a_phone(enter, scheme, language):
    board = lead(enter, viewport=PHONE, has_touch=True, color_scheme=scheme, language=language)
    code = board.locator(".join-chip code").text_content()
    ada, _ = join(enter, code, "Ada")
    minji, _ = join(enter, code, "민지 with a rather long nickname", viewport=PHONE, language="ko")
    Learner(ada).open_lesson(LESSON)
    expect(board.locator(".learner")).to_have_count(2, timeout=ROOM_MILLISECONDS)
    minji.get_by_role("button", name="손들기").click()
    expect(board.locator('.learner[data-standing="hand"]')).to_have_count(1, timeout=ROOM_MILLISECONDS)
    expect(row(board, "Ada").locator(".learner-condition")).not_to_be_empty(timeout=ROOM_MILLISECONDS)
    screenshot(board, f"board-phone-{scheme}")
    assert board.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is cut off to the side"
    for part in (".join-chip", ".learner >> nth=0", ".learner >> nth=1"):
        box = board.locator(part).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"] + 1, part
    assert violations(board) == []
    row(board, "Ada").locator(".learner-actions .icon-button").click()
    menu = board.locator(".row-menu:popover-open")
    expect(menu).to_be_visible()
    box = menu.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"], "the whole menu is on the screen"
    screenshot(board, f"board-phone-menu-{scheme}")
