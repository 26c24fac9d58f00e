"""Every page of the demonstration in a real Chromium, wide and narrow: axe-core, sideways scroll, console, policy."""

import pytest

from tests.browser.conftest import sideways_scroll, sign_in, violations

pytestmark = pytest.mark.browser
PUBLIC = [
    "/",
    "/accounts/login/",
    "/indicators/",
    "/method/",
    "/indicators/gld/",
    "/feedback/",
    "/lancashire/",
    "/lancashire/strategies/early-years/",
    "/lancashire/strategies/partnership-plan/",
    "/lancashire/strategies/early-years/glossary/",
    "/lancashire/strategies/early-years/documents/",
    "/lancashire/dashboard/E10000017/",
    "/lancashire/dashboard/E07000117/?strategy=partnership-plan",
    "/lancashire/dashboard/E10000017/?as_known_on=2020-01-01",
    "/lancashire/dashboard/E10000017/?as_known_on=nonsense",
    "/lancashire/matrix/",
    "/lancashire/matrix/?as_known_on=2020-01-01",
    "/lancashire/spine/E07000117/",
    "/lancashire/spine/E10000017/?as_known_on=2020-01-01",
    "/lancashire/map/",
    "/lancashire/map/?shading=fifths",
    "/lancashire/map/?measure=nonsense&as_known_on=2020-01-01",
    "/lancashire/scatter/",
    "/lancashire/scatter/?as_known_on=2020-01-01",
    "/lancashire/strategies/early-years/?as_known_on=2020-01-01",
    "/lancashire/indicators/gld/",
    "/lancashire/indicators/gld/?as_known_on=2020-01-01",
    "/lancashire/indicators/gld/history/",
    "/lancashire/indicators/gld/history/?period=nonsense&as_known_on=2020-01-01",
    "/lancashire/indicators/pcv-12-months/",
    "/argyll-bute/strategies/outcome-4/",
    "/argyll-bute/dashboard/S12000035/",
    "/argyll-bute/spine/S12000035/",
    "/argyll-bute/map/",
    "/argyll-bute/scatter/",
    "/thurrock/strategies/community-strategy/",
    "/thurrock/strategies/health-and-wellbeing/",
    "/thurrock/strategies/stronger-together/",
    "/thurrock/dashboard/E06000034/?strategy=stronger-together",
    "/thurrock/spine/E06000034/?strategy=stronger-together",
    "/thurrock/map/",
    "/thurrock/scatter/?strategy=stronger-together",
    "/wales/",
    "/wales/strategies/early-years-integration/",
    "/wales/strategies/early-years-integration/documents/",
    "/wales/matrix/",
    "/wales/map/",
    "/blaenau-gwent/map/",
    "/blaenau-gwent/spine/W06000019/",
    "/cwm-taf/dashboard/PSB-CWM-TAF/",
    "/swansea/strategies/early-years-integration/",
    "/nowhere-at-all/of/any/kind/",
]
MEMBERS = [
    "/accounts/password/",
    "/lancashire/",
    "/lancashire/actions/",
    "/lancashire/actions/?status=at-risk&due=overdue",
    "/lancashire/actions/infant-mortality-action-plan/",
    "/lancashire/actions/infant-mortality-action-plan/update/",
    "/lancashire/mine/",
    "/lancashire/uploads/",
    "/lancashire/uploads/new/",
    "/lancashire/uploads/layouts/",
    "/lancashire/uploads/template/",
    "/lancashire/uploads/template/?indicator=gld&period=2030",
    "/lancashire/members/",
    "/lancashire/members/new/",
    "/lancashire/comparators/",
    "/lancashire/comparators/new/",
    "/lancashire/feedback/",
    "/lancashire/strategies/load/",
    "/lancashire/strategies/early-years/targets/",
    "/lancashire/strategies/early-years/targets/infant-mortality/",
    "/lancashire/strategies/early-years/documents/new/",
    "/thurrock/members/",
]


def assert_sound(page, address: str) -> None:
    response = page.goto(address)
    assert response.status in (200, 404), address
    assert page.locator("h1").count() == 1
    assert sideways_scroll(page) == 0
    assert violations(page) == []


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_that_anybody_may_open(open_page, width):
    page = open_page(width=width)
    for address in PUBLIC:
        assert_sound(page, address)


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_that_members_may_open(open_page, width):
    page = open_page(width=width)
    sign_in(page, "admin.lancashire")
    for address in MEMBERS:
        assert_sound(page, address)
    page.goto("/lancashire/uploads/")
    assert_sound(page, page.get_by_role("main").get_by_role("link", name=".csv").first.get_attribute("href"))


def test_a_page_without_a_chart_is_light(open_page):
    """At most 100 kB on a first visit, fonts and images included, compressed as the server sends them."""
    page = open_page()
    weights = []
    page.on("response", lambda response: weights.append(int(response.headers.get("content-length") or 0)))
    page.goto("/lancashire/dashboard/E10000017/", wait_until="networkidle")
    assert 0 < sum(weights) <= 100_000
