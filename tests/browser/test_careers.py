"""The open postings as a person finds and reads them."""

from playwright.sync_api import Page, expect

from tests.factories import a_posting, an_organisation


def test_a_posting_is_found_and_read(live_site: str, browser_page: Page) -> None:
    complaints: list[str] = []
    browser_page.on("console", lambda message: complaints.append(message.text))
    organisation = an_organisation(name="Aurora")
    a_posting(organisation, title="Compiler intern", description="<p>Write <b>passes</b>.</p>")
    a_posting(organisation, title="Sales intern")

    browser_page.goto(f"{live_site}/")
    expect(browser_page).to_have_url(f"{live_site}/careers/")
    browser_page.get_by_label("Search").fill("compiler")
    browser_page.get_by_role("button", name="Search").click()
    expect(browser_page.get_by_role("listitem")).to_have_count(1)
    browser_page.get_by_role("link", name="Compiler intern").click()

    expect(browser_page.get_by_role("heading", name="Compiler intern")).to_be_visible()
    expect(browser_page.locator("b")).to_have_text("passes")
    assert complaints == []


def test_on_a_phone_each_value_stands_below_its_label_and_nothing_is_wider_than_the_page(
    live_site: str, browser_page: Page
) -> None:
    organisation = an_organisation(name="Aurora Semiconductor Research")
    posting = a_posting(organisation, title="Compiler intern", pay="150 to 200 a day and lunch", head_count=3)
    browser_page.set_viewport_size({"width": 360, "height": 740})

    browser_page.goto(f"{live_site}/careers/{posting.pk}/")

    shape = browser_page.evaluate(
        """() => [...document.querySelectorAll("dl")].map(list => ({
            below: [...list.querySelectorAll("dd")].every(value => {
                const [box, label] = [value, value.previousElementSibling].map(e => e.getBoundingClientRect())
                return box.top >= label.bottom && box.left === label.left
            }),
            overflows: document.documentElement.scrollWidth > window.innerWidth,
        }))"""
    )
    assert shape == [{"below": True, "overflows": False}]


def test_a_search_that_finds_nothing_says_so(live_site: str, browser_page: Page) -> None:
    browser_page.goto(f"{live_site}/careers/?text=nothing")

    expect(browser_page.get_by_text("Nothing open matches this.")).to_be_visible()
