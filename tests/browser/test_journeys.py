"""The journeys of four people through the demonstration, wide and narrow, with JavaScript and without."""

import io
import re

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sideways_scroll, sign_in, violations

pytestmark = pytest.mark.browser
SCREENS = [(1280, True), (320, True), (1280, False), (320, False)]
every_screen = pytest.mark.parametrize(
    ("width", "javascript"), SCREENS, ids=[f"{width}-{'js' if js else 'plain'}" for width, js in SCREENS]
)


def look(page, javascript: bool) -> None:
    """What must hold on every page: nothing sideways, and nothing that axe-core objects to."""
    page.wait_for_load_state()
    assert sideways_scroll(page) == 0
    if javascript:
        assert violations(page) == []


def follow(page, link: str) -> None:
    page.get_by_role("main").get_by_role("link", name=link, exact=True).first.click()


@every_screen
def test_a_board_member_sees_how_lancashire_a_district_and_an_indicator_are_doing(open_page, width, javascript):
    page = open_page(width=width, javascript=javascript)
    sign_in(page, "board.lancashire")
    page.goto("/")
    follow(page, "Lancashire Children, Young People and Families Partnership")
    look(page, javascript)
    follow(page, "Integrated Early Years Strategy")
    expect(page.get_by_role("heading", level=1)).to_have_text("Integrated Early Years Strategy")
    expect(page.locator('[data-indicator="infant-mortality"][data-area="E10000017"]').first).to_be_visible()
    look(page, javascript)
    follow(page, "Dashboard")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lancashire")
    look(page, javascript)
    page.get_by_label("Area", exact=True).select_option(label="Burnley")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Burnley")
    expect(page.locator('[data-indicator="smoking-at-delivery"][data-area="E07000117"]').first).to_be_visible()
    look(page, javascript)
    follow(page, "Reduce smoking status at time of delivery")
    expect(page.get_by_role("heading", level=1)).to_contain_text("smoking")
    expect(page.get_by_text("Office for Health Improvement and Disparities").first).to_be_attached()
    if javascript:
        expect(page.locator("[data-chart] .main-svg").first).to_be_visible()
    look(page, javascript)


@every_screen
def test_an_officer_updates_an_action(open_page, width, javascript):
    page = open_page(width=width, javascript=javascript)
    sign_in(page, "officer.lancashire")
    page.goto("/lancashire/actions/parenting-strategy/update/")
    look(page, javascript)
    page.get_by_label("At risk").check()
    page.get_by_label("Progress, in per cent").fill("35")
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_role("alert")).to_contain_text("Say in the note why")
    assert page.get_by_label("Progress, in per cent").input_value() == "35"
    look(page, javascript)
    note = f"Waiting for parents' answers, {width} {javascript}"
    page.get_by_label("Note", exact=True).fill(note)
    page.get_by_role("button", name="Save update").click()
    expect(page.get_by_role("main")).to_contain_text(note)
    look(page, javascript)
    page.goto("/lancashire/strategies/early-years/")
    action = page.get_by_role("listitem").filter(has_text="Develop parenting Strategy")
    expect(action.last).to_contain_text("At risk")


@every_screen
def test_two_officers_update_one_action_and_the_second_loses_nothing(open_page, width, javascript):
    first, second = (open_page(width=width, javascript=javascript) for _person in range(2))
    for page, account in ((first, "officer.lancashire"), (second, "admin.lancashire")):
        sign_in(page, account)
        page.goto("/lancashire/actions/workforce-development-plan/update/")
    for page, note in (
        (first, f"Skills counted {width} {javascript}"),
        (second, f"Training booked {width} {javascript}"),
    ):
        page.get_by_label("On track").check()
        page.get_by_label("Progress, in per cent").fill("40")
        page.get_by_label("Note", exact=True).fill(note)
        page.get_by_role("button", name="Save update").click()
    expect(second.get_by_role("main")).to_contain_text(f"Skills counted {width} {javascript}")
    assert second.get_by_label("Note", exact=True).input_value() == f"Training booked {width} {javascript}"
    look(second, javascript)
    second.get_by_role("button", name="Save mine on top").click()
    expect(second.get_by_role("main")).to_contain_text(f"Training booked {width} {javascript}")


@every_screen
def test_an_officer_uploads_a_corrected_value_and_the_dashboard_shows_it(open_page, width, javascript):
    corrected = f"{60 + SCREENS.index((width, javascript))}.7"
    page = open_page(width=width, javascript=javascript)
    sign_in(page, "officer.lancashire")
    page.goto("/lancashire/uploads/new/")
    look(page, javascript)
    page.get_by_label("File of figures").set_input_files(
        {
            "name": "wrong.csv",
            "mimeType": "text/csv",
            "buffer": b"indicator,area,period,value\ngld,Atlantis,2024/25,61\n",
        }
    )
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("main")).to_contain_text("Atlantis")
    look(page, javascript)
    page.goto("/lancashire/uploads/new/")
    page.get_by_label("File of figures").set_input_files(
        {
            "name": "corrected.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": workbook(
                [["Indicator", "Area", "Period", "Value"], ["gld", "Lancashire", "2024/25", float(corrected)]]
            ),
        }
    )
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("main")).to_contain_text(corrected)
    look(page, javascript)
    page.get_by_role("button", name="Publish these figures").click()
    expect(page.get_by_role("main")).to_contain_text("Withdraw")
    look(page, javascript)
    page.goto("/lancashire/dashboard/E10000017/")
    figure = page.locator('[data-indicator="gld"][data-period="2024/25"][data-breakdown=""]').first
    expect(figure).to_have_attribute("data-value", corrected)


def workbook(rows: list[list]) -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


@every_screen
def test_an_administrator_previews_and_loads_a_strategy_with_a_renamed_objective(open_page, width, javascript):
    page = open_page(width=width, javascript=javascript)
    sign_in(page, "admin.lancashire")
    page.goto("/lancashire/strategies/load/")
    look(page, javascript)
    file = page.request.get("/lancashire/strategies/early-years/file.yaml").text()
    title = re.search(r"title: (To ensure better maternal and child outcomes.*)", file)[1]
    renamed = f"To ensure better outcomes for mothers and babies, {width} {javascript}"
    page.get_by_label("Strategy file").set_input_files(
        {"name": "early-years.yaml", "mimeType": "text/yaml", "buffer": file.replace(title, renamed).encode()}
    )
    page.get_by_role("button", name="See what it would change").click()
    expect(page.get_by_role("main")).to_contain_text(renamed)
    look(page, javascript)
    page.get_by_role("button", name="Load this file").click()
    expect(page.get_by_role("main").get_by_role("button", name="Load this file")).to_have_count(0)
    look(page, javascript)
    page.goto("/lancashire/strategies/early-years/")
    expect(page.get_by_role("main")).to_contain_text(renamed)
    restore(page, file)


def restore(page, file: str) -> None:
    page.goto("/lancashire/strategies/load/")
    page.get_by_label("Strategy file").set_input_files(
        {"name": "early-years.yaml", "mimeType": "text/yaml", "buffer": file.encode()}
    )
    page.get_by_role("button", name="See what it would change").click()
    page.get_by_role("button", name="Load this file").click()


@every_screen
def test_a_visitor_cannot_reach_a_private_partnership(open_page, width, javascript):
    administrator, visitor = (open_page(width=width, javascript=javascript) for _person in range(2))
    sign_in(administrator, "admin.argyll-bute")
    set_public(administrator, public=False)
    for address in (
        "/argyll-bute/",
        "/argyll-bute/strategies/outcome-4/",
        "/argyll-bute/dashboard/S12000035/values.csv",
    ):
        visitor.goto(address)
        expect(visitor).to_have_url(re.compile(r"/accounts/login/\?next="))
        private = visitor.get_by_role("main").inner_text()
        visitor.goto(address.replace("argyll-bute", "no-such-partnership"))
        assert visitor.get_by_role("main").inner_text() == private
    look(visitor, javascript)
    visitor.goto("/")
    expect(visitor.get_by_role("main")).not_to_contain_text("Argyll and Bute")
    sign_in(visitor, "officer.thurrock")
    assert visitor.goto("/argyll-bute/").status == 404
    look(visitor, javascript)
    set_public(administrator, public=True)
    assert visitor.goto("/argyll-bute/").status == 200


def set_public(page, *, public: bool) -> None:
    page.goto("/argyll-bute/members/")
    page.get_by_role("button", name="Make it public" if public else "Make it private").click()
