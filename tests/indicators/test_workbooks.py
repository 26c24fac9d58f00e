import multiprocessing
import pickle

import pytest

from indicators import workbooks
from indicators.sheetcells import Sheet, UnreadableError
from tests.indicators.files import XLS, ods, ods_row, ods_text, xlsx


def everything(content: bytes, kind: str) -> list:
    sheet = workbooks.sheets(content, kind)[0]
    return [sheet, *workbooks.chunks(content, kind, sheet.name, 2)]


def test_what_is_read_in_the_other_process_comes_back_in_parts():
    content = xlsx(["area"], [], ["E10000017"], [" "], ["E06000008"])
    assert everything(content, "xlsx") == [
        Sheet("Sheet", 5),
        ([1, 3], [["area"], ["E10000017"]]),
        ([5], [["E06000008"]]),
    ]


def test_a_reader_that_is_left_early_leaves_no_process_behind():
    chunks = workbooks.chunks(xlsx(*[["x"]] * 50_000), "xlsx", "Sheet", 1)
    assert next(chunks) == ([1], [["x"]])
    assert len(multiprocessing.active_children()) == 1
    chunks.close()
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(
    ("content", "kind", "sentence"),
    [
        (XLS[:1500], "xls", "the spreadsheet is damaged: open it, save it again and upload that"),
        # The reader gives up in a way that no handler of errors would catch.
        (XLS[:5600], "xls", "the spreadsheet is damaged: open it, save it again and upload that"),
        (xlsx(), "xlsx", "the spreadsheet has no visible sheet with anything on it"),
        (
            xlsx(prepare=lambda book: book.active.cell(1048576, 16384, "x")),
            "xlsx",
            "the sheet 'Sheet' reaches to row 1048576, column 16384: delete what stands far from the table",
        ),
        (
            ods(ods_row(ods_text("a")), manifest="<manifest:encryption-data/>"),
            "ods",
            "the spreadsheet is protected by a password: save it without one",
        ),
    ],
)
def test_every_failure_is_a_sentence(content, kind, sentence, capfd):
    with pytest.raises(workbooks.WorkbookError) as error:
        everything(content, kind)
    assert str(error.value) == sentence
    assert capfd.readouterr().err == ""


def test_a_process_that_asks_for_too_much_memory_ends_alone(monkeypatch):
    monkeypatch.setattr(workbooks, "give_sheets", swallow_memory)
    with pytest.raises(workbooks.WorkbookError, match="damaged"):
        workbooks.sheets(b"", "xls")


def swallow_memory(_content: bytes, _kind: str) -> None:
    bytearray(workbooks.MOST_MEMORY + 1)


def test_the_reason_survives_the_way_between_processes():
    error = pickle.loads(pickle.dumps(UnreadableError("far", "Figures", 9, 8)))
    assert (error.reason, error.sheet, error.row, error.column) == ("far", "Figures", 9, 8)
