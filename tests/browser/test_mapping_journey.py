"""A file that nothing recognises, from an officer to published figures, wide and narrow, with JavaScript and not."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.test_journeys import SCREENS, every_screen, look

pytestmark = pytest.mark.browser


def bring(page: Page, name: str, content: str) -> None:
    page.goto("/lancashire/uploads/new/")
    page.get_by_label("File of figures").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    )
    page.get_by_role("button", name="Check the file").click()


def table(number: int, value: str) -> str:
    """Other names on every screen: what one of them saved would be recognised by the next."""
    header = f"Schools in {number}\n\nWhere {number},When {number},Ready {number},Schools {number}\n"
    others = "".join(f"{area},2023/24,{value},20\n" for area in ("Pendle", "Hyndburn", "Rossendale"))
    return f"{header}Burnley,2023/24,{value},31\n{others}Nowhere in particular,2023/24,50,12\n"


@every_screen
def test_an_officer_says_how_a_file_is_read_publishes_it_and_never_has_to_again(open_page, width, javascript):
    number = SCREENS.index((width, javascript)) + 1
    value, title = f"6{number}.4", f"Schools, edition {number}"
    page = open_page(width=width, javascript=javascript)
    sign_in(page, "officer.lancashire")
    bring(page, f"schools-{number}.csv", table(number, value))
    expect(page.get_by_role("heading", level=1)).to_have_text("Say how the file is read")
    look(page, javascript)
    assert page.get_by_label("Area", exact=True).input_value() == f"c:Where {number}"
    page.get_by_role("button", name="Show what this gives").click()
    expect(page.get_by_role("alert")).to_contain_text("No measure is matched yet")
    look(page, javascript)
    page.get_by_label(f"Ready {number}", exact=True).select_option("k:gld")
    page.get_by_label("Title of the layout").fill(title)
    page.get_by_role("button", name="Show what this gives").click()
    expect(page.get_by_role("region", name="Some of them")).to_contain_text(value)
    expect(page.get_by_role("region", name="Some of them")).to_contain_text("Nowhere in particular")
    assert page.get_by_label("Title of the layout").input_value() == title
    look(page, javascript)
    page.get_by_role("button", name="Read the file this way").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"schools-{number}.csv")
    expect(page.get_by_role("main")).to_contain_text(value)
    page.get_by_role("button", name=re.compile("^Publish")).click()
    expect(page.get_by_role("main")).to_contain_text("Withdraw")
    page.goto("/lancashire/uploads/layouts/")
    expect(page.get_by_role("main")).to_contain_text(title)
    look(page, javascript)
    page.get_by_role("link", name=title).click()
    look(page, javascript)
    bring(page, f"schools-{number}-next.csv", table(number, value).replace("2023/24", "2024/25"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"schools-{number}-next.csv")
