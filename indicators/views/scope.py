"""What somebody may upload for a partnership."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from indicators.rules import Scope
from indicators.scope import scope_of
from outcomes.models import Measure
from partnerships.models import Partnership, User


def scope_for(partnership: Partnership, by: User | AnonymousUser) -> Scope:
    """The indicators are those that the measures of the partnership's strategies use."""
    return scope_of(partnership=partnership, indicators=used_by(partnership), by=by)


def used_by(partnership: Partnership) -> QuerySet:
    """The codes of the indicators that its measures show."""
    measures = Measure.objects.standing().of_partnership(partnership).filter(indicator__isnull=False)
    return measures.values_list("indicator__code", flat=True).distinct()
