"""The command that a program reads: its last line, its exit status, its errors by line, and what it leaves behind."""

from pathlib import Path

import pytest
from django.core.management import call_command

from indicators.management.progressbar import ProgressBar
from indicators.models import Layout, OriginalFile, Upload, UploadState, Value
from tests.indicators.ground import ASHBY, BIRKDALE, ENGLAND, SOUTHTOWN, current, table


@pytest.fixture
def run(ground, tmp_path: Path, capsys):
    """Writes the rows to a file and imports it: exit status, standard output and error as lines."""

    def run(*rows: str, options: tuple[str, ...] = (), by: str = "olive@example.org", content: bytes | None = None):
        file = tmp_path / "figures.csv"
        file.write_bytes(table(*rows) if content is None else content)
        status = 0
        try:
            call_command("import_values", str(file), "--partnership", "northshire", "--by", by, *options)
        except SystemExit as stopped:
            status = stopped.code
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return status, printed.out.splitlines(), printed.err.splitlines()

    return run


def test_a_good_file_is_published(run, ground):
    status, out, err = run(f"school-ready,{ASHBY},2023,72.5", f"school-ready,{SOUTHTOWN},2023,70")
    assert (status, out, err) == (0, ["added=1 changed=0 unchanged=0 left_out=1 rejected=0"], [])
    assert current() == {(ASHBY, "2023"): 72.5}
    upload = Upload.objects.get()
    assert (upload.state, upload.published_by) == (UploadState.PUBLISHED, ground.people["olive"])
    assert upload.file_name == "figures.csv"


def test_importing_again_changes_nothing_and_keeps_no_second_upload(run):
    run(f"school-ready,{ASHBY},2023,72.5")
    status, out, _err = run(f"school-ready,{ASHBY},2023,72.5")
    assert (status, out) == (0, ["added=0 changed=0 unchanged=1 left_out=0 rejected=0"])
    assert Upload.objects.count() == 1


def test_errors_go_to_standard_error_by_line_and_nothing_is_published(run, tmp_path):
    status, out, err = run(f"school-ready,{ASHBY},2023,many", f"school-ready,{BIRKDALE},2023,66")
    assert (status, out) == (1, ["added=1 changed=0 unchanged=0 left_out=0 rejected=1"])
    assert err[0].startswith(f"{tmp_path / 'figures.csv'}:2: column 'value': ")
    assert err[0].endswith("('many')")
    assert len(err) == 1
    assert not Upload.objects.exists()
    assert not OriginalFile.objects.exists()


def test_columns_that_are_not_known_are_named_before_the_counts(run):
    content = f"indicator,area,period,value,region\nschool-ready,{ASHBY},2023,72.5,North\n".encode()
    status, out, err = run(content=content)
    assert (status, err) == (0, [])
    assert out == [
        "These columns are not known here and were not read: region.",
        "added=1 changed=0 unchanged=0 left_out=0 rejected=0",
    ]


def test_every_error_of_a_long_file_is_printed(run):
    _status, out, err = run(*(f"school-ready,{ASHBY},2023,many,,,,,group: {number}" for number in range(1200)))
    assert out == ["added=0 changed=0 unchanged=0 left_out=0 rejected=1200"]
    assert len(err) == 1200


def test_the_good_rows_of_a_file_with_errors_are_published_when_asked(run):
    rows = (f"school-ready,{ASHBY},2023,many", f"school-ready,{BIRKDALE},2023,66")
    status, out, err = run(*rows, options=("--accept-valid",))
    assert (status, out) == (0, ["added=1 changed=0 unchanged=0 left_out=0 rejected=1"])
    assert len(err) == 1
    assert current() == {(BIRKDALE, "2023"): 66}


def test_a_file_without_a_good_row_is_refused_whatever_is_asked(run):
    status, out, _err = run(f"school-ready,{ASHBY},2023,many", options=("--accept-valid",))
    assert (status, out) == (1, ["added=0 changed=0 unchanged=0 left_out=0 rejected=1"])


@pytest.mark.parametrize(("value", "status"), [("72.5", 0), ("many", 1)])
def test_check_says_what_would_happen_and_leaves_nothing_behind(run, value, status):
    assert run(f"school-ready,{ASHBY},2023,{value}", options=("--check",))[0] == status
    assert not Upload.objects.exists()
    assert not OriginalFile.objects.exists()
    assert not Value.objects.exists()


def test_a_change_is_counted_as_one(run):
    run(f"school-ready,{ASHBY},2023,72.5")
    status, out, _err = run(f"school-ready,{ASHBY},2023,73.5")
    assert (status, out) == (0, ["added=0 changed=1 unchanged=0 left_out=0 rejected=0"])
    assert current() == {(ASHBY, "2023"): 73.5}


def test_an_officer_leaves_standing_figures_of_a_comparator_and_a_steward_changes_them(run):
    run(f"school-ready,{ENGLAND},2023,69.5")
    assert run(f"school-ready,{ENGLAND},2023,70")[1] == ["added=0 changed=0 unchanged=0 left_out=1 rejected=0"]
    assert run(f"school-ready,{ENGLAND},2023,70", by="stella@example.org")[1] == [
        "added=0 changed=1 unchanged=0 left_out=0 rejected=0"
    ]


def test_where_the_figures_come_from_is_kept(run):
    source = (
        "--publisher",
        "Ministry",
        "--source",
        "Children",
        "--source-url",
        "https://example.org/",
        "--licence",
        "OGL",
    )
    run(f"school-ready,{ASHBY},2023,72.5", options=source)
    upload = Upload.objects.get()
    assert (upload.publisher, upload.source, upload.source_url, upload.licence) == (
        "Ministry",
        "Children",
        "https://example.org/",
        "OGL",
    )


def test_a_layout_is_chosen_by_name(run):
    Layout.objects.create(
        name="theirs",
        title="Theirs",
        data={
            "name": "theirs",
            "title": "Theirs",
            "area": {"columns": ["Where"]},
            "period": {"columns": ["When"]},
            "indicator": {"constant": "school-ready"},
            "figures": [{"value": "What"}],
        },
    )
    status, _out, _err = run(content=f"Where,When,What\n{ASHBY},2023,72.5\n".encode(), options=("--layout", "theirs"))
    assert status == 0
    assert current() == {(ASHBY, "2023"): 72.5}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--by", "bob@example.org"), "bob@example.org may not do this in the partnership northshire"),
        (("--by", "charlie@example.org"), "may not do this"),
        (("--by", "nobody@example.org"), "Nobody who can sign in has the email address nobody@example.org"),
        (("--partnership", "northshore"), "There is no partnership northshore. There are: northshire, southtown"),
        (("--layout", "theirs"), "There is no layout theirs. There are: none"),
    ],
)
def test_a_bad_call_exits_with_2_and_a_sentence(run, options, words):
    status, out, err = run(f"school-ready,{ASHBY},2023,72.5", options=options)
    assert (status, out) == (2, [])
    assert words in err[0]
    assert not Upload.objects.exists()


def test_a_file_that_is_not_there_is_a_bad_call(ground, capsys, tmp_path):
    with pytest.raises(SystemExit) as stopped:
        call_command(
            "import_values", str(tmp_path / "none.csv"), "--partnership", "northshire", "--by", "olive@example.org"
        )
    assert stopped.value.code == 2
    assert "none.csv: No such file" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n", b"a,b\n1,2\n"])
def test_what_is_no_table_of_figures_is_refused(run, tmp_path, content):
    status, out, err = run(content=content)
    assert (status, out) == (1, ["added=0 changed=0 unchanged=0 left_out=0 rejected=0"])
    assert err[0].startswith(str(tmp_path / "figures.csv"))


def test_a_file_beyond_the_limit_is_refused_before_it_is_all_read(run, settings):
    settings.UPLOAD_MAX_BYTES = 50
    status, _out, err = run(f"school-ready,{ASHBY},2023,72.5")
    assert status == 1
    assert "larger than" in err[0]


class Stream:
    def __init__(self, *, is_terminal: bool):
        self.written = ""
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal

    def write(self, text: str) -> None:
        self.written += text

    def flush(self) -> None:
        pass


def test_the_progress_bar_is_drawn_on_a_terminal_only():
    for is_terminal in (True, False):
        stream = Stream(is_terminal=is_terminal)
        bar = ProgressBar(stream, "Checking")
        for done in (500, 1000):
            bar(done, 1000)
        assert ("500 of 1,000" in stream.written) is is_terminal
        assert stream.written.endswith("1,000 of 1,000\n") is is_terminal
