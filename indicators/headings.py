"""A layout held against the header of one file: which column is what, which are not read, and what is missing."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators import periods, shorthand
from indicators.layouts import BESIDE_VALUE, REQUIRED, UNNAMED, Figure, Given, Plan
from indicators.tables import Row, clean_name, guess_header, header_names, same_name
from partnerships.problems import Problem, shortened

# So far down a header is looked for; a preamble is shorter.
HEAD = 100
BY_PLACE = re.compile(r"column ([a-z]{1,3})", re.IGNORECASE)


@dataclass(frozen=True)
class Measure:
    """One column of values: the places, from 0, of it and of what stands beside it, and what is the same for it all."""

    place: int
    beside: dict[str, int]
    flag: int | None
    figure: Figure
    # What the header itself says of its column, as "period", "area", "indicator" or "breakdown".
    says: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Heading:
    """The columns of one file by what they are, each by its place from 0; `problems` say why it cannot be read so."""

    plan: Plan
    file: str
    row: int
    names: tuple[str, ...]
    # How many cells the header has; those behind the last name are empty.
    width: int
    measures: tuple[Measure, ...] = ()
    area: tuple[int, ...] = ()
    period: tuple[int, ...] = ()
    indicator: tuple[int, ...] = ()
    note: tuple[int, ...] = ()
    # Place of the group, its dimension as a word, and the place of its dimension.
    groups: tuple[tuple[int, str, int | None], ...] = ()
    constants: dict[str, str] = field(default_factory=dict)
    # Columns of values whose indicator nobody has matched yet.
    unmatched: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def used(self) -> tuple[int, ...]:
        """The places of every column whose cells reach a figure."""
        found = {*self.area, *self.period, *self.indicator, *self.note}
        for place, _dimension, dimension_place in self.groups:
            found |= {place, dimension_place} - {None}
        for measure in self.measures:
            found |= {measure.place, *measure.beside.values(), measure.flag} - {None}
        return tuple(sorted(found))

    @cached_property
    def ignored(self) -> tuple[str, ...]:
        """The names of the columns that are not read."""
        looked_at = {*self.used, *places(self.names, (chosen.column for chosen in self.plan.select))}
        return tuple(name for place, name in enumerate(self.names) if name and place not in looked_at)

    def header_of(self, ours: str) -> str:
        """What the file calls one of our columns; nothing where it stands in no column, or in several."""
        if ours == "breakdown":
            found = [place for place, _dimension, _by in self.groups]
        elif ours in BESIDE_VALUE:
            found = [measure.beside[ours] for measure in self.measures if ours in measure.beside]
        else:
            found = list(getattr(self, ours))
        return self.name(found[0]) if len(found) == 1 else ""

    def name(self, place: int) -> str:
        return self.names[place] if place < len(self.names) else ""


def header_at(head: Sequence[Row], plan: Plan) -> int | None:
    """The index in the first rows of the one that the layout's header begins with, None where there is none."""
    wanted = [same_name(name) for name in plan.recognised_by]
    if wanted:
        for index in range(min(len(head), HEAD)):
            names = {spelling for name in names_at(head, index, plan) for spelling in (same_name(name), _bare(name))}
            if names.issuperset(wanted):
                return index
        return None
    if plan.header_row:
        return next((index for index, row in enumerate(head) if row.number == plan.header_row), None)
    return guess_header(head)[0] if plan.recognised_above else None


def names_at(head: Sequence[Row], index: int, plan: Plan) -> tuple[str, ...]:
    """The name of every column; in the app's own layout exactly as typed, since it is strict about twins."""
    if plan.is_own:
        names = [" ".join(name.split()) for name in head[index].cells]
        while names and not names[-1]:
            names.pop()
        return tuple(names)
    return header_names(head[index : index + plan.header_rows])


def places(names: Sequence[str], wanted: Iterable[str]) -> list[int]:
    """The places of the wanted columns that are there, in the order wanted."""
    found = []
    for name in wanted:
        found += _unnamed(names) if name == UNNAMED else [place for place in [_place(names, name)] if place is not None]
    return found


def heading(head: Sequence[Row], index: int | None, plan: Plan, *, file: str) -> Heading:
    """The layout held against the header at this index of the first rows; None takes the first row for the header."""
    at = index or 0
    names = names_at(head, at, plan)
    above = head[:at]
    groups = tuple(_groups(names, plan, head[at + plan.header_rows :]))
    constants = dict(_constants(plan, above))
    measures, unmatched = _measures(names, plan, constants, {place for place, _word, _by in groups})
    found = Heading(
        plan,
        file,
        head[at].number,
        names,
        max(len(row.cells) for row in head[at : at + plan.header_rows]),
        measures,
        *(tuple(places(names, getattr(plan, part).columns)) for part in ("area", "period", "indicator")),
        tuple(places(names, plan.note)),
        groups,
        constants,
        unmatched,
    )
    return Heading(**{**vars(found), "problems": tuple(_problems(found))})


def _place(names: Sequence[str], wanted: str) -> int | None:
    folded = same_name(wanted)
    for spelling in (same_name, _bare):
        for place, name in enumerate(names):
            if name and spelling(name) == folded:
                return place
    if match := BY_PLACE.fullmatch(wanted):
        place = 0
        for letter in match[1].upper():
            place = 26 * place + ord(letter) - 64
        return place - 1 if place <= len(names) else None
    return None


def _bare(name: str) -> str:
    return same_name(clean_name(name))


def _unnamed(names: Sequence[str]) -> list[int]:
    """The columns before the first with a name of its own, from the right."""
    first = next((place for place, name in enumerate(names) if name and not BY_PLACE.fullmatch(name)), len(names))
    return list(range(first))[::-1]


def _constants(plan: Plan, above: Sequence[Row]) -> Iterator[tuple[str, str]]:
    for part in ("area", "period", "indicator"):
        given: Given = getattr(plan, part)
        if given.constant:
            yield part, given.constant
        elif given.preamble is not None:
            yield part, _said_above(above, given.preamble)
    if plan.breakdown.constant:
        yield "breakdown", plan.breakdown.constant


def _said_above(above: Sequence[Row], begins: str) -> str:
    """What follows these words above the table, in their cell or the next; with no words the last part of the title.

    StatsWales writes the path to a table into its first cell: "Health > Births > Live births".
    """
    for row in above:
        cells = [cell.strip() for cell in row.cells if cell.strip()]
        if cells and not begins:
            return cells[0].rpartition(" > ")[2]
        for cell, following in zip(cells, [*cells[1:], ""], strict=True):
            if cell.casefold().startswith(begins.casefold()):
                return cell[len(begins) :].strip() or following
    return ""


def _groups(names: Sequence[str], plan: Plan, rows: Sequence[Row]) -> Iterator[tuple[int, str, int | None]]:
    for group in plan.breakdown.columns:
        place, by = _place(names, group.column), None
        if group.dimension_column:
            by = _place(names, group.dimension_column)
        if place is not None:
            yield place, group.dimension, by
    if plan.breakdown.others:
        values = {getattr(figure, column) for figure in plan.figures for column in ("value", *BESIDE_VALUE)}
        for place in _free(names, plan, set(places(names, values))):
            if _are_words([row.cells[place].strip() for row in rows if place < len(row.cells)], plan):
                yield place, names[place].replace("_", " ").casefold(), None


def _are_words(texts: Sequence[str], plan: Plan) -> bool:
    """Whether a column names groups, rather than hold figures and what stands for them."""
    filled = {text for text in texts if text}
    return bool(filled) and not any(is_figure(text, plan.markers) for text in filled)


def is_figure(text: str, markers: Mapping[str, str] | None) -> bool:
    """Whether a text is a number, or what stands for one."""
    try:
        shorthand.read(text, markers)
    except shorthand.ShorthandError:
        return False
    return True


def _measures(
    names: Sequence[str], plan: Plan, constants: dict[str, str], grouped: set[int]
) -> tuple[tuple[Measure, ...], tuple[str, ...]]:
    """The columns of values, and the names of those whose indicator is not matched."""
    found = [measure for figure in plan.figures if (measure := _measure(names, figure)) is not None]
    if plan.across:
        taken = {place for measure in found for place in (measure.place, *measure.beside.values())} | grouped
        found += _across(names, plan, taken)
    by_header = not plan.indicator.columns
    unmatched = []
    if by_header and plan.unmatched == "left out":
        for measure in found:
            text = indicator_text(measure, constants.get("indicator", ""), names[measure.place])
            if not measure.figure.indicator and not plan.indicator.constant and plan.code_of(text) is None:
                unmatched.append(measure)
    # Where nothing at all is matched the whole table is left out figure by figure, so that the page can say why.
    kept = [measure for measure in found if measure not in unmatched]
    return tuple(kept), tuple(names[measure.place] for measure in unmatched)


def indicator_text(measure: Measure, given: str, header: str) -> str:
    """What the publisher calls the indicator of a column: what its rows or the preamble say, then its header."""
    said = measure.says.get("indicator", "")
    return " | ".join(filter(None, (given, said))) or header


def _measure(names: Sequence[str], figure: Figure) -> Measure | None:
    place = _place(names, figure.value)
    if place is None:
        return None
    beside = {ours: _place(names, theirs) for ours in BESIDE_VALUE if (theirs := getattr(figure, ours))}
    flag = _place(names, figure.flag) if figure.flag else None
    return Measure(place, {ours: at for ours, at in beside.items() if at is not None}, flag, figure)


def _across(names: Sequence[str], plan: Plan, taken: set[int]) -> Iterator[Measure]:
    across = plan.across
    chosen = places(names, across.columns) if across.columns else _free(names, plan, taken)
    for place in chosen:
        text = clean_name(names[place])
        if across.of == "breakdown":
            everyone = same_name(text) in {same_name(word) for word in plan.breakdown.everyone}
            text = "" if everyone else f"{across.dimension}: {text}"
        yield Measure(place, {}, None, Figure(names[place]), {across.of: text})


def _free(names: Sequence[str], plan: Plan, taken: set[int]) -> Iterator[int]:
    """The named columns that nothing else in the layout speaks of and, for periods across, whose names read as one."""
    spoken_of = {*plan.area.columns, *plan.period.columns, *plan.indicator.columns, *plan.note, *plan.fill_down}
    spoken_of |= {*plan.not_read, *(chosen.column for chosen in plan.select)}
    for group in plan.breakdown.columns:
        spoken_of |= {group.column, group.dimension_column} - {""}
    taken = taken | set(places(names, spoken_of))
    of_periods = plan.across is not None and plan.across.of == "period"
    for place, name in enumerate(names):
        if place not in taken and not BY_PLACE.fullmatch(name) and (not of_periods or reads_as_period(name)):
            yield place


def reads_as_period(text: str, style: str = "years") -> bool:
    """Whether a text is a period in a style of periods; that of "years" is the widest."""
    try:
        periods.read(clean_name(text), style=style)
    except periods.PeriodError:
        return False
    return True


def _problems(found: Heading) -> Iterator[Problem]:
    plan, where = found.plan, (found.file, found.row)
    if plan.is_own:
        folded = [same_name(name) for name in found.names]
        for place, name in enumerate(found.names):
            if name and folded[place] in folded[:place]:
                yield Problem(_("two columns have this name: rename or remove one"), *where, name)
    if missing := list(_missing(found)):
        yield Problem(_missing_sentence(found.names, missing), *where)


def _missing(found: Heading) -> Iterator[str]:
    """The names of columns without which the layout cannot be read."""
    plan = found.plan
    for part in REQUIRED[:3]:
        wanted = getattr(plan, part).columns
        # Of the columns for the area one is enough: the most specific that is there.
        if wanted and not places(found.names, wanted):
            yield wanted[0]
        elif part != "area":
            yield from (name for name in wanted if not places(found.names, [name]))
    for chosen in plan.select:
        if _place(found.names, chosen.column) is None and not chosen.reads(""):
            yield chosen.column
    if plan.figures and not found.measures and not found.unmatched:
        yield plan.figures[0].value


def _missing_sentence(names: Sequence[str], missing: list[str]) -> str:
    sentence = ngettext(
        "there is no column %(missing)s; the first row with anything in it names: %(found)s",
        "there are no columns %(missing)s; the first row with anything in it names: %(found)s",
        len(missing),
    )
    quoted = ", ".join(f"'{name}'" for name in missing)
    return sentence % {"missing": quoted, "found": shortened(", ".join(filter(None, names)), 300)}
