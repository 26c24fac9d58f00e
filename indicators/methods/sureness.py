"""A figure: how sure it is, why there may be none, and on which day it was known."""

from datetime import UTC, datetime

from django.utils.dateformat import format as date_text
from django.utils.translation import gettext as _

from indicators import shorthand
from indicators.estimates import interval, interval_text
from indicators.figures import FLAGS, Yardstick, flag_words
from indicators.methods.madeup import SHARE, counted, rate, read_period
from indicators.methods.sections import Section, Term
from indicators.numbers import MARKERS, marker_words, number_text
from indicators.series import Point
from indicators.statistics.intervals import BYAR_FROM, normal_quantile
from indicators.versions import Place, Version, standing_at


def sections() -> tuple[Section, ...]:
    return _interval(), _markers(), _known_on()


def _interval() -> Section:
    return Section(
        "interval",
        _("95% interval"),
        text=(
            _(
                "A figure counts what happened to some people in some months. There is always some luck in it: with "
                "nothing really changed, another year would come out a little higher or lower. The 95% interval says "
                "how far luck may have moved the figure. Of a hundred intervals made in this way, about 95 hold the "
                "level that lies behind the figure."
            ),
            _(
                "Many people make a narrow interval, few people a wide one. A wide interval is a warning not to read "
                "much into the figure."
            ),
            _(
                "Where the publisher prints an interval, pages show that one. Where the publisher prints only the "
                "counts, the interval is worked out from them, and only if the counts give the printed figure back. "
                "Where neither is possible there is no interval, and nothing is said that would need one."
            ),
        ),
        terms=(
            Term(_("computed"), _("Beside an interval: worked out here from the counts, not printed by the publisher.")),
            Term(_("Wilson"), _("The method for a share of people, such as the percentage of children who do well.")),
            Term(
                _("Byar’s"),
                _(
                    "The method for a rate of events, such as deaths per 1,000 births. Of fewer than %(count)d events "
                    "the interval is worked out exactly."
                )
                % {"count": BYAR_FROM},
            ),
        ),
        example=(
            _with_interval(_("%(x)s of %(n)s children do well: %(value)s, with an interval of %(interval)s."), SHARE, 8532, 12849),
            _with_interval(
                _("In a small place %(x)s of %(n)s children do: %(value)s, with an interval of %(interval)s."), SHARE, 66, 100
            ),
            _with_interval(
                _("%(x)s deaths among %(n)s births: %(value)s, with an interval of %(interval)s."), rate(), 12, 3000
            ),
            _refused(),
        ),
        formulas=(
            _("Wilson: k (2x + z² ∓ z √(z² + 4x (1 − x/n))) / (2 (n + z²)), for x of n people, with z = %(z)s and k = 100 for a percentage.")
            % {"z": number_text(normal_quantile(0.95), 2)},
            _(
                "Byar’s: O (1 − 1/9O − z/3√O)³ and (O + 1) (1 − 1/9(O + 1) + z/3√(O + 1))³ for O events, divided by the "
                "population. Exact: half of χ² at 2.5% with 2O and at 97.5% with 2O + 2 degrees of freedom."
            ),
        ),
        references=(
            "E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209",
            "N. E. Breslow, N. E. Day, Statistical Methods in Cancer Research II (1987) 69",
            "D. Eayres, APHO Technical Briefing 3: Commonly used public health statistics and their confidence intervals (2008)",
        ),
    )


def _with_interval(sentence: str, stick: Yardstick, numerator: float, denominator: float) -> str:
    point = counted("2023/24", stick, numerator, denominator)
    return sentence % {
        "x": number_text(numerator, 0),
        "n": number_text(denominator, 0),
        "value": stick.text(point.value),
        "interval": interval_text(interval(point, stick), stick),
    }


def _refused() -> str:
    """A figure that is not its counts: the sentence says what `interval` does with it."""
    point = counted("2023/24", SHARE, 8532, 12849)
    other = point._replace(value=point.value + 4)
    words = {"value": SHARE.text(other.value), "x": number_text(point.numerator, 0), "n": number_text(point.denominator, 0)}
    if interval(other, SHARE) is None:
        return _("A printed %(value)s beside %(x)s of %(n)s children gets no interval: it is not what these counts give.") % words
    return _("A printed %(value)s beside %(x)s of %(n)s children gets an interval all the same.") % words
