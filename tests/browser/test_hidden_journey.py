"""A journey behind what is hidden: a rule is set, an administrator lets officers look, one looks, and it is seen."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.test_journeys import every_screen, look

pytestmark = pytest.mark.browser
# One district had four in 2018, the fewest that stand anywhere in the demonstration.
PAGE = "/lancashire/indicators/under-18-conceptions/?area=E07000124"
FIGURE = '[data-area="E07000124"][data-period="2018"]'


@every_screen
def test_an_officer_looks_at_what_readers_do_not_see(open_page, width, javascript):
    steward = open_page(width=width, javascript=javascript)
    sign_in(steward, "steward")
    steward.goto("/admin/indicators/indicator/?q=under-18-conceptions")
    steward.get_by_role("link", name="Under-18 conceptions", exact=True).click()
    steward.get_by_label("Hide counts below").fill("5")
    steward.get_by_role("button", name="Save", exact=True).first.click()

    reader = open_page(width=width, javascript=javascript)
    reader.goto(PAGE)
    note = reader.locator(".app-hidden")
    expect(note).to_contain_text("about so few people")
    expect(note.get_by_role("button")).to_have_count(0)
    expect(reader.locator(FIGURE).first).to_have_attribute("data-marker", "c")
    look(reader, javascript)

    administrator = open_page(width=width, javascript=javascript)
    sign_in(administrator, "admin.lancashire")
    administrator.goto("/lancashire/members/")
    administrator.get_by_role("link", name="Who sees hidden figures").click()
    administrator.get_by_label("Officers and administrators").check()
    administrator.get_by_role("button", name="Save").click()
    expect(administrator.get_by_label("Officers and administrators")).to_be_checked()

    officer = open_page(width=width, javascript=javascript)
    sign_in(officer, "officer.lancashire")
    officer.goto(PAGE)
    officer.get_by_role("button", name="Show hidden figures").click()
    expect(officer.locator(".app-hidden--shown")).to_contain_text("Hidden figures are shown.")
    expect(officer.locator(FIGURE).first).not_to_have_attribute("data-value", "")
    look(officer, javascript)
    officer.get_by_role("link", name="Show the page as readers see it").click()
    expect(officer.locator(FIGURE).first).to_have_attribute("data-marker", "c")

    administrator.reload()
    expect(administrator.get_by_role("region", name="Who looked at hidden figures")).to_contain_text(
        "under-18-conceptions"
    )
    look(administrator, javascript)
