from indicators import workbooks
from tests import fuzz_reader


def test_damaged_files_and_odd_texts_are_rows_or_sentences(monkeypatch):
    """The same ones each time; `python tests/fuzz_reader.py` throws others."""
    monkeypatch.setattr(workbooks, "_told", fuzz_reader.forked)
    fuzz_reader.run(150, start=1)
