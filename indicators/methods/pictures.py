"""Differences between groups of people, and how to read charts and maps."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from indicators.charts.funnel import LEAST_AREAS, Measured, funnel
from indicators.charts.inequality import gap_chart
from indicators.fifths import FEWEST, fifths
from indicators.gaps import LEAST_GROUPS
from indicators.groups import Dimension
from indicators.groups import Group as GroupOfPeople
from indicators.methods.madeup import SHARE, counted, yearly
from indicators.methods.sections import Section
from indicators.numbers import number_text
from indicators.statistics import correlation, quantiles
from indicators.statistics.benchmark import Z95, Z998

# Children who do well, of a thousand in each fifth of the neighbourhoods, the most deprived first, in two years.
DEPRIVATION = ((500, 540), (570, 600), (620, 640), (680, 690), (750, 760))
IN_A_FIFTH = 1000
# Children who do well, of how many, in the areas of a funnel.
FUNNEL = {
    "Ashby": (58, 100),
    "Birch": (580, 1000),
    "Cole": (1380, 2000),
    "Dale": (670, 1000),
    "Elm": (1010, 1500),
}
# A spine: the areas beside one, in per cent.
BESIDE = (58.0, 62.0, 64.0, 66.0, 67.0, 69.0, 71.0, 76.0)
# A scatter: two measures of eight areas.
ACROSS, UP = (8, 11, 14, 15, 19, 22, 25, 31), (74, 71, 72, 67, 66, 63, 62, 58)
LEAST_IN_A_SPINE, LEAST_CORRELATED = 4, 8


def gap_section() -> Section:
    return Section(
        "gap",
        _("Gap and inequality"),
        text=(
            _(
                "The gap is the difference between two groups of people, such as children in the most and in the least "
                "deprived neighbourhoods, in percentage points or in the unit of the measure. The ratio is how many "
                "times the one figure is the other. They have intervals where both figures have."
            ),
            _(
                "A gap is said to have narrowed or widened only where its intervals then and now are clear of each "
                "other. Otherwise the change may be chance."
            ),
            _(
                "The gap looks at two groups only. The slope index of inequality looks at all of them and at their "
                "size: it draws a line through all groups from the most to the least deprived, and gives the "
                "difference between its two ends. The relative index gives their ratio. Both take %(count)d groups or "
                "more, in order."
            )
            % {"count": LEAST_GROUPS},
        ),
        example=_gap_example(),
        formulas=(
            _("Gap: half its interval is √(h² + k²), where h and k are half the intervals of the two figures."),
            _(
                "Slope index: least squares weighted by population, of the figure on the middle of each group’s place "
                "from 0 to 1; b is the slope from a, and (a + b) / a the relative index."
            ),
        ),
        references=(
            "A. Low and A. Low, Journal of Public Health 26 (2004) 388",
            "D. G. Altman and others, Statistics with Confidence (2000)",
            "R: PHEindicatormethods",
        ),
    )


def _gap_example() -> tuple[str, ...]:
    names = (_("Most deprived"), _("Second"), _("Third"), _("Fourth"), _("Least deprived"))
    groups = [
        GroupOfPeople(name, yearly(SHARE, counts, IN_A_FIFTH)) for name, counts in zip(names, DEPRIVATION, strict=True)
    ]
    newest = [SHARE.text(group.series.points[-1].value) for group in groups]
    return (
        _("From the most to the least deprived fifth of neighbourhoods, %(shares)s of the children do well.")
        % {"shares": ", ".join(newest)},
        gap_chart("", Dimension("", tuple(groups), is_ordered=True), SHARE).summary,
    )


def funnel_section() -> Section:
    return Section(
        "funnel",
        _("Funnel plot"),
        text=(
            _(
                "Each mark is an area: how many people it has across, its figure up. The level line is the average of "
                "all areas on the chart. Small areas scatter widely by chance alone, large ones hardly, so that the "
                "limits around the line look like a funnel."
            ),
            _(
                "An area between the inner limits is no further from the average than chance may carry it. Of areas "
                "with nothing special about them, about one in twenty lies outside the inner limits (95%), and two in "
                "a thousand outside the outer ones (99.8%)."
            ),
            _("It takes %(count)d areas or more, with their counts.") % {"count": LEAST_AREAS},
        ),
        example=_funnel_example(),
        formulas=(
            _("Shares: p ∓ z √(p (1 − p) / n), with z = %(inner)s and %(outer)s. Rates: exact Poisson limits.")
            % {"inner": number_text(Z95, 2), "outer": number_text(Z998, 2)},
        ),
        references=("D. J. Spiegelhalter, Statistics in Medicine 24 (2005) 1185", "R: PHEindicatormethods"),
    )


def _funnel_example() -> tuple[str, ...]:
    areas = [Measured(name, counted("2023/24", SHARE, *pair)) for name, pair in FUNNEL.items()]
    found = funnel("", areas, SHARE, period="2023/24")
    sentence = _("%(area)s: %(value)s of %(size)s children, %(where)s.")
    rows = {row[0]: row for row in found.table.rows}
    told = [
        sentence % {"area": name, "size": rows[name][1], "value": rows[name][2], "where": rows[name][3]}
        for name in FUNNEL
    ]
    return (*told[:2], found.summary)


def spine_section() -> Section:
    least, lower, _middle, upper, most = quantiles.percentile_bounds(BESIDE, 4)
    return Section(
        "spine",
        _("Spine chart"),
        text=(
            _(
                "All measures of an area on one page, one below the other. In the middle stands the nation, or what "
                "else you compare with. Better lies to the right of it, whether high or low is good for the measure. "
                "Where neither is good, high lies to the right."
            ),
            _(
                "The pale bar runs from the worst to the best of the areas beside this one, the dark bar holds the "
                "middle half of them. The mark is this area; its shape says better, similar or worse, by intervals as "
                "everywhere. Measures have scales of their own: do not compare the lengths of their bars."
            ),
            _("A measure is not drawn where fewer than %(count)d areas have a figure for the same period.")
            % {"count": LEAST_IN_A_SPINE},
        ),
        example=(
            _(
                "%(count)d areas: %(figures)s. The pale bar runs from %(least)s to %(most)s, the dark bar from "
                "%(lower)s to %(upper)s."
            )
            % {
                "count": len(BESIDE),
                "figures": ", ".join(SHARE.text(value) for value in BESIDE),
                "least": SHARE.text(least),
                "most": SHARE.text(most),
                "lower": SHARE.text(lower),
                "upper": SHARE.text(upper),
            },
        ),
    )


def map_section() -> Section:
    five = BESIDE[-FEWEST:]
    words = (f"{SHARE.text(value)} {text}" for value, (_number, text) in zip(five, fifths(five, "high"), strict=True))
    return Section(
        "map",
        _("Map of hexagons"),
        text=(
            _(
                "Every area has one hexagon of the same size, near to where it lies. On an ordinary map large, thinly "
                "peopled areas catch the eye and towns vanish."
            ),
            _(
                "The shades say how areas compare with the nation, each with a letter: B better, S similar, W worse, H "
                "higher, L lower. Or they divide the areas into fifths, numbered from 1, the worst or lowest, to 5, "
                "the best or highest. Fifths are an order and no test: areas in different fifths may differ by chance "
                "only. Hatched areas have no figure."
            ),
        ),
        example=(_("Five areas: %(areas)s.") % {"areas": ", ".join(words)},),
    )


def scatter_section() -> Section:
    return Section(
        "scatter",
        _("Two measures set against each other"),
        text=(
            _(
                "Each mark is an area: one measure across, the other up. If the marks lie along a slope, areas that "
                "are high by one measure tend to be high, or low, by the other."
            ),
            _(
                "This never shows that one causes the other. Both may follow from something else, such as poverty. And "
                "what holds of areas need not hold of the children in them."
            ),
            _(
                "With %(count)d areas or more, Spearman’s rank correlation is given. It compares the order of the "
                "areas by the two measures: 1 is the same order, %(minus)s the opposite, 0 nothing in common."
            )
            % {"count": LEAST_CORRELATED, "minus": number_text(-1, 0)},
        ),
        example=(_correlated(ACROSS, UP),),
        formulas=(_("The correlation of the ranks; equal figures share the mean of their ranks."),),
        references=("C. Spearman, American Journal of Psychology 15 (1904) 72",),
    )


def _correlated(across: Sequence[float], up: Sequence[float]) -> str:
    return _(
        "Children in poverty, of a hundred, in %(count)d areas: %(across)s. Children who do well at five: %(up)s. "
        "Spearman’s correlation is %(found)s."
    ) % {
        "count": len(across),
        "across": ", ".join(map(str, across)),
        "up": ", ".join(map(str, up)),
        "found": number_text(correlation.spearman(across, up), 2),
    }
