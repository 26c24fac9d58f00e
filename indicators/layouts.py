"""How a published table becomes figures, as data: what a layout may say, and what it says.

A layout is written once, as JSON or YAML that fixtures/layouts/schema.json describes, and reused when the publisher's
next file comes. `plan` makes of that data a Plan, which `indicators.batches` applies to rows.

A column is named as the file names it, in any case, with or without footnote marks, or by its place: "column C". The
name "unnamed columns" stands for the columns before the first named one, from the right: in a table whose rows are
nested, the most specific name is the last one in its row.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from indicators import shorthand
from indicators.tables import same_name
from partnerships import yamlfile

COLUMNS = (
    "indicator",
    "area",
    "period",
    "value",
    "lower",
    "upper",
    "numerator",
    "denominator",
    "breakdown",
    "note",
)
REQUIRED = COLUMNS[:4]
BESIDE_VALUE = ("lower", "upper", "numerator", "denominator")
OWN_NAME = "own"
UNNAMED = "unnamed columns"
SCHEMA_FILE = Path(__file__).parent.parent / "fixtures" / "layouts" / "schema.json"


class LayoutError(Exception):
    """Layout data that cannot be used; `sentences` say where in it and what is wrong."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("; ".join(sentences))
        self.sentences = sentences


class LeftOut(NamedTuple):
    """A row or a cell that is no mistake but gives no figure either; `text` is what stands in it, as typed."""

    row: int
    text: str
    reason: str


@dataclass(frozen=True)
class Selection:
    """Only rows whose cell is one of `texts` are read or, where not `wanted`, only the others.

    A text with a star at its end means all that begin so: "E07*". A column that a file lacks counts as empty cells.
    """

    column: str
    texts: tuple[str, ...]
    wanted: bool = True

    def reads(self, text: str) -> bool:
        folded = same_name(text)
        beginnings = tuple(same_name(word[:-1]) for word in self.texts if len(word) > 1 and word.endswith("*"))
        listed = folded in {same_name(word) for word in self.texts} or (
            bool(beginnings) and folded.startswith(beginnings)
        )
        return listed == self.wanted


@dataclass(frozen=True)
class Given:
    """Where the area, the period or the indicator of a figure stands.

    In `columns`, in the line above the table that begins with `preamble`, or nowhere, so that it is a `constant`.
    """

    columns: tuple[str, ...] = ()
    constant: str = ""
    preamble: str | None = None


@dataclass(frozen=True)
class Group:
    """A column of groups. Its dimension is a word, the text of another column, or part of the text ("sex: Female")."""

    column: str
    dimension: str = ""
    dimension_column: str = ""


@dataclass(frozen=True)
class Breakdown:
    """`everyone` are the texts that mean no group; `dimensions` gives our word for a text of a dimension column.

    `others` says that every further column of words is a group too, its header the dimension: publishers add such
    columns from table to table.
    """

    columns: tuple[Group, ...] = ()
    everyone: tuple[str, ...] = ()
    dimensions: Mapping[str, str] = field(default_factory=dict)
    others: bool = False
    constant: str = ""


@dataclass(frozen=True)
class Figure:
    """A column of values, the columns beside it, and what its figures are where that differs from the rest."""

    value: str
    lower: str = ""
    upper: str = ""
    numerator: str = ""
    denominator: str = ""
    flag: str = ""
    indicator: str = ""
    area: str = ""
    period: str = ""
    breakdown: str = ""
    scale: float = 1


@dataclass(frozen=True)
class Across:
    """Columns of values whose headers say what they are `of`; no `columns` means every one that reads as such."""

    of: str
    columns: tuple[str, ...] = ()
    dimension: str = ""


@dataclass(frozen=True)
class Plan:
    """A layout. Two texts or names that differ in case, spaces and underscores only are the same throughout."""

    name: str
    title: str = ""
    publisher: str = ""
    recognised_by: tuple[str, ...] = ()
    # Texts with which a line above the table begins, and contents: "areas by periods" or "periods by areas".
    recognised_above: tuple[str, ...] = ()
    recognised_as: str = ""
    header_rows: int = 1
    # The number of the row with the header, where nothing else tells it.
    header_row: int = 0
    sheet: str = ""
    select: tuple[Selection, ...] = ()
    # The table ends above the first row that begins with one of these texts.
    until: tuple[str, ...] = ()
    area: Given = Given()
    period: Given = Given()
    indicator: Given = Given()
    breakdown: Breakdown = Breakdown()
    note: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    across: Across | None = None
    fill_down: tuple[str, ...] = ()
    # Columns that are neither values nor groups, where the layout takes all that is left for one of these.
    not_read: tuple[str, ...] = ()
    indicators: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    # By what their values are multiplied, by the publisher's word for the indicator.
    scales: Mapping[str, float] = field(default_factory=dict)
    # Our indicators for which this file writes a split year as the year in which it ends: 2024 is 2023/24.
    year_ends: tuple[str, ...] = ()
    # What stands in a column of limits where there are none.
    no_limit: tuple[str, ...] = ()
    # In which style periods are written: one of indicators.periods.STYLES.
    periods: str = "published"
    marks: Mapping[str, str] = field(default_factory=dict)
    blank: str = "left out"
    repeats: str = "wrong"
    # What becomes of figures whose indicator is not among `indicators`: "left out", or "kept" with the text as code.
    unmatched: str = "kept"

    @property
    def is_own(self) -> bool:
        return self.name == OWN_NAME

    @cached_property
    def markers(self) -> Mapping[str, str] | None:
        """What texts mean in this file, for `shorthand.read`; nothing for the app's own layout, which is strict."""
        if self.is_own:
            return None
        marks = {**shorthand.PUBLISHED, **{text.casefold(): ours for text, ours in self.marks.items()}}
        if self.blank != "left out":
            marks.pop("", None)
        return marks

    @cached_property
    def nothing(self) -> frozenset[str]:
        """The texts, folded, of cells that give no figure and are left out."""
        texts = {text for text, ours in (self.markers or {}).items() if not ours} - {""}
        return frozenset(texts | {""} if self.blank == "left out" else texts)

    @property
    def columns(self) -> frozenset[str]:
        """Our columns that a file in this layout may give."""
        given = {ours for figure in self.figures for ours in BESIDE_VALUE if getattr(figure, ours)}
        groups = self.breakdown != Breakdown() or any(figure.breakdown for figure in self.figures)
        groups = groups or bool(self.across and self.across.of == "breakdown")
        return frozenset((*REQUIRED, *given, *(["breakdown"] if groups else []), *(["note"] if self.note else [])))

    @property
    def names(self) -> dict[str, str]:
        """Our column to their header, for sentences; what stands in no column, or in several, is not among them."""
        several = {
            "area": self.area.columns,
            "period": self.period.columns,
            "indicator": self.indicator.columns,
            "breakdown": tuple(group.column for group in self.breakdown.columns),
            "note": self.note,
        }
        for ours in ("value", *BESIDE_VALUE):
            several[ours] = tuple(filter(None, (getattr(figure, ours) for figure in self.figures)))
        return {ours: theirs[0] for ours, theirs in several.items() if len(theirs) == 1 and theirs[0] != UNNAMED}

    @cached_property
    def indicator_codes(self) -> dict[str, str]:
        return {same_name(text): code for text, code in self.indicators.items()}

    def code_of(self, text: str) -> str | None:
        """Our code for a publisher's word, the whole of it or one of the parts that " | " joins."""
        parts = (text, *text.split(" | "))
        return next(filter(None, (self.indicator_codes.get(same_name(part)) for part in parts)), None)

    def scale_of(self, indicator: str, figure: Figure) -> float:
        """By what the values of a column are multiplied for a publisher's word of an indicator."""
        for part in (indicator, *indicator.split(" | ")):
            if (scale := self._scales.get(same_name(part))) is not None:
                return scale
        return figure.scale

    @cached_property
    def _scales(self) -> dict[str, float]:
        return {same_name(text): scale for text, scale in self.scales.items()}


OWN = Plan(
    name=OWN_NAME,
    title="The application's own columns",
    recognised_by=REQUIRED,
    area=Given(("area",)),
    period=Given(("period",)),
    indicator=Given(("indicator",)),
    breakdown=Breakdown((Group("breakdown"),)),
    note=("note",),
    figures=(Figure(*COLUMNS[3:8]),),
    periods="own",
    blank="wrong",
)


def plan(data: Mapping[str, Any]) -> Plan:
    """The layout that the data describes. Raises LayoutError with everything wrong with it."""
    try:
        yamlfile.check(yamlfile.Document("", data, {}, {}), _schema())
    except yamlfile.Rejected as error:
        sentences = (f"{problem.column or _('the layout')}: {problem.message}" for problem in error.problems)
        raise LayoutError(*sentences) from error
    made = _made(data)
    if sentences := list(_contradictions(made)):
        raise LayoutError(*sentences)
    return made


def data_of(made: Plan) -> dict[str, Any]:
    """The data that describes a layout: `plan` makes the same of it again."""
    data = {
        item.name: value
        for item in fields(Plan)
        if (value := _plain(getattr(made, item.name))) or item.name in ("name", "title")
        if value != _plain(_default(item.name))
    }
    rows, row = data.pop("header_rows", 1), data.pop("header_row", 0)
    if header := {key: value for key, value in (("rows", rows), ("row", row)) if value != {"rows": 1, "row": 0}[key]}:
        data["header"] = header
    if "marks" in data:
        data["markers"] = data.pop("marks")
    if "note" in data:
        data["note"] = {"columns": data["note"]}
    if made.select:
        data["select"] = [
            {"column": chosen.column, "is" if chosen.wanted else "not": list(chosen.texts)} for chosen in made.select
        ]
    return data


@cache
def _schema() -> dict:
    return json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))


def _default(name: str) -> Any:
    return getattr(Plan(name=""), name)


def _plain(value: Any) -> Any:
    """Dataclasses as dicts without what is empty or 1, tuples as lists."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        parts = {item.name: (getattr(value, item.name), item.default) for item in fields(value)}
        return {name: _plain(part) for name, (part, default) in parts.items() if part != default and part != {}}
    return dict(value) if isinstance(value, Mapping) else value


def _made(data: Mapping[str, Any]) -> Plan:
    parts = dict(data)
    header = parts.pop("header", {})
    made: dict[str, Any] = {"header_rows": header.get("rows", 1), "header_row": header.get("row", 0)}
    made["marks"] = parts.pop("markers", {})
    made["note"] = tuple(parts.pop("note", {}).get("columns", ()))
    made["select"] = tuple(
        Selection(item["column"], tuple(item.get("is") or item["not"]), "is" in item)
        for item in parts.pop("select", ())
    )
    for name in ("area", "period", "indicator"):
        made[name] = _one(Given, parts.pop(name, {}))
    groups = dict(parts.pop("breakdown", {}))
    groups["columns"] = tuple(_one(Group, group) for group in groups.get("columns", ()))
    made["breakdown"] = _one(Breakdown, groups)
    made["figures"] = tuple(_one(Figure, figure) for figure in parts.pop("figures", ()))
    made["across"] = _one(Across, parts.pop("across")) if "across" in parts else None
    return _one(Plan, {**parts, **made})


def _one(kind: type, data: Mapping[str, Any]) -> Any:
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in data.items()})


def _contradictions(made: Plan) -> Iterator[str]:
    """What the schema cannot see."""
    if not made.figures and made.across is None:
        yield _("figures: say which columns hold the values, or what runs across the columns")
    across = made.across.of if made.across else ""
    for name, words in (("area", _("area")), ("period", _("period"))):
        everywhere = made.figures and all(getattr(figure, name) for figure in made.figures)
        if getattr(made, name) == Given() and across != name and not everywhere:
            yield _("%(name)s: say in which columns the %(words)s stands, or which it is") % {
                "name": name,
                "words": words,
            }
    if across == "breakdown" and not made.across.dimension:
        yield _("across: say what the columns break down, such as sex: write it as the dimension")
    if across and across != "indicator" and not made.figures and made.indicator == Given():
        yield _("indicator: say in which columns the indicator stands, or which it is")
