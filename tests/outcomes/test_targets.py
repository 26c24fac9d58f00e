import re
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.db import DatabaseError

from outcomes import targets
from outcomes.models import Measure, Origin, Target
from outcomes.targets import Point

LIST = "/northshire/strategies/start-well/targets/"
SCHOOL = f"{LIST}school-ready/"


@pytest.fixture
def measure(world) -> Measure:
    """School ready: baseline 66 for 2018, targets 70 for 2022 and 75 for 2026, tolerance 1."""
    return Measure.objects.get(strategy__slug="start-well", code="school-ready")


@pytest.fixture
def infant_deaths(world) -> Measure:
    """Its second target, 3.5 for 2023 - 25, was added for the demonstration."""
    return Measure.objects.get(code="infant-deaths")


def set_aim(measure: Measure, by, **said) -> None:
    given = {"baseline": None, "tolerance": None, "shape": "line", "targets": [], **said}
    targets.set_aim(measure=measure, by=by, **given)
    measure.refresh_from_db()


def path(measure: Measure) -> list[tuple[float, date, str, str]]:
    return list(measure.targets.order_by("due_on").values_list("value", "due_on", "label", "origin"))


class TestWriter:
    def test_it_makes_these_the_aim_instead_of_all_there_was(self, measure, world):
        given = [Point(80, date(2027, 12, 31)), Point(72, date(2024, 12, 31))]
        set_aim(measure, world.user("alice"), baseline=Point(60, date(2016, 12, 31)), tolerance=2, targets=given)
        assert [row[:2] for row in path(measure)] == [(72, date(2024, 12, 31)), (80, date(2027, 12, 31))]
        assert (measure.baseline_value, measure.baseline_on, measure.baseline_label) == (60, date(2016, 12, 31), "")
        assert measure.tolerance == 2

    def test_an_empty_aim_takes_everything_away(self, measure, world):
        set_aim(measure, world.user("alice"))
        assert path(measure) == []
        assert (measure.baseline_value, measure.baseline_on, measure.tolerance) == (None, None, None)

    def test_what_stays_as_it_was_keeps_its_label_and_origin(self, infant_deaths, world):
        before = path(infant_deaths)
        label = infant_deaths.baseline_label
        points = [Point(value, day) for value, day, _label, _origin in before]
        baseline = Point(infant_deaths.baseline_value, infant_deaths.baseline_on)
        set_aim(infant_deaths, world.user("alice"), baseline=baseline, targets=points)
        assert path(infant_deaths) == before
        assert infant_deaths.baseline_label == label != ""

    def test_a_changed_target_is_the_partnerships_own_for_the_same_period(self, infant_deaths, world):
        [first, (_value, day, label, origin)] = path(infant_deaths)
        assert origin == Origin.DEMONSTRATION
        set_aim(infant_deaths, world.user("alice"), targets=[Point(*first[:2]), Point(3.2, day)])
        assert path(infant_deaths) == [first, (3.2, day, label, Origin.SOURCE)]

    def test_a_path_in_steps_and_a_range_are_kept(self, infant_deaths, world):
        [first, (_value, day, label, _origin)] = path(infant_deaths)
        set_aim(infant_deaths, world.user("alice"), shape="steps", targets=[Point(*first[:2]), Point(3.5, day, 3.9)])
        assert infant_deaths.path_shape == "steps"
        assert path(infant_deaths) == [first, (3.5, day, label, Origin.SOURCE)]
        assert list(infant_deaths.targets.values_list("upper", flat=True)) == [None, 3.9]

    def test_two_targets_on_one_day_are_refused(self, measure, world):
        day = date(2027, 12, 31)
        with pytest.raises(ValueError, match="same day"):
            set_aim(measure, world.user("alice"), targets=[Point(70, day), Point(71, day)])

    def test_it_is_kept_who_did_it(self, measure, world):
        set_aim(measure, world.user("alice"))
        entry = LogEntry.objects.get(object_id=str(measure.pk), content_type__model="measure")
        assert entry.user == world.user("alice")

    def test_nothing_stands_when_a_part_cannot_be_written(self, measure, world, monkeypatch):
        def refuse(*args, **kwargs):
            raise DatabaseError("no")

        before = path(measure)
        monkeypatch.setattr(Target.objects, "bulk_create", refuse)
        with pytest.raises(DatabaseError, match="no"):
            set_aim(measure, world.user("alice"), targets=[Point(99, date(2030, 12, 31))])
        measure.refresh_from_db()
        assert path(measure) == before
        assert measure.baseline_value == 66


def typed(rows: list[tuple[str, str]], **said) -> dict:
    """The form as the browser sends it; a day is written "31 12 2026"."""
    form = {"baseline_value": "66", **day("baseline_on", "31 12 2018"), "path_shape": "line", "tolerance": "1"}
    for number, (value, due_on) in enumerate(rows):
        form |= {f"value_{number}": value, **day(f"due_on_{number}", due_on)}
    return {**form, **said}


def day(name: str, written: str) -> dict:
    parts = written.split() or ["", "", ""]
    return {f"{name}_{place}": part for place, part in enumerate(parts)}


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


class TestPages:
    @pytest.fixture(autouse=True)
    def _alice(self, world, client):
        world.sign_in(client, "alice")

    def test_the_list_has_every_measure_with_an_indicator_and_its_aim(self, client):
        response = client.get(LIST)
        assert [one.measure.code for one in response.context["aimed"]].count("families-say") == 0
        page = text_of(response)
        assert "More children ready for school per cent of children 66 2018 70 2022 75 2026 1" in page
        assert "Loading the strategy's file again replaces what is set here" in page

    def test_the_form_begins_with_what_stands_and_two_empty_rows(self, client):
        form = client.get(SCHOOL).context["form"]
        assert [form[f"value_{number}"].value() for number in range(form.rows)] == [70, 75, None, None]
        assert form["due_on_1"].value() == date(2026, 12, 31)

    def test_a_target_is_added_changed_and_removed_in_one_go(self, client, measure):
        rows = [("70", "31 12 2022"), ("76", "31 12 2026"), ("80", "31 12 2030"), ("", "")]
        assert client.post(SCHOOL, typed(rows, remove_0="on")).headers["Location"] == LIST
        assert [row[:2] for row in path(measure)] == [(76, date(2026, 12, 31)), (80, date(2030, 12, 31))]

    def test_saving_an_untouched_form_changes_nothing(self, client, measure):
        before = path(measure)
        client.post(SCHOOL, typed([("70", "31 12 2022"), ("75", "31 12 2026"), ("", ""), ("", "")]))
        measure.refresh_from_db()
        assert path(measure) == before
        assert measure.baseline_label == "2018"

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ({"value_0": "high"}, "Target 1: enter a number, such as 65.2"),
            ({"value_1": "inf"}, "Target 2: enter a number, such as 65.2"),
            ({"value_0": "101"}, "Target 1: enter a number from 0 to 100"),
            ({"baseline_value": "-1"}, "Baseline: enter a number from 0 to 100"),
            ({"value_0": ""}, "Target 1: enter a number for this day, or clear the day"),
            (day("due_on_0", ""), "Target 1: enter the last day of the period it is for"),
            (day("due_on_1", "31 2 2026"), "Target 2: enter a day that exists, such as 31 3 2027"),
            (day("due_on_0", "31 12 99999"), "Target 1: enter a day that exists, such as 31 3 2027"),
            (day("due_on_0", "31 December 2026"), "Target 1: enter a day that exists, such as 31 3 2027"),
            ({"due_on_0_1": ""}, "Target 1: enter a day that exists, such as 31 3 2027"),
            (day("due_on_0", "31 12 2026"), "Target 2: another target is already for this day"),
            (day("baseline_on", "31 12 2022"), "The baseline must lie before the first target"),
            ({"baseline_value": ""}, "Baseline: enter a number for this day, or clear the day"),
            ({"tolerance": "-1"}, "Tolerance: enter 0 or more"),
            ({"upper_0": "70"}, "Target 1: the upper end must be above the target"),
            ({"upper_1": "high"}, "Target 2: enter a number, such as 65.2"),
            ({"upper_0": "101"}, "Target 1: enter a number from 0 to 100"),
            ({"value_0": "", "upper_0": "72", **day("due_on_0", "")}, "Target 1: enter the lower end of the range too"),
            ({"path_shape": ""}, "Choose the way from one target to the next"),
            ({"path_shape": "curve"}, "Choose the way from one target to the next"),
        ],
    )
    def test_a_mistake_is_said_in_words_and_nothing_is_written(self, client, measure, said, sentence):
        before = path(measure)
        response = client.post(SCHOOL, typed([("70", "31 12 2022"), ("75", "31 12 2026")], **said))
        assert response.status_code == 200
        page = text_of(response)
        assert "There is a problem" in page
        assert sentence in page
        assert path(measure) == before

    def test_an_error_of_a_day_leads_to_its_first_part(self, client):
        page = client.post(SCHOOL, typed([("70", "31 2 2026")])).content.decode()
        assert '<a href="#id_due_on_0_0">Target 1: enter a day that exists' in page
        assert re.search(r'<input[^>]*id="id_due_on_0_0"', page)

    def test_what_was_typed_is_still_there_beside_the_error(self, client):
        rows = [("70", "31 12 2022"), ("75", "31 12 2026")]
        page = client.post(SCHOOL, typed(rows, upper_1="74.5", path_shape="steps")).content.decode()
        assert re.search(r'<input[^>]*name="upper_1"[^>]*value="74.5"', page)
        assert re.search(r'<input[^>]*value="steps"[^>]*checked', page)

    def test_steps_and_a_range_are_set_and_listed(self, client, measure):
        rows = [("70", "31 12 2022"), ("75", "31 12 2026")]
        client.post(SCHOOL, typed(rows, upper_1="80", path_shape="steps"))
        measure.refresh_from_db()
        assert (measure.path_shape, measure.targets.get(label="2026").upper) == ("steps", 80)
        assert "66 2018 70 2022 75 to 80 2026 in steps 1" in text_of(client.get(LIST))
        form = client.get(SCHOOL).context["form"]
        assert (form["upper_1"].value(), form["path_shape"].value()) == (80, "steps")

    def test_a_row_marked_for_removal_is_not_judged(self, client, measure):
        rows = [("70", "31 12 2026"), ("75", "31 12 2026")]
        assert client.post(SCHOOL, typed(rows, remove_0="on")).status_code == 302
        assert [row[:2] for row in path(measure)] == [(75, date(2026, 12, 31))]

    @pytest.mark.parametrize("code", ["families-say", "never"])
    def test_evidence_in_words_and_what_never_was_have_no_targets(self, client, code):
        assert client.get(f"{LIST}{code}/").status_code == 404
