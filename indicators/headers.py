"""What the rows at the top of a table are: where the header is, what each column is called, what in a name is a mark.

Published tables begin with titles, filters and notes; their header may take two or three rows, of which the upper ones
group the columns; and footnotes are marked in brackets, by signs, by raised digits and by digits that were raised once.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from indicators.rows import Row

ROWS_TO_JUDGE_BY = 60
MOST_HEADER_ROWS = 3
# The part of a table's columns that its header names, at least.
FILLED = 0.6
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))

NUMBER = re.compile(r"[-+−(]?[£$€]?[0-9][0-9,\u2009\u202f\u00a0]*(?:\.[0-9]*)?(?:E[+-]?[0-9]+)?[%)]?", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:\.0)?")
MARKER = re.compile(r"\[?(?:c|x|z|k|w|u|low|n/?a|null|nan|[-–—.:*~#…]{1,3})\]?|[<>≤≥].*", re.IGNORECASE)

RAISED = "⁰¹²³⁴-⁹ᵃ-ᶻ"
# Such as [note 1], [Notes 1 and 2], (see note 3), [1], (1, 2), [r] and [provisional].
BRACKETED_MARK = re.compile(
    r"\s*(?:[\[(](?:see )?(?:foot)?notes?\s*[0-9a-z](?:[0-9a-z, &]|and|to|-)*[\])]"
    r"|[\[(][0-9]{1,2}(?:\s?[,;&]\s?[0-9]{1,2})*[\])]"
    r"|\[(?:[a-z]|revised|provisional|estimated?|final)\])$",
    re.IGNORECASE,
)
SIGN_MARK = re.compile(rf"\s*(?:[*†‡§¶^#]+|(?<![kcm]m)(?<!\bm)[{RAISED}](?:[,{RAISED}]*[{RAISED}])?)$")
SIGN_BEFORE = re.compile(r"^[*†‡§¶]+\s*(?=\w)")
# A word in one kind of letters, and digits where none belong: "WALES6", "Flintshire1,2".
GLUED_MARK = re.compile(r"(?:(?<=\W)|^)([^\W\d_]{4,})([1-9][0-9]?(?:,\s?[1-9][0-9]?)*)$")
# Words that are numbered, so that a number after them says which.
NUMBERED = re.compile(
    "age[ds]?|attainment|band|btec|class|cluster|cohort|column|covid|decile|dose|entry|from|gcse|grade|group|indicator"
    "|key|level|month|over|part|phase|progress|quartile|quarter|quintile|school|section|sector|site|stage|table|term"
    "|tier|type|under|unit|ward|wave|week|years?|zone",
    re.IGNORECASE,
)


def same_name(header: str) -> str:
    """What two spellings of one column's name share: small letters, single spaces, no underscores."""
    return " ".join(header.replace("_", " ").split()).casefold()


def clean_name(text: str) -> str:
    """A name without the marks of its footnotes: "Flintshire (1)", "ENGLAND AND WALES6", "Total*", "Area [note 2]".

    To be tried where the text as it stands is not known, since "Band3" might be a name; numbers that mean something
    ("Key stage 2", "0-14", "PM2.5", "E06000001") stay all the same. A text of nothing but marks stays too.
    """
    tidy = _tidy(text)
    name = SIGN_BEFORE.sub("", tidy)
    while (shorter := _without_last_mark(name)) != name:
        name = shorter
    return name or tidy


def _without_last_mark(name: str) -> str:
    for mark in (BRACKETED_MARK, SIGN_MARK):
        if match := mark.search(name):
            return name[: match.start()]
    match = GLUED_MARK.search(name)
    if match and not NUMBERED.fullmatch(match[1]) and (match[1].isupper() or match[1][1:].islower()):
        return name[: match.start(2)]
    return name


def header_names(rows: Sequence[Row]) -> tuple[str, ...]:
    """One name for each column, from one header row or more; no two are the same name.

    Several rows are joined ("2023 Boys"), what is said twice is said once, and where merged cells are empty but for the
    first (as in a CSV file) that one counts for all. A column without a name is "column C", the second of two of one
    name "SNP (2)". Empty columns at the end have no name.
    """
    cells = [[_tidy(cell) for cell in row.cells] for row in rows]
    width = max((place + 1 for row in cells for place, cell in enumerate(row) if cell), default=0)
    cells = [(row + [""] * width)[:width] for row in cells]
    upper = [_carried(row, cells[number + 1 :]) for number, row in enumerate(cells[:-1])]
    joined = [_joined(parts) for parts in zip(*upper, *cells[-1:], strict=True)]
    return tuple(
        _told_apart(name or _("column %(letters)s") % {"letters": letters(n)} for n, name in enumerate(joined))
    )


def letters(column: int) -> str:
    """The name that a spreadsheet gives to a column, counted from 0: "A", "Z", "AA"."""
    name, number = "", column + 1
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def guess_header(rows: Sequence[Row]) -> tuple[int, int]:
    """Which of the first rows of a table is its header, from 0, and how many rows the header has.

    It is the first row that names most columns, in words or years, with rows of figures below. What has fewer cells
    (titles, filters, notes) stands before it, and a row that groups its columns belongs to it. (0, 1) where nothing
    tells.
    """
    sample = [[_tidy(cell) for cell in row.cells] for row in rows[:ROWS_TO_JUDGE_BY]]
    filled = sorted((_filled(cells) for cells in sample), reverse=True)
    if not filled:
        return 0, 1
    # One row alone may be wider than the table.
    width = filled[min(1, len(filled) - 1)]
    scores = [_score(cells, width) for cells in sample]
    best = max(scores)
    first = next(place for place, score in enumerate(scores) if score >= min(FILLED, best - 0.1))
    last = first
    while last - first + 1 < MOST_HEADER_ROWS and _is_second_row(rows, sample, last):
        last += 1
    while first and last - first + 1 < MOST_HEADER_ROWS and _is_group_row(rows, sample, first - 1):
        first -= 1
    return first, last - first + 1


def _tidy(text: str) -> str:
    return " ".join(text.translate(INVISIBLE).split())


def _filled(cells: Iterable[str]) -> int:
    return sum(map(bool, cells))


def _is_label(cell: str) -> bool:
    """Words or a year, as a header has them; neither a figure nor what stands for one."""
    if not cell or MARKER.fullmatch(cell):
        return False
    return not NUMBER.fullmatch(cell) or YEAR.fullmatch(cell) is not None


def _score(cells: list[str], width: int) -> float:
    """How much of a row is labels, 0 for what cannot be a header: a title in a merged cell, "Year: 2023"."""
    texts = [cell for cell in cells if cell]
    if (
        len(texts) < min(2, width)
        or (len(texts) > 1 and len(set(texts)) == 1)
        or (width > 1 and texts[0].endswith(":"))
    ):
        return 0.0
    return min(1.0, sum(map(_is_label, texts)) / width)


def _follows(rows: Sequence[Row], place: int) -> bool:
    return place + 1 < len(rows) and rows[place + 1].number == rows[place].number + 1


def _is_second_row(rows: Sequence[Row], sample: list[list[str]], first: int) -> bool:
    """Whether the row below is of the header too: it names what the first, with gaps or twins, only groups."""
    if first + 2 >= len(sample) or not _follows(rows, first):
        return False
    upper, lower = sample[first : first + 2]
    named = [place for place, cell in enumerate(lower) if cell]
    if not all(_is_label(lower[place]) for place in named):
        return False
    above = [upper[place] if place < len(upper) else "" for place in named]
    gaps = any(not cell for cell in above[1:]) or any(one == other for one, other in pairwise(above))
    return len(named) > 1 and gaps and _figures_below(sample[first + 2 :], named)


def _figures_below(sample: list[list[str]], places: list[int]) -> bool:
    """Whether a third of these columns, or more, have figures."""
    columns = [[cells[place] for cells in sample if place < len(cells) and cells[place]] for place in places]
    with_figures = sum(any(not _is_label(cell) for cell in column) for column in columns)
    return 3 * with_figures >= len(places)


def _is_group_row(rows: Sequence[Row], sample: list[list[str]], place: int) -> bool:
    """Whether a row with fewer cells groups the columns of the row below."""
    if not _follows(rows, place):
        return False
    upper, lower = sample[place : place + 2]
    named = [column for column, cell in enumerate(upper) if cell]
    texts = [upper[column] for column in named]
    if not named or texts[0].endswith(":") or len(named) > len(lower) or not all(map(_is_label, texts)):
        return False
    beneath_all = all(column < len(lower) and lower[column] for column in named)
    starts_right = named[0] > 0 or (len(named) > 1 and len(set(texts)) > 1)
    return beneath_all and starts_right and _figures_below(sample[place + 2 :], list(range(1, len(lower))))


def _carried(upper: list[str], lower: Sequence[list[str]]) -> list[str]:
    """A group's name for each of its columns. Where a name stands twice side by side, that has been done already."""
    if any(one and one == other for one, other in pairwise(upper)):
        return upper
    carried, name = [], ""
    for cell, *below in zip(upper, *lower, strict=True):
        name = cell or name
        carried.append(cell or (name if any(below) else ""))
    return carried


def _joined(parts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(part for part in parts if part))


def _told_apart(names: Iterable[str]) -> Iterable[str]:
    seen: Counter[str] = Counter()
    taken: set[str] = set()
    for name in names:
        unique, key = name, same_name(name)
        while same_name(unique) in taken:
            seen[key] += 1
            unique = f"{name} ({seen[key] + 1})"
        taken.add(same_name(unique))
        yield unique
