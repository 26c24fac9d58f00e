"""The Jinja environment of the templates in templates/jinja/: tables of hundreds of figures, and what they are made of.

Django's own language makes a table of sixty measures in some eighty milliseconds, Jinja in five.
"""

from django.utils.dateformat import format as date_text
from django.utils.html import json_script
from django.utils.translation import gettext, ngettext, pgettext
from jinja2 import Environment


def environment(**options) -> Environment:
    made = Environment(**options, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - Django turns escaping on
    made.globals.update(_=gettext, ngettext=ngettext, pgettext=pgettext, date_text=date_text)
    made.filters["json_script"] = json_script
    return made
