"""The catalogue's writer: every error at once, all or nothing, and the code as identity."""

import json
import textwrap
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from indicators import catalogue
from indicators.models import Indicator, Polarity, SeriesBreak, Upload, Value, ValueType, YearType
from outcomes.models import Measure
from partnerships.changes import CHANGED, UNCHANGED, Change, counts
from partnerships.yamlfile import Rejected


@pytest.fixture(autouse=True)
def _empty_catalogue(db):
    """The world of the tests without its indicators and what hangs on them."""
    for model in (Value, Upload, Measure, Indicator):
        model.objects.all().delete()


def definition(code: str, extra: str = "", **changes: str) -> str:
    keys = {
        "name": "Children ready for school",
        "short_name": "School ready",
        "topic": "Early years",
        "definition": "Children at the expected level.",
        "unit_words": "per cent of children",
        "value_type": "proportion",
        "multiplier": "100",
        "polarity": "high",
        "frequency": "annual",
        "publisher": "Ministry of Examples",
        "source": "Children in examples",
        "source_url": "https://example.org/children",
        "licence": "Open Government Licence v3.0",
        "next_update_note": "Not announced.",
    } | changes
    lines = [f"  - code: {code}", *(f"    {key}: {value}" for key, value in keys.items() if value)]
    return "\n".join([*lines, textwrap.indent(textwrap.dedent(extra).strip("\n"), "    ")]).rstrip() + "\n"


def content(*definitions: str) -> bytes:
    return ("indicators:\n" + "".join(definitions)).encode()


def load(*definitions: str, whole: bool = False) -> list[Change]:
    return catalogue.load(files={"some.yaml": content(*definitions)}, whole=whole)


def summary(changes: list[Change]) -> str:
    return counts(changes, catalogue.KINDS)


def words(changes: list[Change]) -> list[str]:
    return [str(change) for change in changes if change.kind != UNCHANGED]


def refused(files: dict[str, bytes]) -> list[str]:
    with pytest.raises(Rejected) as rejected:
        catalogue.load(files=files, whole=False)
    return [str(problem) for problem in rejected.value.problems]


BREAK = """
    breaks:
    - from: 2021/22
      note: The profile was reformed.
    """


def test_a_rule_is_optional_and_can_be_taken_away():
    load(definition("births"))
    assert (Indicator.objects.get().suppress_below, Indicator.objects.get().round_to) == (None, None)
    load(definition("births", suppress_below="5", round_to="10"))
    assert (Indicator.objects.get().suppress_below, Indicator.objects.get().round_to) == (5, 10)
    load(definition("births", round_to="10"))
    assert (Indicator.objects.get().suppress_below, Indicator.objects.get().round_to) == (None, 10)


@pytest.mark.parametrize("field", ["suppress_below", "round_to"])
@pytest.mark.parametrize("number", ["0", "-5", "2.5", "many"])
def test_a_rule_that_says_nothing_is_refused(field, number):
    (problem,) = refused({"some.yaml": content(definition("births", **{field: number}))})
    assert field in problem


def test_an_indicator_is_added_with_its_breaks():
    loaded = load(definition("ready", BREAK, next_update_note="", next_update_on="2026-11-01"))

    assert summary(loaded) == "added=1 changed=0 retired=0 unchanged=0"
    assert words(loaded) == ["added indicator ready: Children ready for school"]
    indicator = Indicator.objects.get(code="ready")
    assert (indicator.multiplier, indicator.decimals, indicator.next_update_on) == (100, 1, date(2026, 11, 1))
    assert [(one.starts_on, one.label) for one in indicator.breaks.all()] == [(date(2021, 4, 1), "2021/22")]


def test_a_break_starts_with_the_year_as_the_indicator_counts_years():
    load(definition("ready", BREAK, year_type="academic"))
    assert SeriesBreak.objects.get().starts_on == date(2021, 9, 1)


def test_loading_the_same_again_changes_nothing():
    load(definition("ready", BREAK))
    before = list(SeriesBreak.objects.values_list("pk", flat=True))

    assert summary(load(definition("ready", BREAK))) == "added=0 changed=0 retired=0 unchanged=1"
    assert list(SeriesBreak.objects.values_list("pk", flat=True)) == before


def test_a_changed_definition_keeps_its_row_and_says_what_changed():
    load(definition("ready"))
    row = Indicator.objects.get().pk

    loaded = load(definition("ready", BREAK, decimals="2"))

    assert words(loaded) == [
        "changed indicator ready: Children ready for school; decimals '1' -> '2'; breaks '' -> '2021/22'"
    ]
    assert Indicator.objects.get().pk == row
    assert Indicator.objects.get().decimals == 2


def test_naming_a_file_retires_nothing_and_the_whole_set_does():
    load(definition("ready"), definition("births"))

    assert summary(load(definition("ready"))) == "added=0 changed=0 retired=0 unchanged=1"
    loaded = load(definition("ready"), whole=True)

    assert words(loaded) == ["retired indicator births: Children ready for school"]
    assert summary(loaded) == "added=0 changed=0 retired=1 unchanged=1"
    assert list(Indicator.objects.standing().values_list("code", flat=True)) == ["ready"]
    assert summary(load(definition("ready"), whole=True)) == "added=0 changed=0 retired=0 unchanged=1"


def test_an_indicator_that_comes_back_stands_again():
    load(definition("ready"), definition("births"))
    load(definition("ready"), whole=True)

    loaded = load(definition("ready"), definition("births"), whole=True)

    (change,) = (change for change in loaded if change.kind == CHANGED)
    assert (change.code, [field.name for field in change.fields]) == ("births", ["retired_at"])
    assert Indicator.objects.standing().count() == 2


def test_all_errors_of_all_files_come_at_once_each_with_its_line():
    files = {
        "one.yaml": content(definition("ready", polarity="upwards"), definition("Births", licence="")),
        "two.yaml": content(definition("late", next_update_note="")),
        "three.yaml": content(definition("bent", "breaks:\n- from: someday\n  note: A reason.")),
    }
    problems = refused(files)

    places = [problem.split(": ")[0] for problem in problems]
    assert places == ["one.yaml:10", "one.yaml:17", "one.yaml:17", "three.yaml:18", "two.yaml:2"]
    assert "must be one of: high, low, none" in problems[0]
    assert any("column 'licence'" in problem and "missing" in problem for problem in problems)
    assert any("column 'code'" in problem and "small letters" in problem for problem in problems)
    assert "not a period" in problems[3]
    assert "when the next figures come" in problems[4]


def test_a_file_with_an_error_writes_nothing_of_any_file():
    refused({"good.yaml": content(definition("ready")), "bad.yaml": content(definition("births", value_type="sum"))})
    assert not Indicator.objects.exists()


def test_a_code_in_two_files_is_an_error_that_names_both():
    problems = refused({"one.yaml": content(definition("ready")), "two.yaml": content(definition("ready"))})
    assert problems == [
        "two.yaml:2: column 'code': This indicator is defined twice, first in one.yaml, line 2. ('ready')"
    ]


def test_two_breaks_on_one_day_are_an_error():
    twice = "breaks:\n- from: 2021/22\n  note: One.\n- from: 2021-22\n  note: Another."
    (problem,) = refused({"one.yaml": content(definition("ready", twice))})
    assert "same day" in problem


@pytest.mark.parametrize("bad", [b"", b"indicators: []", b"indicators:\n\t- code: x", b"\xff\xfe", b"- a\n- b"])
def test_what_is_no_catalogue_is_refused(bad):
    assert refused({"bad.yaml": bad})


def test_where_the_breaks_cannot_be_written_the_indicator_does_not_stand(monkeypatch):
    load(definition("ready"))

    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(SeriesBreak.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        load(definition("births"), definition("ready", BREAK, decimals="3"))

    assert list(Indicator.objects.values_list("code", "decimals")) == [("ready", 1)]


def test_the_schema_knows_every_field_and_choice_of_the_model():
    schema = json.loads((settings.FIXTURES_DIR / "indicators" / "schema.json").read_text())
    keys = schema["$defs"]["indicator"]["properties"]

    fields = {field.name for field in Indicator._meta.fields} - {"id", "retired_at"}
    assert set(keys) == fields | {"breaks"}
    for name, choices in (("polarity", Polarity), ("value_type", ValueType), ("year_type", YearType)):
        assert keys[name]["enum"] == choices.values


def test_the_command_reads_the_fixtures_and_is_idempotent(capsys):
    call_command("load_indicators")
    assert "added indicator gld: Children achieving a good level of development" in capsys.readouterr().out
    standing = Indicator.objects.count()

    call_command("load_indicators")

    assert capsys.readouterr().out == f"added=0 changed=0 retired=0 unchanged={standing}\n"


def test_the_command_writes_errors_to_standard_error_and_exits_with_1(tmp_path: Path, capsys):
    bad = tmp_path / "bad.yaml"
    bad.write_bytes(content(definition("ready", polarity="upwards")))

    with pytest.raises(SystemExit) as stopped:
        call_command("load_indicators", str(bad))

    printed = capsys.readouterr()
    assert stopped.value.code == 1
    assert printed.err.startswith(f"{bad}:10: column 'polarity': ")
    assert "Traceback" not in printed.err
    assert not printed.out


def test_the_command_exits_with_2_where_there_is_no_such_file(tmp_path: Path, capsys):
    with pytest.raises(SystemExit) as stopped:
        call_command("load_indicators", str(tmp_path / "none.yaml"))
    assert stopped.value.code == 2
    assert "none.yaml" in capsys.readouterr().err
