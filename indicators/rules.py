"""What the cells of a file mean for one upload: its scope, and who and what its texts name. Without a database."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from indicators import tables
from partnerships.yamlfile import did_you_mean

GSS_CODE = re.compile(r"[A-Z][0-9]{8}")
# A spreadsheet can hold these in a cell; PostgreSQL cannot, and nobody can see them.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Place:
    """An area by everything that files call it; `number` is that of the Department for Education, such as 888."""

    code: str
    name: str
    name_cy: str = ""
    number: str = ""
    other_names: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        return {alike(name) for name in (self.name, self.name_cy, *self.other_names) if name}


@dataclass(frozen=True)
class IndicatorRules:
    """What an indicator asks of its figures, in the words of indicators.models."""

    code: str
    year_type: str
    value_type: str
    multiplier: float


@dataclass(frozen=True)
class Scope:
    """What one person may upload for one partnership; `elsewhere` holds the other places that the site knows."""

    footprint: frozenset[Place]
    comparators: frozenset[Place]
    elsewhere: frozenset[Place]
    indicators: Mapping[str, IndicatorRules]
    catalogue: frozenset[str]
    used: frozenset[str]
    may_change_comparators: bool

    @cached_property
    def fingerprint(self) -> str:
        """The same for scopes under which a file gives the same."""
        areas = (sorted((place.code, *sorted(place.names)) for place in self.footprint | self.comparators),)
        rules = sorted(
            (rules.code, rules.year_type, rules.value_type, rules.multiplier) for rules in self.indicators.values()
        )
        return hashlib.sha256(repr((areas, rules, sorted(self.protected))).encode()).hexdigest()

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(place.code for place in self.footprint | self.comparators)

    @cached_property
    def protected(self) -> frozenset[str]:
        """The areas whose standing figures this person may not change, because other partnerships show them too."""
        return frozenset() if self.may_change_comparators else frozenset(place.code for place in self.comparators)

    @cached_property
    def codes_by_name(self) -> dict[str, set[str]]:
        found = defaultdict(set)
        for place in self.footprint | self.comparators:
            for name in place.names:
                found[name].add(place.code)
        return found

    @cached_property
    def codes_by_number(self) -> dict[str, set[str]]:
        return {place.number: {place.code} for place in self.footprint | self.comparators if place.number}

    @cached_property
    def numbers_elsewhere(self) -> frozenset[str]:
        return frozenset(place.number for place in self.elsewhere if place.number)

    @cached_property
    def known_elsewhere(self) -> frozenset[str]:
        """Codes and names, as `alike` makes them."""
        return frozenset(text for place in self.elsewhere for text in (alike(place.code), *place.names))


class Wrong(ValueError):
    """What is wrong with one cell, as a sentence."""


class Outside(Exception):
    """An area that this upload does not cover, with the reason as a sentence."""


def alike(text: str) -> str:
    """The form in which two spellings of a name or code are the same: case and runs of spaces do not matter."""
    return " ".join(text.split()).casefold()


class Reader:
    """Reads the single cells of a file under a scope: what each text means, or a sentence for why it means nothing."""

    def __init__(self, scope: Scope, *, is_own: bool = True) -> None:
        """`is_own`: in our own layout a name that nobody has is a mistake; published files name the whole country."""
        self.scope = scope
        self.is_own = is_own

    def area(self, text: str) -> str:
        """The code of the area. Raises Wrong, or Outside where the area is none of this upload's business."""
        found = self._area(alike(text), text.strip().upper())
        if found is None and (bare := tables.clean_name(text)) != text:
            found = self._area(alike(bare), bare.strip().upper())
        if found is not None:
            return found
        if GSS_CODE.fullmatch(text.strip().upper()):
            raise Outside(_("a code of no area that this site knows"))
        if not self.is_own and text.strip():
            raise Outside(_("no area here has this code or name"))
        raise Wrong(self._unknown_area(text))

    def _area(self, typed: str, code: str) -> str | None:
        if code in self.scope.codes:
            return code
        found = self.scope.codes_by_name.get(typed) or self.scope.codes_by_number.get(whole_number(code), ())
        if len(found) == 1:
            return next(iter(found))
        if found:
            codes = {"codes": ", ".join(sorted(found))}
            raise Wrong(_("more than one area has this name: write the code, one of %(codes)s") % codes)
        if typed in self.scope.known_elsewhere or whole_number(code) in self.scope.numbers_elsewhere:
            raise Outside(_("outside the partnership's areas and those it compares with"))
        return None

    def _unknown_area(self, text: str) -> str:
        if not text.strip():
            return _("there is no area: write its code or its exact name")
        names = [place.name for place in self.scope.footprint | self.scope.comparators]
        return _with_offer(_("no area has this code or name"), text, names)

    def indicator(self, text: str) -> IndicatorRules:
        """Raises Wrong and Outside."""
        code = text.strip().lower()
        if code in self.scope.indicators:
            return self.scope.indicators[code]
        if not code:
            raise Wrong(_("there is no indicator: write its code"))
        if code in self.scope.catalogue and not self.is_own:
            raise Outside(_("no measure of this partnership uses this indicator"))
        if code in self.scope.catalogue:
            raise Wrong(_("no measure of this partnership uses this indicator, so its figures cannot be uploaded here"))
        raise Wrong(_with_offer(_("no indicator has this code"), code, self.scope.indicators))


def _with_offer(sentence: str, text: str, known: Iterable[str]) -> str:
    """The sentence and the nearest word known."""
    offer = did_you_mean(text, known)
    return f"{sentence}.{offer}" if offer else sentence


def whole_number(text: str) -> str:
    """ "301" for "301" and for "301.0", as spreadsheets write it."""
    return text.removesuffix(".0")
