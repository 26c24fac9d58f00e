"""The layouts that files are read by: all of them in sentences, and one of the partnership's own as its data."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from indicators import descriptions, layouts, savedlayouts
from indicators.layouts import LayoutError
from indicators.mappingforms import LayoutForm, as_yaml
from indicators.models import Layout
from partnerships import access
from partnerships.access import Level
from partnerships.models import Partnership


@access.requires(Level.OFFICER)
@require_safe
def layout_list(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    found = [(layout, _sentences(layout)) for layout in savedlayouts.of_partnership(partnership)]
    context = {
        "crumbs": [*_crumbs(partnership), (_("Layouts"), "")],
        "own": [pair for pair in found if pair[0].partnership_id],
        "shipped": [pair for pair in found if not pair[0].partnership_id],
    }
    return render(request, "indicators/layouts.html", context)


@access.requires(Level.OFFICER)
@require_http_methods(["GET", "POST"])
def layout_edit(request: HttpRequest, partnership: Partnership, layout: int) -> HttpResponse:
    found = next((one for one in savedlayouts.of_partnership(partnership) if one.pk == layout), None)
    if found is None:
        raise Http404
    if request.method == "POST" and (answer := _done(request, partnership, found)):
        return answer
    initial = {"title": found.title, "data": as_yaml(found.data)}
    form = LayoutForm(request.POST if "save" in request.POST else None, initial=initial)
    if form.is_valid() and found.partnership_id:
        _keep(request, partnership, form, found)
        return redirect("layouts", partnership.slug)
    crumbs = [*_crumbs(partnership), (_("Layouts"), _address(partnership)), (found.title, "")]
    context = {"crumbs": crumbs, "layout": found, "sentences": _sentences(found), "form": form}
    return render(request, "indicators/layout.html", context | {"data": initial["data"]})


def _done(request: HttpRequest, partnership: Partnership, layout: Layout) -> HttpResponse | None:
    """A copy of a shipped layout, the question whether to remove one of our own, or its end."""
    if "copy" in request.POST:
        copy = savedlayouts.keep(partnership=partnership, title=layout.title, data=layout.data, by=request.user)
        messages.success(request, _("This is a copy for this partnership. Files are read by it first."))
        return redirect("layout", partnership.slug, copy.pk)
    if "remove" in request.POST and layout.partnership_id:
        crumbs = [*_crumbs(partnership), (_("Layouts"), _address(partnership)), (layout.title, "")]
        return render(request, "indicators/layout_remove.html", {"crumbs": crumbs, "layout": layout})
    if "remove_now" in request.POST and layout.partnership_id:
        savedlayouts.remove(layout=layout)
        messages.success(request, _("Removed: %(title)s") % {"title": layout.title})
        return redirect("layouts", partnership.slug)
    return None


def _keep(request: HttpRequest, partnership: Partnership, form: LayoutForm, layout: Layout) -> None:
    title, data = form.cleaned_data["title"], form.cleaned_data["data"]
    savedlayouts.keep(partnership=partnership, title=title, data=data, by=request.user, layout=layout)
    messages.success(request, _("Saved: %(title)s") % {"title": title})


def _sentences(layout: Layout) -> list[str]:
    try:
        return descriptions.describe(layouts.plan(layout.data))
    except LayoutError as error:
        return list(error.sentences)


def _crumbs(partnership: Partnership) -> list[tuple[str, str]]:
    return [
        (partnership.short_name, partnership.get_absolute_url()),
        (_("Uploads"), reverse("uploads", args=[partnership.slug])),
    ]


def _address(partnership: Partnership) -> str:
    return reverse("layouts", args=[partnership.slug])
