"""An officer makes and removes a set of areas to compare with, wide and narrow, with JavaScript and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.test_journeys import every_screen, follow, look

pytestmark = pytest.mark.browser


@every_screen
def test_an_officer_chooses_what_to_compare_with(open_page, width, javascript):
    page = open_page(width=width, javascript=javascript)
    title = f"Counties, {width} {javascript}"
    sign_in(page, "officer.lancashire")
    page.goto("/lancashire/")
    follow(page, "Sets of areas to compare with")
    look(page, javascript)
    page.get_by_role("main").get_by_role("button", name="Make a set").click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Kent", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose at least two areas.")
    look(page, javascript)
    if javascript:
        page.get_by_label("Find an area").fill("LINCOLN")
        expect(page.get_by_label("Bury", exact=True)).to_be_hidden()
        expect(page.get_by_label("Kent", exact=True)).to_be_checked()
    page.get_by_label("Lincolnshire", exact=True).check()
    page.get_by_role("button", name="Save").click()
    made = page.get_by_role("article").filter(has_text=title)
    expect(made.get_by_role("listitem")).to_have_text(["Kent", "Lincolnshire"])
    look(page, javascript)
    made.get_by_role("link", name="Remove").click()
    look(page, javascript)
    page.get_by_role("main").get_by_role("button", name="Remove").click()
    expect(page.get_by_role("article").filter(has_text=title)).to_have_count(0)
