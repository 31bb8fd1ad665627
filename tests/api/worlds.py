"""Ids of a world, and of a matter that none of its people are in."""

from typing import Any

from reviewapp.exports.actions import request_export
from reviewapp.frame.actor import Actor
from reviewapp.grids.actions import create_grid
from reviewapp.grids.sets import Asked, save_set
from reviewapp.lab.models import Comparison
from reviewapp.loads.models import Load, Production
from reviewapp.matters.actions import create_matter
from reviewapp.moving.models import Archive, Arrival
from reviewapp.webhooks.actions import add_endpoint, send_test
from tests.api.conftest import Program
from tests.pages.world import World, add_document, ask, finding

SECRET_TEXT = "The secret clause of the other matter"


def secret_matter(world: World) -> dict[str, object]:
    """A matter of somebody else's with a document and an answer, by what addresses call their ids."""
    matter = create_matter("Secret", actor=Actor(world.outsider))
    secret = add_document(matter, f"{SECRET_TEXT}.pdf", [SECRET_TEXT])
    other = World(world.outsider, world.outsider, world.outsider, world.outsider, matter)
    asked = ask(other, "What is secret?", finding(secret, SECRET_TEXT, text=SECRET_TEXT))
    actor = Actor(world.outsider)
    version = save_set(matter, f"Set: {SECRET_TEXT}", [Asked("Law", SECRET_TEXT)], actor=actor)
    grid = create_grid(matter, SECRET_TEXT, version, actor=actor)
    return {
        "matter_id": matter.pk,
        "document_id": secret.pk,
        "question_id": asked.pk,
        "claim_id": asked.answers.get().pk,
        "member_id": matter.memberships.get().pk,
        "grid_id": grid.pk,
        "column_id": grid.columns.get().pk,
        "question_set_id": version.set_id,
        "export_id": request_export(asked, "csv", actor=actor).pk,
    }


def ids_of(world: World, admin: Program, others: dict[str, object]) -> dict[str, list[str]]:
    """Ids that requests are made with: the world's, and the others."""
    assert world.batch is not None and world.grid is not None and world.grid.made_of is not None
    endpoint = add_endpoint(world.matter, "https://example.org/told", actor=Actor(world.admin))
    upload = {"name": "x", "sha256": "0" * 64, "size_bytes": 1}
    own: dict[str, list[object]] = {
        "matter_id": [world.matter.pk],
        "document_id": [world.documents["ready"].pk],
        "question_id": [world.questions["table"].pk, world.questions["waiting"].pk],
        "claim_id": [world.questions["answered"].answers.get().pk],
        "batch_id": [world.batch.pk],
        "state_id": [world.documents["ready"].states.get().pk],
        "member_id": [world.matter.memberships.get(user=world.reviewer).pk],
        "person_id": [world.reviewer.pk, world.outsider.pk],
        "question_set_id": [world.grid.made_of.set_id],
        "grid_id": [world.grid.pk],
        "column_id": [column.pk for column in world.grid.columns.all()],
        "view_id": [world.grid.views.get().pk],
        "sample_id": [world.matter.samples.get().pk],
        "load_id": [Load.objects.create(matter=world.matter, table_name="V.dat", columns=["DocID"]).pk],
        "production_id": [Production.objects.create(matter=world.matter, prefix="NB-").pk],
        "archive_id": [Archive.objects.create(matter=world.matter, made_by=world.admin).pk],
        "arrival_id": [
            Arrival.objects.create(
                matter=create_matter("Arriving", actor=Actor(world.staff)),
                brought_by=world.staff,
                file_name="a.zip",
                sha256="",
                size_bytes=1,
            ).pk
        ],
        "comparison_id": [
            Comparison.objects.create(
                matter=world.matter, made_by=world.admin, title="Ours", source="own", most_minutes=15
            ).pk
        ],
        "export_id": [export.pk for export in world.matter.exports.all()],
        "webhook_id": [endpoint.pk],
        "delivery_id": [send_test(endpoint).pk],
        "operation_id": [admin.post(f"/v1/matters/{world.matter.pk}/consolidations").json()["id"]],
        "upload_id": [admin.post(f"/v1/matters/{world.matter.pk}/uploads", upload).json()["id"]],
        "number": [1, 2, 99],
    }
    return {
        name: [str(key) for key in (*keys, *([others[name]] if name in others else []))]
        for name, keys in own.items()
    }


def posts_of(matter: str, ids: dict[str, list[str]]) -> dict[str, dict[str, Any]]:
    """What is posted again and again: one address of each kind, with a body that it takes."""
    one = {name: found[0] for name, found in ids.items()}
    asked = {"wording": "Who?"}
    return {
        f"/v1/matters/{matter}/questions": {"text": "Who?"},
        f"/v1/matters/{matter}/questions/many": {"texts": ["Who?", "When?"]},
        f"/v1/matters/{matter}/uploads": {"name": "a", "sha256": "1" * 64, "size_bytes": 1},
        f"/v1/matters/{matter}/members": {"username": "oscar", "role": "reviewer"},
        f"/v1/matters/{matter}/question-sets": {"name": "Set", "columns": [asked]},
        f"/v1/matters/{one['matter_id']}/grids": {"name": "Grid", "question_set_id": one["question_set_id"]},
        f"/v1/grids/{one['grid_id']}/columns": asked,
        f"/v1/claims/{one['claim_id']}/comments": {"text": "Look."},
        f"/v1/claims/{one['claim_id']}/decisions": {"kind": "accept", "seen": 0},
        f"/v1/matters/{matter}/issues": {"name": "Rent"},
        f"/v1/matters/{one['matter_id']}/codings": {
            "code": "privileged:yes",
            "document_ids": ids["document_id"][:1],
        },
        f"/v1/matters/{one['matter_id']}/exports": {"format": "csv"},
        f"/v1/matters/{one['matter_id']}/samples": {"size": 1},
        f"/v1/matters/{matter}/productions": {"prefix": "NB-"},
        f"/v1/matters/{matter}/archives": {},
        f"/v1/grids/{one['grid_id']}/views": {"name": "Mine"},
        f"/v1/matters/{matter}/nights/end": {},
        f"/v1/matters/{matter}/webhooks": {"url": "https://example.org/"},
    }
