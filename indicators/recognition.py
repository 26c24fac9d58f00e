"""Which layout a file is in, told by its first rows: by the names in its header, what stands above it, its contents."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from indicators.headings import HEAD, header_at, reads_as_period
from indicators.layouts import Across, Given, Plan
from indicators.tables import Row, clean_name, header_names, same_name

GSS_CODE = re.compile(r"[A-Z][0-9]{8}")
# So many of the first rows may be the header of a plain sheet, and so many rows below it are looked at.
PLAIN_HEAD, PLAIN_BODY = 20, 40
MOST = 0.6


def recognise(
    head: Sequence[Row],
    plans: Sequence[Plan],
    *,
    areas: Collection[str] = (),
    indicators: Mapping[str, Iterable[str]] | None = None,
    sheet: str = "",
) -> tuple[Plan, int] | None:
    """The layout of a file, and the index in its first rows of the one where the header begins.

    Of several layouts whose names are all in the header, the one that asks for most wins. A plain sheet needs contents
    that say enough: `areas`, the names and codes that are known, and `indicators`, the names of our measures by their
    code, one of which its title, the first cell of its header or the sheet must be. What is returned then is that plain
    layout with the columns and the measure found, which reads the same file again without asking.
    """
    by_names = [(plan, index) for plan in plans if plan.recognised_by if (index := header_at(head, plan)) is not None]
    if by_names:
        return max(by_names, key=lambda found: len(found[0].recognised_by))
    for plan in plans:
        if plan.recognised_above and _stand_above(head, plan.recognised_above):
            return plan, header_at(head, plan)
    known = {same_name(name) for name in areas}
    for plan in plans:
        if plan.recognised_as and (found := _plain(head, plan, known, indicators or {}, sheet)):
            return found
    return None


def is_area(text: str, known: Collection[str]) -> bool:
    """Whether a text is a code, or a known name, with or without footnote marks."""
    tidy = text.strip()
    return bool(GSS_CODE.fullmatch(tidy)) or same_name(tidy) in known or same_name(clean_name(tidy)) in known


def _stand_above(head: Sequence[Row], begins: Sequence[str]) -> bool:
    cells = [cell.strip().casefold() for row in head[:HEAD] for cell in row.cells if cell.strip()]
    return all(any(cell.startswith(words.casefold()) for cell in cells) for words in begins)


def _plain(
    head: Sequence[Row], plan: Plan, known: set[str], indicators: Mapping[str, Iterable[str]], sheet: str
) -> tuple[Plan, int] | None:
    def are_areas(text: str) -> bool:
        return is_area(text, known)

    down, across, of = (
        (are_areas, reads_as_period, "period")
        if plan.recognised_as == "areas by periods"
        else (reads_as_period, are_areas, "area")
    )
    for index in range(min(len(head), PLAIN_HEAD)):
        columns = _columns_across(head, index, down, across)
        if columns and (code := _measure_named(head, index, indicators, sheet)):
            found = replace(
                plan,
                header_row=head[index].number,
                indicator=Given(constant=code),
                across=Across(of, columns),
            )
            return found, index
    return None


def _columns_across(
    head: Sequence[Row], index: int, down: Callable[[str], bool], across: Callable[[str], bool]
) -> tuple[str, ...]:
    """The columns whose names are all of one kind, where the first cells of the rows below are of the other."""
    names = header_names(head[index : index + 1])
    fitting = tuple(name for name in names[1:] if across(name))
    if len(fitting) < 2 or len(fitting) < MOST * (len(names) - 1):
        return ()
    firsts = [row.cells[0] for row in head[index + 1 : index + 1 + PLAIN_BODY] if row.cells and row.cells[0].strip()]
    fits = sum(map(down, firsts))
    return fitting if fits and fits >= MOST * len(firsts) else ()


def _measure_named(head: Sequence[Row], index: int, indicators: Mapping[str, Iterable[str]], sheet: str) -> str:
    """The code of the measure that the sheet says it is about."""
    codes = {same_name(name): code for code, names in indicators.items() for name in (code, *names)}
    for text in (*_titles(head[:index]), *head[index].cells[:1], sheet):
        if code := codes.get(same_name(text)) or codes.get(same_name(clean_name(text))):
            return code
    return ""


def _titles(above: Sequence[Row]) -> Iterator[str]:
    for row in above:
        yield from (cell for cell in row.cells if cell.strip())
