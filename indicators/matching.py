"""A publisher's words held against ours: the likeliest of our codes for a text, and the texts that nobody knows."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process, utils

from indicators.batches import batches
from indicators.layouts import Plan
from indicators.recognition import is_area
from indicators.tables import Row, clean_name, same_name

# Below this likeness, of 100, an offer would only mislead.
LEAST_LIKENESS = 50


@dataclass
class Unmatched:
    """Texts as the file writes them, each with the number of its figures; `columns` are names of columns of values."""

    indicators: Counter[str] = field(default_factory=Counter)
    areas: Counter[str] = field(default_factory=Counter)


def candidates(text: str, names: Mapping[str, Iterable[str]], most: int = 5) -> list[tuple[str, float]]:
    """The codes whose names are likest to the text, likest first, each with its likeness from 0 to 100."""
    spellings = [(code, name) for code, of_code in names.items() for name in (code, *of_code)]
    wanted = clean_name(text).replace("_", " ")
    found = process.extract(
        wanted,
        [name.replace("_", " ") for _code, name in spellings],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=LEAST_LIKENESS,
        limit=most * 10,
    )
    best: dict[str, float] = {}
    for _name, likeness, index in found:
        code = spellings[index][0]
        best[code] = max(best.get(code, 0), round(likeness, 1))
    return sorted(best.items(), key=lambda pair: -pair[1])[:most]


def unmatched(
    rows: Iterable[Row], plan: Plan, *, file: str, indicators: Collection[str] = (), areas: Collection[str] = ()
) -> Unmatched:
    """What in a file nobody knows: indicators that are neither matched by the layout nor among the codes, and areas.

    `areas` are all the codes and names that are known. An area counts with the figures whose indicator is matched or,
    where none is, with all of them.
    """
    found, of_matched, of_all = Unmatched(), Counter(), Counter()
    known = {same_name(name) for name in areas}
    everything = replace(plan, unmatched="kept", indicators={})
    for batch in batches(rows, everything, file=file):
        for word, area in zip(batch.texts.get("indicator", ()), batch.texts.get("area", ()), strict=True):
            of_all[area] += 1
            if word in indicators or plan.code_of(word) or plan.indicator.constant:
                of_matched[area] += 1
            else:
                found.indicators[word] += 1
    found.areas.update({area: n for area, n in (of_matched or of_all).items() if not is_area(area, known)})
    return found
