"""The pages of one strategy: the plan on a page, its glossary, its documents and its targets."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from indicators import knownon, seeingthrough
from outcomes import documents, targets
from outcomes.forms import AimForm, DocumentForm
from outcomes.models import Strategy
from outcomes.plan import plan_of
from outcomes.views.choosing import DayForm
from partnerships import access
from partnerships.access import Level
from partnerships.models import Partnership


@access.requires(Level.ANYONE)
@seeingthrough.offered
@require_safe
def strategy(request: HttpRequest, partnership: Partnership, strategy: str) -> HttpResponse:
    found = _find(partnership, strategy)
    day = knownon.asked_for(request).day
    plan = plan_of(
        found,
        visible=access.visible_partnerships(request.user),
        is_member=request.access.is_member,
        today=timezone.localdate(),
        as_known_on=day,
    )
    crumbs = [*_home(partnership), (found.title, "")]
    context = {"crumbs": crumbs, "strategy": found, "plan": plan, "day_form": DayForm(day)}
    return render(request, "outcomes/plan.html", context)


@access.requires(Level.ANYONE)
@require_safe
def glossary(request: HttpRequest, partnership: Partnership, strategy: str) -> HttpResponse:
    found = _find(partnership, strategy)
    terms = sorted(found.glossary.all(), key=lambda term: term.term.casefold())
    context = {**_page_of(found, _("Glossary")), "terms": terms}
    return render(request, "outcomes/glossary.html", context)


@access.requires(Level.ANYONE)
@require_safe
def document_list(request: HttpRequest, partnership: Partnership, strategy: str) -> HttpResponse:
    found = _find(partnership, strategy)
    context = {**_page_of(found, _("Documents")), "shelves": documents.shelves(found)}
    return render(request, "outcomes/documents.html", context)


@access.requires(Level.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def document_new(request: HttpRequest, partnership: Partnership, strategy: str) -> HttpResponse:
    found = _find(partnership, strategy)
    form = DocumentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        document = documents.add(strategy=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Added: %(document)s") % {"document": document.title})
        return redirect("documents", partnership.slug, found.slug)
    page = _page_of(found, _("Add a document"), parent=(_("Documents"), "documents"))
    return render(request, "outcomes/document_new.html", {**page, "form": form})


@access.requires(Level.ADMINISTRATOR)
@require_safe
def target_list(request: HttpRequest, partnership: Partnership, strategy: str) -> HttpResponse:
    found = _find(partnership, strategy)
    context = {**_page_of(found, _("Targets")), "aimed": targets.of_strategy(found)}
    return render(request, "outcomes/targets.html", context)


@access.requires(Level.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def target(request: HttpRequest, partnership: Partnership, strategy: str, measure: str) -> HttpResponse:
    found = _find(partnership, strategy)
    chosen = get_object_or_404(targets.can_have(found), code=measure)
    form = AimForm(request.POST if request.method == "POST" else None, measure=chosen)
    if form.is_valid():
        targets.set_aim(measure=chosen, by=request.user, **form.aim())
        messages.success(request, _("Targets saved: %(measure)s") % {"measure": chosen.title})
        return redirect("targets", partnership.slug, found.slug)
    page = _page_of(found, chosen.title, parent=(_("Targets"), "targets"))
    return render(request, "outcomes/target.html", {**page, "measure": chosen, "form": form})


def _find(partnership: Partnership, slug: str) -> Strategy:
    found = get_object_or_404(Strategy, partnership=partnership, slug=slug)
    # Known already, with its area, from the check of access.
    found.partnership = partnership
    return found


def _home(partnership: Partnership) -> list[tuple[str, str]]:
    return [(partnership.short_name, partnership.get_absolute_url())]


def _page_of(strategy: Strategy, title: str, *, parent: tuple[str, str] | None = None) -> dict:
    """What the pages below a plan share. `parent` is the label and the name of the page between."""
    partnership = strategy.partnership
    crumbs = [*_home(partnership), (strategy.title, strategy.get_absolute_url())]
    if parent:
        label, name = parent
        crumbs.append((label, reverse(name, args=[partnership.slug, strategy.slug])))
    return {"strategy": strategy, "crumbs": [*crumbs, (title, "")]}
