"""Small extracts of real published files, read as officers read them and held against pandas and openpyxl."""

from math import isclose
from pathlib import Path

import pytest

from indicators import periods
from tests.indicators.shapes import SHAPES, Reading, Shape, ours, theirs

EXTRACTS = Path(__file__).parent / "published"
ENOUGH = 30


def agree(shape: Shape, path: Path) -> tuple[Reading, int]:
    """Every figure read is the one that stands in the file, and none is missing. Gives our reading and how many."""
    reading, found = ours(shape, path), theirs(shape, path)
    assert not reading.problems
    assert not reading.lost, "every row is among the figures or says why it is not"
    assert reading.figures.keys() == found.keys()
    assert all(periods.read(period, style=reading.plan.periods) for _area, period, *_rest in reading.figures)
    for key, values in found.items():
        mine = {None if isinstance(value, str) else value for value in reading.figures[key]}
        assert len(mine) == len(values), key
        for one, other in zip(sorted(mine, key=repr), sorted(values, key=repr), strict=True):
            assert one == other or isclose(one, other, rel_tol=1e-12), (key, one, other)
    return reading, len(found)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.file} {shape.sheet}".strip())
def test_a_published_file_is_read_as_it_stands(shape):
    assert len(shape.choices) <= 5
    _reading, compared = agree(shape, EXTRACTS / shape.file)
    assert compared >= ENOUGH


def test_every_extract_is_read():
    files = {path.name for path in EXTRACTS.iterdir()} - {"README.md"}
    assert files == {shape.file for shape in SHAPES}
