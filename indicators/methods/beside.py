"""An area beside others: comparison, neighbours, sums of areas, rank and the strip."""

from django.utils.translation import gettext as _

from indicators import standing
from indicators.charts import Dot, spread
from indicators.fifths import FEWEST
from indicators.figures import Yardstick
from indicators.judgement import Benchmark, Comparison, comparison, comparison_sentence
from indicators.methods.madeup import COUNTY, NATION, SHARE, counted, read_period, series
from indicators.methods.sections import Section, Term
from indicators.numbers import number_text
from indicators.series import Point, Series
from indicators.standing import Places
from indicators.sums import average, combined

PERIOD = "2023/24"
OF_NATION = (455000, 650000)
DISTRICTS = {
    "Ashby": (640, 1000),
    "Birch": (680, 1000),
    "Cole": (705, 1000),
    "Dale": (705, 1000),
    "Elm": (741, 1000),
    "Ford": (662, 1000),
}


def _one(numerator: float, denominator: float, stick: Yardstick = SHARE) -> Series:
    return series(counted(PERIOD, stick, numerator, denominator))


def comparison_section() -> Section:
    nation = Benchmark(NATION, _one(*OF_NATION), "nation")
    county = Benchmark(COUNTY, _one(1410, 2000), "parent")
    return Section(
        "comparison",
        _("Better, similar, worse"),
        text=(
            _(
                "A figure is set beside another for the same period: that of the nation the area lies in, and never of "
                "another nation, unless you choose a region, another area or a set of areas. The 95% interval decides "
                "whether they differ by more than chance."
            ),
            _(
                "Beside a nation: if the nation’s figure lies within the area’s interval, the two are similar. If it "
                "lies outside, the area is better or worse. So many people are behind a nation’s figure that its own "
                "uncertainty hardly counts."
            ),
            _(
                "Beside anything else both figures are uncertain. Then they differ only if the two intervals do not "
                "even touch. This is stricter, so “similar” is said more often. A figure that has no interval, such as "
                "a mean of the values of other areas, is taken as it is."
            ),
            _(
                "“Similar” does not say that the two are equal. It says that these figures cannot tell them apart. "
                "With few people nearly everything is similar."
            ),
        ),
        terms=(
            _term("better", _("The figure is clear of the other, on the good side.")),
            _term("similar", _("It is not clear of the other.")),
            _term("worse", _("It is clear of the other, on the bad side.")),
            _term("higher", _("It is clear of the other, and neither high nor low is good. Likewise lower.")),
            _term(
                "none",
                _(
                    "There is no interval, or no figure of the other for the same period; or it is a plain count, "
                    "which follows the size of the area."
                ),
            ),
        ),
        example=(
            _compared(6400, 10000, nation),
            _compared(64, 100, nation),
            _compared(660, 1000, county),
            _without_counts(66.0, nation),
        ),
        formulas=(
            _(
                "Nation: similar where lower ≤ benchmark ≤ upper. Otherwise: similar where the lower limit of the "
                "higher figure ≤ the upper limit of the lower one."
            ),
        ),
        references=(
            _("Department of Health and Social Care, Fingertips: Public health guidance, Comparing area data"),
        ),
    )


def _term(code: str, meaning: str) -> Term:
    found = Comparison(code, NATION)
    return Term(found.text, meaning, found)


def _compared(numerator: float, denominator: float, benchmark: Benchmark) -> str:
    return _beside(counted(PERIOD, SHARE, numerator, denominator), number_text(denominator, 0), benchmark)


def _without_counts(value: float, benchmark: Benchmark) -> str:
    point = Point(read_period(PERIOD), value)
    found = comparison(point, benchmark, SHARE)
    words = {"value": SHARE.text(value), "sentence": comparison_sentence(found, SHARE)}
    return _("%(value)s, printed without counts and without an interval. %(sentence)s") % words


def _beside(point: Point, people: str, benchmark: Benchmark) -> str:
    found = comparison(point, benchmark, SHARE)
    words = {"value": SHARE.text(point.value), "people": people}
    words |= {"word": found.text, "sentence": comparison_sentence(found, SHARE)}
    return _("%(value)s of %(people)s children: “%(word)s”. %(sentence)s") % words


def neighbours_section() -> Section:
    return Section(
        "neighbours",
        _("Statistical neighbours, and other sets of areas"),
        text=(
            _(
                "Neighbours on the map may be very unlike. Statistical neighbours are the ten local authorities in "
                "England that are most like yours in their people and circumstances. The Department for Education "
                "chooses them."
            ),
            _(
                "There are versions: one of April 2021, one of May 2025. A page uses the version that held on its day, "
                "and names it with its date. Officers can also make a set of their own; it is named with the day on "
                "which it was last changed."
            ),
            _(
                "The average of a set is made from counts where all its areas with a figure have them: added up first, "
                "divided once, so that large places weigh more. Where any of these has none, it is the mean of their "
                "values and says so: every place then weighs the same, and there is no interval. Areas without a "
                "figure are left out and named."
            ),
        ),
        example=_averages(),
        references=(_("Department for Education, Children’s services statistical neighbour benchmarking tool"),),
    )


def _averages() -> tuple[str, ...]:
    pairs = {"Ashby": (200, 1000), "Birch": (3000, 5000)}
    with_counts = [(name, _one(*pair)) for name, pair in pairs.items()]
    without = [(name, series(one.points[0]._replace(numerator=None, denominator=None))) for name, one in with_counts]
    told = [
        _("%(area)s %(value)s of %(people)s children")
        % {"area": name, "value": SHARE.text(one.points[0].value), "people": number_text(pairs[name][1], 0)}
        for name, one in with_counts
    ]
    summed, mean = (average(members, read_period(PERIOD), SHARE) for members in (with_counts, without))
    return (
        _("%(areas)s. With their counts: %(label)s, %(value)s.")
        % {"areas": "; ".join(told), "label": summed.label, "value": SHARE.text(summed.point.value)},
        _("Without their counts: %(label)s, %(value)s.") % {"label": mean.label, "value": SHARE.text(mean.point.value)},
    )


def combined_section() -> Section:
    return Section(
        "combined",
        _("Sums of areas"),
        text=(
            _(
                "Some areas have no figures of their own, such as a board over two councils or the whole area of a "
                "partnership. Their figure is made from those of their parts: all the counts are added up, and then "
                "divided once. The average of the percentages would be wrong, since it takes a small place for as much "
                "as a large one."
            ),
            _(
                "It is done only if every part has a figure for the same period and counts that give it back. If one "
                "is missing or hidden, there is no figure for the whole. What a publisher prints for the whole always "
                "stands first, and so does a publisher’s reason for printing none."
            ),
        ),
        example=(
            _combined({"Ashby": (200, 1000), "Birch": (3000, 5000)}),
            _combined({"Ashby": (200, 1000), "Birch": None}),
        ),
    )


def _combined(parts: dict[str, tuple[float, float] | None]) -> str:
    hidden = series(Point(read_period(PERIOD), None, marker="c"))
    named = [(name, _one(*pair) if pair else hidden) for name, pair in parts.items()]
    found = combined(named, SHARE, area="").newest
    told = [
        _("%(area)s: %(x)s of %(n)s") % {"area": name, "x": number_text(pair[0], 0), "n": number_text(pair[1], 0)}
        if pair
        else _("%(area)s: suppressed") % {"area": name}
        for name, pair in parts.items()
    ]
    if found is None:
        return _("%(parts)s. There is no figure for both together.") % {"parts": "; ".join(told)}
    words = {"parts": "; ".join(told), "value": SHARE.text(found.value)}
    words |= {"x": number_text(found.numerator, 0), "n": number_text(found.denominator, 0)}
    return _("%(parts)s. Together %(x)s of %(n)s: %(value)s.") % words


def rank_section() -> Section:
    found = _places("Birch")
    best = _places("Cole")
    return Section(
        "rank",
        _("Rank"),
        text=(
            _(
                "The rank is an area’s place among the areas beside it, the best first; where neither high nor low is "
                "good, the highest first. Figures that are printed alike share a rank, marked with “=”."
            ),
            _(
                "A rank does not say how far apart the areas are. Where figures lie close together, chance alone moves "
                "an area several places. Look at the strip and at the intervals before you read much into a rank."
            ),
            _(
                "Fifths divide the areas, in their order, into five groups of the same number, or as near to that as "
                "can be. Areas with the same figure share a fifth. Fewer than %(fewest)d figures that differ are not "
                "divided."
            )
            % {"fewest": FEWEST},
        ),
        example=(
            _("%(figures)s. Birch: %(rank)s. Cole: %(equal)s.")
            % {"figures": _told(found), "rank": found.rank_text, "equal": best.rank_text},
        ),
    )


def spread_section() -> Section:
    found = _places("Birch")
    dots = [Dot(f"{place.name} {place.text}", place.value, place.is_this) for place in found.places]
    nation = Dot(f"{found.benchmark.name} {found.benchmark.text}", found.benchmark.value)
    strip = spread(dots, nation, found.period)
    return Section(
        "spread",
        _("The strip of areas"),
        text=(
            _(
                "Each dot is one area, all for the same period, low figures to the left and high figures to the right. "
                "The filled dot is the area of the page. The upright line is the nation or what else you compare with."
            ),
            _("The strip shows what a rank hides: whether an area stands apart, or in the middle of a crowd."),
            _("Counts have no strip, since they follow the size of the areas."),
        ),
        example=(_("The strip of Birch, as it is read out: %(sentence)s.") % {"sentence": strip.sentence},),
        strip=strip,
    )


def _places(this: str) -> Places:
    named = {name: _one(*pair) for name, pair in DISTRICTS.items()}
    own = (this, named.pop(this))
    return standing.places(own, list(named.items()), Benchmark(NATION, _one(*OF_NATION), "nation"), SHARE)


def _told(found: Places) -> str:
    return ", ".join(f"{place.name} {place.text}" for place in found.places)
