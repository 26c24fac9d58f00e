"""A layout guessed for a table that none recognises, from the names of its columns and from what stands in them.

It is a first answer for every question of the mapping page, to be looked at by a person: what cannot be told is left
open rather than guessed wildly, so that a proposal may lack its period, its area or its indicator.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from indicators.columnkinds import ALMOST_ALL, DFE_NUMBER, EVERYONE, Column, columns_of
from indicators.headings import BY_PLACE, reads_as_period
from indicators.matching import candidates
from indicators.recognition import GSS_CODE, is_area
from indicators.tables import Row, clean_name, header_names, same_name

# A likeness, of 100, at which a title is taken to name a measure; what a person would not even ask about.
SURE = 95
# So many rows are looked at.
SAMPLE = 400
SAYS_YEAR = re.compile(r"(?:time |reporting )?(?:year|period|date) ?:", re.IGNORECASE)
YEAR_IN_WORDS = re.compile(r"\b(?:19[89][0-9]|20[0-4][0-9])(?:/[0-9]{2,4})?\b")
# A count on a day is of that day's year, whatever other years are spoken of.
DAY_IN_WORDS = re.compile(
    r"\b[1-3]?[0-9] (?:January|March|April|June|July|August|September|October|December) ((?:19[89]|20[0-4])[0-9])\b"
)
PLAIN_WORDS = re.compile(r"[^a-z0-9]+")


def propose(
    head: Sequence[Row],
    header_at: tuple[int, int],
    *,
    indicators: Mapping[str, str],
    areas: Mapping[str, Iterable[str]],
    multipliers: Mapping[str, float] | None = None,
    sheet: str = "",
    name: str = "proposal",
) -> dict[str, Any]:
    """The data of a layout for a table, by its first rows; `header_at` is where its header begins and its rows.

    `indicators` and `areas` give names by code; `multipliers` by code say which measures are per cent.
    """
    return _Proposal(head, header_at, indicators, areas, multipliers or {}, sheet, name).data()


class _Proposal:
    """One table that is being looked at; each column is taken for one thing only, the surest first."""

    def __init__(self, head, header_at, indicators, areas, multipliers, sheet, name) -> None:
        index, header_rows = header_at
        self.above = head[:index]
        self.header = head[index]
        self.header_rows = header_rows
        self.names = header_names(head[index : index + header_rows])
        body = [row.cells for row in head[index + header_rows : index + header_rows + SAMPLE]]
        known = [text for code, names in areas.items() for text in (code, *names)]
        self.known = {same_name(text) for text in known}
        self.columns = columns_of(self.names, _with_figures(body), known)
        self.free = list(self.columns)
        self.indicators, self.areas, self.multipliers = indicators, areas, multipliers
        self.sheet, self.name = sheet, name

    def data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"name": self.name}
        if self.sheet:
            data["sheet"] = self.sheet
        data |= self._across()
        data |= self._area(data)
        data |= self._period(data)
        data |= self._nested(data)
        data |= self._note()
        data |= self._indicator_columns()
        data |= self._breakdown(data)
        data |= self._figures(data)
        data |= self._measure(data)
        data |= self._markers(data)
        data |= self._style(data)
        data |= self._header(data)
        return data | {"repeats": "same left out"}

    def _take(self, *columns: Column) -> None:
        self.free = [column for column in self.free if column not in columns]

    def _across(self) -> dict[str, Any]:
        """Periods, or areas, as the names of columns; periods are not listed, since next year brings another."""
        of_periods = [column for column in self.columns if reads_as_period(column.name)]
        of_areas = [column for column in self.columns if column.has_name and is_area(column.name, self.known)]
        if len(of_periods) >= 2 and all(column.has_figures or not column.filled for column in of_periods):
            self._take(*of_periods)
            return {"across": {"of": "period"}}
        if len(of_areas) >= 3 and 2 * len(of_areas) >= len(self.columns):
            self._take(*of_areas)
            return {"across": {"of": "area", "columns": [column.name for column in of_areas]}}
        return {}

    def _area(self, data: dict[str, Any]) -> dict[str, Any]:
        if data.get("across", {}).get("of") == "area":
            return {}
        found = sorted((column for column in self.free if column.has_areas), key=_by_sureness)
        found += [column for column in self.free if column not in found and self._names_codes(column, found)]
        chosen: list[Column] = []
        empty = {index for index, _text in enumerate(self.columns[0].texts)} if self.columns else set()
        for column in found:
            filled = {index for index in empty if column.texts[index] and not _stands_for_none(column.texts[index])}
            if filled:
                chosen.append(column)
                empty -= filled
        self._take(*found)
        if chosen:
            return {"area": {"columns": [column.name for column in chosen]}}
        return {"area": {"constant": code}} if (code := self._area_named()) else {}

    @staticmethod
    def _names_codes(column: Column, codes: Sequence[Column]) -> bool:
        """Whether a column beside one of codes gives a name to each: then rows without a code have at least that."""
        beside = any(column.place == other.place + 1 and not other.has_words for other in codes)
        return beside and column.has_words and len(column.distinct) >= ALMOST_ALL * len(column.filled)

    def _area_named(self) -> str:
        """The code of the one area that the title or the sheet names."""
        names = {same_name(text): code for code, texts in self.areas.items() for text in (code, *texts)}
        for text in self._titles():
            words = re.split(r"[,:;()–]| - | in | for ", text)
            if code := next((names[same_name(part)] for part in (text, *words) if same_name(part) in names), ""):
                return code
        return ""

    def _period(self, data: dict[str, Any]) -> dict[str, Any]:
        parts = [column for column in self.free if column.has_parts_of_years]
        across = data.get("across", {}).get("of") == "period"
        found = [] if across else [column for column in self.free if column.has_periods]
        found.sort(key=lambda column: not column.is_called("period"))
        if found:
            self._take(found[0], *parts)
            return {"period": {"columns": [column.name for column in self._joined(found[0], parts)]}}
        if across:
            return {}
        for row in self.above:
            for cell in row.cells:
                if match := SAYS_YEAR.match(cell.strip()):
                    return {"period": {"preamble": match[0]}}
        texts = [*self._titles(), *self.names]
        days = [year for text in texts for year in DAY_IN_WORDS.findall(text)]
        years = Counter(days or [year for text in texts for year in YEAR_IN_WORDS.findall(text)])
        return {"period": {"constant": years.most_common(1)[0][0]}} if years else {}

    def _joined(self, year: Column, parts: Sequence[Column]) -> list[Column]:
        """The year and, where both together read as a period, the part of it: "2013/2014" and "Q2"."""
        for part in parts:
            for order in ([year, part], [part, year]):
                pairs = zip(order[0].texts, order[1].texts, strict=True)
                texts = {f"{first} {second}" for first, second in pairs if first and second}
                if texts and all(map(reads_as_period, texts)):
                    return order
        return [year]

    def _nested(self, data: dict[str, Any]) -> dict[str, Any]:
        """A column of headings that hold for the rows below them, and the groups beside it: "Gender", then "Female"."""
        leading = [column for column in self.free if column.has_words]
        if len(leading) < 2 or data.get("area", {}).get("columns"):
            return {}
        outer, inner = leading[:2]
        gaps = sum(not text for text in outer.texts)
        if inner.place != outer.place + 1 or not outer.filled or not 2 * gaps >= len(outer.texts):
            return {}
        self._take(outer, inner)
        return {
            "fill_down": [outer.name],
            "breakdown": {
                "columns": [{"column": inner.name, "dimension_column": outer.name}],
                "everyone": _everyone([inner]) or ["All"],
            },
        }

    def _note(self) -> dict[str, Any]:
        found = [column for column in self.free if column.is_called("note") and not column.has_figures]
        self._take(*found)
        return {"note": {"columns": [column.name for column in found]}} if found else {}

    def _indicator_columns(self) -> dict[str, Any]:
        found = [column for column in self.free if column.is_called("indicator") and column.has_words]
        if not found:
            return {}
        # Of a code, a short name and a description, the shortest words that are there in every row.
        best = max(
            found,
            key=lambda column: (
                "indicator" in column.words_of_name,
                len(column.filled),
                len(column.distinct),
                -sum(map(len, column.distinct)),
            ),
        )
        self._take(*found)
        return {"indicator": {"columns": [best.name]}}

    def _breakdown(self, data: dict[str, Any]) -> dict[str, Any]:
        if "breakdown" in data:
            return {}
        found = [column for column in self.free if column.is_called("breakdown") and column.distinct]
        found = [column for column in found if column.has_groups or not column.has_figures]
        found = [column for column in found if len(column.distinct) > 1 or same_name(column.distinct[0]) in EVERYONE]
        self._take(*found)
        if not found:
            return {}
        groups = [{"column": column.name, "dimension": _plain(column.name)} for column in found]
        everyone = _everyone(found)
        return {"breakdown": {"columns": groups, **({"everyone": everyone} if everyone else {})}}

    def _figures(self, data: dict[str, Any]) -> dict[str, Any]:
        if "across" in data:
            return {}
        flags = [column for column in self.free if column.is_called("flag") and column.may_have_flags]
        numeric = [column for column in self.free if column.has_figures and not column.is_called("no figure")]
        beside = {
            ours: [column for column in numeric if column.is_called(ours) and not column.is_called("share")]
            for ours in ("lower", "upper", "denominator", "numerator")
        }
        aside = [column for columns in beside.values() for column in columns]
        values = [column for column in numeric if column not in aside]
        if not values:
            values, beside = [column for column in numeric if column.has_name] or numeric, {}
        figures = [self._figure(column, beside, values, flags) for column in values]
        if len(values) > 1:
            # A count may be a figure in its own right.
            said = {text for figure in figures for text in figure.values()}
            figures += [{"value": column.name} for column in aside if column.name not in said]
        return {"figures": figures} if figures else {}

    def _figure(
        self, value: Column, beside: Mapping[str, list[Column]], values: Sequence[Column], flags: Sequence[Column]
    ) -> dict[str, Any]:
        figure = {"value": value.name}
        for ours, columns in beside.items():
            # Of several measures each has the columns that share a word with it: "PCV_12m" and "Population_12m".
            near = [column for column in columns if len(values) == 1 or _share_a_word(column.name, value.name)]
            if near:
                figure[ours] = near[0].name
        if flags:
            figure["flag"] = flags[0].name
        return figure

    def _measure(self, data: dict[str, Any]) -> dict[str, Any]:
        """What the figures are of: the measures whose names the words of the file are, and how they are scaled."""
        if "indicator" in data:
            column = next(column for column in self.columns if column.name == data["indicator"]["columns"][0])
            if column.share(lambda text: text in self.indicators) == 1:
                return {"unmatched": "kept"}
            return self._matched(column.distinct, data)
        if len(data.get("figures", ())) > 1:
            return self._matched([figure["value"] for figure in data["figures"]], data)
        texts = [*self._titles(), *(figure["value"] for figure in data.get("figures", ())), self.names[0]]
        codes = [code for text in texts if (code := self._sure(text))]
        if not codes:
            return {}
        return {"indicator": {"constant": codes[0]}, **self._scale(codes[0], data)}

    def _matched(self, words: Iterable[str], data: dict[str, Any]) -> dict[str, Any]:
        found = {word: code for word in words if (code := self._sure(word))}
        return {"unmatched": "left out", **({"indicators": found} if found else {})}

    def _sure(self, text: str) -> str:
        """The one measure that has this name; where two are as like, none."""
        best = candidates(text, {code: (name,) for code, name in self.indicators.items()}, 2)
        sure = [code for code, likeness in best if likeness >= SURE]
        same = len(text) > 3 and len(sure) == 1
        return sure[0] if same and abs(len(text) - len(self.indicators[sure[0]])) < 12 else ""

    def _scale(self, code: str, data: dict[str, Any]) -> dict[str, Any]:
        """Shares of one where the measure is per cent."""
        if self.multipliers.get(code) != 100 or len(data.get("figures", ())) != 1:
            return {}
        figure = data["figures"][0]
        numbers = next(column for column in self.columns if column.name == figure["value"]).numbers
        if not numbers or max(numbers) > 1 or min(numbers) < 0 or all(number in (0, 1) for number in numbers):
            return {}
        return {"figures": [{**figure, "scale": 100}]}

    def _markers(self, data: dict[str, Any]) -> dict[str, Any]:
        """What stands instead of numbers and, as far as publishers agree on it, what it means."""
        values = {figure["value"] for figure in data.get("figures", ())}
        across = data.get("across", {}).get("columns", ())
        of_periods = data.get("across", {}).get("of") == "period"
        found = {}
        for column in self.columns:
            if column.name in values or column.name in across or (of_periods and reads_as_period(column.name)):
                found |= {text: reading.marker for text, reading in column.readings.items() if reading.marker}
        return {"markers": dict(sorted(found.items()))} if found else {}

    def _style(self, data: dict[str, Any]) -> dict[str, Any]:
        """Where "2009-11" stands among other years it is three years, not a month."""
        by_name = {column.name: column for column in self.columns}
        columns = data.get("period", {}).get("columns", ())
        texts = by_name[columns[0]].distinct if len(columns) == 1 else []
        if data.get("across", {}).get("of") == "period":
            texts = list(self.names)
        wide = [text for text in texts if reads_as_period(text) and not reads_as_period(text, "published")]
        return {"periods": "years"} if wide else {}

    def _header(self, data: dict[str, Any]) -> dict[str, Any]:
        """By what next year's file will be recognised: the names of the columns that the layout needs."""
        needed = [
            name
            for part in ("area", "period", "indicator")
            for name in data.get(part, {}).get("columns", ())
            if not BY_PLACE.fullmatch(name)
        ]
        needed += [figure["value"] for figure in data.get("figures", ()) if not BY_PLACE.fullmatch(figure["value"])][:8]
        header: dict[str, Any] = {"rows": self.header_rows} if self.header_rows > 1 else {}
        if len(needed) >= 2:
            found: dict[str, Any] = {"recognised_by": list(dict.fromkeys(needed))}
        else:
            found, header = {}, {**header, "row": self.header.number}
        return {**found, **({"header": header} if header else {})}

    def _titles(self) -> list[str]:
        above = [cell.strip() for row in self.above for cell in row.cells if cell.strip()]
        return [*above, *([self.sheet] if self.sheet else [])]


def _with_figures(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The rows down to the last that is as full as rows of figures are: notes below a table have one cell or two."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    usual = sorted(filled)[len(filled) // 2] if filled else 0
    return [row for row, cells in zip(rows, filled, strict=True) if 3 * cells >= usual]


def _by_sureness(column: Column) -> tuple[bool, bool, int, int]:
    """Codes before numbers before names; of each the most specific first: more different texts, and in fewer rows."""
    return not column.has_codes, not column.has_dfe_numbers, -len(column.distinct), len(column.filled)


def _stands_for_none(text: str) -> bool:
    return not (GSS_CODE.fullmatch(text) or DFE_NUMBER.fullmatch(text)) and len(text) < 3


def _everyone(columns: Iterable[Column]) -> list[str]:
    return list(dict.fromkeys(text for column in columns for text in column.distinct if same_name(text) in EVERYONE))


def _plain(name: str) -> str:
    return same_name(clean_name(name))


def _share_a_word(one: str, other: str) -> bool:
    words, others = (set(PLAIN_WORDS.split(name.lower())) - {""} for name in (one, other))
    return bool(words & others)
