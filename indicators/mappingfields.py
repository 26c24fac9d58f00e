"""The fields of the mapping page: selects of columns, of measures and of areas, each with what is likeliest first."""

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms_gds.layout import Div
from django import forms
from django.utils.html import conditional_escape, escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.layouts import UNNAMED
from indicators.mapping import ABOVE, BESIDE, CODE, COLUMN, GIVEN, TEXT
from indicators.matching import candidates
from indicators.workbench import Word, Workbench
from partnerships.problems import shortened

Fields = dict[str, forms.Field]

LONGEST_LABEL, EXAMPLES = 110, 4
SPARE_GROUPS = 1


class Details(Div):
    """Fields that few need, behind a summary; open where one of them has an error."""

    template = "indicators/_mapping_details.html"

    def __init__(self, summary: str, *fields: Any, is_open: bool = False) -> None:
        super().__init__(*fields)
        self.summary, self.is_open = summary, is_open

    def render(self, form, context, template_pack="gds", **kwargs):
        names = {pointer.name for pointer in self.get_field_names()}
        self.is_open = self.is_open or bool(names & set(form.errors))
        return super().render(form, context, template_pack=template_pack, **kwargs)


def part_fields(bench: Workbench, now: Mapping[str, str]) -> Fields:
    """Area, period and indicator, what runs across, and the further columns that they may stand in."""
    columns = [(COLUMN + name, label) for name, label in column_choices(bench, now)]
    areas = [(CODE + code, names[0]) for code, names in bench.areas.items()]
    measures = [(CODE + code, names[0]) for code, names in by_name(bench.indicators)]
    of_columns, of_all = (_("It stands in the column"), columns), _("Every figure is of")
    written = (TEXT, _("The same for all: as written below"))

    def offered(part: str, otherwise: str, *choices: tuple) -> list[tuple]:
        is_above = now.get(f"{part}_1") == ABOVE or "preamble" in bench.base.get(part, {})
        above = [(ABOVE, _("As the line above the table says"))] if is_above else []
        nothing = _("As the names of the columns say") if now.get("across") == part else otherwise
        return [("", nothing), *above, *choices]

    fields: Fields = {
        "area_1": select(_("Area"), offered("area", _("Choose"), of_columns, (of_all, areas))),
        "period_1": select(_("Period"), offered("period", _("Choose"), written, of_columns)),
        "period_text": forms.CharField(
            label=_("Period of every figure"),
            help_text=_("Only where it stands in no column. Such as 2023/24."),
            required=False,
            max_length=60,
        ),
        "indicator_1": select(
            _("Measure"),
            offered("indicator", _("Each column of values has its own"), of_columns, (of_all, measures)),
        ),
    }
    return fields | _further_fields(columns, now) | _across_fields()


def _further_fields(columns: list[tuple[str, str]], now: Mapping[str, str]) -> Fields:
    labels = {
        "area": _("Area, where that cell is empty"),
        "period": _("Period, the second part of it"),
        "indicator": _("Measure, the second part of it"),
    }
    return {
        f"{part}_{number}": select(label, [("", _("No other column")), *columns])
        for part, label in labels.items()
        for number in range(2, max(2, highest(now, part)) + 1)
    }


def _across_fields() -> Fields:
    of = [
        ("", _("Neither periods, areas nor groups")),
        ("period", _("Periods")),
        ("area", _("Areas")),
        ("breakdown", _("Groups")),
        ("indicator", _("Measures, as the file calls them")),
    ]
    dimension = forms.CharField(
        label=_("If groups: by what"), help_text=_("Such as sex or age."), required=False, max_length=100
    )
    return {"across": select(_("The names of the columns of values are"), of), "across_dimension": dimension}


def value_fields(bench: Workbench, now: Mapping[str, str]) -> Fields:
    """One for every column in which figures stand, or that is read as such."""
    names = bench.indicators
    measures = [(CODE + code, of_code[0]) for code, of_code in by_name(names)]
    taken = {text.removeprefix(COLUMN) for name, text in now.items() if name.startswith(("area_", "period_", "group_"))}
    fields: Fields = {}
    for place, name in enumerate(bench.names):
        field = f"value_{place}"
        if not now.get(field) and (name not in bench.look.of_figures or name in taken):
            continue
        likely = [(CODE + code, names[code][0]) for code, _likeness in candidates(name, names, 3)]
        offered = [("", _("Not read")), (GIVEN, _("As said above"))]
        offered += [(_("Likeliest"), likely)] if likely else []
        fields[field] = select(shortened(name, LONGEST_LABEL), [*offered, (_("All measures"), measures)])
        fields[field].help_text = escape(", ".join(_examples(bench, place)))
    return fields


def _examples(bench: Workbench, place: int) -> list[str]:
    texts = (row.cells[place].strip() for row in bench.look.body[:40] if place < len(row.cells))
    return [shortened(text, 20) for text in dict.fromkeys(filter(None, texts))][:EXAMPLES]


def beside_fields(bench: Workbench, now: Mapping[str, str], values: Iterable[str]) -> Fields:
    """Limits and counts of the columns that are read; of the others only what is said already."""
    labels = {
        "lower": _("Lower limit"),
        "upper": _("Upper limit"),
        "numerator": _("Numerator"),
        "denominator": _("Denominator"),
        "flag": _("Flags, such as p for provisional"),
    }
    columns = [("", _("No column")), *column_choices(bench, now)]
    fields: Fields = {}
    for name in values:
        place = name.removeprefix("value_")
        has_any = any(now.get(f"{what}_{place}") for what in BESIDE)
        if has_any or now.get(name, "").startswith(CODE) or (now.get(name) and not now.get("across")):
            of = bench.names[int(place)]
            fields |= {f"{what}_{place}": select(_of(label, of), columns) for what, label in labels.items()}
            fields[f"scale_{place}"] = select(_of(_("Scale"), of), _scales(now.get(f"scale_{place}", "1")))
    return fields


def _of(label: str, column: str) -> str:
    """A label that says to those who do not see its place which column it is about."""
    hidden = _("of %(column)s") % {"column": shortened(column, LONGEST_LABEL)}
    return format_html('{}<span class="govuk-visually-hidden"> {}</span>', label, hidden)


def _scales(now: str) -> list[tuple[str, str]]:
    known = [
        ("1", _("As it is")),
        ("100", _("A fraction of 1, to be per cent")),
        ("1000", _("In thousands")),
        ("0.01", _("Per cent, to be a fraction of 1")),
    ]
    return known if now in dict(known) or not now else [*known, (now, _("Multiplied by %(scale)s") % {"scale": now})]


def closer_fields(bench: Workbench, now: Mapping[str, str]) -> Fields:
    """What few files need: groups, which rows are read, and what stands for no number."""
    columns = [("", _("No column")), *column_choices(bench, now)]
    fields = _group_fields(bench, now, columns) | _row_fields(columns)
    for number in range(1, max(1, highest(now, "note")) + 1):
        fields[f"note_{number}"] = select(_("Notes"), columns)
    for number in range(1, max(1, highest(now, "fill")) + 1):
        fields[f"fill_{number}"] = select(_("An empty cell means the same as above in"), columns)
    return fields


def _group_fields(bench: Workbench, now: Mapping[str, str], columns: list[tuple[str, str]]) -> Fields:
    fields: Fields = {}
    for number in range(1, highest(now, "group") + SPARE_GROUPS + 1):
        which = {"number": number}
        fields[f"group_{number}"] = select(_("Column of groups %(number)s") % which, columns)
        fields[f"dimension_{number}"] = forms.CharField(
            label=_("Groups %(number)s by") % which,
            help_text=_dimension_help(bench, now, number),
            required=False,
            max_length=100,
        )
    fields["everyone"] = lines(_("Words that mean everyone"), _("One on each line, such as Total or All."))
    return fields


def _row_fields(columns: list[tuple[str, str]]) -> Fields:
    kinds = [("is", _("Read those with these words")), ("not", _("Leave out those with these words"))]
    blank = [
        ("left out", _("is left out")),
        ("x", _("means that the figure is not available")),
        ("wrong", _("is a mistake")),
    ]
    styles = [
        ("published", _("As publishers usually do")),
        ("years", _("“2009-11” is three years")),
        ("months", _("“2009-11” is a month")),
        ("own", _("As this site writes them")),
    ]
    marks = _("One on each line, such as “<5 = c”: c is suppressed, x not available, z not applicable, k a low number.")
    return {
        "select_column": select(_("Read rows only by what stands in"), columns),
        "select_kind": select(_("and then"), kinds),
        "select_texts": lines(_("The words"), _("One on each line. A star at the end means whatever follows: E07*")),
        "blank": select(_("An empty cell"), blank),
        "markers": lines(_("Marks in place of a number"), marks),
        "repeats": select(
            _("A row that says the same as an earlier one"),
            [("wrong", _("is a mistake")), ("same left out", _("is left out"))],
        ),
        "periods": select(_("How periods are written"), styles),
    }


def _dimension_help(bench: Workbench, now: Mapping[str, str], number: int) -> str:
    column = now.get(f"group_{number}")
    for group in bench.base.get("breakdown", {}).get("columns", ()):
        if group["column"] == column and "dimension_column" in group:
            return escape(_("Empty: as “%(column)s” says.") % {"column": group["dimension_column"]})
    return _("Such as sex or age.")


def matched_field(word: Word, names: Mapping[str, list[str]]) -> forms.ChoiceField:
    """What a word of the file is: the likeliest first, then all; nothing is matched unless somebody says so."""
    likely = [(code, names[code][0]) for code in word.likeliest]
    everything = [(code, of_code[0]) for code, of_code in by_name(names)]
    offered = [("", _("Leave out")), *([(_("Likeliest"), likely)] if likely else []), (_("All"), everything)]
    figures = ngettext("%(number)s figure", "%(number)s figures", word.figures) % {"number": word.figures}
    return select(f"{shortened(word.text, LONGEST_LABEL)} ({figures})", offered)


def column_choices(bench: Workbench, now: Mapping[str, str]) -> list[tuple[str, str]]:
    """The columns of the file, and those that the layout speaks of though the file has them not."""
    names = [name for name in bench.names if name]
    begins = ("area_", "period_", "indicator_", "group_", "note_", "fill_", "lower_", "upper_", "numerator_",
              "denominator_", "flag_", "select_column")  # fmt: skip
    chosen = [text.removeprefix(COLUMN) for name, text in bench.initial.items() if name.startswith(begins)]
    spoken = [text for text in chosen if text not in names and not text.startswith(CODE)]
    spoken = [text for text in spoken if text not in (ABOVE, TEXT)]
    labels = {UNNAMED: _("the columns without a name")}
    return [(name, labels.get(name, shortened(name, LONGEST_LABEL))) for name in dict.fromkeys([*names, *spoken])]


def by_name(names: Mapping[str, list[str]]) -> list[tuple[str, list[str]]]:
    return sorted(names.items(), key=lambda pair: pair[1][0].casefold())


def highest(now: Mapping[str, str], begins: str) -> int:
    """The highest number of the fields that begin so."""
    ends = (name.removeprefix(f"{begins}_") for name in now if name.startswith(f"{begins}_"))
    return min(max((int(end) for end in ends if end.isdecimal() and len(end) < 3), default=0), 20)


def select(label: str, choices: list) -> forms.ChoiceField:
    """Labels of the form pack are markup, so what stands in a file must not be."""
    return forms.ChoiceField(
        label=conditional_escape(label),
        choices=choices,
        required=False,
        error_messages={"invalid_choice": _("Choose one of those listed")},
    )


def lines(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=5000
    )
