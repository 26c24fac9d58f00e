"""Brings the made-up world into the database: its ground by the app's own writers, its figures in bulk, past them."""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import numpy as np
from django.db import connection, transaction

from indicators import bulk, catalogue, originals
from indicators.models import Indicator, Marker, Upload, UploadState
from indicators.staging import NUMBERS, VALUES
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
    """Exactly so many values, some of them superseded.

    First come those that the partnership's pages read, then those of other areas, then those of other indicators, so
    that from a hundred thousand on the pages show the same, whatever the number.
    """
    wanted = dict(_wanted(values))
    partnership = _lay_ground(wanted, seed)
    indicators, area_ids = _ids(Indicator), _ids(Area)
    done = 0
    for definition, many in wanted.items():
        if done >= values:
            break
        found = figures(definition, areas=many, seed=seed).first(values - done)
        with transaction.atomic():
            uploads = _publish(definition, found, partnership)
            columns = _columns(definition, found, uploads, area_ids)
            bulk.bring(VALUES, {"indicator_id": indicators[definition.code], **columns})
        done += len(found)
        progress(done, values)
    _tell_planner()


def _wanted(values: int) -> Iterator[tuple[Definition, int]]:
    """Which indicators are made, and for how many areas each: what is measured at least for ours."""
    measured, everywhere = plan.measured(), len(places.places())
    room = values // sum(rows(definition, areas=1) for definition in measured)
    left = values
    for definition in measured:
        many = min(max(OURS, room), everywhere)
        yield definition, many
        left -= rows(definition, areas=many)
    number = len(measured)
    while left > 0:
        yield Definition(number), everywhere
        left -= rows(Definition(number), areas=everywhere)
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


def _publish(definition: Definition, found: Figures, partnership: Partnership) -> list[int]:
    """The ids of the two uploads that the figures came with."""
    keeper, original = User.objects.get(email=KEEPER), originals.keep(io.BytesIO(b"made up"))
    made = []
    for number, (moment, outcome) in enumerate(zip(PUBLISHED, ("added", "changed"), strict=True)):
        many = int((found.file == number).sum())
        upload = Upload.objects.create(
            partnership=partnership,
            original=original,
            file_name=f"{definition.code}-{number + 1}.csv",
            plan={"name": "own"},
            state=UploadState.PUBLISHED,
            figures_read=many,
            **{outcome: many},
            uploaded_at=moment,
            uploaded_by=keeper,
            published_at=moment,
            published_by=keeper,
        )
        made.append(upload.pk)
    return made


def _columns(
    definition: Definition, found: Figures, uploads: Sequence[int], area_ids: Mapping[str, int]
) -> dict[str, bulk.Column]:
    periods, groups = definition.periods, ("", *definition.breakdowns)
    return {
        "upload_id": np.array(uploads)[found.file],
        "row": found.row,
        "column": 4,
        "is_current": found.is_current,
        "area_id": np.array([area_ids[place.code] for place in places.places()])[found.area],
        "period_start": _texts([period.start.isoformat() for period in periods], found.period),
        "period_end": _texts([period.end.isoformat() for period in periods], found.period),
        "period_label": _texts([period.label for period in periods], found.period),
        "breakdown": _texts(groups, found.group),
        "marker": _texts(("", Marker.SUPPRESSED.value), np.isnan(found.value)),
        "flags": _texts(("", "r"), found.file),
        "note": "",
        **{name: getattr(found, name) for name in NUMBERS},
    }


def _texts(texts: Sequence[str], chosen: np.ndarray) -> list[str]:
    return [texts[place] for place in chosen.tolist()]


def _tell_planner() -> None:
    """What autovacuum does by and by."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"{'' if connection.in_atomic_block else 'VACUUM '}ANALYZE {VALUES}")
