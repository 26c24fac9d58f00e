"""A file on its way to the dashboard, as an officer brings it: recognised, corrected, or too long to wait for."""

import csv
import io
import random
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sideways_scroll, sign_in, violations

pytestmark = pytest.mark.browser

SCREENS = [(1280, True), (320, True), (320, False)]
every_screen = pytest.mark.parametrize(
    ("width", "javascript"), SCREENS, ids=[f"{width}-{'js' if js else 'nojs'}" for width, js in SCREENS]
)
FINGERTIPS = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,Category,"
    "Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,Upper CI 99.8 limit,Count,"
    "Denominator,Value note,Recent Trend,Compared to England value or percentiles,Compared to percentiles,"
    "Time period Sortable,New data,Compared to goal,Time period range"
)


def look(page, javascript: bool) -> None:
    """What must hold on every page, once it is all there: nothing sideways, and nothing that axe-core objects to."""
    page.wait_for_load_state()
    assert sideways_scroll(page) == 0
    assert not javascript or violations(page) == []


def bring(page, name: str, content: str, address: str = "/lancashire/uploads/new/") -> None:
    page.goto(address)
    page.get_by_label("File of figures").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    )
    page.get_by_role("button", name="Check the file").click()


def fingertips(value: str) -> str:
    start = "90284,Hospital admissions,,,E07000117,Burnley,Districts,Persons,<15 yrs,,,2098/99"
    return f"{FINGERTIPS}\n{start},{value},90,120,85,125,200,19000,,,,,20980000,,,1y\n"


@every_screen
def test_a_published_file_is_recognised_and_reaches_the_dashboard(open_page, width, javascript):
    value = f"10{SCREENS.index((width, javascript))}.5"
    page = open_page(width=width, javascript=javascript)
    sign_in(page, "officer.lancashire")
    bring(page, "fingertips.csv", fingertips(value))
    main = page.get_by_role("main")
    expect(main).to_contain_text("1 figure was read")
    expect(main).to_contain_text("Fingertips")
    look(page, javascript)
    page.get_by_role("button", name="Publish these figures").click()
    expect(main).to_contain_text("1 figure is published")
    page.goto("/lancashire/indicators/injury-admissions-0-14/?area=E07000117")
    figure = page.locator('[data-period="2098/99"][data-breakdown=""]').first
    expect(figure).to_have_attribute("data-value", value)


@every_screen
def test_a_wrong_file_is_corrected_held_against_the_first_and_withdrawn(open_page, width, javascript):
    page = open_page(width=width, javascript=javascript)
    sign_in(page, "officer.lancashire")
    year = 2090 + SCREENS.index((width, javascript))
    rows = f"indicator,area,period,value\ngld,Burnley,{year},61.5\ngld,Atlantis,{year},60\n"
    bring(page, "half-wrong.csv", rows)
    main = page.get_by_role("main")
    expect(main).to_contain_text("No area has this code or name")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the same file with a column").click()
    table = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert table[0][-1] == "error"
    assert "no area has this code or name" in table[2][-1]
    table[2][1] = "Pendle"
    corrected = "\n".join(",".join(row[:4]) for row in table)
    address = page.get_by_role("link", name="Upload the corrected file").get_attribute("href")
    bring(page, "mended.csv", corrected, address)
    expect(main).to_contain_text("mistakes mended 1, remaining 0, new 0")
    look(page, javascript)
    page.get_by_role("button", name="Publish these figures").click()
    expect(main).to_contain_text("2 figures are published")
    page.get_by_role("button", name="Withdraw").click()
    expect(main).to_contain_text("Figures gone: 2")
    look(page, javascript)


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "nojs"])
def test_a_long_file_is_checked_in_the_background_while_one_goes_elsewhere(open_page, javascript):
    page = open_page(width=320, javascript=javascript)
    sign_in(page, "officer.lancashire")
    chance = random.Random(javascript)
    rows = (
        f"gld,Burnley,{1950 + number % 60},{chance.randrange(500, 700) / 10},,,,,group: {number // 60},a note"
        for number in range(60 * 600)
    )
    header = "indicator,area,period,value,lower,upper,numerator,denominator,breakdown,note"
    bring(page, "long.csv", "\n".join([header, *rows]))
    expect(page).to_have_url(re.compile(r"/uploads/\d+/$"))
    address = page.url
    main = page.get_by_role("main")
    page.goto("/lancashire/uploads/")
    expect(main).to_contain_text("long.csv")
    for _attempt in range(30):
        page.goto(address)
        if page.get_by_role("button", name="Discard this file").count():
            break
        look(page, javascript)
        page.wait_for_timeout(1000)
    expect(main).to_contain_text("36000 figures were read")
    look(page, javascript)
    page.get_by_role("button", name="Discard this file").click()
    expect(main).to_contain_text("The file is discarded")
