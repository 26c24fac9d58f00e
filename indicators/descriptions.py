"""A layout in plain sentences, for the people who use it."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.layouts import BESIDE_VALUE, UNNAMED, Breakdown, Figure, Given, Plan


def describe(plan: Plan) -> list[str]:
    """How a layout reads a file, a sentence for each thing that it says, in the order in which it is read."""
    return [*_header(plan), *_rows(plan), *_parts(plan), *_groups(plan.breakdown), *_values(plan), *_rest(plan)]


def _header(plan: Plan) -> Iterator[str]:
    if plan.sheet:
        yield _("It reads the sheet %(sheet)s.") % {"sheet": _quoted([plan.sheet])}
    if plan.recognised_by:
        yield _("A file is recognised by the columns %(columns)s.") % {"columns": _quoted(plan.recognised_by)}
    if plan.recognised_above:
        words = {"words": _quoted(plan.recognised_above)}
        yield _("A file is recognised by what stands above the table: %(words)s.") % words
    if plan.header_row:
        yield _("The header is in row %(row)s.") % {"row": plan.header_row}
    if plan.header_rows > 1:
        yield _("The header takes %(rows)s rows.") % {"rows": plan.header_rows}


def _rows(plan: Plan) -> Iterator[str]:
    for chosen in plan.select:
        words = {"column": _quoted([chosen.column]), "texts": _quoted(chosen.texts)}
        if chosen.wanted:
            yield _("Only rows whose %(column)s is %(texts)s are read.") % words
        else:
            yield _("Rows whose %(column)s is %(texts)s are left out.") % words
    if plan.until:
        yield _("What stands below %(texts)s is left out.") % {"texts": _quoted(plan.until)}
    if plan.fill_down:
        yield _("An empty cell of %(columns)s means the same as the cell above.") % {"columns": _quoted(plan.fill_down)}


def _parts(plan: Plan) -> Iterator[str]:
    for name, words in (("area", _("area")), ("period", _("period")), ("indicator", _("indicator"))):
        given: Given = getattr(plan, name)
        if given.constant:
            yield _("The %(part)s of every figure is %(constant)s.") % {"part": words, "constant": given.constant}
        elif given.preamble:
            yield _("The %(part)s stands above the table, after %(words)s.") % {
                "part": words,
                "words": _quoted([given.preamble]),
            }
        elif given.preamble is not None:
            yield _("The %(part)s is named by the title above the table.") % {"part": words}
        elif len(given.columns) == 1:
            yield _("The %(part)s stands in %(columns)s.") % {"part": words, "columns": _quoted(given.columns)}
        elif given.columns:
            yield _several(name, words, given.columns)


def _several(name: str, words: str, columns: tuple[str, ...]) -> str:
    sentence = (
        _("The %(part)s stands in the first of %(columns)s that is not empty.")
        if name == "area"
        else _("The %(part)s stands in %(columns)s together.")
    )
    return sentence % {"part": words, "columns": _quoted(columns)}


def _groups(breakdown: Breakdown) -> Iterator[str]:
    for group in breakdown.columns:
        words = {"column": _quoted([group.column]), "dimension": group.dimension or _quoted([group.dimension_column])}
        if group.dimension or group.dimension_column:
            yield _("%(column)s says which group a figure is for, by %(dimension)s.") % words
        else:
            yield _("%(column)s says which group a figure is for.") % words
    if breakdown.others:
        yield _("Every other column of words says which group a figure is for too.")
    if breakdown.everyone:
        yield _("%(texts)s means everyone.") % {"texts": _quoted(breakdown.everyone)}
    if breakdown.constant:
        yield _("Every figure is for the group %(group)s.") % {"group": _quoted([breakdown.constant])}


def _values(plan: Plan) -> Iterator[str]:
    for figure in plan.figures:
        yield _value(figure)
    if plan.across:
        of = {
            "period": _("a period"),
            "area": _("an area"),
            "indicator": _("an indicator"),
            "breakdown": _("a group by %(dimension)s") % {"dimension": plan.across.dimension},
        }[plan.across.of]
        if plan.across.columns:
            yield _("The columns %(columns)s hold values; the header of each is %(of)s.") % {
                "columns": _quoted(plan.across.columns),
                "of": of,
            }
        else:
            yield _("Every further column whose header is %(of)s holds values.") % {"of": of}


def _value(figure: Figure) -> str:
    beside = {
        "lower": _("lower limit"),
        "upper": _("upper limit"),
        "numerator": _("numerator"),
        "denominator": _("denominator"),
    }
    found = [f"{_quoted([theirs])} ({beside[ours]})" for ours in BESIDE_VALUE if (theirs := getattr(figure, ours))]
    parts = [_("%(column)s holds values") % {"column": _quoted([figure.value])}]
    if found:
        parts.append(_("with %(columns)s beside them") % {"columns": ", ".join(found)})
    if figure.indicator or figure.area or figure.period or figure.breakdown:
        what = ", ".join(filter(None, (figure.indicator, figure.area, figure.period, figure.breakdown)))
        parts.append(_("all of %(what)s") % {"what": what})
    if figure.scale != 1:
        parts.append(_("multiplied by %(scale)s") % {"scale": f"{figure.scale:g}"})
    return ", ".join(parts) + "."


def _rest(plan: Plan) -> Iterator[str]:
    if plan.note:
        yield _("%(columns)s is kept as the note.") % {"columns": _quoted(plan.note)}
    if plan.indicators:
        yield ngettext(
            "%(number)s word of the file is matched with an indicator.",
            "%(number)s words of the file are matched with indicators.",
            len(plan.indicators),
        ) % {"number": len(plan.indicators)}
    if plan.unmatched == "left out":
        yield _("Figures of indicators that are not matched are left out.")
    if plan.scales:
        yield _("Values of some indicators are multiplied, because the file gives them in another measure.")
    if plan.year_ends:
        yield _("For some indicators a year in the file is the one in which a split year ends: 2024 means 2023/24.")
    for text, ours in plan.marks.items():
        yield _marker(text, ours)
    yield {
        "left out": _("Empty cells are left out."),
        "x": _("An empty cell means that the figure is not available."),
        "wrong": _("An empty cell is a mistake."),
    }[plan.blank]
    if plan.repeats == "same left out":
        yield _("A row that says the same as an earlier one is left out.")


def _marker(text: str, ours: str) -> str:
    words = {"text": _quoted([text]), "marker": ours}
    return _("%(text)s means %(marker)s.") % words if ours else _("%(text)s stands for no figure.") % words


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(_("the columns without a name") if name == UNNAMED else f"“{name}”" for name in names)
