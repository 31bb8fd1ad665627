"""The demo matter and its batch of contracts."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from reviewapp.demo.logins import ADMIN, REVIEWER
from reviewapp.frame.actor import Actor
from reviewapp.intake.actions import Incoming, create_batch
from reviewapp.intake.models import Source
from reviewapp.matters.actions import add_member, create_matter
from reviewapp.matters.models import Matter, Role
from reviewapp.states.actions import start_consolidation

CONTRACTS = Path(__file__).resolve().parent / "contracts"
MATTER_NAME = "Demo: twelve commercial contracts"
BATCH_LABEL = "CUAD sample"
#: The same in every installation, so that examples can name it; the documents are DEMO-01 and so on, by name.
MATTER_ID = UUID("11111111-1111-4111-8111-111111111111")


def demo_matter() -> Matter | None:
    """The matter that `load_demo` made; None before."""
    return Matter.objects.filter(name=MATTER_NAME, created_by__username=ADMIN).first()


def load_demo(users: Mapping[str, User], only: Collection[str] = ()) -> Matter:
    """The demo matter with its members and documents; what is there already stays as it is.

    `users` holds the admin and the reviewer by name; `only` are words of which a contract's name holds one. Documents
    whose consolidation failed or was cancelled are tried again.
    """
    admin, reviewer = users[ADMIN], users[REVIEWER]
    matter = demo_matter()
    if matter is None:
        with transaction.atomic():
            matter = create_matter(MATTER_NAME, actor=Actor(admin), key=_free_id())
            add_member(matter, reviewer, Role.REVIEWER, actor=Actor(admin))
    if not matter.batches.exists():
        contracts = enumerate(sorted(CONTRACTS.glob("*.pdf")), 1)
        files = [
            replace(Incoming.from_path(path), external_id=f"DEMO-{number:02}")
            for number, path in contracts
            if _is_chosen(path, only)
        ]
        create_batch(actor=Actor(admin), matter=matter, files=files, source=Source.COMMAND, label=BATCH_LABEL)
    start_consolidation(matter, actor=Actor(admin), trigger="demo")
    return matter


def _is_chosen(contract: Path, only: Collection[str]) -> bool:
    return not only or any(word in contract.name for word in only)


def _free_id() -> UUID | None:
    """The demo's own id, unless a matter that is no longer the demo's has it."""
    return None if Matter.objects.filter(pk=MATTER_ID).exists() else MATTER_ID
