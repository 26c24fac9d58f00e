"""Rules that hide figures, set on indicators of the tests' world, and what is hidden by them."""

from indicators.models import Indicator, Suppression

COUNTY, COTTERHAM = "E10000099", "E07000903"


def ruled(code: str = "live-births", suppress_below: int | None = 5, round_to: int | None = None) -> Indicator:
    """The indicator, with a rule from now on. No figure is hidden by this."""
    indicator = Indicator.objects.get(code=code)
    indicator.suppress_below, indicator.round_to = suppress_below, round_to
    indicator.save(update_fields=["suppress_below", "round_to"])
    return indicator


def hidden(code: str = "live-births") -> set[tuple[str, ...]]:
    """Area and first year of every hidden fact, with its breakdown where it has one."""
    rows = Suppression.objects.filter(indicator__code=code).values_list("area__code", "period_start", "breakdown")
    return {(area, start.year, *filter(None, [breakdown])) for area, start, breakdown in rows}
