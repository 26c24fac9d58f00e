"""Who looked at hidden figures, and where: the only writer of SuppressedView."""

from indicators.models import SuppressedView
from partnerships.models import Partnership, User

LONGEST_ADDRESS = 2000


def record(*, partnership: Partnership, by: User, address: str) -> SuppressedView:
    """Before the figures are shown. `address` is that of the page or file, with its query."""
    return SuppressedView.objects.create(partnership=partnership, user=by, address=address[:LONGEST_ADDRESS])
