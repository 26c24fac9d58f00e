"""The choices of the mapping page as the data of a layout, and back.

Choices are texts by the names of the page's fields. A column is chosen as "c:" and its name, one of our codes as "k:"
and the code. What a layout says and no field asks for stays as it is.

    area_1, area_2 ...          a column, a code, or "above": what the layout says stands above the table
    period_1, period_2 ...      a column, "text" (the same for all: period_text), or "above"
    indicator_1 ...             a column, a code, "above", or "": every column of values has its own
    across, across_dimension    what the headers of the columns of values say
    value_3                     of the fourth column: a code, GIVEN (what indicator_1 or across says), or "": not read
    lower_3 ... flag_3, scale_3 what stands beside it, as plain names, and by what it is multiplied
    group_1, dimension_1 ...    a column of groups, as a plain name, and by what it groups
    everyone, markers           a text on every line; "text = marker"
    note_1, fill_1, fill_2      plain names of columns
    select_column, select_kind, select_texts     which rows are read
    blank, repeats, periods     as in the layout
    word_x, place_x             the code for a word or an area of the file; see `key`
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from indicators.headings import BY_PLACE, header_at, places, reads_as_period
from indicators.layouts import BESIDE_VALUE, Plan
from indicators.tables import Row, same_name

Choices = dict[str, str]

COLUMN, CODE = "c:", "k:"
GIVEN, ABOVE, TEXT = "given", "above", "text"
PARTS = ("area", "period", "indicator")
BESIDE = (*BESIDE_VALUE, "flag")
DEFAULTS = {"blank": "left out", "repeats": "wrong", "periods": "published", "select_kind": "is"}
# By so many columns of values next year's file is recognised; any of the others may be gone by then.
MOST_RECOGNISED_BY = 4


def key(kind: str, text: str) -> str:
    """The name of the field for a text of the file: whatever stands in the text, a name that an address can hold."""
    return f"{kind}_{hashlib.sha256(same_name(text).encode()).hexdigest()[:12]}"


def choices_of(data: Mapping[str, Any], names: Sequence[str], words: Iterable[str] = ()) -> Choices:
    """What a layout says, as choices for a file whose columns have these names; empty ones are left away.

    `words` are the texts of the file for indicators and areas.
    """
    spelled = _Spelling(names)
    found: Choices = {}
    for part in PARTS:
        found |= _part_choices(part, data.get(part, {}), spelled)
    found |= _across_choices(data, names, spelled)
    found |= _figure_choices(data, names, spelled)
    found |= _group_choices(data.get("breakdown", {}), spelled)
    for name, columns in (("note", data.get("note", {}).get("columns", ())), ("fill", data.get("fill_down", ()))):
        found |= {f"{name}_{number}": spelled(column) for number, column in enumerate(columns, 1)}
    if selected := data.get("select"):
        kind = "is" if "is" in selected[0] else "not"
        found |= {"select_column": spelled(selected[0]["column"]), "select_kind": kind}
        found["select_texts"] = "\n".join(selected[0][kind])
    found["markers"] = "\n".join(f"{text} = {ours}" for text, ours in data.get("markers", {}).items())
    found |= {name: data.get(name, default) for name, default in DEFAULTS.items() if name != "select_kind"}
    found |= _matched_choices(data, words)
    return said(found)


def said(choices: Mapping[str, str]) -> Choices:
    """Choices without those that are empty or what is taken anyway."""
    texts = {name: "\n".join(str(text).split("\r\n")).strip() for name, text in choices.items()}
    return {
        name: text
        for name, text in texts.items()
        if text and DEFAULTS.get(name) != text and not (name.startswith("scale_") and text == "1")
    }


def data_of(
    base: Mapping[str, Any], choices: Mapping[str, str], names: Sequence[str], words: Iterable[str] = ()
) -> dict[str, Any]:
    """The layout data that the choices make of `base`; `base` itself where they say what it says."""
    words = list(words)
    chosen = said(choices)
    if chosen == choices_of(base, names, words):
        return dict(base)
    data = {name: value for name, value in base.items() if name not in _ASKED}
    for part in PARTS:
        data |= _part_data(part, chosen, base)
    data |= _values_data(chosen, base, names)
    data |= _group_data(chosen, base)
    data |= _row_data(chosen, base)
    data |= _matched_data(chosen, base, words)
    if "constant" not in data.get("indicator", {}):
        data.setdefault("unmatched", "left out")
    return data | recognised(data)


def with_header(data: Mapping[str, Any], head: Sequence[Row], index: int, rows: int) -> dict[str, Any]:
    """The layout with its header where somebody said that it is, if its columns do not tell that themselves."""
    made = {name: value for name, value in data.items() if name != "header"}
    made |= {"header": {"rows": rows}} if rows > 1 else {}
    if "recognised_above" in made or _found_at(made, head) == index:
        return made
    made.pop("recognised_by", None)
    return made | {"header": {"rows": rows, "row": head[index].number}}


def _found_at(data: Mapping[str, Any], head: Sequence[Row]) -> int | None:
    by, rows = tuple(data.get("recognised_by", ())), data.get("header", {}).get("rows", 1)
    return header_at(head, Plan("", recognised_by=by, header_rows=rows))


def recognised(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """By which columns next year's file will be known: those that the layout cannot do without."""
    if "recognised_above" in data or "recognised_as" in data:
        return {}
    needed = [name for part in PARTS for name in data.get(part, {}).get("columns", ())[:2]]
    matched = [figure["value"] for figure in data.get("figures", ()) if figure.get("indicator")]
    needed += (matched or [figure["value"] for figure in data.get("figures", ())])[:MOST_RECOGNISED_BY]
    needed = [name for name in dict.fromkeys(needed) if not BY_PLACE.fullmatch(name)]
    return {"recognised_by": needed} if len(needed) > 1 else {}


def field_of(sentence: str, names: Iterable[str]) -> str | None:
    """The field, among those named, beside which a sentence of a LayoutError belongs."""
    path = sentence.partition(":")[0].split(".")[0].split("[")[0].split(" ")[0]
    wanted = {"figures": "value_", "breakdown": "group_", "select": "select_", "across": "across", "note": "note_"}
    begins = wanted.get(path, path)
    return next((name for name in names if name.startswith(begins)), None)


_ASKED = frozenset(
    (
        *(*PARTS, "figures", "across", "breakdown", "note", "fill_down", "select", "markers", "indicators", "areas"),
        *("blank", "repeats", "periods", "recognised_by"),
    )
)


class _Spelling:
    """Names of columns as this file spells them; those that it lacks stay as they are."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names

    def __call__(self, name: str) -> str:
        found = places(self.names, [name]) if not BY_PLACE.fullmatch(name) else []
        return self.names[found[0]] if len(found) == 1 else name


def _part_choices(part: str, given: Mapping[str, Any], spelled: _Spelling) -> Choices:
    if "preamble" in given:
        return {f"{part}_1": ABOVE}
    if "constant" in given:
        if part == "period":
            return {"period_1": TEXT, "period_text": given["constant"]}
        return {f"{part}_1": CODE + given["constant"]}
    return {f"{part}_{number}": COLUMN + spelled(name) for number, name in enumerate(given.get("columns", ()), 1)}


def _part_data(part: str, chosen: Choices, base: Mapping[str, Any]) -> dict[str, Any]:
    first = chosen.get(f"{part}_1", "")
    if first == ABOVE:
        return {part: base[part]} if "preamble" in base.get(part, {}) else {}
    if first == TEXT:
        return {part: {"constant": chosen["period_text"]}} if "period_text" in chosen else {}
    if first.startswith(CODE):
        return {part: {"constant": first.removeprefix(CODE)}}
    columns = [text.removeprefix(COLUMN) for text in _numbered(chosen, part) if text.startswith(COLUMN)]
    return {part: {"columns": list(dict.fromkeys(columns))}} if columns else {}


def _numbered(chosen: Choices, begins: str) -> list[str]:
    numbers = sorted(int(end) for name in chosen for start, _, end in [name.rpartition("_")]
                     if start == begins and end.isdecimal())  # fmt: skip
    return [chosen[f"{begins}_{number}"] for number in numbers]


def _across_choices(data: Mapping[str, Any], names: Sequence[str], spelled: _Spelling) -> Choices:
    across = data.get("across")
    if not across:
        return {}
    columns = [spelled(name) for name in across.get("columns", ())] or _all_across(across["of"], data, names, spelled)
    ticked = {f"value_{place}": GIVEN for place, name in enumerate(names) if name in columns}
    return {"across": across["of"], "across_dimension": across.get("dimension", ""), **ticked}


def _all_across(of: str, data: Mapping[str, Any], names: Sequence[str], spelled: _Spelling) -> list[str]:
    """The columns that run across where a layout does not list them."""
    taken = {spelled(name) for name in _spoken_of(data)}
    free = [name for name in names if name and name not in taken and not BY_PLACE.fullmatch(name)]
    return [name for name in free if of != "period" or reads_as_period(name)]


def _spoken_of(data: Mapping[str, Any]) -> Iterator[str]:
    for part in (*PARTS, "note"):
        yield from data.get(part, {}).get("columns", ())
    for group in data.get("breakdown", {}).get("columns", ()):
        yield from filter(None, (group["column"], group.get("dimension_column")))
    for figure in data.get("figures", ()):
        yield from (figure[name] for name in ("value", *BESIDE) if name in figure)
    yield from (one["column"] for one in data.get("select", ()))
    yield from (*data.get("fill_down", ()), *data.get("not_read", ()))


def _figure_choices(data: Mapping[str, Any], names: Sequence[str], spelled: _Spelling) -> Choices:
    codes = {same_name(text): code for text, code in data.get("indicators", {}).items()}
    by_header = not data.get("indicator")
    found: Choices = {}
    for figure in data.get("figures", ()):
        name = spelled(figure["value"])
        if name not in names or f"value_{names.index(name)}" in found:
            continue
        place = names.index(name)
        code = figure.get("indicator") or (codes.get(same_name(figure["value"]), "") if by_header else "")
        left_out = by_header and data.get("unmatched") == "left out"
        found[f"value_{place}"] = CODE + code if code else ("" if left_out else GIVEN)
        found |= {f"{beside}_{place}": spelled(figure[beside]) for beside in BESIDE if beside in figure}
        found[f"scale_{place}"] = f"{figure.get('scale', 1):g}"
    return found


def _values_data(chosen: Choices, base: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    spelled = _Spelling(names)
    kept = {spelled(figure["value"]): figure for figure in reversed(base.get("figures", ()))}
    of = chosen.get("across", "")
    figures, across = [], []
    for place, name in enumerate(names):
        what = chosen.get(f"value_{place}", "")
        if what == GIVEN and of:
            across.append(name)
        elif what:
            figures.append(_figure(place, name, chosen, kept.get(name, {})))
    data: dict[str, Any] = {"figures": figures} if figures else {}
    if of:
        data["across"] = {"of": of, **_across_columns(of, across, chosen, base, names)}
    return data


def _figure(place: int, name: str, chosen: Choices, kept: Mapping[str, Any]) -> dict[str, Any]:
    what = chosen[f"value_{place}"]
    figure = {"value": kept.get("value", name)}
    figure |= {beside: text for beside in BESIDE if (text := chosen.get(f"{beside}_{place}"))}
    figure |= {part: kept[part] for part in ("area", "period", "breakdown") if part in kept}
    if what.startswith(CODE):
        figure["indicator"] = what.removeprefix(CODE)
    if scale := chosen.get(f"scale_{place}"):
        figure["scale"] = float(scale)
    return figure


def _across_columns(
    of: str, columns: list[str], chosen: Choices, base: Mapping[str, Any], names: Sequence[str]
) -> dict[str, Any]:
    """Periods are not listed where all are read, since next year's file has another."""
    found: dict[str, Any] = {"dimension": chosen["across_dimension"]} if chosen.get("across_dimension") else {}
    everything = [name for name in names if reads_as_period(name)] if of == "period" else []
    omitted = "columns" not in base.get("across", {"columns": ()}) or "across" not in base
    if columns and not (omitted and columns == everything):
        found["columns"] = columns
    return found


def _group_choices(breakdown: Mapping[str, Any], spelled: _Spelling) -> Choices:
    found: Choices = {"everyone": "\n".join(breakdown.get("everyone", ()))}
    for number, group in enumerate(breakdown.get("columns", ()), 1):
        found[f"group_{number}"] = spelled(group["column"])
        found[f"dimension_{number}"] = group.get("dimension", "")
    return found


def _group_data(chosen: Choices, base: Mapping[str, Any]) -> dict[str, Any]:
    """A dimension that stands in a column of its own stays, as long as nobody types another."""
    kept = {group["column"]: group for group in base.get("breakdown", {}).get("columns", ())}
    breakdown = {
        name: value for name, value in base.get("breakdown", {}).items() if name not in ("columns", "everyone")
    }
    groups = []
    for number in sorted(
        int(name.removeprefix("group_")) for name in chosen if name.removeprefix("group_").isdecimal()
    ):
        column, dimension = chosen[f"group_{number}"], chosen.get(f"dimension_{number}")
        by = kept.get(column, {}).get("dimension_column")
        how = {"dimension": dimension} if dimension else {"dimension_column": by} if by else {}
        groups.append({"column": column, **how})
    if groups:
        breakdown["columns"] = groups
    if everyone := _lines(chosen.get("everyone", "")):
        breakdown["everyone"] = everyone
    return {"breakdown": breakdown} if breakdown else {}


def _row_data(chosen: Choices, base: Mapping[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {name: chosen[name] for name in ("blank", "repeats", "periods") if chosen.get(name)}
    if notes := list(dict.fromkeys(_numbered(chosen, "note"))):
        data["note"] = {"columns": notes}
    if fill := list(dict.fromkeys(_numbered(chosen, "fill"))):
        data["fill_down"] = fill
    selected = list(base.get("select", ()))[1:]
    if (column := chosen.get("select_column")) and (texts := _lines(chosen.get("select_texts", ""))):
        selected.insert(0, {"column": column, chosen.get("select_kind", "is"): texts})
    if selected:
        data["select"] = selected
    pairs = [line.rpartition("=") for line in _lines(chosen.get("markers", "")) if "=" in line]
    if markers := {text.strip(): ours.strip() for text, _equals, ours in pairs}:
        data["markers"] = markers
    return data


def _matched_choices(data: Mapping[str, Any], words: Iterable[str]) -> Choices:
    found: Choices = {}
    for kind, name in (("word", "indicators"), ("place", "areas")):
        codes = {same_name(text): code for text, code in data.get(name, {}).items()}
        found |= {key(kind, word): codes[same_name(word)] for word in words if same_name(word) in codes}
    return found


def _matched_data(chosen: Choices, base: Mapping[str, Any], words: Sequence[str]) -> dict[str, Any]:
    """Words of the file by what is chosen for them; others, of other files in this layout, as before.

    In a table of columns of values their headers are no words any more: each figure has its code.
    """
    data: dict[str, Any] = {}
    asked = {same_name(word) for word in words}
    headers = {same_name(figure["value"]) for figure in base.get("figures", ())}
    for kind, name in (("word", "indicators"), ("place", "areas")):
        kept = {text: code for text, code in base.get(name, {}).items() if same_name(text) not in asked}
        if name == "indicators" and not base.get("indicator"):
            kept = {text: code for text, code in kept.items() if same_name(text) not in headers}
        found = {word: chosen[key(kind, word)] for word in words if key(kind, word) in chosen}
        if kept | found:
            data[name] = kept | found
    return data


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
