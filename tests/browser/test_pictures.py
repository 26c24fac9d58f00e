"""Pictures of an indicator in a real Chromium: drawn once, read without a script, by keyboard and without colour."""

import pytest

from tests.browser.conftest import sideways_scroll, violations

pytestmark = pytest.mark.browser
GLD = "/lancashire/indicators/gld/"
PAGES = [
    GLD,
    f"{GLD}?comparator=set-dfe-statistical-neighbours",
    "/lancashire/indicators/pcv-12-months/",
    "/lancashire/indicators/infant-mortality/",
    "/lancashire/indicators/injury-admissions-0-14/?area=E92000001",
    "/lancashire/indicators/injury-admissions-0-14/?breakdown=sex%3A+Male",
    "/cwm-taf/indicators/low-birth-weight-term/",
    "/wales/indicators/absence-primary-wales/",
]
CONTRAST = """() => {
    const light = (bar) => getComputedStyle(bar).fill.match(/[0-9.]+/g).slice(0, 3).map((part) => part / 255)
        .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0.05);
    const other = document.querySelector(".app-bars__bar:not(.app-bars__bar--this)");
    return light(other) / light(document.querySelector(".app-bars__bar--this"));
}"""


@pytest.mark.parametrize("width", [1280, 320])
def test_pages_full_of_pictures_are_sound(open_page, width):
    page = open_page(width=width)
    for address in PAGES:
        response = page.goto(address, wait_until="networkidle")
        assert response.status == 200, address
        assert sideways_scroll(page) == 0, address
        assert violations(page) == [], address
        for region in page.locator(".app-chart__plot--drawn").all():
            assert region.locator("svg").count() > 0


def test_one_load_of_the_library_draws_every_chart(open_page):
    page, loaded = open_page(), []
    page.on("request", lambda request: loaded.append(request.url) if "plotly" in request.url else None)
    page.goto(GLD, wait_until="networkidle")
    charts = page.locator("figure.app-chart").count()
    assert charts >= 3
    assert page.locator(".app-chart__plot .main-svg").first.is_visible()
    assert page.locator(".app-chart__plot--drawn").count() == charts
    assert len(loaded) == 1


def test_without_a_script_there_are_bars_tables_and_no_empty_frames(open_page):
    page = open_page(javascript=False)
    page.goto(GLD)
    assert page.locator(".app-bars__bar").count() > 12
    assert page.locator(".app-bars__bar").first.bounding_box()["width"] > 100
    assert not page.locator(".app-chart__plot").first.is_visible()
    page.locator("figure.app-chart summary").first.click()
    assert page.locator("figure.app-chart table").first.is_visible()


def test_every_table_can_be_reached_and_opened_by_keyboard(open_page):
    page = open_page(width=320)
    page.goto(GLD, wait_until="networkidle")
    for details in page.locator("figure.app-chart details").all():
        if details.get_attribute("open") is None:
            details.locator("summary").focus()
            page.keyboard.press("Enter")
    page.locator("body").click(position={"x": 1, "y": 1})
    named, regions = set(), page.get_by_role("main").locator("[role=region][tabindex='0']").count()
    for _press in range(400):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "() => { const on = document.activeElement; return on.getAttribute('role') === 'region' && on.className ==="
            " 'app-scroll' ? (on.getAttribute('aria-label') || on.getAttribute('aria-labelledby')) : '' }"
        )
        named |= {name} - {""}
    assert len(named) == regions


def test_the_area_of_the_page_stands_out_without_colour(open_page):
    page = open_page()
    page.goto(GLD)
    assert page.evaluate(CONTRAST) >= 3
    assert page.locator(".app-ranking tr.app-row-this").first.get_by_role("rowheader").inner_text() == (
        "Lancashire (this area)"
    )


def test_on_a_narrow_screen_bars_are_as_wide_as_it_and_rows_are_rows_still(open_page):
    page = open_page(width=320)
    page.goto(GLD)
    ranking = page.get_by_role("table", name="Areas in")
    assert ranking.locator("svg.app-bars").nth(1).bounding_box()["width"] > 250
    # However many areas other journeys have left it with.
    assert ranking.get_by_role("row").count() == ranking.locator("tr").count() > 2
    assert ranking.get_by_role("columnheader", name="Against England").count() == 1
