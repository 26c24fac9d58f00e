"""The figures of a file beside those that stand: what counts as the same, what is kept, what publishing does."""

import time
from pathlib import Path

import pytest

from indicators import staging, uploads
from indicators.models import Outcome, StagedValue, UploadState, Value
from tests.indicators.ground import ASHBY, BIRKDALE, ENGLAND, HEADER, counts, current
from tests.indicators.scratch import PATIENCE, lay

SCRIPT = Path(__file__).parent / "publish_and_wait.py"
FULL = f"school-ready,{ASHBY},2023,72.5,70,75,145,200,,By residence."
BARE = "indicator,area,period,value"
BESIDE = ("lower", "upper", "numerator", "denominator", "note")


def beside(value: Value | StagedValue) -> tuple:
    return tuple(getattr(value, name) for name in BESIDE)


def standing() -> Value:
    return Value.objects.current().get()


def test_a_file_without_columns_for_what_stands_beside_the_same_figure_changes_nothing(ground):
    ground.publish(FULL)
    upload = ground.check(f"school-ready,{ASHBY},2023,72.5", header=BARE)
    assert counts(upload) == {"unchanged": 1}
    assert beside(upload.staged.get()) == (70, 75, 145, 200, "By residence.")


def test_what_the_file_has_no_column_for_is_kept_where_another_column_changes(ground):
    ground.publish(FULL)
    upload = ground.publish(f"school-ready,{ASHBY},2023,72.5,By school.", header=f"{BARE},note")
    assert counts(upload) == {"changed": 1}
    assert beside(standing()) == (70, 75, 145, 200, "By school.")


def test_what_stood_beside_a_figure_goes_with_it(ground):
    ground.publish(FULL)
    ground.publish(f"school-ready,{ASHBY},2023,73.5", header=BARE)
    assert standing().value == 73.5
    assert beside(standing()) == (None, None, None, None, "")


def test_an_empty_cell_of_a_column_that_the_file_has_takes_away_what_stood_there(ground):
    ground.publish(FULL)
    upload = ground.publish(f"school-ready,{ASHBY},2023,72.5,,", header=f"{BARE},lower,upper")
    assert counts(upload) == {"changed": 1}
    assert beside(standing()) == (None, None, 145, 200, "By residence.")


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [("lower", "69", (69, None, 145, 200)), ("numerator", "146", (70, 75, 146, None))],
)
def test_a_column_speaks_for_the_one_it_goes_with(ground, column, cell, expected):
    ground.publish(FULL)
    ground.publish(f"school-ready,{ASHBY},2023,72.5,{cell}", header=f"{BARE},{column}")
    assert beside(standing()) == (*expected, "By residence.")


@pytest.mark.parametrize(
    ("old", "new", "outcome"),
    [
        ("65.23456789012", "65.23456789", Outcome.UNCHANGED),
        ("65.23456789", "65.23456789012", Outcome.UNCHANGED),
        ("65.2345678", "65.2345679", Outcome.CHANGED),
        ("65.2", "65.20", Outcome.UNCHANGED),
        ("0", "0.0", Outcome.UNCHANGED),
        ("0", "0.000000001", Outcome.CHANGED),
        ("72.5", "[c]", Outcome.CHANGED),
        ("[c]", "72.5", Outcome.CHANGED),
        ("[c]", "[c]", Outcome.UNCHANGED),
        ("[c]", "[x]", Outcome.CHANGED),
        ("72.5", "72.5 [p]", Outcome.CHANGED),
    ],
)
def test_figures_are_the_same_to_the_precision_of_a_spreadsheet(ground, old, new, outcome):
    ground.publish(f"school-ready,{ASHBY},2023,{old}", header=BARE)
    assert ground.check(f"school-ready,{ASHBY},2023,{new}", header=BARE).staged.get().outcome == outcome


def test_whole_numbers_are_the_same_only_to_the_last_digit(ground):
    ground.publish(f"live-births,{ASHBY},2023,12345678901", by="stella")
    upload = ground.check(f"live-births,{ASHBY},2023,12345678902", by="stella")
    assert counts(upload) == {"changed": 1}


def test_a_figure_that_is_the_same_keeps_the_number_that_stands_to_its_last_digit(ground):
    ground.publish(f"school-ready,{ASHBY},2023,65.23456789012,By residence.", header=f"{BARE},note")
    ground.publish(f"school-ready,{ASHBY},2023,65.23456789,By school.", header=f"{BARE},note")
    assert (standing().value, standing().note) == (65.23456789012, "By school.")


def test_standing_figures_of_barred_areas_stay_and_new_ones_are_added(ground):
    ground.publish(f"school-ready,{ENGLAND},2023,69.5", by="stella")
    upload = ground.check(f"school-ready,{ENGLAND},2023,70.5", f"school-ready,{ENGLAND},2022,68.5")
    assert staging.counts(upload) == {"added": 1, "changed": 0, "unchanged": 0, "barred": 1}
    assert counts(upload) == {"added": 1, "left_out": 1}

    uploads.publish(upload=upload, by=ground.people["olive"], confirm_doubtful=True)
    assert current() == {(ENGLAND, "2023"): 69.5, (ENGLAND, "2022"): 68.5}


def test_the_same_figure_of_a_barred_area_is_unchanged(ground):
    ground.publish(f"school-ready,{ENGLAND},2023,69.5", by="stella")
    assert counts(ground.check(f"school-ready,{ENGLAND},2023,69.5")) == {"unchanged": 1}


def test_a_step_in_which_nothing_is_to_be_written_writes_nothing(ground, monkeypatch):
    ground.publish(*(f"school-ready,{ASHBY},{year},70" for year in range(1990, 2005)))
    upload = ground.check(*(f"school-ready,{ASHBY},{year},{70 + (year > 2000)}" for year in range(1990, 2010)))
    assert counts(upload) == {"added": 5, "changed": 4, "unchanged": 11}

    monkeypatch.setattr(uploads, "AT_ONCE", 5)
    seen = []
    uploads.publish(
        upload=upload, by=ground.people["olive"], confirm_doubtful=True, progress=lambda *told: seen.append(told)
    )
    assert seen == [(0, 9), (0, 9), (4, 9), (9, 9)]
    assert Value.objects.filter(upload=upload).count() == 9
    assert len(current()) == 20


def test_what_is_raised_between_two_steps_undoes_the_first(ground, monkeypatch):
    ground.publish(f"school-ready,{ASHBY},2000,70")
    upload = ground.check(*(f"school-ready,{ASHBY},{year},71" for year in range(2000, 2010)))
    monkeypatch.setattr(uploads, "AT_ONCE", 5)

    def stop(*_told: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        uploads.publish(upload=upload, by=ground.people["olive"], progress=stop)
    assert current() == {(ASHBY, "2000"): 70}
    assert upload.staged.count() == 10


@pytest.mark.parametrize("gone", ["some", "all"])
def test_where_staged_figures_are_gone_the_file_is_checked_again(ground, gone):
    upload = ground.check(f"school-ready,{ASHBY},2023,72.5", f"school-ready,{BIRKDALE},2023,66")
    staging.remove(upload, [1]) if gone == "some" else staging.clear(upload)

    with pytest.raises(uploads.FiguresChanged):
        uploads.publish(upload=upload, by=ground.people["olive"])
    assert not Value.objects.exists()
    upload.refresh_from_db()
    assert (upload.state, upload.staged.count(), counts(upload)) == (UploadState.CHECKED, 2, {"added": 2})

    uploads.publish(upload=upload, by=ground.people["olive"])
    assert len(current()) == 2


def test_more_places_than_one_statement_takes_are_marked_and_removed(ground, monkeypatch):
    monkeypatch.setattr(staging, "PLACES_AT_ONCE", 2)
    upload = ground.check(*(f"school-ready,{ASHBY},{year},70" for year in range(2015, 2022)))
    staging.doubt(upload, "far", range(5))
    assert staging.doubtful(upload) == 5
    staging.remove(upload, range(1, 6))
    assert list(upload.staged.order_by("place").values_list("place", flat=True)) == [0, 6]


def test_staged_texts_come_back_as_they_were_typed(ground):
    note = 'a\\b "quoted" \\N\ttab'
    upload = ground.check(
        content=f'{BARE},note\nschool-ready,{ASHBY},2023,70,"{note.replace(chr(34), chr(34) * 2)}"\n'.encode()
    )
    assert upload.staged.get().note == note


def test_of_two_people_who_publish_at_once_the_second_is_shown_what_is_new(scratch, tmp_path):
    """The first holds the figures, uncommitted, while the second comes to publish others of the same facts."""
    lay(scratch)
    first, second = (_prepared(scratch, tmp_path / f"{value}.csv", value) for value in (60, 61))
    go = tmp_path / "go"
    one = scratch.start_and_pause(tmp_path / "one", "publish", first, str(go), script=SCRIPT)
    other = scratch.start_and_pause(tmp_path / "other", "publish", second, script=SCRIPT)
    time.sleep(1)
    assert other.poll() is None, "the second did not wait for the first"
    go.touch()

    assert one.communicate(timeout=PATIENCE)[0].strip() == "published"
    assert other.communicate(timeout=PATIENCE)[0].strip() == "checked 0 30"
    assert scratch.ask("SELECT value, count(*) FROM indicators_value GROUP BY value") == [(60, 30)]


def _prepared(scratch, file: Path, value: int) -> str:
    rows = (f"school-ready,{ASHBY},{year},{value}" for year in range(1990, 2020))
    file.write_text("\n".join([HEADER, *(row + "," * (HEADER.count(",") - row.count(",")) for row in rows)]))
    return scratch.run("prepare", str(file), script=SCRIPT).strip()
