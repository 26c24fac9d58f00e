"""Translations, remembered by language.

A table of sixty measures asks for a thousand, and for a text that has no translation Django looks through six
catalogues each time: English has none at all.
"""

from functools import lru_cache

from django.utils import translation


def gettext(text: str) -> str:
    """As Django's."""
    return _in(translation.get_language(), text)


@lru_cache(maxsize=10_000)
def _in(language: str | None, text: str) -> str:
    return translation.gettext(text)
