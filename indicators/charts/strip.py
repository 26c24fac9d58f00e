"""A strip: areas as dots on one scale, the comparator as a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString

from indicators.charts.geometry import pixels, scale
from indicators.wording import gettext as _

WIDTH, HEIGHT, MARGIN = 160, 24, 8


@dataclass(frozen=True)
class Spread:
    """Pixels. Each dot is (x, label with the value, whether it is the area of the page), that area last."""

    width: int
    height: int
    dots: tuple[tuple[str, str, bool], ...]
    line: str | None
    sentence: str

    @property
    def circles(self) -> SafeString:
        """The dots as SVG, made here: a page has a thousand, and a template would be slow with them."""
        return SafeString("".join(_circle(*dot) for dot in self.dots))


def _circle(x: str, label: str, is_this: bool) -> str:
    kind = 'r="5.5" class="app-spread__this"' if is_this else 'r="4.5"'
    return f'<circle cx="{x}" cy="12" {kind}><title>{escape(label)}</title></circle>'


class Dot(NamedTuple):
    """One area of a strip before it is drawn. A tuple: a page has a thousand."""

    label: str
    value: float
    is_this: bool = False


def spread(dots: Sequence[Dot], comparator: Dot | None, period: str) -> Spread:
    """The areas of one period on one scale, the comparator as a line."""
    across = scale([dot.value for dot in (*dots, comparator) if dot], WIDTH, MARGIN)
    drawn = sorted(dots, key=lambda dot: dot.is_this)
    named = [dot.label for dot in sorted(dots, key=lambda dot: -dot.value)]
    if comparator:
        named.append(comparator.label)
    return Spread(
        WIDTH,
        HEIGHT,
        tuple((pixels(across(dot.value)), dot.label, dot.is_this) for dot in drawn),
        pixels(across(comparator.value)) if comparator else None,
        _("%(period)s, highest first: %(areas)s") % {"period": period, "areas": "; ".join(named)},
    )
