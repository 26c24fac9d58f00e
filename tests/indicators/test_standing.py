from datetime import date, timedelta

import pytest
from django.utils import timezone

from indicators import comparators, periods, reading, standing, standings, uploads
from indicators.aims import Aim, TargetPoint
from indicators.figures import Yardstick
from indicators.judgement import Benchmark
from indicators.models import FACT, Indicator, Upload, Value
from indicators.series import Point, Series
from indicators.standing import places, shared_period
from indicators.standings import Question, Surroundings
from indicators.territory import territory_of
from partnerships.models import Area
from tests.uploading import publish

NORTHSHIRE, ASHBY, ENGLAND = "E10000099", "E07000901", "E92000001"
PER_CENT = Yardstick("gld", "%", 1, "high")


def indicator(code: str = "school-ready") -> Indicator:
    return Indicator.objects.get(code=code)


def area(code: str = NORTHSHIRE) -> Area:
    return Area.objects.with_ancestors().get(code=code)


def test_figures_are_read_in_the_order_of_their_periods_with_their_file_and_row(world):
    series = reading.read([indicator()], [area()]).of(indicator(), area())
    assert [point.period.label for point in series.points] == ["2018", "2019", "2020", "2021", "2022", "2023"]
    newest = series.newest
    assert (newest.value, newest.numerator, newest.denominator, newest.row) == (67.5, 2026, 3000, 7)
    assert (newest.source.file_name, newest.source.partnership, newest.source.is_public) == (
        "northshire.csv",
        "northshire",
        True,
    )


def test_four_queries_read_any_number_of_figures(world, django_assert_num_queries):
    every, everywhere = list(Indicator.objects.all()), list(Area.objects.all())
    with django_assert_num_queries(4):
        assert len(reading.read(every, everywhere).series) > 20


def test_of_breakdowns_only_those_asked_for_are_read(world):
    teeth = indicator("healthy-teeth")
    assert len(reading.read([teeth], [area()]).breakdowns(teeth, area())) == 6
    one = reading.read([teeth], [area()], breakdowns=["deprivation: Third"])
    assert one.breakdowns(teeth, area()) == ["deprivation: Third"]


def test_breaks_of_the_catalogue_come_with_the_series(world):
    teeth = indicator("healthy-teeth")
    series = reading.read([teeth], [area()]).of(teeth, area())
    assert [one.starts_on for one in series.breaks] == [date(2021, 1, 1)]


def test_what_is_unknown_is_an_empty_series(world):
    series = reading.read([indicator()], []).of(indicator(), area())
    assert (series.points, series.newest) == ((), None)


def test_a_corrected_figure_stands_and_the_old_one_is_known_on_the_day_before(world):
    correction = publish(world, f"school-ready,{NORTHSHIRE},2023,70.1")
    before = timezone.now() - timedelta(days=2)
    Upload.objects.exclude(pk=correction.pk).update(published_at=before)

    def newest(**options) -> float:
        return reading.read([indicator()], [area()], **options).of(indicator(), area()).newest.value

    assert newest() == 70.1
    assert newest(known_on=timezone.localdate()) == 70.1
    assert newest(known_on=timezone.localdate(before)) == 67.5


def test_a_standing_brings_together_what_is_said_of_a_figure(world):
    place = area(ASHBY)
    figures = reading.read([indicator()], [place, place.nation()])
    aim = Aim((TargetPoint(75.0, date(2026, 12, 31), "2026"),))
    benchmark = standing.national(figures, indicator(), place)
    found = standing.standing(figures, indicator(), place, benchmark=benchmark, aim=aim, today=date(2026, 6, 1))
    assert (found.latest.text, found.latest.period, found.latest_number) == ("72.5%", "2023", None)
    assert (found.change.previous.text, found.margin_text) == ("71.5%", "69.9% to 75.0%")
    assert (found.comparison.word, found.comparison.figure.text) == ("better", "69.5%")
    assert (found.target.word, found.signal.word) == ("off course", "no significant change")
    assert found.source.file_name == "northshire.csv"


def test_counts_are_set_side_by_side_with_nothing(world):
    births, place = indicator("live-births"), area()
    figures = reading.read([births], list(Area.objects.all()))
    found = standing.standing(
        figures,
        births,
        place,
        benchmark=standing.national(figures, births, place),
        peers=[area(ASHBY)],
        today=date(2026, 6, 1),
    )
    assert found.places is None
    assert found.comparison.word == "not compared"


# Thinking, without a database.


def series(facts: dict[str, float | None], code: str = "A") -> Series:
    points = [Point(periods.read(label), value, "" if value is not None else "c") for label, value in facts.items()]
    return Series("gld", code, "", tuple(points))


@pytest.mark.parametrize(
    ("own", "others", "period"),
    [
        ({"2022": 1, "2023": 2}, [{"2022": 1}, {"2022": 1, "2023": 1}], "2023"),
        ({"2022": 1, "2024": 2}, [{"2022": 1}, {"2022": 1, "2023": 1}], "2022"),
        ({}, [{"2022": 1, "2023": 1}, {"2023": 1}], "2023"),
        ({"2023": None}, [{"2022": 1, "2023": 1}, {"2022": 1}], "2022"),
        ({"2023": 1}, [{"2022": 1}], None),
    ],
)
def test_areas_are_set_side_by_side_for_the_newest_period_that_two_of_them_share(own, others, period):
    found = shared_period(series(own), [series(one) for one in others])
    assert (found.label if found else None) == period


def test_areas_stand_in_the_order_of_their_values_and_those_without_a_number_are_left_out():
    found = places(
        ("Ashby", series({"2023": 5})),
        [("Birkdale", series({"2023": 7})), ("Cotterham", series({"2023": None})), ("Dale", series({"2023": 3}))],
        Benchmark("England", series({"2022": 6})),
        PER_CENT,
    )
    assert [(place.name, place.is_this) for place in found.places] == [
        ("Dale", False),
        ("Ashby", True),
        ("Birkdale", False),
    ]
    assert (found.period, found.benchmark, found.rank_text) == ("2023", None, "2 of 3")


def test_an_area_without_peers_stands_alone():
    assert places(("Ashby", series({"2023": 5})), [], None, PER_CENT) is None


def test_a_day_in_the_past_is_read_as_the_querysets_rule_says(world):
    """`read` asks in another way than `known_on`, and must come to the same."""
    moment = timezone.now()
    Upload.objects.update(published_at=moment - timedelta(days=9))
    made = [
        publish(world, f"school-ready,{ASHBY},2023,{value}", f"school-ready,{ASHBY},2030,1{value}")
        for value in (1, 2, 3)
    ]
    for days, upload in zip((7, 5, 3), made, strict=True):
        Upload.objects.filter(pk=upload.pk).update(published_at=moment - timedelta(days=days))
    uploads.withdraw(upload=made[1], by=world.user("stella"))
    Upload.objects.filter(pk=made[1].pk).update(closed_at=moment - timedelta(days=4))
    areas = [area(ASHBY), area(ENGLAND)]
    for days in range(12):
        day = timezone.localdate(moment - timedelta(days=days))
        found = reading.read([indicator()], areas, known_on=day)
        shown = {
            (series.area, point.period.label, point.value)
            for series in found.series.values()
            for point in series.points
        }
        live = Value.objects.live_on(reading.end_of(day)).filter(indicator=indicator(), area__in=areas)
        versions = live.select_related("area").order_by("upload__published_at", "pk")
        known = {tuple(getattr(version, name) for name in FACT): version for version in versions}
        assert shown == {(value.area.code, value.period_label, value.value) for value in known.values()}
        assert sum(len(series.points) for series in found.series.values()) == len(known)


# Asked for at once.


def test_many_questions_are_answered_as_each_alone_in_as_many_queries(world, django_assert_num_queries):
    place, today = area(ASHBY), date(2026, 6, 1)
    territory = territory_of(world.partnership())
    comparator = comparators.find("", place, territory, [])
    surroundings = Surroundings(comparator, territory.peers_of(place), territory.wholes)
    questions = [Question(one) for one in Indicator.objects.all()]
    with django_assert_num_queries(7):
        answers = standings.standings(questions, place, surroundings, today=today)
    for question, found in zip(questions, answers.standings, strict=True):
        assert standings.standing_of(question, place, surroundings, today=today) == found


@pytest.mark.parametrize(
    ("polarity", "values", "own", "text"),
    [
        ("high", [1, 2, 3, 4, 5], 5, "1 of 5, best fifth"),
        ("low", [1, 2, 3, 4, 5], 5, "5 of 5, worst fifth"),
        ("none", [1, 2, 3, 4, 5], 5, "1 of 5, highest fifth"),
        ("high", [1, 2, 3, 4], 4, "1 of 4"),
        ("high", [1, 2, 2, 3, 3], 2, "3= of 5"),
        ("high", [1, 2, 2, 3, 4, 5], 2, "4= of 6, worst fifth"),
    ],
)
def test_an_area_has_a_rank_and_a_fifth_among_those_that_differ(polarity, values, own, text):
    stick = Yardstick("x", "", 0, polarity)
    first = values.index(own)
    others = [(str(place), series({"2023": value})) for place, value in enumerate(values) if place != first]
    assert places(("Own", series({"2023": own})), others, None, stick).rank_text == text
