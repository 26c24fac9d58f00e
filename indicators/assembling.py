"""Clean columns of a file -> figures: the texts of every figure by our columns, and what becomes of those left out."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat

from django.utils.translation import gettext as _

from indicators.columns import Columns, each, first_filled, joined
from indicators.headings import Heading, Measure, indicator_text
from indicators.layouts import LeftOut, Plan
from indicators.scaling import scaled
from indicators.tables import same_name
from partnerships.problems import Problem, shortened

LIMITS = ("lower", "upper")
# "2024" or "2024 (Rev)", and no other form of period.
ONE_YEAR = re.compile(r"([0-9]{4})(?:\.0+)?((?: ?\(.*\)| ?\[.*\])?)")


@dataclass
class Batch:
    """Parallel lists, one item a figure: the row that the person sees, the column of its value from 1, and texts.

    `texts` has a list for every one of our columns that the file gives. A row is either among the figures, or left out,
    or has problems. `unmatched` counts the figures left out because nobody has matched their indicator.
    """

    rows: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unmatched: Counter[str] = field(default_factory=Counter)
    heading: Heading | None = None


def add_figures(rows: Columns, batch: Batch) -> None:
    """The figures of these rows, column of values by column of values; `rows` has its columns by place."""
    found = batch.heading
    if not found.measures:
        reason = _("no measure of this partnership is matched with a column of this file")
        batch.left_out += [LeftOut(number, "", reason) for number in rows.numbers]
        return
    shared = _shared(rows, found)
    for measure in found.measures:
        figures = _of_measure(rows, measure, shared, found)
        _match(figures, measure, batch)
        _leave_out_blank(figures, measure, batch)
        _finish(figures, measure, found.plan)
        _append(figures, measure, batch)


def _shared(rows: Columns, found: Heading) -> dict[str, Sequence[str]]:
    """What the figures of one row have in common, by our columns."""
    shared: dict[str, Sequence[str]] = {
        "area": first_filled([rows.texts[place] for place in found.area]),
        "period": joined([rows.texts[place] for place in found.period], " "),
        "indicator": joined([rows.texts[place] for place in found.indicator], " | "),
        "breakdown": _breakdowns(rows, found),
        "note": joined([rows.texts[place] for place in found.note], "; "),
    }
    for ours, text in found.constants.items():
        shared[ours] = shared[ours] or [text] * len(rows.numbers)
    if found.plan.areas and shared["area"]:
        codes = {same_name(text): code for text, code in found.plan.areas.items()}
        shared["area"] = each(shared["area"], lambda text: codes.get(same_name(text), text))
    return {ours: texts for ours, texts in shared.items() if len(texts)}


def _breakdowns(rows: Columns, found: Heading) -> Sequence[str]:
    groups, plan = found.groups, found.plan.breakdown
    if not groups:
        return ()
    if len(groups) == 1 and groups[0][1:] == ("", None) and not plan.everyone:
        return rows.texts[groups[0][0]]
    everyone = {same_name(text) for text in plan.everyone} | {""}
    ours = {same_name(text): word for text, word in plan.dimensions.items()}
    columns = [
        column
        for place, word, by in groups
        for column in (rows.texts[place], repeat(word) if by is None else rows.texts[by])
    ]
    known: dict[tuple[str, ...], str] = {}
    breakdowns = []
    for texts in zip(*columns, strict=False):
        if texts not in known:
            pairs = zip(texts[1::2], texts[::2], strict=True)
            known[texts] = combined(
                [(ours.get(same_name(by), by), group) for by, group in pairs if same_name(group) not in everyone]
            )
        breakdowns.append(known[texts])
    return breakdowns


def combined(groups: Sequence[tuple[str, str]]) -> str:
    """ "sex, age: Girls, 5" of dimensions and groups; a colon within a dimension would end it, so it goes."""
    if not groups:
        return ""
    dimensions = [" ".join(dimension.replace(":", " ").split()) for dimension, _group in groups if dimension]
    text = ", ".join(group for _dimension, group in groups)
    return f"{', '.join(dimensions)}: {text}" if dimensions else text


def _of_measure(rows: Columns, measure: Measure, shared: Mapping[str, Sequence[str]], found: Heading) -> Columns:
    """Every cell of a column of values as a figure, by our columns; "word" is what they call the indicator."""
    size = len(rows.numbers)
    texts = dict(shared)
    texts["value"] = rows.texts[measure.place]
    texts |= {ours: rows.texts[place] for ours, place in measure.beside.items()}
    if measure.flag is not None:
        texts["value"] = list(map(_flagged, texts["value"], rows.texts[measure.flag]))
    for ours in ("area", "period", "breakdown"):
        if said := getattr(measure.figure, ours):
            texts[ours] = [said] * size
        elif said := measure.says.get(ours, ""):
            texts[ours] = _with_header(ours, said, texts.get(ours), size)
    name = found.names[measure.place]
    if "indicator" in texts and not measure.says.get("indicator"):
        texts["word"] = texts.pop("indicator")
    else:
        given = texts.pop("indicator", [""] * size)
        texts["word"] = each(given, lambda text: indicator_text(measure, text, name))
    return Columns(rows.numbers, texts)


def _flagged(value: str, flag: str) -> str:
    return f"{value} [{flag}]" if value and flag else value


def _with_header(ours: str, said: str, texts: Sequence[str] | None, size: int) -> Sequence[str]:
    """What a header says, with what the rows say of the same: quarters across and a year in a column are one period."""
    if texts is None or ours == "area":
        return [said] * size
    if ours == "period":
        return each(texts, lambda text: f"{text} {said}".strip())
    return each(texts, lambda text: combined([_halves(part) for part in (text, said) if part]))


def _halves(breakdown: str) -> tuple[str, str]:
    dimension, _colon, group = breakdown.partition(":")
    return dimension.strip(), group.strip()


def _match(figures: Columns, measure: Measure, batch: Batch) -> None:
    """Our codes for the words; figures whose word nobody has matched are left out where the layout says so."""
    plan, words = batch.heading.plan, figures.texts["word"]
    if measure.figure.indicator:
        figures.texts["indicator"] = [measure.figure.indicator] * len(words)
        return
    if plan.is_own:
        figures.texts["indicator"] = words
        return
    codes = {word: plan.code_of(word) for word in set(words)}
    if plan.unmatched == "kept" or plan.indicator.constant:
        codes = {word: code or word for word, code in codes.items()}
    figures.texts["indicator"] = [codes[word] or "" for word in words]
    if all(codes.values()):
        return
    sentence = _("no measure of this partnership is matched with '%(word)s'")
    reasons = {word: sentence % {"word": shortened(word)} for word, code in codes.items() if not code}
    missed = [(number, word) for number, word in zip(figures.numbers, words, strict=True) if word in reasons]
    batch.left_out += [LeftOut(number, word, reasons[word]) for number, word in missed]
    batch.unmatched.update(word for _number, word in missed)
    figures.keep([word not in reasons for word in words])


def _leave_out_blank(figures: Columns, measure: Measure, batch: Batch) -> None:
    """Empty cells, and those that hold what this file writes where there is nothing to say."""
    plan, column = batch.heading.plan, figures.texts["value"]
    if plan.blank == "x":
        column = figures.texts["value"] = [text or "x" for text in column]
    if plan.nothing <= {""} and ("" not in column or not plan.nothing):
        return
    nothing = {text for text in set(column) if text.casefold() in plan.nothing}
    name = batch.heading.names[measure.place]
    reasons = {text: _empty(text) for text in nothing}
    batch.left_out += [
        LeftOut(number, text or name, reasons[text])
        for number, text in zip(figures.numbers, column, strict=True)
        if text in nothing
    ]
    figures.keep([text not in nothing for text in column])


def _empty(text: str) -> str:
    return _("in this file '%(text)s' stands for no figure") % {"text": text} if text else _("the cell is empty")


def _finish(figures: Columns, measure: Measure, plan: Plan) -> None:
    """Split years by both their years, values and limits in the indicator's own measure."""
    texts = figures.texts
    if plan.year_ends:
        pairs = list(zip(texts["indicator"], texts["period"], strict=True))
        known = {pair: year_by_end(pair[1]) if pair[0] in plan.year_ends else pair[1] for pair in set(pairs)}
        texts["period"] = [known[pair] for pair in pairs]
    for ours in LIMITS:
        if ours in texts and plan.no_limit:
            texts[ours] = each(texts[ours], lambda text: "" if text in plan.no_limit else text)
    scales = {word: plan.scale_of(word, measure.figure) for word in set(texts["word"])}
    if any(scale != 1 for scale in scales.values()):
        for ours in ("value", *LIMITS):
            if ours in texts:
                texts[ours] = _scaled(texts[ours], texts["word"], scales)


def year_by_end(text: str) -> str:
    """ "2023/24" for "2024", where a year is called by its end; every other form stays."""
    match = ONE_YEAR.fullmatch(text)
    return f"{int(match[1]) - 1}/{match[1][2:]}{match[2]}" if match else text


def _scaled(column: Sequence[str], words: Sequence[str], scales: Mapping[str, float]) -> list[str]:
    pairs = list(zip(column, words, strict=True))
    known = {pair: scaled(pair[0], scales[pair[1]]) for pair in set(pairs)}
    return [known[pair] for pair in pairs]


def _append(figures: Columns, measure: Measure, batch: Batch) -> None:
    """Puts the figures behind those of the batch; every list stays as long as `rows`, with "" where nothing stands."""
    before, size = len(batch.rows), len(figures.numbers)
    batch.rows += figures.numbers
    batch.places += [measure.place + 1] * size
    for ours, texts in figures.texts.items():
        if ours != "word":
            batch.texts.setdefault(ours, [""] * before).extend(texts)
    for ours in batch.texts.keys() - figures.texts.keys():
        batch.texts[ours] += [""] * size
