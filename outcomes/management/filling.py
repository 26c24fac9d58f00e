"""Brings the made-up world into the database: its ground by the app's own writers, its figures in bulk, past them."""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime

import numpy as np
from django.db import connection, transaction

from indicators import bulk, catalogue, originals, savedlayouts
from indicators.models import Indicator, Marker, Upload, UploadState
from indicators.staging import VALUES
from outcomes import loading, strategyfile
from outcomes.madeup import definitions, places, plan
from outcomes.madeup.definitions import Definition
from outcomes.madeup.figures import Figures, figures, rows
from partnerships import areas, members
from partnerships.models import Area, Partnership, Role, User

KEEPER, OFFICER = "keeper.made-up@example.org", "officer.made-up@example.org"
# When the two files of an indicator were published: one with everything, one that revises some of it.
PUBLISHED = (datetime(2026, 5, 1, 9, tzinfo=UTC), datetime(2026, 6, 1, 9, tzinfo=UTC))
# What the pages of the partnership read: the county, its districts, the region and the nation.
OURS = len(places.footprint()) + 2


def fill(values: int, *, seed: int, progress: Callable[[int, int], None]) -> None:
    """Exactly so many values.

    First come those that the partnership's pages read, then those of other areas, then other indicators, so that from
    some hundred thousand on the pages show the same, whatever the number.
    """
    wanted = dict(_wanted(values))
    partnership = _lay_ground(wanted, seed)
    indicators, area_ids = _ids(Indicator), _ids(Area)
    done = 0
    for definition, many in wanted.items():
        found = figures(definition, areas=many, seed=seed).first(values - done)
        with transaction.atomic():
            uploads = _uploads(definition, found, partnership)
            columns = _columns(definition, found, uploads, area_ids)
            bulk.bring(VALUES, {"indicator_id": indicators[definition.code], **columns})
        done += len(found)
        progress(done, values)
    _tell_planner()


def _wanted(values: int) -> Iterator[tuple[Definition, int]]:
    """Which indicators are made, and for how many areas each: what is measured for ours at least."""
    measured, everywhere = plan.measured(), len(places.places())
    areas_of_measured = min(max(OURS, values // sum(rows(one, areas=1) for one in measured)), everywhere)
    number = left = 0
    left = values
    while left > 0 or number < len(measured):
        definition, many = Definition(number), areas_of_measured if number < len(measured) else everywhere
        yield definition, many
        left -= rows(definition, areas=many)
        number += 1


@transaction.atomic
def _lay_ground(indicators: Iterable[Definition], seed: int) -> Partnership:
    areas.load(files={"areas.csv": places.areas_file(), "partnerships.yaml": places.partnership_file()})
    catalogue.load(files={"indicators.yaml": definitions.catalogue_file(indicators)}, whole=False)
    loading.load(strategyfile.read(plan.strategy_file(seed), file="strategy.yaml"), by=None)
    partnership = Partnership.objects.get(slug=places.PARTNERSHIP)
    keeper = User.objects.create_user(KEEPER, name="Made-up keeper")
    members.add(partnership=partnership, email=OFFICER, name="Made-up officer", role=Role.OFFICER, by=keeper)
    members.set_visibility(partnership=partnership, is_public=True, by=keeper)
    return partnership


def _ids(model: type[Indicator] | type[Area]) -> dict[str, int]:
    return dict(model.objects.values_list("code", "pk"))


def _uploads(definition: Definition, found: Figures, partnership: Partnership) -> list[int]:
    """The keys of the two files that brought the figures."""
    keeper = User.objects.get(email=KEEPER)
    original = originals.keep(io.BytesIO(b"made up"))
    made = []
    for number, published in enumerate(PUBLISHED):
        many = int((found.file == number).sum())
        upload = Upload(
            partnership=partnership,
            original=original,
            file_name=f"{definition.code}-{number + 1}.csv",
            plan={"name": "own"},
            publisher="Nobody",
            source="Made-up figures",
            state=UploadState.PUBLISHED,
            figures_read=many,
            added=0 if number else many,
            changed=many if number else 0,
            uploaded_at=published,
            uploaded_by=keeper,
            published_at=published,
            published_by=keeper,
        )
        upload.save()
        made.append(upload.pk)
    return made


def _columns(
    definition: Definition, found: Figures, uploads: list[int], area_ids: Mapping[str, int]
) -> dict[str, bulk.Column]:
    codes = np.array([area_ids[place.code] for place in places.places()])
    times, groups = definition.periods, ("", *definition.breakdowns)
    period = found.period.tolist()
    suppressed = np.isnan(found.value).tolist()
    return {
        "upload_id": np.array(uploads)[found.file],
        "row": found.row,
        "column": 4,
        "is_current": found.is_current,
        "area_id": codes[found.area],
        "period_start": [starts[n] for starts in [[one.start.isoformat() for one in times]] for n in period],
        "period_end": [ends[n] for ends in [[one.end.isoformat() for one in times]] for n in period],
        "period_label": [labels[n] for labels in [[one.label for one in times]] for n in period],
        "breakdown": [groups[n] for n in found.group.tolist()],
        "marker": [Marker.SUPPRESSED.value if hidden else "" for hidden in suppressed],
        "flags": ["r" if number else "" for number in found.file.tolist()],
        "note": "",
        **{name: getattr(found, name) for name in ("value", "lower", "upper", "numerator", "denominator")},
    }


def _tell_planner() -> None:
    """What autovacuum does by and by."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"{'' if connection.in_atomic_block else 'VACUUM '}ANALYZE {VALUES}")
