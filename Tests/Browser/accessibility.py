"""What axe-core finds on a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SERIOUS = {"serious", "critical"}


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f'{one["id"]}: {[node["html"] for node in one["nodes"]]}' for one in found if one["impact"] in SERIOUS]
