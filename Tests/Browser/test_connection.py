"""What the page does when the server goes away."""

from playwright.sync_api import expect

from conftest import Server


def test_a_lost_server_is_told_and_found_again(learner, server, tmp_path, open_page):
    open_page.expects_complaints = True
    learner.wait_until_live()
    page = learner.page
    server.process.terminate()
    server.process.wait(timeout=10)
    expect(page.locator('[data-banner="connection"]')).to_be_visible(timeout=20_000)
    expect(page.locator(".connection")).to_have_attribute("data-state", "lost")
    page.locator('[data-banner="connection"] button').first.click()
    port = server.url.rsplit(":", 1)[1]
    again = Server(tmp_path / "data", port=port)
    try:
        # The page tries by itself, at most fifteen seconds apart.
        expect(page.locator(".connection")).to_have_attribute("data-state", "open", timeout=30_000)
        learner.wait_until_live()
        expect(page.locator('[data-banner="connection"]')).to_have_count(0)
    finally:
        again.stop()
