"""Rows of a file -> figures by our columns, a batch at a time, as a layout says."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from django.utils.translation import gettext as _

from indicators.assembling import Batch, add_figures
from indicators.columns import Columns, filled, spoilt, tidied, turned
from indicators.headings import HEAD, Heading, header_at, heading, places
from indicators.layouts import LeftOut, Plan
from indicators.tables import Row
from partnerships.problems import Problem, shortened


def batches(rows: Iterable[Row], plan: Plan, *, file: str, size: int = 20_000) -> Iterator[Batch]:
    """The figures of a file, about `size` at a time; within a batch column of values by column of values.

    Where the header is not as the layout needs it there is one batch, with the problems of the header alone.
    """
    rows = iter(rows)
    head = list(islice(rows, HEAD + plan.header_rows))
    if not head:
        yield Batch(problems=[Problem(_("the file is empty"), file)])
        return
    index = header_at(head, plan)
    found = heading(head, index, plan, file=file)
    if found.problems:
        yield Batch(problems=list(found.problems), heading=found)
        return
    body = chain(head[(index or 0) + plan.header_rows :], rows)
    reader = _Reader(found)
    step = max(1, size // max(1, len(found.measures)))
    any_rows = False
    while chunk := list(islice(body, step)):
        any_rows = True
        yield reader.batch(chunk)
    if not any_rows:
        yield Batch(problems=[Problem(_("there is a header and no row under it"), file, found.row)], heading=found)


class _Reader:
    """What has to be remembered from one chunk of rows to the next."""

    def __init__(self, found: Heading) -> None:
        self.heading = found
        self.plan = found.plan
        self.above: dict[int, str] = dict.fromkeys(places(found.names, found.plan.fill_down), "")
        self.select = [
            (place, chosen) for chosen in found.plan.select for place in places(found.names, [chosen.column])
        ]
        self.ended = False

    def batch(self, rows: list[Row]) -> Batch:
        batch = Batch(heading=self.heading)
        columns = self._columns(self._above_the_end(rows, batch), batch)
        self._fill_down(columns)
        self._select(columns, batch)
        self._leave_out_blank_rows(columns, batch)
        self._tidy(columns, batch)
        add_figures(columns, batch)
        batch.problems.sort(key=lambda problem: problem.line)
        return batch

    def _above_the_end(self, rows: list[Row], batch: Batch) -> list[Row]:
        """The rows before the one that ends the table; what stands below is left out."""
        if not self.plan.until:
            return rows
        kept = []
        ends = tuple(text.casefold() for text in self.plan.until)
        for row in rows:
            first = next((cell.strip() for cell in row.cells if cell.strip()), "")
            self.ended = self.ended or first.casefold().startswith(ends)
            if self.ended:
                batch.left_out.append(LeftOut(row.number, shortened(first), _("it stands below the table")))
            else:
                kept.append(row)
        return kept

    def _columns(self, rows: list[Row], batch: Batch) -> Columns:
        """The columns that the layout speaks of, by place."""
        cells = [row.cells for row in rows]
        numbers = [row.number for row in rows]
        width = len(self.heading.names)
        if set(map(len, cells)) - {width}:
            cells, numbers = self._fitted(cells, numbers, width, batch)
        wanted = {*self.heading.used, *self.above, *(place for place, _chosen in self.select)}
        columns = turned(cells, width)
        return Columns(numbers, {place: columns[place] for place in sorted(wanted)})

    def _fitted(
        self, cells: list[Sequence[str]], numbers: list[int], width: int, batch: Batch
    ) -> tuple[list[Sequence[str]], list[int]]:
        """Every row with as many cells as the header has names.

        Spreadsheets leave empty cells behind the header where something once stood, and people remarks. A row longer
        than the header's own is shifted, so a mistake; one with fewer cells is so in the app's own layout only, since
        publishers leave away the empty ones at the end of a line.
        """
        most = width if self.plan.is_own else max(width, self.heading.width)
        fitted, kept = [], []
        for texts, number in zip(cells, numbers, strict=True):
            end = len(texts)
            while end > width and not texts[end - 1].strip():
                end -= 1
            if end > most or (end < width and self.plan.is_own):
                batch.problems.append(Problem(_miscounted(end, width), self.heading.file, number))
            else:
                fitted.append([*texts[: min(end, width)], *[""] * (width - end)])
                kept.append(number)
        return fitted, kept

    def _fill_down(self, columns: Columns) -> None:
        for place, last in self.above.items():
            texts = []
            for text in columns.texts[place]:
                last = text if text.strip() else last
                texts.append(last)
            columns.texts[place] = texts
            self.above[place] = last

    def _select(self, columns: Columns, batch: Batch) -> None:
        for place, chosen in self.select:
            column = columns.texts[place]
            kept = {text: chosen.reads(text) for text in set(column)}
            if all(kept.values()):
                continue
            reason = _("this layout leaves out rows where %(column)s is '%(text)s'")
            reasons = {
                text: reason % {"column": chosen.column, "text": shortened(text)}
                for text, wanted in kept.items()
                if not wanted
            }
            batch.left_out += [
                LeftOut(number, text, reasons[text])
                for number, text in zip(columns.numbers, column, strict=True)
                if text in reasons
            ]
            columns.keep([kept[text] for text in column])

    def _leave_out_blank_rows(self, columns: Columns, batch: Batch) -> None:
        """Rows without any value: headings between the rows, and notes below them."""
        if self.plan.blank != "left out" or not self.heading.measures or not columns.numbers:
            return
        of_columns = []
        for measure in self.heading.measures:
            of_columns.append(filled(columns.texts[measure.place]))
            if all(of_columns[-1]):
                return
        anything = list(map(any, zip(*of_columns, strict=True)))
        if all(anything):
            return
        reason = _("there is no figure in this row")
        for index, number in enumerate(columns.numbers):
            if not anything[index]:
                words = " ".join(column[index] for column in columns.texts.values())
                batch.left_out.append(LeftOut(number, shortened(words), reason))
        columns.keep(anything)

    def _tidy(self, columns: Columns, batch: Batch) -> None:
        """Cells without blanks around them; rows with a cell that holds a formula or an error become problems."""
        bad: set[int] = set()
        values = {place for measure in self.heading.measures for place in (measure.place, *measure.beside.values())}
        for place, column in columns.texts.items():
            marks = (self.plan.markers or {}) if place in values else {}
            if sentences := spoilt(column, marks):
                bad |= self._name_spoilt(columns, place, sentences, batch)
            columns.texts[place] = tidied(column)
        if bad:
            columns.keep([index not in bad for index in range(len(columns.numbers))])

    def _name_spoilt(self, columns: Columns, place: int, sentences: dict[str, str], batch: Batch) -> set[int]:
        found = set()
        for index, text in enumerate(columns.texts[place]):
            if text in sentences:
                where = (self.heading.file, columns.numbers[index], self.heading.names[place], text.strip())
                batch.problems.append(Problem(sentences[text], *where))
                found.add(index)
        return found


def _miscounted(cells: int, columns: int) -> str:
    if cells < columns:
        sentence = _("the header has %(columns)s cells and this row %(cells)s: write a separator for empty cells too")
    else:
        sentence = _(
            "the header has %(columns)s cells and this row %(cells)s: name every column, and put what holds a comma in"
            " quotation marks"
        )
    return sentence % {"cells": cells, "columns": columns}
