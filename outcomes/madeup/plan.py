"""The strategy of the made-up partnership, as a strategy file: sixty measures, most of them with targets."""

import yaml

from outcomes.madeup.definitions import Definition
from outcomes.madeup.figures import figures
from outcomes.madeup.places import COUNTY, PARTNERSHIP, places

STRATEGY = "made-up"
MEASURES, PRIORITIES, OBJECTIVES = 60, 5, 3
ON_AN_OBJECTIVE = MEASURES // (PRIORITIES * OBJECTIVES)
# Every so manieth measure has no target, every so manieth of those broken down by sex is about girls alone.
WITHOUT_TARGET, ABOUT_GIRLS = 6, 3
BASELINE_PERIOD = 4


def measured() -> list[Definition]:
    return [Definition(number) for number in range(MEASURES)]


def strategy_file(seed: int) -> bytes:
    """As outcomes.loading loads it; baselines are figures of the county, made with the same seed."""
    levels = [
        {"code": "priority", "kind": "priority", "depth": 1, "word": "Priority", "plural": "Priorities"},
        {"code": "objective", "kind": "objective", "depth": 2, "word": "Objective", "plural": "Objectives"},
    ]
    strategy = {
        "format": 1,
        "partnership": PARTNERSHIP,
        "slug": STRATEGY,
        "title": "Made-up strategy",
        "vision": "Every page answers at once.",
        "source": {"document": "None: it is made up"},
        "levels": levels,
        "elements": [_priority(number, seed) for number in range(PRIORITIES)],
    }
    return yaml.safe_dump(strategy, sort_keys=False).encode()


def _priority(number: int, seed: int) -> dict:
    objectives = [_objective(number * OBJECTIVES + place, seed) for place in range(OBJECTIVES)]
    title = f"Made-up priority {number + 1}"
    return {"code": f"priority-{number + 1}", "level": "priority", "title": title, "elements": objectives}


def _objective(number: int, seed: int) -> dict:
    first = number * ON_AN_OBJECTIVE
    return {
        "code": f"objective-{number + 1}",
        "level": "objective",
        "title": f"Made-up objective {number + 1}",
        "measures": [_measure(Definition(place), seed) for place in range(first, first + ON_AN_OBJECTIVE)],
        "actions": [{"code": f"action-{number + 1}", "title": f"Made-up action {number + 1}", "due_on": "2027-03-31"}],
    }


def _measure(definition: Definition, seed: int) -> dict:
    about_girls = definition.number % ABOUT_GIRLS == 0 and any("Female" in group for group in definition.breakdowns)
    measure = {"code": definition.code, "title": definition.name, "indicator": definition.code}
    if about_girls:
        measure["breakdown"] = "sex: Female"
    return measure if definition.number % WITHOUT_TARGET == 0 else measure | _aim(definition, about_girls, seed)


def _aim(definition: Definition, about_girls: bool, seed: int) -> dict:
    """A tenth better within seven years, half of it half-way."""
    start = _of_county(definition, about_girls, seed)
    step = round(start * (-0.05 if definition.polarity == "low" else 0.05), 2)
    return {
        "baseline": {"value": start, "period": definition.periods[BASELINE_PERIOD].label},
        "tolerance": abs(round(step / 4, 2)),
        "targets": [
            {"value": round(start + step, 2), "due_on": "2025-03-31"},
            {"value": round(start + 2 * step, 2), "due_on": "2028-03-31"},
        ],
    }


def _of_county(definition: Definition, about_girls: bool, seed: int) -> float:
    county = next(number for number, place in enumerate(places()) if place.code == COUNTY)
    found = figures(definition, areas=county + 1, seed=seed)
    rows = (found.area == county) & (found.period == BASELINE_PERIOD) & (found.group == int(about_girls))
    return float(found.value[rows & found.is_current][0])
