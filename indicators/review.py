"""What the review of an upload shows, as plain data to keep with it. Long lists are cut and say how much is cut."""

from collections import Counter
from collections.abc import Mapping

from indicators.differences import SPOKEN_FOR, Difference, changed_fields
from indicators.examination import Examination
from indicators.numbers import marker_words, plain_number
from indicators.rules import Content, Scope
from partnerships.problems import Problem

# The file with an error column has every problem, however many.
MOST_PROBLEMS = 1000
MOST_DIFFERENCES = 500
MOST_LEFT_OUT = 500


def report(found: Examination, scope: Scope) -> dict:
    """JSON. `plan` and `indicators` are for publishing: what was shown, and which indicators the partnership used."""
    names = {place.code: place.name for place in scope.footprint | scope.comparators}
    differences = sorted(found.comparison.differences, key=_order)
    reasons = Counter(row.reason for row in found.left_out)
    return {
        "indicators": sorted(scope.used),
        "plan": found.comparison.digest,
        "problems": [_problem(problem) for problem in found.problems[:MOST_PROBLEMS]],
        "problems_more": max(0, len(found.problems) - MOST_PROBLEMS),
        "differences": [_difference(one, names) for one in differences[:MOST_DIFFERENCES]],
        "differences_more": max(0, len(differences) - MOST_DIFFERENCES),
        "implausible": sum(one.is_implausible for one in differences),
        "left_out": [vars(row) for row in found.left_out[:MOST_LEFT_OUT]],
        "left_out_more": max(0, len(found.left_out) - MOST_LEFT_OUT),
        "left_out_for": [{"reason": reason, "rows": rows} for reason, rows in reasons.most_common()],
        "ignored_columns": list(found.ignored_columns),
        "notes": list(found.notes),
    }


def _order(one: Difference) -> tuple[bool, bool, int]:
    """What wants a second look comes first, then what changes a standing figure."""
    return not one.is_implausible, one.replaced is None, one.entry.row


def _problem(problem: Problem) -> dict:
    return {"line": problem.line, "column": problem.column, "message": problem.message, "value": problem.value}


def _difference(one: Difference, names: Mapping[str, str]) -> dict:
    old = one.replaced.content if one.replaced else None
    return {
        "row": one.entry.row,
        "indicator": one.entry.fact.indicator,
        "area": one.entry.fact.area,
        "area_name": names[one.entry.fact.area],
        "period": one.entry.period,
        "breakdown": one.entry.fact.breakdown,
        "kind": one.kind,
        "implausible": one.is_implausible,
        "old": _figure(old) if old else None,
        "new": _figure(one.content),
        "beside": _beside(old, one.content) if old else [],
    }


def _figure(content: Content) -> dict[str, str]:
    number = "" if content.value is None else plain_number(content.value)
    flags = f" [{content.flags}]" if content.flags else ""
    return {"value": number, "marker": content.marker, "text": number + flags or marker_words(content.marker)}


def _beside(old: Content, new: Content) -> list[dict[str, str]]:
    changed = [name for name in changed_fields(old, new) if name not in SPOKEN_FOR["value"]]
    return [{"column": name, "old": _text(getattr(old, name)), "new": _text(getattr(new, name))} for name in changed]


def _text(content: float | str | None) -> str:
    return plain_number(content) if isinstance(content, float) else content or ""
