"""The Jinja environment of the templates in templates/jinja/: tables of hundreds of figures, and what they are made of.

Django's own language makes a table of sixty measures in some eighty milliseconds, Jinja in five.
"""

from collections.abc import Hashable
from functools import lru_cache

from django.template.loader import get_template
from django.utils.dateformat import format as date_text
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import ngettext, pgettext
from jinja2 import Environment

from indicators.wording import gettext


@lru_cache(maxsize=10_000)
def remembered(component: str, *content: Hashable) -> SafeString:
    """A component that looks the same whenever it holds the same, such as a mark: drawn once for all pages."""
    macros = get_template("components.html", using="jinja").template.module
    return SafeString(getattr(macros, component)(*content))


def environment(**options) -> Environment:
    made = Environment(**options, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - Django turns escaping on
    made.globals.update(_=gettext, ngettext=ngettext, pgettext=pgettext, date_text=date_text)
    made.globals["remembered"] = remembered
    made.filters["json_script"] = json_script
    return made
