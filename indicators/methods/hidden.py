"""Why small numbers are hidden, which others are hidden with them, and what rounding does."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from indicators.concealment import conceal
from indicators.disclosure import Hiding, Rule, in_words, shown
from indicators.figures import COUNT, Yardstick, figure
from indicators.methods.madeup import read_period, series
from indicators.methods.sections import Section
from indicators.series import Point
from indicators.ties import Cell

COUNTS = Yardstick("number", decimals=0, value_type=COUNT)
HIDES, ROUNDS = Rule(suppress_below=5), Rule(round_to=5)
# Children in each district of Northshire, which is the first and their sum.
CHILDREN = {"Northshire": 60, "Ashby": 3, "Birch": 17, "Cole": 22, "Dale": 18}


def suppressed_section() -> Section:
    return Section(
        "suppressed",
        _("Hidden small numbers"),
        text=(
            _(
                "A number about very few people can tell what only they and those close to them should know. "
                "Publishers hide such numbers. An indicator can have a rule of its own here too; its definition says "
                "which."
            ),
            _(
                "Hiding the small number alone would not help: if the county and all other districts are shown, "
                "anybody can take them away from the county. So others are hidden with it, as few as will do, until no "
                "hidden number can be worked out from what is shown. Which of them is the small one is not said."
            ),
            _(
                "A hidden figure is hidden everywhere: on pages, in charts, in sums and in downloads, with its counts "
                "and its interval. It is not zero. Once hidden it stays hidden, on pages of a day in the past as well."
            ),
            _(
                "A rule can also round the counts. The figure is then worked out from rounded counts, and intervals "
                "are left out, since they would tell more. A partnership may let some of its members see hidden "
                "figures of its own areas; whoever does so is written down."
            ),
        ),
        example=(_hidden(), _rounded()),
    )


def _hidden() -> str:
    cells = [Cell(area, "", value) for area, value in enumerate(CHILDREN.values())]
    found = conceal([cells], [{0: range(1, len(cells))}], HIDES)
    hidden = {area for area, _breakdown in found.facts}
    words = {"rule": " ".join(in_words(HIDES)), "all": _listed(()), "shown": _listed(hidden)}
    return _("%(rule)s Of %(all)s, readers see: %(shown)s.") % words


def _listed(hidden: Collection[int]) -> str:
    """Each area with its number as a reader sees it."""
    return ", ".join(
        f"{name} {_as_seen(value, Hiding.FIGURE if area in hidden else None)}"
        for area, (name, value) in enumerate(CHILDREN.items())
    )


def _as_seen(value: float, hiding: Hiding | None, rule: Rule = HIDES) -> str:
    point = shown(Point(read_period("2023/24"), float(value)), rule, hiding)
    return figure(series(), point, COUNTS).text


def _rounded() -> str:
    words = {"rule": " ".join(in_words(ROUNDS)), "count": CHILDREN["Birch"]}
    return _("%(rule)s %(count)d is shown as %(shown)s.") % (
        words | {"shown": _as_seen(CHILDREN["Birch"], None, ROUNDS)}
    )
