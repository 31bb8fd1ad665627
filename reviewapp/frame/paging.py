"""Long lists, a part at a time."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from reviewapp.frame.access import SignedInRequest

PAGE_ROWS = 100


def page_of(
    request: SignedInRequest, rows: QuerySet[Any] | Sequence[Any], size: int = PAGE_ROWS
) -> Page[Any]:
    """The part of a long list that `?part=` asks for; the nearest part when there is no such one."""
    return Paginator(rows, size).get_page(request.GET.get("part"))


def back_to(address: str, sent: QueryDict) -> str:
    """A list's address as it was looked at on the page that sent a form: its `look` is that page's query."""
    look = QueryDict(sent.get("look", "")).urlencode()
    return f"{address}?{look}" if look else address
