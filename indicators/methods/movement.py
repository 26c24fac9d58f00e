"""What happens over time: change, trend, control chart, and what interrupts a series."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from indicators import periods, signals
from indicators.figures import Yardstick
from indicators.judgement import change
from indicators.methods.madeup import SHARE, counted, read_period, series, yearly
from indicators.methods.sections import Section, Term
from indicators.numbers import number_text
from indicators.series import Break, Point, Series
from indicators.signals import NO_CHANGE, POINTS_OF_CHART, POINTS_OF_TREND, UNTESTED, Signal, signal
from indicators.statistics import spc, trend
from indicators.statistics.intervals import normal_quantile

CERTAINTY = 0.998
# Children who are five in a year, in a county and in a small place.
MANY, FEW = 10000, 100
CLIMB = (6000, 6100, 6200, 6400, 6600)
SPIKE = (6000, 6000, 6000, 6000, 6600)
# Referrals answered in time in thirteen months, in per cent: as usual, and then one that is not.
USUAL = (71, 74, 70, 73, 72, 75, 71, 74, 72, 70, 73, 71, 74)
THEN_HIGHER = (*USUAL, 85)
RULES = {
    spc.ABOVE_LIMITS: 1,
    spc.BELOW_LIMITS: 1,
    spc.RISING: 2,
    spc.FALLING: 2,
    spc.TWO_ABOVE: 3,
    spc.TWO_BELOW: 3,
    spc.RUN_ABOVE: 4,
    spc.RUN_BELOW: 4,
}
IN_TIME = Yardstick("in time", unit="%", decimals=1, polarity="high")


def change_section() -> Section:
    return Section(
        "change",
        _("Change from the figure before"),
        text=(
            _(
                "How far the newest figure is from the one just before it, both as they are printed. This is plain "
                "arithmetic and may be chance. Whether a measure really moves is said by its trend."
            ),
            _("No change is given across a missing year, a hidden figure or a break in the series. The page says why."),
        ),
        example=(
            _changed(yearly(SHARE, (6500, 6640), MANY)),
            _changed(yearly(SHARE, (6500, None, 6640), MANY)),
        ),
    )


def _changed(figures: Series) -> str:
    return _("%(figures)s: “%(change)s”.") % {"figures": _listed(figures), "change": change(figures, SHARE).text}


def _listed(figures: Series) -> str:
    """ "60.0%, 61.0%, not available, 64.0%", with the years of the first and the last."""
    texts = [SHARE.text(point.value) if point.is_number else _("no figure") for point in figures.points]
    words = {"start": figures.points[0].period.label, "end": figures.points[-1].period.label}
    return _("%(figures)s (%(start)s to %(end)s)") % (words | {"figures": ", ".join(texts)})


def trend_section() -> Section:
    return Section(
        "trend",
        _("Trend"),
        text=(
            _(
                "The trend says whether the newest %(count)d yearly figures really go up or down, or only look as if "
                "they did. It is strict. A trend is said only if figures with nothing behind them would look like this "
                "fewer than two times in a thousand. And no single year may make it: with any one of the years left "
                "out, the direction must stay the same."
            )
            % {"count": POINTS_OF_TREND},
            _(
                "“No significant change” does not say that nothing has changed. It says that these figures cannot show "
                "that anything has."
            ),
            _(
                "“Not tested” is common. The test needs %(count)d yearly figures in a row, each with its counts or its "
                "interval, with no gap, no hidden figure and no break between them. Figures that cover several years "
                "each are not tested, since neighbours share most of their years; nor are plain counts, which rise and "
                "fall with the number of people. The reason stands beside the words."
            )
            % {"count": POINTS_OF_TREND},
            _("Monthly and quarterly figures have a control chart instead."),
        ),
        terms=_trend_terms(),
        example=_trend_examples(),
        formulas=(
            _(
                "Shares with counts: χ² = N (N Σct − R Σnt)² / (R (N − R) (N Σnt² − (Σnt)²)) for counts c of n in the "
                "years t = 1 to 5, R = Σc, N = Σn; the direction is the slope of ln(c / (n − c))."
            ),
            _(
                "All else: a line fitted with weights 1/s², where s is the width of the 95%% interval over %(width)s; "
                "χ² = b² / var b for its slope b."
            )
            % {"width": number_text(trend.WIDTH_IN_ERRORS, 2)},
            _(
                "Significant where χ² > %(critical)s (one degree of freedom, p < 0.002, z = %(z)s), and the slopes "
                "without each year in turn all have the sign of the whole."
            )
            % {"critical": number_text(trend.CRITICAL, 2), "z": number_text(normal_quantile(CERTAINTY), 2)},
        ),
        references=(
            _("Department of Health and Social Care, Fingertips: Public health technical guidance, Trend markers"),
            "W. G. Cochran, Biometrics 10 (1954) 417; P. Armitage, Biometrics 11 (1955) 375",
            "R: PHEindicatormethods",
        ),
    )


def _trend_terms() -> tuple[Term, ...]:
    def term(marker: str, judgement: str, meaning: str) -> Term:
        found = Signal(signals.TREND, marker, judgement)
        return Term(found.text, meaning, found)

    return (
        term("increasing", "getting better", _("The figures rise, and high is good for this measure.")),
        term("decreasing", "getting better", _("The figures fall, and low is good for this measure.")),
        term("increasing", "getting worse", _("The figures rise, and low is good for this measure.")),
        term("decreasing", "getting worse", _("The figures fall, and high is good for this measure.")),
        term("increasing", "", _("The figures rise, and neither high nor low is good. Likewise for decreasing.")),
        term(NO_CHANGE, "", _("The figures do not show that anything has changed.")),
        term(UNTESTED, "", _("The figures allow no test; the reason stands beside it.")),
    )


def _trend_examples() -> tuple[str, ...]:
    gap = (*CLIMB[:3], None, *CLIMB[3:])
    few = [count * FEW / MANY for count in CLIMB]
    return (
        _trended(_("%(people)s children each year, of whom do well: %(figures)s. “%(trend)s”."), CLIMB, MANY),
        _trended(
            _("The same figures for %(people)s children each year: “%(trend)s”. Chance alone can do this."), few, FEW
        ),
        _trended(
            _("Four equal years and a leap: %(figures)s. “%(trend)s”: one year alone makes no trend."), SPIKE, MANY
        ),
        _trended(_("With a year missing: %(figures)s. “%(sentence)s”"), gap, MANY),
    )


def _trended(sentence: str, counts: Sequence[float | None], people: float) -> str:
    figures = yearly(SHARE, counts, people)
    found = signal(figures, SHARE)
    words = {"people": number_text(people, 0), "figures": _listed(figures)}
    return sentence % (words | {"trend": found.text, "sentence": found.sentence})


def control_chart_section() -> Section:
    return Section(
        "control-chart",
        _("Control chart"),
        text=(
            _(
                "Monthly and quarterly figures jump up and down all the time. A control chart tells the usual ups and "
                "downs from something unusual. It is used where %(count)d or more such figures follow one another."
            )
            % {"count": POINTS_OF_CHART},
            _(
                "The line in the middle is the mean. Above and below it are two limits. How far apart they are follows "
                "from how much one figure usually differs from the next. Between them, and without a pattern, is the "
                "“usual variation”: then it does not help to ask why this month is worse than the last."
            ),
            _(
                "Four patterns are unusual. Only if the newest figure is part of one do pages say “increasing” or "
                "“decreasing”, which here means higher or lower than usual."
            ),
            _(
                "The limits of fewer than %(count)d figures are trial limits and will still move. After a break in the "
                "series the chart starts anew."
            )
            % {"count": spc.ENOUGH_POINTS},
        ),
        terms=(
            Term(_("Rule 1"), _("A figure lies outside the limits.")),
            Term(_("Rule 2"), _("%(run)d figures in a row all rise, or all fall.") % {"run": spc.RUN}),
            Term(
                _("Rule 3"),
                _(
                    "Three figures in a row lie on one side of the mean, two of them or all in the outer third, close "
                    "to the limit."
                ),
            ),
            Term(
                _("Rule 4"), _("%(run)d figures in a row all lie above the mean, or all below it.") % {"run": spc.RUN}
            ),
        ),
        example=(_charted(USUAL), _charted(THEN_HIGHER)),
        formulas=(
            _(
                "Limits: mean ∓ %(far)s times the mean moving range, which is the mean of the differences between "
                "neighbours, without those of %(screen)s times that mean or more. The outer third begins at two "
                "thirds."
            )
            % {"far": number_text(spc.LIMIT, 2), "screen": number_text(spc.SCREEN, 3)},
        ),
        references=(
            _("NHS England, Making Data Count"),
            "W. A. Shewhart, Economic Control of Quality of Manufactured Product (1931)",
            "R: NHSRplotthedots",
        ),
    )


def _charted(values: Sequence[float]) -> str:
    months = [periods.read(f"{2024 + month // 12}-{month % 12 + 1:02}") for month in range(len(values))]
    found = signal(series(*(Point(month, value) for month, value in zip(months, values, strict=True))), IN_TIME)
    limits = found.chart.segments[-1].limits
    rule = RULES.get(found.chart.points[-1].signal)
    words = {
        "count": len(values),
        "mean": IN_TIME.text(limits.mean),
        "lower": IN_TIME.text(limits.lower),
        "upper": IN_TIME.text(limits.upper),
        "newest": IN_TIME.text(values[-1]),
        "marker": found.text,
        "rule": _("by rule %(number)d") % {"number": rule} if rule else _("by none of the rules"),
    }
    return (
        _(
            "Referrals answered in time, %(count)d months: the mean is %(mean)s, the limits are %(lower)s and "
            "%(upper)s. The newest figure is %(newest)s. It is unusual %(rule)s: “%(marker)s”."
        )
        % words
    )


def break_section() -> Section:
    return Section(
        "break",
        _("Breaks and gaps"),
        text=(
            _(
                "Sometimes a publisher starts to count in another way. Then the figures before and after are of two "
                "different things, and a new series begins. Charts show a dashed line there. Neither a change nor a "
                "trend is told across it."
            ),
            _(
                "The same holds where a year is missing or hidden, and where two figures cover different lengths of "
                "time, such as one year and three years, or a quarter and a year."
            ),
        ),
        example=(_broken(), _unlike()),
    )


def _broken() -> str:
    figures = yearly(SHARE, (7200, 7200, 6500), MANY)
    new = Break(figures.points[2].period.start, figures.points[2].period.label, "")
    figures = Series("", "", "", figures.points, (new,))
    words = {"figures": _listed(figures), "new": new.label, "change": change(figures, SHARE).text}
    return (
        _("%(figures)s, counted in a new way from %(new)s on: “%(change)s”. The fall is no news about children.")
        % words
    )


def _unlike() -> str:
    one = counted("2022/23", SHARE, 6500, MANY)
    figures = series(Point(read_period("2017/18 - 19/20"), 63.0), one)
    return _("%(before)s in %(span)s and %(after)s in %(year)s: “%(change)s”.") % {
        "before": SHARE.text(63.0),
        "span": figures.points[0].period.label,
        "after": SHARE.text(one.value),
        "year": one.period.label,
        "change": change(figures, SHARE).text,
    }
