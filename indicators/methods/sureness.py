"""A figure: how sure it is, why there may be none, and on which day it was known."""

from datetime import UTC, datetime

from django.utils.dateformat import format as date_text
from django.utils.text import capfirst
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

MET, PEOPLE = 8532, 12849


def interval_section() -> Section:
    return Section(
        "interval",
        _("95% interval"),
        text=(
            _(
                "A figure counts what happened to some people in some months. Some of that is always chance: with "
                "nothing really changed, another year would come out a little higher or lower. The 95% interval says "
                "how far chance may have moved the figure. Of a hundred intervals made in this way, about 95 hold the "
                "level that lies behind the figure."
            ),
            _(
                "Many people make a narrow interval, few people a wide one. A wide interval is a warning: do not read "
                "much into this figure."
            ),
            _(
                "Where the publisher prints an interval, pages show that one. Where the publisher prints only the "
                "counts, the interval is worked out from them, and only if the counts give the printed figure back. "
                "Where neither is possible there is no interval, and nothing is said that would need one."
            ),
        ),
        terms=(
            Term(
                _("Computed"), _("Beside an interval: worked out here from the counts, not printed by the publisher.")
            ),
            Term(_("Margin"), _("Another word for the interval of a figure.")),
            Term(_("Wilson"), _("The method for a share of people, such as the percentage of children who do well.")),
            Term(
                _("Byar’s"),
                _(
                    "The method for a rate of events, such as deaths per 1,000 births. With fewer than %(count)d "
                    "events, the interval is exact."
                )
                % {"count": BYAR_FROM},
            ),
        ),
        example=(
            _with_interval(
                _("%(x)s of %(n)s children do well. That is %(value)s, with an interval from %(interval)s."),
                SHARE,
                MET,
                PEOPLE,
            ),
            _with_interval(
                _("In a small place %(x)s of %(n)s do. That is %(value)s, with an interval from %(interval)s."),
                SHARE,
                66,
                100,
            ),
            _with_interval(
                _("%(x)s deaths among %(n)s births are %(value)s, with an interval from %(interval)s."),
                rate(),
                12,
                3000,
            ),
            _refused(),
        ),
        formulas=(
            _(
                "Wilson: k (2x + z² ∓ z √(z² + 4x (1 − x/n))) / (2 (n + z²)) for x of n people, with z = %(z)s, and k "
                "= 100 for a percentage."
            )
            % {"z": number_text(normal_quantile(0.95), 2)},
            _(
                "Byar’s: O (1 − 1/9O − z/3√O)³ and (O + 1) (1 − 1/9(O + 1) + z/3√(O + 1))³ for O events, divided by "
                "the population and times its multiplier."
            ),
            _("Exact: half of χ² at 2.5% with 2O, and at 97.5% with 2O + 2 degrees of freedom."),
        ),
        references=(
            "E. B. Wilson, Journal of the American Statistical Association 22 (1927) 209",
            "N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research II (1987) 69",
            "APHO, Technical Briefing 3: Commonly used public health statistics and their confidence intervals (2008)",
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
    """What becomes of a figure that is not its counts."""
    printed = counted("2023/24", SHARE, MET, PEOPLE)._replace(value=70.4)
    words = {"value": SHARE.text(printed.value), "x": number_text(MET, 0), "n": number_text(PEOPLE, 0)}
    if interval(printed, SHARE):
        return _("A printed %(value)s beside %(x)s of %(n)s children gets an interval all the same.") % words
    return (
        _("A printed %(value)s beside %(x)s of %(n)s children gets no interval: the counts do not give it back.")
        % words
    )


def markers_section() -> Section:
    return Section(
        "markers",
        _("No number, and notes beside a number"),
        text=(
            _(
                "Where a publisher gives no number, pages say why, in words. Files and downloads have a letter for it, "
                "in square brackets. This is never the same as zero: a zero is printed as 0 and counts like any other "
                "figure."
            ),
            _("Other letters stand beside a number and say what to bear in mind."),
        ),
        terms=(
            *(Term(f"{capfirst(marker_words(one))} [{one}]", meaning) for one, meaning in _marker_meanings().items()),
            *(Term(f"{capfirst(flag_words(one))} [{one}]", meaning) for one, meaning in _flag_meanings().items()),
        ),
        example=(_cell("52.1 [p]"), _cell("[x]")),
        references=(_("Government Analysis Function: Symbols in tables, definitions and help"),),
    )


def _marker_meanings() -> dict[str, str]:
    found = {
        "c": _("The number is so small that it could tell something about a person, so it is hidden."),
        "x": _("It was not collected, or has not come out yet."),
        "z": _("A number would make no sense here."),
        "w": _("There is a number, but its publisher does not give it, for instance because it is not reliable."),
        "low": _("There are some, but so few that the figure would be printed as 0."),
        "k": _("There are some, but fewer than the publisher prints."),
    }
    return {marker: found[marker] for marker in MARKERS}


def _flag_meanings() -> dict[str, str]:
    found = {
        "p": _("The publisher may still correct it."),
        "r": _("The publisher has corrected it since it first came out."),
        "e": _("Worked out in part, rather than counted."),
        "b": _("From here on it is counted in another way."),
        "u": _("The publisher warns that few people, or poor records, are behind it."),
    }
    return {flag: found[flag] for flag in FLAGS}


def _cell(text: str) -> str:
    """How a cell of a file is read and then shown."""
    read = shorthand.read(text)
    words = SHARE.text(read.value) if read.value is not None else marker_words(read.marker)
    shown = ", ".join(filter(None, [words, flag_words(read.flags)]))
    return _("A cell of a file that says “%(cell)s” is shown as: %(shown)s.") % {"cell": text, "shown": shown}


def known_on_section() -> Section:
    first, corrected = datetime(2024, 11, 28, 9, 30, tzinfo=UTC), datetime(2025, 2, 6, 9, 30, tzinfo=UTC)
    versions = (_version(1, 66.1, first), _version(2, 66.4, corrected))
    return Section(
        "known-on",
        _("As known on a day"),
        text=(
            _(
                "Publishers correct their figures. Nothing is written over here: every figure stays, with the file "
                "that it came in and the day it was published on these pages."
            ),
            _(
                "A page that is drawn “as it was known” on a day shows the figures that stood at the end of that day, "
                "and judges targets by it. So a board can see again what it saw then. The measures, their targets and "
                "the status of actions are those of today."
            ),
        ),
        example=(
            _as_known_on(versions, datetime(2024, 12, 31, 23, 59, tzinfo=UTC)),
            _as_known_on(versions, datetime(2025, 3, 31, 23, 59, tzinfo=UTC)),
        ),
    )


def _version(number: int, value: float, published_at: datetime) -> Version:
    return Version(number, number, Point(read_period("2023/24"), value), Place(2), published_at)


def _as_known_on(versions: tuple[Version, ...], moment: datetime) -> str:
    stood = standing_at(versions, moment)
    return _("As known on %(day)s, 2023/24 is %(value)s: so it was published here on %(published)s.") % {
        "day": date_text(moment, "j F Y"),
        "value": SHARE.text(stood.point.value),
        "published": date_text(stood.published_at, "j F Y"),
    }
