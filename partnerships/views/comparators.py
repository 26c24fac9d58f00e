"""The sets of areas that a partnership's pages compare with; comparatorsets.py alone writes them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from indicators.comparators import in_force
from partnerships import access
from partnerships import comparatorsets as writer
from partnerships.access import Level
from partnerships.forms import ComparatorSetForm
from partnerships.models import ComparatorSet, Partnership


@dataclass(frozen=True)
class Listed:
    """A set as its page lists it; `holds` tells of a publisher's versions the one that pages use today."""

    set: ComparatorSet
    members: tuple[str, ...]
    holds: bool


@access.requires(Level.ANYONE)
@require_safe
def comparator_sets(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    listed = _listed(_sets(partnership))
    context = {
        "crumbs": _crumbs(partnership),
        "own": [one for one in listed if one.set.is_own],
        "published": [one for one in listed if not one.set.is_own],
    }
    return render(request, "partnerships/comparator_sets.html", context)


@access.requires(Level.OFFICER)
@require_http_methods(["GET", "POST"])
def comparator_set_new(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    asked = {"area": request.GET.get("area") or partnership.area.code}
    form = ComparatorSetForm(request.POST or None, partnership=partnership, initial=asked)
    if form.is_valid():
        try:
            made = writer.make(partnership=partnership, by=request.user, **form.cleaned_data)
        except writer.SetRefused as refusal:
            form.add_error(refusal.code, refusal)
        else:
            messages.success(request, _("Made: %(set)s") % {"set": made.title})
            return redirect("comparator-sets", partnership.slug)
    context = {"crumbs": _crumbs(partnership, _("Make a set")), "form": form}
    return render(request, "partnerships/comparator_set.html", context)


@access.requires(Level.OFFICER)
@require_http_methods(["GET", "POST"])
def comparator_set(request: HttpRequest, partnership: Partnership, comparator_set: int) -> HttpResponse:
    found = _find(partnership, comparator_set)
    form = ComparatorSetForm.of(found, request.POST or None)
    if form.is_valid():
        try:
            writer.change(comparator_set=found, by=request.user, **form.cleaned_data)
        except writer.SetRefused as refusal:
            form.add_error(refusal.code, refusal)
        else:
            messages.success(request, _("Saved: %(set)s") % {"set": found.title})
            return redirect("comparator-sets", partnership.slug)
    context = {"crumbs": _crumbs(partnership, _("Change a set")), "form": form, "area": found.area}
    return render(request, "partnerships/comparator_set.html", context)


@access.requires(Level.OFFICER)
@require_http_methods(["GET", "POST"])
def comparator_set_remove(request: HttpRequest, partnership: Partnership, comparator_set: int) -> HttpResponse:
    found = _find(partnership, comparator_set)
    if request.method == "POST":
        writer.remove(comparator_set=found, by=request.user)
        messages.success(request, _("Removed: %(set)s") % {"set": found.title})
        return redirect("comparator-sets", partnership.slug)
    (listed,) = _listed([found])
    context = {"crumbs": _crumbs(partnership, _("Remove a set")), "listed": listed}
    return render(request, "partnerships/comparator_set_remove.html", context)


def _sets(partnership: Partnership) -> QuerySet[ComparatorSet]:
    """For the areas of the footprint: publishers' sets and the partnership's own."""
    theirs = Q(partnership__isnull=True) | Q(partnership=partnership)
    sets = ComparatorSet.objects.filter(theirs, area__in=partnership.footprint.values("pk"))
    return sets.select_related("area", "saved_by").prefetch_related("members__area")


def _listed(sets: Iterable[ComparatorSet]) -> list[Listed]:
    found = list(sets)
    holding = in_force(found, timezone.localdate())
    return [Listed(one, tuple(member.area.name for member in one.members.all()), one in holding) for one in found]


def _find(partnership: Partnership, comparator_set: int) -> ComparatorSet:
    """One that the partnership made: publishers' are not to be changed here."""
    sets = ComparatorSet.objects.select_related("area").prefetch_related("members__area")
    return get_object_or_404(sets, pk=comparator_set, partnership=partnership)


def _crumbs(partnership: Partnership, page: str = "") -> list[tuple[str, str]]:
    address = reverse("comparator-sets", args=[partnership.slug])
    crumbs = [(partnership.short_name, partnership.get_absolute_url()), (_("Comparator sets"), address if page else "")]
    return [*crumbs, (page, "")] if page else crumbs
