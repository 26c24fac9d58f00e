"""Areas, partnerships and comparator sets from their files: the only writer of the first two, and of organisations in
files of partnerships. Sets are written by `comparatorsets`.

A code is the identity of a thing: a file that names it again changes it. Nothing is ever deleted, and whether a
partnership is public is not a file's to say.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from partnerships import comparatorsets, yamlfile
from partnerships.bringing import bring, change_of, verbose_name
from partnerships.changes import ADDED, CHANGED, UNCHANGED, Change, FieldChange
from partnerships.fileproblems import twice, unknown_areas
from partnerships.models import RESERVED_SLUGS, Area, Organisation, Partnership
from partnerships.problems import Problem
from partnerships.yamlfile import Document, Entry, Rejected, did_you_mean, reject

# What a load counts, in the order in which it says so.
KINDS = (ADDED, CHANGED, UNCHANGED)


def default_files() -> list[str]:
    """The files of the project itself, in the order of their names."""
    root = settings.FIXTURES_DIR
    found = [*(root / "areas").glob("*.csv"), *(root / "areas").glob("*.yaml"), *(root / "comparators").glob("*.yaml")]
    return sorted(str(path) for path in found)


@transaction.atomic
def load(*, files: Mapping[str, bytes]) -> list[Change]:
    """Brings areas, then partnerships, then comparator sets to what the files say, all or nothing.

    `files` gives the content by the name that problems carry: CSV files hold areas, YAML files the rest. Returns one
    change for everything named, the unchanged too. Raises Rejected with everything wrong in any of the files.
    """
    documents = read(files)
    known = {area.code: area for area in Area.objects.all()}
    areas = _entries(documents, "areas")
    partnerships = _entries(documents, "partnerships")
    sets = _entries(documents, "comparator_sets")
    codes = known.keys() | {entry.text("code") for entry in areas}
    slugs = {*Partnership.objects.values_list("slug", flat=True), *(entry.text("slug") for entry in partnerships)}
    reject(
        chain(
            _area_problems(areas, codes),
            _partnership_problems(partnerships, codes, slugs),
            comparatorsets.problems(sets, codes),
        )
    )
    return [*_load_areas(areas, known), *_load_partnerships(partnerships, known), *comparatorsets.load(sets, known)]


def read(files: Mapping[str, bytes]) -> list[Document]:
    """The files as documents that their schemas allow. Raises Rejected with everything wrong in any of them."""
    documents, problems = [], []
    for name, content in files.items():
        try:
            document = _table(content, name) if name.lower().endswith(".csv") else yamlfile.parse(content, file=name)
            yamlfile.check(document, _schema_for(document))
            documents.append(document)
        except Rejected as rejected:
            problems += rejected.problems
    if problems:
        raise Rejected(problems)
    return documents


def _schema_for(document: Document) -> dict:
    is_sets = isinstance(document.data, dict) and "comparator_sets" in document.data
    return _schema("comparators" if is_sets else "areas")


@cache
def _schema(folder: str) -> dict:
    return json.loads((settings.FIXTURES_DIR / folder / "schema.json").read_text())


def _table(content: bytes, name: str) -> Document:
    """A CSV file as a document, a row an area, empty cells left out. Raises Rejected."""
    reader = csv.reader(io.StringIO(yamlfile.decoded(content, file=name), newline=""), strict=True)
    rows, ends = [], []
    try:
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
    except csv.Error as error:
        message = _("This is not CSV that can be read: %(reason)s.") % {"reason": error}
        raise Rejected([Problem(message, name, reader.line_num)]) from error
    # A cell may hold line breaks: a row starts in the line after the one where the row before it ends.
    starts = [1, *(end + 1 for end in ends)]
    header = [cell.strip() for cell in rows[0]]
    filled = [(row, line) for row, line in zip(rows[1:], starts[1:], strict=False) if row]
    if problems := [*_heading_problems(header, name), *_width_problems(filled, len(header), name)]:
        raise Rejected(problems)
    return _document(name, header, filled)


def _heading_problems(header: list[str], name: str) -> Iterator[Problem]:
    known = list(_schema("areas")["$defs"]["area"]["properties"])
    for column in header:
        if column not in known:
            message = _("This column is not known here.") + did_you_mean(column, known)
            yield Problem(message, name, 1, column)
        elif header.count(column) > 1:
            yield Problem(_("This column stands here twice."), name, 1, column)


def _width_problems(rows: list[tuple[list[str], int]], wanted: int, name: str) -> Iterator[Problem]:
    for row, line in rows:
        if len(row) != wanted:
            widths = {"found": len(row), "wanted": wanted}
            yield Problem(_("This row has %(found)s cells, the heading %(wanted)s.") % widths, name, line)


def _document(name: str, header: list[str], rows: list[tuple[list[str], int]]) -> Document:
    cells = [{key: cell.strip() for key, cell in zip(header, row, strict=True) if cell.strip()} for row, _line in rows]
    lines = {("areas", number): line for number, (_row, line) in enumerate(rows)}
    typed = {("areas", number, key): cell for number, row in enumerate(cells) for key, cell in row.items()}
    return Document(name, {"areas": cells}, lines, typed)


def _entries(documents: Iterable[Document], key: str) -> list[Entry]:
    return [entry for document in documents for entry in document.top.items(key)]


def _loops(entries: Iterable[Entry], key: str, parents: Mapping[str, str]) -> Iterator[Problem]:
    """`parents` gives the parent of every code, "" for none."""
    for entry in entries:
        above, code = set(), entry.text(key)
        while code and code not in above:
            above.add(code)
            code = parents.get(code, "")
        if code and code == entry.text(key):
            yield entry.problem("parent", _("This lies in itself, directly or through others."))


def _area_problems(entries: list[Entry], codes: Iterable[str]) -> Iterator[Problem]:
    yield from twice(entries, "code")
    parents = dict(Area.objects.filter(parent__isnull=False).values_list("code", "parent__code"))
    yield from _loops(entries, "code", parents | {entry.text("code"): entry.text("parent") for entry in entries})
    for entry in entries:
        for key in ("parent", "successor"):
            if entry.text(key):
                yield from unknown_areas(entry, key, codes)
        starts_on, ends_on = entry.day("starts_on"), entry.day("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            yield entry.problem("ends_on", _("This is not after the day on which the area starts."))
        if entry.text("successor") and not ends_on:
            yield entry.problem("successor", _("Only an area that has ended has a successor: write when it ended."))


def _partnership_problems(entries: list[Entry], codes: Iterable[str], slugs: Iterable[str]) -> Iterator[Problem]:
    yield from twice(entries, "slug")
    parents = dict(Partnership.objects.filter(parent__isnull=False).values_list("slug", "parent__slug"))
    yield from _loops(entries, "slug", parents | {entry.text("slug"): entry.text("parent") for entry in entries})
    for entry in entries:
        if entry.text("slug") in RESERVED_SLUGS:
            yield entry.problem("slug", _("This word is kept for addresses of the site. Choose another."))
        if entry.text("parent") and entry.text("parent") not in slugs:
            offer = did_you_mean(entry.text("parent"), slugs)
            yield entry.problem("parent", _("There is no partnership with this address.") + offer)
        for key in ("area", "footprint", "comparators"):
            yield from unknown_areas(entry, key, codes)
        if entry.data["area"] not in entry.data["footprint"]:
            yield entry.problem("area", _("The main area is not in the footprint."))
        yield from twice(entry.items("organisations"), "code")


def _load_areas(entries: list[Entry], known: dict[str, Area]) -> list[Change]:
    """`known` gains the new areas. The links come in a second step: an area may name one that comes later."""
    new = {code: Area(code=code) for entry in entries if (code := entry.text("code")) not in known}
    known |= new
    fields = {}
    for entry in entries:
        values = entry.texts("name", "name_cy", "dfe_number", "kind", "note") | entry.days("starts_on", "ends_on")
        values["other_names"] = [name for part in entry.text("other_names").split(";") if (name := part.strip())]
        fields[entry.text("code")] = bring(known[entry.text("code")], values)
    Area.objects.bulk_create(new.values())
    for entry in entries:
        links = {key: known.get(entry.text(key)) for key in ("parent", "successor")}
        fields[entry.text("code")] += bring(known[entry.text("code")], links)
    written = [
        "name",
        "name_cy",
        "dfe_number",
        "other_names",
        "kind",
        "note",
        "starts_on",
        "ends_on",
        "parent",
        "successor",
    ]
    Area.objects.bulk_update([known[code] for code, changed in fields.items() if changed], written)
    return [change_of(_("area"), code, known[code].name, code in new, changed) for code, changed in fields.items()]


def _load_partnerships(entries: list[Entry], areas: Mapping[str, Area]) -> list[Change]:
    known = {one.slug: one for one in Partnership.objects.prefetch_related("footprint", "comparators")}
    new = {slug: Partnership(slug=slug) for entry in entries if (slug := entry.text("slug")) not in known}
    known |= new
    fields = {}
    for entry in entries:
        values = entry.texts("name", "name_cy", "short_name", "description") | {"area": areas[entry.text("area")]}
        fields[entry.text("slug")] = bring(known[entry.text("slug")], values)
    Partnership.objects.bulk_create(new.values())
    for entry in entries:
        one = known[entry.text("slug")]
        fields[one.slug] += bring(one, {"parent": known.get(entry.text("parent"))})
        for key in ("footprint", "comparators"):
            fields[one.slug] += _bring_areas(one, key, [areas[code] for code in entry.data.get(key, [])])
    written = ["name", "name_cy", "short_name", "description", "area", "parent"]
    Partnership.objects.bulk_update([known[slug] for slug, changed in fields.items() if changed], written)
    changes = [
        change_of(_("partnership"), slug, known[slug].short_name, slug in new, changed)
        for slug, changed in fields.items()
    ]
    return changes + _load_organisations(entries, known)


def _bring_areas(partnership: Partnership, key: str, wanted: list[Area]) -> tuple[FieldChange, ...]:
    """Sets the footprint or the comparators where they differ."""
    related = getattr(partnership, key)
    old = related.all()
    if set(old) == set(wanted):
        return ()
    names = [", ".join(sorted(area.name for area in areas)) for areas in (old, wanted)]
    related.set(wanted)
    return (FieldChange(verbose_name(partnership, key), *names),)


def _load_organisations(entries: list[Entry], partnerships: Mapping[str, Partnership]) -> list[Change]:
    found = Organisation.objects.select_related("partnership")
    known = {(one.partnership.slug, one.code): one for one in found}
    fields, new, changed = {}, [], []
    for entry in entries:
        slug = entry.text("slug")
        for item in entry.items("organisations"):
            key = (slug, item.text("code"))
            one = known.setdefault(key, Organisation(partnership=partnerships[slug], code=key[1]))
            fields[key] = bring(one, item.texts("name", "kind"))
            (changed if one.pk else new).append(one)
    Organisation.objects.bulk_create(new)
    Organisation.objects.bulk_update(changed, ["name", "kind"])
    return [
        change_of(_("organisation"), "/".join(key), known[key].name, known[key] in new, changed)
        for key, changed in fields.items()
    ]
