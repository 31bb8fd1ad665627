"""Filters of people's pages."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# NB: in this order, because later ones also name earlier ones.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac", "macOS"),
    ("Linux", "Linux"),
)
_PATH = re.compile(r'viewBox="([0-9 ]+)".*?<path d="([A-Za-z0-9., ]+)"', re.DOTALL)


@register.filter
def browser_name(agent: str) -> str:
    """A browser in words, from the name it gives itself: what it is and what it runs on, as far as that tells."""
    found = [next((words for sign, words in table if sign in agent), "") for table in (BROWSERS, SYSTEMS)]
    return " on ".join(part for part in found if part) or "Another program"


@register.filter
def qr_code(svg: str) -> SafeString:
    """A code to scan, drawn anew from the outline of one, so that only its shape reaches the page."""
    found = _PATH.search(svg)
    if found is None:
        raise ValueError("not the outline of a code")
    drawn = (
        '<svg viewBox="{}" width="220" height="220" aria-hidden="true" focusable="false"><path d="{}"/></svg>'
    )
    return format_html(drawn, *found.groups())
