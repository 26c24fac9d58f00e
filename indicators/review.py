"""What the review of an upload shows, as plain data to keep with it. Long lists are cut and say how much is cut."""

from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from indicators.examination import MOST_LEFT_OUT, Findings
from indicators.models import Outcome, StagedValue, Upload
from indicators.numbers import marker_words, plain_number
from indicators.rules import Scope
from partnerships.problems import Problem

MOST_DIFFERENCES = 500
MOST_UNMATCHED = 100
BESIDE = ("lower", "upper", "numerator", "denominator", "note")


def report(upload: Upload, found: Findings, scope: Scope, *, barred: int) -> dict:
    """JSON. `scope`, `indicators` and `barred` are for publishing: under which rights the file was checked."""
    reason = _("a standing figure of an area outside the partnership, which only a steward may change")
    left_out = [one._asdict() for one in found.left_out_first]
    left_out += _barred(upload, reason, MOST_LEFT_OUT - len(left_out)) if barred else []
    reasons = [*found.reasons.most_common(), *([(reason, barred)] if barred else [])]
    differences = [_difference(one) for one in _first_differences(upload)]
    return {
        "scope": scope.fingerprint,
        "indicators": sorted(scope.used),
        "barred": barred,
        "problems": [_problem(problem) for problem in found.problems],
        "problems_more": found.problems_more,
        "differences": differences,
        "differences_more": _differing(upload).count() - len(differences),
        "by_indicator": list(_by_indicator(upload)),
        "left_out": left_out,
        "left_out_more": found.left_out + barred - len(left_out),
        "left_out_for": [{"reason": why, "rows": rows} for why, rows in sorted(reasons, key=lambda one: -one[1])],
        "unmatched": [{"text": text, "figures": many} for text, many in _unmatched(found)],
        "ignored_columns": list(found.ignored_columns),
        "notes": list(found.notes),
    }


def _unmatched(found: Findings) -> list[tuple[str, int]]:
    """The words for measures that nobody has matched, with the figures left out for it; 0 where it is a column."""
    columns = [(name, 0) for name in found.unmatched_columns]
    return [*found.unmatched.most_common(), *columns][:MOST_UNMATCHED]


def _differing(upload: Upload) -> QuerySet[StagedValue]:
    return upload.staged.filter(outcome__in=[Outcome.ADDED, Outcome.CHANGED])


def _first_differences(upload: Upload) -> list[StagedValue]:
    """What wants a second look comes first, then what changes a standing figure, each in the order of the file."""
    found: list[StagedValue] = []
    for kind in (~Q(doubt=""), Q(doubt="", outcome=Outcome.CHANGED), Q(doubt="", outcome=Outcome.ADDED)):
        some = _differing(upload).filter(kind).select_related("indicator", "area", "standing").order_by("pk")
        found += some[: MOST_DIFFERENCES - len(found)]
    return found


def _by_indicator(upload: Upload) -> Iterator[dict]:
    """How many figures of each indicator have which outcome."""
    counts = {
        "added": Count("pk", filter=Q(outcome=Outcome.ADDED)),
        "changed": Count("pk", filter=Q(outcome=Outcome.CHANGED)),
        "unchanged": Count("pk", filter=Q(outcome=Outcome.UNCHANGED)),
        "doubtful": Count("pk", filter=~Q(doubt="") & Q(outcome__in=[Outcome.ADDED, Outcome.CHANGED])),
    }
    rows = upload.staged.values("indicator__code", "indicator__name").annotate(**counts).order_by("indicator__name")
    for row in rows:
        yield {"indicator": row.pop("indicator__code"), "name": row.pop("indicator__name"), **row}


def _barred(upload: Upload, reason: str, most: int) -> list[dict]:
    rows = upload.staged.filter(outcome=Outcome.BARRED).order_by("pk").values_list("row", "area__code")[: max(0, most)]
    return [{"row": row, "text": area, "reason": reason} for row, area in rows]


def _problem(problem: Problem) -> dict:
    return {"line": problem.line, "column": problem.column, "message": problem.message, "value": problem.value}


def _difference(one: StagedValue) -> dict:
    old = one.standing
    return {
        "row": one.row,
        "column": one.column,
        "indicator": one.indicator.code,
        "indicator_name": one.indicator.short_name,
        "area": one.area.code,
        "area_name": one.area.name,
        "period": one.period_label,
        "breakdown": one.breakdown,
        "kind": "changed" if old else "added",
        "doubt": one.doubt,
        "old": _figure(old) if old else None,
        "new": _figure(one),
        "move": _move(old.value, one.value) if old else None,
        "beside": _beside(old, one) if old else [],
    }


def _figure(one) -> dict[str, str]:
    number = "" if one.value is None else plain_number(one.value)
    flags = f" [{one.flags}]" if one.flags else ""
    return {"value": number, "marker": one.marker, "text": number + flags or marker_words(one.marker)}


def _move(old: float | None, new: float | None) -> dict[str, float | None] | None:
    """By how much a number changes, and in per cent of the old one where that means something."""
    if old is None or new is None or old == new:
        return None
    return {"by": round(new - old, 10), "percent": round(100 * (new - old) / abs(old), 1) if old else None}


def _beside(old, new) -> list[dict[str, str]]:
    changed = [name for name in BESIDE if getattr(old, name) != getattr(new, name)]
    return [{"column": name, "old": _text(getattr(old, name)), "new": _text(getattr(new, name))} for name in changed]


def _text(content: float | str | None) -> str:
    return plain_number(content) if isinstance(content, float) else content or ""
