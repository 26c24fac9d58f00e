"""What somebody may upload for a partnership."""

from django.contrib.auth.models import AnonymousUser

from indicators.rules import Scope
from indicators.scope import scope_of
from outcomes.models import Measure
from partnerships.models import Partnership, User


def scope_for(partnership: Partnership, by: User | AnonymousUser) -> Scope:
    """The indicators are those that the measures of the partnership's strategies use."""
    measures = Measure.objects.standing().of_partnership(partnership).filter(indicator__isnull=False)
    codes = measures.values_list("indicator__code", flat=True).distinct()
    return scope_of(partnership=partnership, indicators=codes, by=by)
