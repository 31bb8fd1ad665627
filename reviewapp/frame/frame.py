"""What the pages of a matter have in common."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from reviewapp import policy
from reviewapp.frame.access import SignedInRequest
from reviewapp.matters.models import Matter

PAGE_ROWS = 100


def matter_frame(request: SignedInRequest, matter: Matter, tab: str) -> dict[str, Any]:
    """What the frame of every page of a matter shows: its name and the tabs of the user's role."""
    return {"matter": matter, "tab": tab, "is_admin": policy.may_administer(request.user, matter)}


def page_of(request: SignedInRequest, rows: QuerySet[Any] | list[Any], size: int = PAGE_ROWS) -> Page[Any]:
    """The part of a long list that `?part=` asks for; the nearest part when there is no such one."""
    return Paginator(rows, size).get_page(request.GET.get("part"))
