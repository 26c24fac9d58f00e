"""Jinja templates within Django's: one component, or a whole table."""

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def component(name: str, *content) -> SafeString:
    """A macro of templates/jinja/components.html."""
    macros = get_template("components.html", using="jinja").template.module
    return SafeString(getattr(macros, name)(*content))


@register.simple_tag
def table(name: str, **content) -> SafeString:
    """A template of templates/jinja/ with what it needs."""
    return SafeString(get_template(name, using="jinja").render(content))
