"""An attacker who fetches all that anybody can: pages and downloads, of today and of every day before, and histories.

Random figures of a county, its districts and the two sexes are published through the app, revised, revised again, and
that withdrawn. From all that is shown the attacker sets up every equation (tests/indicators/attack.py).
"""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from indicators import uploads
from indicators.models import Suppression, Upload
from tests.indicators.attack import Puzzle
from tests.indicators.ground import ASHBY, BIRKDALE, Ground
from tests.indicators.hiding import COTTERHAM, COUNTY, ruled
from tests.reading import page

DISTRICTS = (ASHBY, BIRKDALE, COTTERHAM)
AREAS = (COUNTY, *DISTRICTS)
SEXES = ("sex: Female", "sex: Male")
GROUPS = ("", *SEXES)
YEARS = ("2022", "2023")
COUNT, SHARE = "live-births", "school-ready"
LEAST = 5
# How many days ago a day is looked at, and which of the states stood then.
DAYS = {12: None, 9: 0, 5: 1, 3: 2, 0: 1}

Fact = tuple[str, str, str, str]  # indicator, area, period, group


@dataclass
class Truth:
    """Numerator and denominator (nought of a count) of every fact, at one time."""

    counts: dict[Fact, tuple[int, int]] = field(default_factory=dict)

    def lines(self, facts) -> Iterator[str]:
        for fact in sorted(facts):
            code, area, year, group = fact
            above, below = self.counts[fact]
            if code == COUNT:
                yield f"{code},{area},{year},{above},,,,,{group},"
            else:
                yield f"{code},{area},{year},{100 * above / below!r},,,{above},{below},{group},"

    def revised(self, source: random.Random) -> "Truth":
        """Another figure for one district in every year, and what is added up of it."""
        found = Truth(dict(self.counts))
        for code in (COUNT, SHARE):
            for year in YEARS:
                found.draw(source, code, source.choice(DISTRICTS), year)
                found.add_up(code, year)
        return found

    def draw(self, source: random.Random, code: str, area: str, year: str) -> None:
        for sex in SEXES:
            below = source.choice([2, 6, 9, 25, 60]) + source.randint(0, 4) if code == SHARE else 0
            above = source.randint(0, below) if code == SHARE else source.choice([0, 1, 3, 6, 12, 30])
            self.counts[code, area, year, sex] = (above, below)

    def add_up(self, code: str, year: str) -> None:
        for sex in SEXES:
            self.counts[code, COUNTY, year, sex] = self._sum((code, area, year, sex) for area in DISTRICTS)
        for area in AREAS:
            self.counts[code, area, year, ""] = self._sum((code, area, year, sex) for sex in SEXES)

    def _sum(self, facts) -> tuple[int, int]:
        above, below = zip(*(self.counts[fact] for fact in facts), strict=True)
        return sum(above), sum(below)


def random_truth(source: random.Random) -> Truth:
    found = Truth()
    for code in (COUNT, SHARE):
        for year in YEARS:
            for area in DISTRICTS:
                found.draw(source, code, area, year)
            found.add_up(code, year)
    return found


def published(ground: Ground, source: random.Random) -> list[Truth]:
    """The three states, published ten, six and four days ago, the last of them withdrawn two days ago."""
    first = random_truth(source)
    second = first.revised(source)
    third = second.revised(source)
    states = [first, second, third]
    ids = []
    for before, after in zip([Truth(), first, second], states, strict=True):
        changed = [fact for fact, counts in after.counts.items() if before.counts.get(fact) != counts]
        ids.append(ground.publish(*after.lines(changed)).pk)
    uploads.withdraw(upload=Upload.objects.get(pk=ids[2]), by=ground.people["olive"])
    now = timezone.now()
    for pk, days in zip(ids, (10, 6, 4), strict=True):
        Upload.objects.filter(pk=pk).update(published_at=now - timedelta(days=days))
    Upload.objects.filter(pk=ids[2]).update(closed_at=now - timedelta(days=2))
    return states


@dataclass
class Attacker:
    client: Client
    # What is shown: by the state that it is of, the fact, and "value", "numerator" or "denominator".
    seen: dict[tuple[int, Fact, str], set[float]] = field(default_factory=dict)

    def fetch(self) -> None:
        for days, state in DAYS.items():
            day = f"as_known_on={(timezone.localdate() - timedelta(days=days)).isoformat()}" if days else ""
            for address in self._addresses():
                response = self.client.get(f"{address}{'&' if '?' in address else '?'}{day}")
                assert response.status_code == 200, address
                found = self._file(response) if "values.csv" in address else self._page(response)
                for fact, name, number in found:
                    assert state is not None, f"{address} shows {fact} before there was any"
                    self.seen.setdefault((state, fact, name), set()).add(number)

    def _addresses(self) -> Iterator[str]:
        yield from ("/northshire/matrix/", "/northshire/strategies/start-well/", "/northshire/map/")
        for area in AREAS:
            for page_of in ("dashboard", "spine"):
                yield f"/northshire/{page_of}/{area}/"
            yield f"/northshire/dashboard/{area}/values.csv"
            for code in (COUNT, SHARE):
                for group in GROUPS:
                    yield f"/northshire/indicators/{code}/?area={area}&breakdown={group}&hidden=show"
        for code in (COUNT, SHARE):
            yield f"/northshire/indicators/{code}/values.csv"

    def _page(self, response) -> Iterator[tuple[Fact, str, float]]:
        for one in page(response).find():
            if number := one.attributes.get("data-value"):
                fact = tuple(one[f"data-{name}"] for name in ("indicator", "area", "period", "breakdown"))
                if fact[1] in AREAS:
                    yield fact, "value", float(number)

    def _file(self, response) -> Iterator[tuple[Fact, str, float]]:
        for row in csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))):
            fact = (row["indicator"], row["area"], row["period"], row["breakdown"])
            for name in ("value", "numerator", "denominator"):
                text = row[name].split(" ")[0]
                if text and not text.startswith("["):
                    yield fact, name, float(text)

    def puzzle(self, code: str, year: str, states: list[Truth]) -> Puzzle:
        """Of one indicator and year all moments together. A count that did not change is one count."""

        def name(kind: str, state: int, area: str, group: str) -> tuple:
            fact = (code, area, year, group)
            first = next(place for place, one in enumerate(states) if one.counts[fact] == states[state].counts[fact])
            return kind, first, area, group

        shown, sums, within = {}, [], []
        for state in range(len(states)):
            for area in AREAS:
                for group in GROUPS:
                    shown |= {
                        name(kind, state, area, group): number
                        for kind, number in self._known(state, (code, area, year, group)).items()
                    }
                    if code == SHARE:
                        pair = (name("numerator", state, area, group), name("denominator", state, area, group))
                        within.append(pair)
            for kind in ("numerator", "denominator") if code == SHARE else ("numerator",):
                for group in GROUPS:
                    parts = [name(kind, state, area, group) for area in DISTRICTS]
                    sums.append((name(kind, state, COUNTY, group), parts))
                for area in AREAS:
                    sums.append((name(kind, state, area, ""), [name(kind, state, area, sex) for sex in SEXES]))
        self.name = name
        return Puzzle(shown, sums, within)

    def _known(self, state: int, fact: Fact) -> dict[str, float]:
        """The counts of a fact as shown, and its numerator where the figure and the denominator tell it."""
        told = {kind: self.seen.get((state, fact, kind), set()) for kind in ("value", "numerator", "denominator")}
        assert all(len({round(number, 6) for number in numbers}) < 2 for numbers in told.values()), (state, fact, told)
        found = {kind: next(iter(told[kind])) for kind in ("numerator", "denominator") if told[kind]}
        if told["value"] and fact[0] == COUNT:
            found["numerator"] = next(iter(told["value"]))
        elif told["value"] and "denominator" in found:
            found["numerator"] = round(next(iter(told["value"])) * found["denominator"] / 100)
        return found


def hidden_facts() -> set[Fact]:
    rows = Suppression.objects.values_list("indicator__code", "area__code", "period_start", "breakdown")
    return {(code, area, str(start.year), group) for code, area, start, group in rows}


@pytest.mark.parametrize("seed", range(3))
def test_nothing_that_anybody_can_fetch_gives_a_hidden_figure_away(ground, client, seed):
    ruled(COUNT, LEAST)
    ruled(SHARE, LEAST)
    states = published(ground, random.Random(seed))
    attacker = Attacker(client)
    attacker.fetch()
    hidden = hidden_facts()
    assert {fact for state in states for fact, (above, _below) in state.counts.items() if above < LEAST} <= hidden
    assert attacker.seen
    for code in (COUNT, SHARE):
        for year in YEARS:
            puzzle = attacker.puzzle(code, year, states)
            for fact in sorted(one for one in hidden if (one[0], one[2]) == (code, year)):
                _assert_not_told(attacker, puzzle, fact, states)


def _assert_not_told(attacker: Attacker, puzzle: Puzzle, fact: Fact, states: list[Truth]) -> None:
    code, area, _year, group = fact
    for place, state in enumerate(states):
        above, below = state.counts[fact]
        numerator = attacker.name("numerator", place, area, group)
        assert not attacker.seen.get((place, fact, "value"))
        assert not attacker.seen.get((place, fact, "numerator"))
        assert puzzle.may_differ(numerator, by=LEAST if above < LEAST else 1), (fact, place)
        if code == SHARE and below - above < LEAST:
            denominator = attacker.name("denominator", place, area, group)
            assert puzzle.may_differ(denominator, numerator, by=LEAST), (fact, place)


@pytest.mark.parametrize("seed", range(2))
def test_no_history_tells_anything_of_a_hidden_fact(ground, client, seed):
    ruled(COUNT, LEAST)
    ruled(SHARE, LEAST)
    published(ground, random.Random(seed))
    for code, area, year, group in sorted(hidden_facts()):
        query = {"area": area, "period": year, "breakdown": group, "as_known_on": timezone.localdate().isoformat()}
        shown = page(client.get(f"/northshire/indicators/{code}/history/", query))
        versions = shown.find("li", class_="app-version")
        assert versions
        for one in versions:
            figure = one.one("span", class_="app-figure")
            assert (figure["data-value"], figure["data-marker"]) == ("", "c")
            assert "Hidden, as the figure is." in one.text
            assert "95% limits" not in one.text
