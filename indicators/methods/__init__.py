"""What each word on the pages means, in plain language, with examples.

What an example says is worked out by the functions that work it out for pages, so it can never say anything else.
Other pages link to the anchors (components/method_link.html); they do not change.
"""

from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from indicators.methods import beside, hidden, movement, pictures, sureness, wanted
from indicators.methods.sections import Group, Section, Term

__all__ = ["Group", "Section", "Term", "groups"]


def groups() -> tuple[Group, ...]:
    """All sections in the language of the reader, in the order of the page."""
    return _groups(get_language())


@cache
def _groups(_language: str) -> tuple[Group, ...]:
    """Once for each language: the examples are always the same."""
    return (
        Group(
            "figure",
            _("A figure, and how sure it is"),
            (
                sureness.interval_section(),
                sureness.markers_section(),
                hidden.suppressed_section(),
                sureness.known_on_section(),
            ),
        ),
        Group(
            "movement",
            _("What happens over time"),
            (
                movement.trend_section(),
                movement.control_chart_section(),
                movement.change_section(),
                movement.break_section(),
            ),
        ),
        Group("wanted", _("What is wanted"), (wanted.target_section(), wanted.forecast_section())),
        Group(
            "beside",
            _("An area beside others"),
            (
                beside.comparison_section(),
                beside.neighbours_section(),
                beside.combined_section(),
                beside.rank_section(),
                beside.spread_section(),
                pictures.gap_section(),
            ),
        ),
        Group(
            "pictures",
            _("Charts and maps"),
            (
                pictures.funnel_section(),
                pictures.spine_section(),
                pictures.map_section(),
                pictures.scatter_section(),
            ),
        ),
    )
