"""The areas of the made-up country, in numbers like England's, and the partnership that the pages are measured for."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import yaml

REGIONS, COUNTIES, DISTRICTS, UNITARIES = 9, 21, 164, 132
DISTRICTS_OF_OURS = 21
PARTNERSHIP = "made-up"
# Nobody can take these for codes of the Office for National Statistics.
NATION, REGION, COUNTY = "MADE-UP-N", "MADE-UP-R1", "MADE-UP-C1"


@dataclass(frozen=True)
class Place:
    code: str
    name: str
    kind: str
    parent: str


@cache
def places() -> tuple[Place, ...]:
    """All areas, those that the partnership's pages read first: nation, region, county and its districts."""
    found = list(_places())
    ours = {NATION, REGION, COUNTY}
    return tuple(sorted(found, key=lambda place: place.code not in ours and place.parent != COUNTY))


def footprint() -> list[str]:
    """The codes of the county and its districts."""
    return [COUNTY, *(place.code for place in places() if place.parent == COUNTY)]


def areas_file() -> bytes:
    """As partnerships.areas loads it."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(("code", "name", "kind", "parent"))
    writer.writerows((place.code, place.name, place.kind, place.parent) for place in places())
    return table.getvalue().encode()


def partnership_file() -> bytes:
    """As partnerships.areas loads it."""
    partnership = {
        "slug": PARTNERSHIP,
        "name": "Made-up children's partnership",
        "short_name": "Made-up",
        "area": COUNTY,
        "footprint": footprint(),
        "comparators": [NATION, REGION],
    }
    return yaml.safe_dump({"partnerships": [partnership]}).encode()


def _places() -> Iterator[Place]:
    yield Place(NATION, "Made-up nation", "nation", "")
    for number in range(1, REGIONS + 1):
        yield Place(f"MADE-UP-R{number}", f"Made-up region {number}", "region", NATION)
    for number in range(1, COUNTIES + 1):
        yield Place(f"MADE-UP-C{number}", f"Made-up county {number}", "county", _region(number))
    for number in range(1, DISTRICTS + 1):
        county = 1 if number <= DISTRICTS_OF_OURS else 2 + number % (COUNTIES - 1)
        yield Place(f"MADE-UP-D{number}", f"Made-up district {number}", "district", f"MADE-UP-C{county}")
    for number in range(1, UNITARIES + 1):
        yield Place(f"MADE-UP-U{number}", f"Made-up city {number}", "unitary", _region(number))


def _region(number: int) -> str:
    return f"MADE-UP-R{1 + (number - 1) % REGIONS}"
