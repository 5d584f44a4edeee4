"""The mailbox as a person sees it."""

from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from playwright.sync_api import Browser, Page, expect

HTML = "<style>p {color: rgb(1, 2, 3)}</style><p>Hello</p><script>document.body.remove()</script>"


def send(subject: str, *, to: str, text: str, html: str = "") -> None:
    mail = EmailMultiAlternatives(
        subject, text, to=[to], connection=get_connection("backend.mailbox.MaildirBackend")
    )
    if html:
        mail.attach_alternative(html, "text/html")
    mail.send()


@pytest.fixture
def problems(browser_page: Page) -> list[str]:
    """What the browser complains of, refused content above all."""
    found: list[str] = []
    browser_page.on("console", lambda message: found.append(message.text))
    browser_page.on("pageerror", lambda error: found.append(str(error)))
    return found


def test_a_letter_is_found_and_read(
    live_site: str, mailbox_folder: Path, browser_page: Page, problems: list[str]
) -> None:
    send("Your code", to="ann@example.org", text="Your code is 123456.")
    send("Other", to="bob@example.org", text="Not for Ann.")
    page = browser_page
    page.goto(f"{live_site}/mailbox/")
    page.get_by_label("Recipient").fill("ann@")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("listitem")).to_have_count(1)
    page.get_by_role("link", name="Your code").click()
    expect(page.get_by_text("Your code is 123456.")).to_be_visible()
    assert problems == []


def test_html_is_shown_styled_and_its_script_is_not_run(
    live_site: str, mailbox_folder: Path, browser_page: Page
) -> None:
    send("Styled", to="ann@example.org", text="Hello", html=HTML)
    browser_page.goto(f"{live_site}/mailbox/")
    browser_page.get_by_role("link", name="Styled").click()
    letter = browser_page.frame_locator("iframe").get_by_text("Hello")
    expect(letter).to_have_css("color", "rgb(1, 2, 3)")


def test_the_page_speaks_chinese(live_site: str, mailbox_folder: Path, browser: Browser) -> None:
    page = browser.new_page(locale="zh-CN")
    page.goto(f"{live_site}/mailbox/")
    expect(page.get_by_role("heading", name="收件箱")).to_be_visible()
