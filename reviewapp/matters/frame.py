"""What the pages of a matter have in common."""

from typing import Any

from reviewapp.frame.access import SignedInRequest
from reviewapp.frame.words import ADMIN_TABS, TABS
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import may_administer


def matter_frame(request: SignedInRequest, matter: Matter, tab: str) -> dict[str, Any]:
    """What the frame of every page of a matter shows: its name and the tabs of the user's role."""
    is_admin = may_administer(request.actor, matter)
    return {
        "matter": matter,
        "tab": tab,
        "is_admin": is_admin,
        "tabs": TABS,
        "admin_tabs": ADMIN_TABS if is_admin else (),
    }
