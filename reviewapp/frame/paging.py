"""Long lists, a part at a time."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from reviewapp.frame.access import SignedInRequest

PAGE_ROWS = 100


def page_of(
    request: SignedInRequest, rows: QuerySet[Any] | Sequence[Any], size: int = PAGE_ROWS
) -> Page[Any]:
    """The part of a long list that `?part=` asks for; the nearest part when there is no such one."""
    return Paginator(rows, size).get_page(request.GET.get("part"))
