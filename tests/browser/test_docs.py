"""The API's pages, under the policy that lets nothing in from elsewhere."""

from playwright.sync_api import Page, expect


def test_the_api_can_be_read_and_tried(live_site: str, browser_page: Page) -> None:
    complaints: list[str] = []
    browser_page.on("console", lambda message: complaints.append(message.text))
    browser_page.on("pageerror", lambda error: complaints.append(str(error)))
    browser_page.set_default_timeout(120_000)  # a hundred and more operations on a busy machine
    browser_page.goto(f"{live_site}/api/docs/")
    browser_page.locator("#operations-tag-public").click()
    operation = browser_page.locator(".opblock", has_text="/api/v1/public/postings/").first
    operation.click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
    assert complaints == []
