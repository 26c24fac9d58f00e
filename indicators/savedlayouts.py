"""The layouts that files are read by: those shipped with the site and those that partnerships saved. The only writer of
Layout."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import yaml
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from indicators import layouts, recognition
from indicators.headings import HEAD
from indicators.layouts import OWN, LayoutError, Plan
from indicators.models import Indicator, Layout
from indicators.rules import Scope
from indicators.tables import Book, Row, same_name
from indicators.templatefile import FILL_IN_COLUMN
from indicators.uploads import HowRead
from partnerships.models import Partnership, User

# Rows enough to see the header below a long preamble, and what stands in the columns.
ROWS_TO_RECOGNISE = HEAD + 50


@transaction.atomic
def load_shipped() -> dict[str, int]:
    """Brings the layouts of fixtures/layouts into the database; returns how many were added, changed and unchanged."""
    known = {layout.name: layout for layout in Layout.objects.filter(partnership=None)}
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for path in sorted((settings.FIXTURES_DIR / "layouts").glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        plan = layouts.plan(data)
        layout = known.get(plan.name)
        if layout and (layout.title, layout.data) == (plan.title, data):
            counts["unchanged"] += 1
            continue
        counts["changed" if layout else "added"] += 1
        Layout.objects.update_or_create(
            name=plan.name, partnership=None, defaults={"title": plan.title, "data": data, "saved_at": timezone.now()}
        )
    return counts


@transaction.atomic
def keep(*, partnership: Partnership, title: str, data: dict, by: User, layout: Layout | None = None) -> Layout:
    """Saves a layout of a partnership, over one of its own where that is given. Raises LayoutError."""
    if layout is None or layout.partnership_id != partnership.pk:
        layout = Layout(partnership=partnership, name=_free_name(partnership, title))
    data = data | {"name": layout.name, "title": title}
    layouts.plan(data)
    layout.title, layout.data, layout.saved_by, layout.saved_at = title, data, by, timezone.now()
    layout.save()
    return layout


@transaction.atomic
def remove(*, layout: Layout) -> None:
    """Removes a layout of a partnership. Files that were read by it keep how they were read."""
    layout.delete()


def _free_name(partnership: Partnership, title: str) -> str:
    base = slugify(title)[:50] or "layout"
    taken = set(Layout.objects.filter(Q(partnership=partnership) | Q(partnership=None)).values_list("name", flat=True))
    taken.add(OWN.name)
    names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def of_partnership(partnership: Partnership) -> list[Layout]:
    """The layouts that its files may be read by, its own first."""
    found = Layout.objects.filter(Q(partnership=partnership) | Q(partnership=None))
    return sorted(found, key=lambda layout: (layout.partnership_id is None, layout.title))


def recognised(book: Book, partnership: Partnership, scope: Scope, *, layout: Layout | None = None) -> HowRead | None:
    """How a file is read without asking, by that layout where one is given; None where nobody can tell.

    The sheets are tried in their order. A layout that this partnership saved goes before one that is shipped. Raises
    TableError.
    """
    saved = [(one, plan) for one in ([layout] if layout else of_partnership(partnership)) for plan in _plans(one)]
    plans = [plan for one, plan in saved if one.partnership_id]
    plans += [] if layout else [OWN]
    plans += [plan for one, plan in saved if not one.partnership_id]
    names, areas = indicator_names(scope), area_names(scope)
    for sheet in book.sheets:
        head = first_rows(book, sheet)
        # Sheets of one workbook may have the same columns, and other measures.
        fitting = [plan for plan in plans if same_name(plan.sheet) in ("", same_name(sheet))]
        if found := recognition.recognise(head, fitting, areas=areas, indicators=names, sheet=sheet):
            plan = _as_template(found[0], head[found[1]])
            from_layout = next((one for one, known in saved if known.name == plan.name), None)
            return HowRead(layouts.data_of(plan), sheet, from_layout)
    if layout is None:
        return None
    named = layout.data.get("sheet", "")
    return HowRead(layout.data, named if named in book.sheets else "", layout)


def _as_template(plan: Plan, header: Row) -> Plan:
    """In a template of ours the rows that nobody has filled in are no mistakes."""
    is_template = plan.is_own and FILL_IN_COLUMN in map(same_name, header.cells)
    return replace(plan, blank="left out") if is_template else plan


def own() -> HowRead:
    """By the app's own columns."""
    return HowRead(layouts.data_of(OWN))


def _plans(layout: Layout) -> Iterator[Plan]:
    """The plan of a layout; nothing where a release of the site has made it unreadable."""
    try:
        yield layouts.plan(layout.data)
    except LayoutError:
        return


def first_rows(book: Book, sheet: str) -> list[Row]:
    return list(islice(book.rows(sheet), ROWS_TO_RECOGNISE))


def indicator_names(scope: Scope) -> dict[str, list[str]]:
    """What the indicators that this person may bring are called, by code."""
    found = Indicator.objects.filter(code__in=scope.used).values_list("code", "name", "name_cy", "short_name")
    return {code: [name for name in names if name] for code, *names in found}


def area_names(scope: Scope) -> set[str]:
    """Every code and name of the areas that this person may bring figures for."""
    return {text for place in scope.footprint | scope.comparators for text in (place.code, *place.names)}
