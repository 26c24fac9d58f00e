"""Load a strategy file in two steps, see what it would change and load that; and give out the file of a strategy."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from outcomes import loading, strategyfile
from outcomes.forms import StrategyFileForm
from outcomes.loading import Loading
from partnerships import access
from partnerships.access import Level
from partnerships.changes import ADDED, CHANGED, MOVED, RETIRED, Change
from partnerships.models import Partnership
from partnerships.problems import Problem
from partnerships.yamlfile import Rejected

# Where the session keeps the file between the two steps.
KEPT_FILE = "strategy_file"


@dataclass(frozen=True)
class Group:
    """Changes of one kind, under one heading."""

    heading: str
    changes: list[Change]

    @property
    def has_fields(self) -> bool:
        return any(change.fields for change in self.changes)


@access.requires(Level.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def strategy_load(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    if "seen" in request.POST:
        return _load(request, partnership)
    form = StrategyFileForm(request.POST, request.FILES) if request.method == "POST" else StrategyFileForm()
    if not form.is_valid():
        return _choose(request, partnership, form)
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        tree = strategyfile.read(content, file=file.name)
        found = loading.compare(tree, by=request.user, partnership=partnership)
    except Rejected as rejected:
        form.refuse(rejected.problems)
        return _choose(request, partnership, form, rejected.problems)
    request.session[KEPT_FILE] = {"name": file.name, "text": content.decode("utf-8-sig")}
    return _preview(request, partnership, found)


def _load(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """The second step: what was seen is what is loaded, or it is shown again."""
    kept = request.session.get(KEPT_FILE)
    if kept is None:
        messages.warning(request, _("There is no file to load any more. Choose it again."))
        return redirect("strategy-load", partnership.slug)
    try:
        tree = strategyfile.read(kept["text"].encode(), file=kept["name"])
        found = loading.load(tree, by=request.user, partnership=partnership, seen=request.POST["seen"])
    except loading.NotAsSeen as changed:
        messages.warning(request, _("Something has changed since you looked. This is what the file would change now."))
        return _preview(request, partnership, changed.loading)
    except Rejected as rejected:
        return _choose(request, partnership, StrategyFileForm(), rejected.problems)
    del request.session[KEPT_FILE]
    messages.success(request, _("Loaded: %(title)s") % {"title": found.tree.title})
    return redirect("strategy", partnership.slug, found.tree.slug)


def _choose(
    request: HttpRequest, partnership: Partnership, form: StrategyFileForm, problems: Iterable[Problem] = ()
) -> HttpResponse:
    context = {
        "crumbs": [*_home(partnership), (_("Load a strategy file"), "")],
        "form": form,
        "problems": problems,
        "strategies": partnership.strategies.all(),
    }
    return render(request, "outcomes/load.html", context, status=400 if form.errors or problems else 200)


def _preview(request: HttpRequest, partnership: Partnership, found: Loading) -> HttpResponse:
    step = (_("Load a strategy file"), reverse("strategy-load", args=[partnership.slug]))
    context = {
        "crumbs": [*_home(partnership), step, (_("What would change"), "")],
        "found": found,
        "groups": _groups(found.effective),
        "unchanged": len(found.changes) - len(found.effective),
    }
    return render(request, "outcomes/load_preview.html", context)


def _groups(changes: list[Change]) -> list[Group]:
    headings = {
        ADDED: pgettext("changes", "Added"),
        CHANGED: pgettext("changes", "Changed"),
        MOVED: pgettext("changes", "Moved"),
        RETIRED: pgettext("changes", "Retired"),
    }
    groups = [Group(heading, [one for one in changes if one.kind == kind]) for kind, heading in headings.items()]
    return [group for group in groups if group.changes]


def _home(partnership: Partnership) -> list[tuple[str, str]]:
    return [(partnership.short_name, partnership.get_absolute_url())]


@access.requires(Level.ANYONE)
@require_safe
def strategy_file(request: HttpRequest, partnership: Partnership, strategy: str) -> HttpResponse:
    """The file as it stands. Accounts of people, and links to what the reader may not see, are for administrators."""
    found = get_object_or_404(partnership.strategies.select_related("partnership"), slug=strategy)
    if request.access.may_administer:
        text = loading.dump(found)
    else:
        visible = access.visible_partnerships(request.user).values_list("slug", flat=True)
        text = loading.dump(found, visible=set(visible), with_accounts=False)
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    name = f"{partnership.slug}-{found.slug}.yaml"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
