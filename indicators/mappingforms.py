"""The forms of the mapping page: which sheet and header, what its columns are, and the words of a saved layout."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

import yaml
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import HTML, Button, Div, Field, Fieldset, Fixed, Fluid, Size
from crispy_forms_gds.layout import Layout as Arrangement
from django import forms
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from indicators import layouts, mapping
from indicators.firstlook import MOST_HEADER_ROWS, MOST_HEADERS, Look
from indicators.layouts import LayoutError
from indicators.mapping import GIVEN, TEXT
from indicators.mappingfields import Details, beside_fields, closer_fields, matched_field, part_fields, value_fields
from indicators.workbench import Workbench
from partnerships import yamlfile

LONGEST_TITLE = 200
# More columns of values than these stand behind a summary, unless they are read or likely.
MOST_VALUES = 8


class SheetForm(forms.Form):
    """Which sheet, and where its header is. Works by GET, so that the choice is in the address."""

    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False)
    header = forms.ChoiceField(label=gettext_lazy("The names of the columns are in row"), required=False)
    rows = forms.ChoiceField(label=gettext_lazy("Rows of names"), required=False)
    # The sheet whose rows these are: another one has its header elsewhere.
    of = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, look: Look) -> None:
        now = {"sheet": look.sheet, "of": look.sheet, "header": look.header_number, "rows": look.header_rows}
        super().__init__(initial=now)
        self.fields["sheet"].choices = [(name, name) for name in look.sheets]
        self.fields["header"].choices = [(row.number, row.number) for row in look.head[:MOST_HEADERS]]
        self.fields["rows"].choices = [(number, number) for number in range(1, MOST_HEADER_ROWS + 1)]
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.form_class = "app-filter"
        shown = [*(["sheet"] if len(look.sheets) > 1 else []), "header", "rows", "of"]
        self.helper.layout = Arrangement(*shown, Button.secondary("", _("Show"), css_id="id_show"))


class MappingForm(forms.Form):
    """What every column is. Its fields are those of `indicators.mapping`, and how to save it."""

    keep = forms.BooleanField(label=gettext_lazy("Save this as a layout, for next year's file"), required=False)
    title = forms.CharField(
        label=gettext_lazy("Title of the layout"),
        help_text=gettext_lazy("Such as the name of the publication, without its year."),
        max_length=LONGEST_TITLE,
        required=False,
    )

    def __init__(self, data: Mapping[str, str] | None, *, bench: Workbench, title: str) -> None:
        super().__init__(data, initial={**bench.initial, "keep": True, "title": title})
        self.bench = bench
        self.made: dict[str, Any] = {}
        now = {**bench.initial, **data.dict()} if data is not None else bench.initial
        self.values = value_fields(bench, now)
        self.fields |= part_fields(bench, now) | self.values | beside_fields(bench, now, self.values)
        self.fields |= closer_fields(bench, now)
        self.words = {mapping.key("word", word.text): matched_field(word, bench.indicators) for word in bench.words}
        self.places = {mapping.key("place", word.text): matched_field(word, bench.areas) for word in bench.places}
        self.fields |= self.words | self.places
        self.order_fields(["area_1", "area_2", *(name for name in self.fields if name not in ("keep", "title"))])
        self.helper = self._helper(now)

    def _helper(self, now: Mapping[str, str]) -> FormHelper:
        helper = FormHelper()
        helper.attrs = {"novalidate": "novalidate"}
        helper.form_class = "app-mapping"
        helper.layout = Arrangement(
            self._fieldset(_("Where and when"), *self._where_and_when(now)),
            self._fieldset(_("Which measures"), *self._measures(now)),
            self._places(),
            Details(_("More about areas, periods and what runs across the columns"), *self._more(now)),
            Details(self._groups_said(now), *self._named("group_", "dimension_"), "everyone"),
            Details(_("Rows to read, blank cells, marks and notes"), *self._rows()),
            self._fieldset(_("Keep it"), Field.checkbox("keep"), Field.text("title", field_width=Fluid.TWO_THIRDS)),
            Div(
                Button.secondary("preview", _("Show what this gives")),
                Button.primary("read", _("Read the file this way")),
                css_class="govuk-button-group",
            ),
        )
        return helper

    @staticmethod
    def _fieldset(legend: str, *parts: Any) -> Fieldset:
        return Fieldset(*parts, legend=legend, legend_size=Size.MEDIUM, legend_tag="h2")

    def _named(self, *begins: str) -> list[str]:
        """Fields by how their names begin, those of one number together."""
        found = [name for name in self.fields if name.startswith(begins) and name.rpartition("_")[2].isdecimal()]
        return sorted(found, key=lambda name: int(name.rpartition("_")[2]))

    def _where_and_when(self, now: Mapping[str, str]) -> list:
        period = Field.text("period_text", field_width=Fixed.TEN)
        return ["area_1", *self._further(now, "area_"), "period_1", *self._further(now, "period_"), period]

    def _measures(self, now: Mapping[str, str]) -> list:
        return ["indicator_1", *self._further(now, "indicator_"), *self._words(), *self._values(now)]

    def _further(self, now: Mapping[str, str], *begins: str) -> list[str]:
        """Second and further columns in which something stands."""
        return [name for name in self._named(*begins) if not name.endswith("_1") and now.get(name)]

    def _more(self, now: Mapping[str, str]) -> list[str]:
        begins = ("area_", "period_", "indicator_")
        shown = [*self._further(now, *begins), *(f"{one}1" for one in begins)]
        return [*(name for name in self._named(*begins) if name not in shown), "across", "across_dimension"]

    def _rows(self) -> list:
        select = ["select_column", "select_kind", Field.textarea("select_texts", rows=3)]
        return [
            *select,
            "blank",
            Field.textarea("markers", rows=3),
            "repeats",
            "periods",
            *self._named("note_", "fill_"),
        ]

    def _words(self) -> Iterator[Any]:
        if self.words:
            yield HTML(_note(_("What the file calls its measures, with the number of figures of each:")))
            yield from self.words
        if self.bench.more_words:
            sentence = ngettext(
                "%(number)s more word is left out.", "%(number)s more words are left out.", self.bench.more_words
            )
            yield HTML(_note(sentence % {"number": self.bench.more_words}))

    def _values(self, now: Mapping[str, str]) -> Iterator[Any]:
        """The columns of values; in closed details where one answer holds for them all."""
        given = [name for name in self.values if now.get(name) == GIVEN]
        if len(given) > 1 and all(now.get(name) in (GIVEN, "", None) for name in self.values):
            said = _("Columns of values: %(read)s of %(all)s are read")
            yield Details(said % {"read": len(given), "all": len(self.values)}, *self._value_rows(self.values))
            return
        first, others = self._by_likeliness(now)
        if first:
            yield HTML(_note(_("Columns in which figures stand:")))
            yield from self._value_rows(first)
        if others:
            said = ngettext(
                "%(number)s more column in which figures stand",
                "%(number)s more columns in which figures stand",
                len(others),
            )
            rows = self._value_rows(others)
            yield Details(said % {"number": len(others)}, *rows)

    def _by_likeliness(self, now: Mapping[str, str]) -> tuple[list[str], list[str]]:
        """The columns to look at first, and of a wide table the others: neither read nor likely to be a measure."""
        if len(self.values) <= MOST_VALUES:
            return list(self.values), []
        read = [name for name in self.values if now.get(name)]
        free = [name for name in self.values if name not in read]
        likely = sorted(filter(self.bench.likeness, free), key=self.bench.likeness, reverse=True)[:MOST_VALUES]
        first = [name for name in self.values if name in read or name in (likely or free[:MOST_VALUES])]
        return first, [name for name in self.values if name not in first]

    def _value_rows(self, names: Iterable[str]) -> Iterator[Any]:
        for name in names:
            yield name
            place = name.removeprefix("value_")
            beside = [f"{what}_{place}" for what in (*mapping.BESIDE, "scale") if f"{what}_{place}" in self.fields]
            if beside:
                said = _("Limits, counts and scale of “%(column)s”") % {"column": self.bench.names[int(place)]}
                yield Details(said, *beside)

    def _places(self) -> Any:
        if not self.places:
            return HTML("")
        number = len(self.places) + self.bench.more_places
        summary = ngettext(
            "%(number)s name of an area that nobody here knows",
            "%(number)s names of areas that nobody here knows",
            number,
        ) % {"number": number}
        return Details(summary, *self.places, is_open=any(word.is_likely for word in self.bench.places))

    def _groups_said(self, now: Mapping[str, str]) -> str:
        found = [now[name] for name in self._named("group_") if now.get(name)]
        if not found:
            return _("Groups, such as sex or age: none")
        return _("Groups: %(columns)s") % {"columns": ", ".join(found)}

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("keep") and not typed.get("title"):
            self.add_error("title", _("Give the layout a title, or do not save it"))
        if typed.get("period_1") == TEXT and not typed.get("period_text"):
            self.add_error("period_text", _("Enter the period of every figure, such as 2023/24"))
        self._judge_markers(typed)
        if self.errors:
            return typed
        self.made = self.bench.data({name: str(text) for name, text in typed.items() if name not in ("keep", "title")})
        try:
            layouts.plan(self.made)
        except LayoutError as error:
            self.refuse(error.sentences)
        if not self.errors and not _matches(self.made):
            sentence = _("No measure is matched yet: say for one column or word which measure it is")
            self.add_error(next(iter({**self.words, **self.values, "indicator_1": None})), sentence)
        return typed

    def _judge_markers(self, typed: Mapping[str, Any]) -> None:
        for line in filter(None, map(str.strip, typed.get("markers", "").splitlines())):
            text, equals, ours = line.rpartition("=")
            if not equals or not text.strip() or ours.strip() not in ("", "c", "x", "z", "w", "low", "k"):
                sentence = _("“%(line)s”: write a mark, an equals sign, and c, x, z, w, low, k or nothing")
                self.add_error("markers", sentence % {"line": line})

    def refuse(self, sentences: Iterable[str]) -> None:
        """Puts each beside the field that it is about."""
        for sentence in sentences:
            words = sentence.partition(": ")[2] or sentence
            self.add_error(mapping.field_of(sentence, self.fields), capfirst(words))


class LayoutForm(forms.Form):
    """A saved layout as its data, for those who know what they do."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=LONGEST_TITLE)
    data = forms.CharField(
        label=gettext_lazy("The layout"),
        help_text=gettext_lazy("In YAML: which column is what, and what the words of the file mean."),
        widget=forms.Textarea(attrs={"spellcheck": "false", "class": "app-code"}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": "novalidate"}
        self.helper.layout = Arrangement(
            Field.text("title", field_width=Fluid.TWO_THIRDS),
            Field.textarea("data", rows=24),
            Button.primary("save", _("Save")),
        )

    def clean_data(self) -> dict[str, Any]:
        try:
            found = yamlfile.parse(self.cleaned_data["data"].encode(), file="").data
        except yamlfile.Rejected as error:
            raise forms.ValidationError([_at_line(problem) for problem in error.problems]) from error
        if not isinstance(found, dict):
            raise forms.ValidationError(_("Write names and what they say, such as “area: {columns: [Area Code]}”"))
        try:
            layouts.plan({"name": "layout", **found})
        except LayoutError as error:
            raise forms.ValidationError([capfirst(sentence) for sentence in error.sentences]) from error
        return found


def as_yaml(data: Mapping[str, Any]) -> str:
    """The data of a layout as people edit it; its title has a field of its own, and its name is ours."""
    order = [item.name for item in fields(layouts.Plan)]
    names = sorted(data, key=lambda name: order.index(name if name in order else "sheet"))
    shown = {name: data[name] for name in names if name not in ("name", "title")}
    return yaml.safe_dump(shown, sort_keys=False, allow_unicode=True, width=100)


def _at_line(problem) -> str:
    return _("Line %(line)s: %(message)s") % {"line": problem.line, "message": problem.message}


def _note(text: str) -> str:
    return f'<p class="govuk-body">{escape(text)}</p>'


def _matches(data: Mapping[str, Any]) -> bool:
    """Whether the figures of anything can be told to be of one of our measures."""
    if data.get("indicators") or "constant" in data.get("indicator", {}) or data.get("unmatched") == "kept":
        return True
    return any("indicator" in figure for figure in data.get("figures", ()))
