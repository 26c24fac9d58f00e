"""Differences between groups of people, and how to read charts and maps."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from indicators.estimates import interval
from indicators.methods.madeup import SHARE, counted
from indicators.methods.sections import Section
from indicators.numbers import number_text
from indicators.statistics import correlation, inequality, quantiles
from indicators.statistics.benchmark import Z95, Z998, funnel_limits
from indicators.statistics.intervals import Estimate

# Children who do well in each fifth of the neighbourhoods, from the most to the least deprived, of a thousand each.
FIFTHS = (540, 600, 640, 690, 760)
IN_A_FIFTH = 1000
# Of the areas of a funnel: the average share, and two sizes.
AVERAGE, SHARE_OF_ONE, SMALL, LARGE = 0.66, 0.58, 100, 1000
# A spine: the areas beside one, in per cent.
BESIDE = (58.0, 62.0, 64.0, 66.0, 67.0, 69.0, 71.0, 76.0)
# A scatter: areas in the order of both measures, but for two that change places.
ACROSS, UP = (8, 11, 14, 15, 19, 22, 25, 31), (74, 71, 72, 67, 66, 63, 62, 58)
LEAST_AREAS, LEAST_CORRELATED = 4, 8


def gap_section() -> Section:
    most, least = _estimate(FIFTHS[0]), _estimate(FIFTHS[-1])
    gap, ratio = inequality.gap(least, most), inequality.ratio(least, most)
    slope = inequality.slope_index(
        [IN_A_FIFTH] * len(FIFTHS),
        [count / IN_A_FIFTH for count in FIFTHS],
        value_type="proportion",
        multiplier=SHARE.multiplier,
    )
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
                "difference between its two ends. The relative index gives their ratio."
            ),
        ),
        example=(
            _("From the most to the least deprived fifth, %(shares)s do well.")
            % {"shares": ", ".join(SHARE.text(_share(count)) for count in FIFTHS)},
            _("The gap is %(gap)s, with an interval from %(lower)s to %(upper)s; the ratio is %(ratio)s.")
            % {
                "gap": SHARE.difference_text(gap.value),
                "lower": number_text(gap.lower, 1),
                "upper": number_text(gap.upper, 1),
                "ratio": number_text(ratio.value, 2),
            },
            _("The slope index is %(slope)s, the relative index %(relative)s.")
            % {"slope": SHARE.difference_text(slope.sii), "relative": number_text(slope.rii, 2)},
        ),
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


def _share(count: float) -> float:
    return SHARE.multiplier * count / IN_A_FIFTH


def _estimate(count: float) -> Estimate:
    point = counted("2023/24", SHARE, count, IN_A_FIFTH)
    margin = interval(point, SHARE)
    return Estimate(point.value, margin.lower, margin.upper)


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
        ),
        example=(_funnelled(SMALL), _funnelled(LARGE)),
        formulas=(
            _("Shares: p ∓ z √(p (1 − p) / n), with z = %(inner)s and %(outer)s. Rates: exact Poisson limits.")
            % {"inner": number_text(Z95, 2), "outer": number_text(Z998, 2)},
        ),
        references=("D. J. Spiegelhalter, Statistics in Medicine 24 (2005) 1185", "R: PHEindicatormethods"),
    )


def _funnelled(size: int) -> str:
    lower, upper = (float(limit) * SHARE.multiplier for limit in funnel_limits(size, AVERAGE))
    value = SHARE_OF_ONE * SHARE.multiplier
    words = {
        "size": number_text(size, 0),
        "value": SHARE.text(value),
        "average": SHARE.text(AVERAGE * SHARE.multiplier),
    }
    words |= {"lower": SHARE.text(lower), "upper": SHARE.text(upper)}
    words["where"] = _("inside") if lower <= value <= upper else _("outside")
    return (
        _(
            "The average is %(average)s. For an area with %(size)s children the inner limits are %(lower)s and "
            "%(upper)s: with %(value)s it lies %(where)s."
        )
        % words
    )


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
            % {"count": LEAST_AREAS},
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
    five = BESIDE[:5]
    words = ", ".join(
        f"{SHARE.text(value)} {word}"
        for value, word in zip(five, quantiles.fifth_words(five, polarity="high"), strict=True)
    )
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
        example=(_("Five areas in fifths: %(areas)s.") % {"areas": words},),
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
