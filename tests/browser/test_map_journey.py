"""The map, the spine chart and two measures as somebody meets them: by keyboard, without scripts, on a telephone."""

import pytest

from tests.browser.conftest import sideways_scroll

pytestmark = pytest.mark.browser
MAP = "/lancashire/map/?measure=infant-mortality"


def test_a_hexagon_is_reached_and_opened_by_keyboard(open_page):
    page = open_page()
    page.goto("/lancashire/matrix/")
    page.get_by_role("link", name="One measure on a map").press("Enter")
    page.get_by_label("Measure").select_option("infant-mortality")
    page.get_by_role("button", name="Show").press("Enter")
    hexagon = page.locator(".app-hexmap").get_by_role("link", name="Burnley:")
    hexagon.focus()
    assert hexagon.locator("polygon").evaluate("shape => getComputedStyle(shape).strokeWidth") == "5px"
    page.keyboard.press("Enter")
    page.wait_for_url("**/lancashire/dashboard/E07000117/**")


def test_pictures_that_the_server_draws_need_no_script(open_page):
    page = open_page(javascript=False)
    page.goto(MAP)
    assert page.locator(".app-hexmap .app-hex").count() == 14
    page.goto("/lancashire/spine/E07000117/")
    assert page.locator(".app-strip").count() > 5
    page.goto("/lancashire/scatter/")
    assert page.locator(".app-chart table tbody tr").count() > 8


def test_two_measures_are_drawn_with_a_point_for_each_area(open_page):
    page = open_page()
    page.goto("/lancashire/scatter/", wait_until="networkidle")
    rows = page.locator(".app-chart table tbody tr").count()
    assert page.locator(".app-chart__plot .scatterlayer .point").count() == rows


def test_on_a_telephone_the_map_keeps_its_size_and_scrolls_in_its_own_region(open_page):
    page = open_page(width=320)
    page.goto(MAP)
    assert sideways_scroll(page) == 0
    region = page.get_by_role("region", name="Map:")
    assert region.evaluate("one => one.scrollWidth > one.clientWidth")
    assert page.locator(".app-hex__name").first.evaluate("one => one.getBoundingClientRect().height") >= 10
