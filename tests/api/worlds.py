"""Ids of a world, and of a matter that none of its people are in."""

from reviewapp.frame.actor import Actor
from reviewapp.matters.actions import create_matter
from tests.api.conftest import Program
from tests.pages.world import World, add_document, ask, finding

SECRET_TEXT = "The secret clause of the other matter"


def secret_matter(world: World) -> dict[str, object]:
    """A matter of somebody else's with a document and an answer, by what addresses call their ids."""
    matter = create_matter("Secret", actor=Actor(world.outsider))
    secret = add_document(matter, f"{SECRET_TEXT}.pdf", [SECRET_TEXT])
    other = World(world.outsider, world.outsider, world.outsider, world.outsider, matter)
    asked = ask(other, "What is secret?", finding(secret, SECRET_TEXT, text=SECRET_TEXT))
    return {
        "matter_id": matter.pk,
        "document_id": secret.pk,
        "question_id": asked.pk,
        "claim_id": asked.answers.get().pk,
        "member_id": matter.memberships.get().pk,
    }


def ids_of(world: World, admin: Program, others: dict[str, object]) -> dict[str, list[str]]:
    """Ids that requests are made with: the world's, and the others."""
    assert world.batch is not None
    upload = {"name": "x", "sha256": "0" * 64, "size_bytes": 1}
    own = {
        "matter_id": [world.matter.pk],
        "document_id": [world.documents["ready"].pk],
        "question_id": [world.questions["table"].pk, world.questions["waiting"].pk],
        "claim_id": [world.questions["answered"].answers.get().pk],
        "batch_id": [world.batch.pk],
        "state_id": [world.documents["ready"].states.get().pk],
        "member_id": [world.matter.memberships.get(user=world.reviewer).pk],
        "operation_id": [admin.post(f"/v1/matters/{world.matter.pk}/consolidations").json()["id"]],
        "upload_id": [admin.post(f"/v1/matters/{world.matter.pk}/uploads", upload).json()["id"]],
        "number": [1, 2, 99],
    }
    return {
        name: [str(key) for key in (*keys, *([others[name]] if name in others else []))]
        for name, keys in own.items()
    }
