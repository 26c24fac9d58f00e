"""A workbook to fill in: the rows that are missing, in the columns of a value file, with checks in its cells.

It is uploaded like any other value file. The columns that only inform are named and ignored. A file that has the column
FILL_IN_COLUMN is such a template: its rows without a value are rows that nobody filled in, no errors.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, TYPE_STRING, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from indicators.missing import NEVER, NEXT, NOTHING, Gap, Place, Wanted
from indicators.numbers import MARKERS, spreadsheet_safe
from indicators.valuesfile import value_text

# The header by which an upload knows a template, and so leaves out the rows whose value is empty.
FILL_IN_COLUMN = "fill in"
# In the order of the sheet. Those with a width only inform or are texts; "" is filled in.
COLUMNS = {
    FILL_IN_COLUMN: 22,
    "indicator": 24,
    "indicator name": 46,
    "area": 13,
    "area name": 24,
    "period": 16,
    "last period": 16,
    "last value": 14,
    "value": 14,
    "lower": 11,
    "upper": 11,
    "numerator": 13,
    "denominator": 13,
    "breakdown": 22,
    "note": 40,
}
INFORMING = (FILL_IN_COLUMN, "indicator name", "area name", "last period", "last value")
COUNTS = ("numerator", "denominator")
LIMITS = ("lower", "upper")
REASONS = {
    NEXT: gettext_lazy("next period"),
    NOTHING: gettext_lazy("no figure for this area yet"),
    NEVER: gettext_lazy("no figure anywhere yet"),
}
LISTS = "Lists"
# Rows below the last one in which a figure of one's own can be added, with the same checks.
SPARE_ROWS = 200
LARGEST = "1000000000000000"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

HEAD = PatternFill("solid", start_color="0B2E3C")
INFORMS = PatternFill("solid", start_color="EEF4F5")


@dataclass(frozen=True)
class Lists:
    """What may stand in the columns of indicators and areas."""

    indicators: Sequence[Wanted]
    areas: Sequence[Place]


def workbook(gaps: Iterable[Gap], lists: Lists, *, partnership: str, left_out: int = 0) -> bytes:
    """The bytes of an XLSX file. `left_out` is how many missing figures did not fit, for the sheet that explains."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Figures")
    rows = _figures(sheet, gaps)
    _lists(book.create_sheet(LISTS), lists)
    _checks(sheet, lists, last=rows + SPARE_ROWS)
    _explanation(book.create_sheet(_("How to fill this in")), partnership, left_out)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _figures(sheet: Worksheet, gaps: Iterable[Gap]) -> int:
    """Returns the number of the last row."""
    _head(sheet, COLUMNS)
    row = 1
    for row, gap in enumerate(gaps, 2):
        texts = _texts(gap)
        for column, name in enumerate(COLUMNS, 1):
            if name in texts or name not in (*COUNTS, *LIMITS, "value"):
                _write(sheet.cell(row, column), texts.get(name, ""), informs=name in INFORMING)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{max(row, 2)}"
    return row


def _texts(gap: Gap) -> dict[str, str]:
    return {
        FILL_IN_COLUMN: str(REASONS[gap.reason]),
        "indicator": gap.indicator.code,
        "indicator name": gap.indicator.name,
        "area": gap.area.code,
        "area name": gap.area.name,
        "period": gap.period,
        "last period": gap.last.period.label if gap.last else "",
        "last value": value_text(gap.last) if gap.last else "",
    }


def _head(sheet: Worksheet, columns: dict[str, int]) -> None:
    for number, (name, width) in enumerate(columns.items(), 1):
        cell = sheet.cell(1, number)
        _write(cell, name)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEAD
        sheet.column_dimensions[get_column_letter(number)].width = width


def _write(cell: Cell, text: str, *, informs: bool = False) -> None:
    """A text and never a formula, in a cell that a spreadsheet does not make a date of."""
    cell.number_format = "@"
    if informs:
        cell.fill, cell.font = INFORMS, Font(color="47565C")
    if text:
        cell.value, cell.data_type = spreadsheet_safe(ILLEGAL_CHARACTERS_RE.sub("", text)), TYPE_STRING


def _lists(sheet: Worksheet, lists: Lists) -> None:
    columns = {
        _("indicator"): (24, [one.code for one in lists.indicators]),
        _("indicator name"): (60, [one.name for one in lists.indicators]),
        _("area"): (13, [one.code for one in lists.areas]),
        _("area name"): (30, [one.name for one in lists.areas]),
        _("instead of a number"): (20, list(MARKERS)),
        _("meaning"): (24, [str(words) for words in MARKERS.values()]),
    }
    _head(sheet, {name: width for name, (width, _texts) in columns.items()})
    for number, (_width, texts) in enumerate(columns.values(), 1):
        for row, text in enumerate(texts, 2):
            _write(sheet.cell(row, number), text)
    sheet.freeze_panes = "A2"


def _checks(sheet: Worksheet, lists: Lists, *, last: int) -> None:
    """What each cell takes, with a sentence for whoever types something else."""
    letters = {name: get_column_letter(number) for number, name in enumerate(COLUMNS, 1)}
    for name, check in {**_text_checks(lists, f"{letters['value']}2"), **_number_checks()}.items():
        check.allow_blank, check.showErrorMessage = True, True
        check.errorTitle = _("Column %(column)s") % {"column": name}
        check.add(f"{letters[name]}2:{letters[name]}{last}")
        sheet.add_data_validation(check)


def _text_checks(lists: Lists, value: str) -> dict[str, DataValidation]:
    """`value` is the first cell of its column."""
    markers = f"{LISTS}!$E$2:$E${len(MARKERS) + 1}"
    return {
        "indicator": DataValidation(
            type="list",
            formula1=f"{LISTS}!$A$2:$A${len(lists.indicators) + 1}",
            error=_("This is no indicator of this template. Choose a code from the list, or see the sheet Lists."),
        ),
        "area": DataValidation(
            type="list",
            formula1=f"{LISTS}!$C$2:$C${len(lists.areas) + 1}",
            error=_("This is no area of the partnership. Choose a code from the list, or see the sheet Lists."),
        ),
        "period": DataValidation(
            type="textLength",
            operator="between",
            formula1="4",
            formula2="40",
            error=_("Write a period such as 2023, 2023/24, 2017 - 19, 2024 Q2 or 2024-05."),
        ),
        "value": DataValidation(
            type="custom",
            formula1=f'OR(ISNUMBER({value}),COUNTIF({markers},{value})>0,RIGHT(TRIM({value}),1)="]")',
            error=_(
                "Write a number, or why there is none: c suppressed, x not available, z not applicable, w withheld, "
                "low rounds to zero, k low number. A flag follows a number: 65.2 [p]"
            ),
        ),
    }


def _number_checks() -> dict[str, DataValidation]:
    limit = _("A limit is a number. Leave it empty where there is none.")
    count = _("A count is a number of 0 or more. Leave it empty where there is none.")
    return {name: _number(f"-{LARGEST}", limit) for name in LIMITS} | {name: _number("0", count) for name in COUNTS}


def _number(least: str, error: str) -> DataValidation:
    return DataValidation(type="decimal", operator="between", formula1=least, formula2=LARGEST, error=error)


def _explanation(sheet: Worksheet, partnership: str, left_out: int) -> None:
    sheet.column_dimensions["A"].width = 110
    for row, line in enumerate(_lines(partnership, left_out), 1):
        cell = sheet.cell(row, 1)
        _write(cell, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(bold=True, size=14)


def _lines(partnership: str, left_out: int) -> list[str]:
    lines = [
        _("Figures that are missing: %(partnership)s") % {"partnership": partnership},
        _("Each row of the first sheet is a figure that ought to exist by now and is not here yet."),
        _("Write the figure into the column “value”. What you leave empty is left out: it is no error."),
        _("Instead of a number write why there is none: c suppressed, x not available, z not applicable, w withheld."),
        _("Numbers are as published: 65.2 for 65.2%. A provisional figure is 65.2 [p], a revised one 65.2 [r]."),
        _("If they are published with it, add the 95% limits (lower, upper) and the counts (numerator, denominator)."),
        _("“breakdown” is empty for everyone, otherwise such as “sex: Female”. “note” is kept with the figure."),
        _("The grey columns only inform: the names, the last period that is here and its figure."),
        _("The column “fill in” says why a row is here. Keep it: by it an upload knows that empty rows are no errors."),
        _("You may add rows of your own below, and delete rows."),
        _("Then save the file and upload it. You see what it would change before anything is published."),
    ]
    if left_out:
        lines.insert(
            2,
            _("%(number)s more figures are missing than fit into this file. Choose one strategy or fewer indicators.")
            % {"number": left_out},
        )
    return lines
