"""Changes: connecting a matter with Clio, choosing which of Clio's, fetching from it, sending to it, ending it."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from reviewapp.clio import calling
from reviewapp.clio.calling import Clio, ClioError, Pause
from reviewapp.clio.jobs import FETCH_FROM_CLIO, SEND_TO_CLIO
from reviewapp.clio.models import Connection, SentNote
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.sealing import UnsealError, seal, unseal
from reviewapp.jobs import lifecycle
from reviewapp.matters.models import Matter
from reviewapp.questions.models import Question

_PURPOSE = "clio"
_EARLY = timedelta(minutes=5)
MOST_FOUND = 50


def connect(matter: Matter, code: str, redirect_uri: str, *, actor: Actor) -> Connection:
    """Keep the tokens that Clio gives for a code. Nothing is fetched or sent yet. Raises ClioError."""
    told = calling.tokens(grant_type="authorization_code", code=code, redirect_uri=redirect_uri)
    with transaction.atomic():
        connection, _ = Connection.objects.update_or_create(
            matter=matter,
            defaults={**_kept(told, ""), "connected_by": actor.signed_in(), "ended_because": ""},
        )
        record(Happened.CLIO_CONNECTED, connection, actor=actor, matter=matter)
    return connection


def choose(connection: Connection, there: str, name: str, *, gives_answers: bool, actor: Actor) -> Connection:
    """Say which of Clio's matters this one belongs to, and whether answers may be sent there. Raises ClioError."""
    if not there.isdecimal() or len(there) > 40:
        raise ClioError("clio-matter-missing", "Choose the matter at Clio first.", 409)
    with transaction.atomic():
        connection = Connection.objects.select_for_update().get(pk=connection.pk)
        connection.there, connection.there_name = there, name[:300]
        connection.gives_answers = gives_answers
        connection.save(update_fields=["there", "there_name", "gives_answers"])
        record(
            Happened.CLIO_CHOSEN, connection, actor=actor, matter=connection.matter, there=there,
            gives_answers=gives_answers,
        )  # fmt: skip
    return connection


def disconnect(connection: Connection, *, actor: Actor) -> None:
    """Forget the tokens here and, where it can be reached, at Clio. What was fetched stays."""
    # NB: an account that cannot be reached now must not keep an admin from ending this.
    with suppress(ClioError, UnsealError):
        calling.deauthorize(unseal(_PURPOSE, connection.access))
    with transaction.atomic():
        lifecycle.cancel_all(connection.jobs.all(), matter=connection.matter, actor=actor)
        record(Happened.CLIO_DISCONNECTED, connection, actor=actor, matter=connection.matter)
        connection.delete()


def fetch(connection: Connection, *, actor: Actor) -> None:
    """Have the documents fetched that are new or changed at Clio. Raises ClioError before a matter is chosen."""
    with transaction.atomic():
        connection = _ready(connection)
        if connection.jobs.filter(status__in=("waiting", "running")).exists():
            raise ClioError("clio-under-way", "Documents are being fetched.", 409)
        record(Happened.CLIO_FETCHED, connection, actor=actor, matter=connection.matter)
        lifecycle.create_job(FETCH_FROM_CLIO, connection, matter=connection.matter, actor=actor)


def send_answer(connection: Connection, question: Question, *, actor: Actor) -> SentNote:
    """Have a question with its answers written as a note at Clio. Raises ClioError where nobody allowed that."""
    with transaction.atomic():
        connection = _ready(connection)
        if not connection.gives_answers:
            raise ClioError(
                "clio-not-agreed", "An admin has to allow first that answers are sent to Clio.", 409
            )
        note = SentNote.objects.create(
            matter=connection.matter,
            question=question,
            sent_by=actor.signed_in(),
            matter_there=connection.there,
        )
        record(Happened.CLIO_NOTE_REQUESTED, note, actor=actor, matter=connection.matter)
        lifecycle.create_job(SEND_TO_CLIO, note, matter=connection.matter, actor=actor)
    return note


def matters_there(connection: Connection, words: str) -> list[tuple[str, str]]:
    """Ids and names of Clio's matters that the connected account finds by these words. Raises ClioError."""
    asked = {"fields": "id,display_number,description", "limit": str(MOST_FOUND)}
    if words.strip():
        asked["query"] = words.strip()
    rows = next(clio_of(connection).listed("matters", **asked), [])
    return [
        (str(row["id"]), f"{row.get('display_number') or ''} {row.get('description') or ''}".strip())
        for row in rows
    ]


def clio_of(connection: Connection, pause: Pause | None = None) -> Clio:
    """Clio as the connected account sees it; a token that has ended is refreshed."""

    def access(fresh: bool) -> str:
        known = Connection.objects.filter(pk=connection.pk).first()
        if known is None:
            raise ClioError("clio-not-connected", "This matter is not connected with Clio (any more).", 409)
        if not fresh and known.expires_at > timezone.now() + _EARLY:
            return _unsealed(known.access)
        told = calling.tokens(grant_type="refresh_token", refresh_token=_unsealed(known.refresh))
        Connection.objects.filter(pk=connection.pk).update(**_kept(told, known.refresh))
        return str(told["access_token"])

    return Clio(access, pause) if pause else Clio(access)


def note_end(connection: Connection, why: str) -> None:
    """Say on the page that Clio takes the tokens no more."""
    Connection.objects.filter(pk=connection.pk).update(ended_because=why[:200])


def _ready(connection: Connection) -> Connection:
    connection = Connection.objects.select_for_update().select_related("matter").get(pk=connection.pk)
    if not connection.there:
        raise ClioError("clio-matter-missing", "Choose the matter at Clio first.", 409)
    if connection.ended_because:
        raise ClioError("clio-not-allowed", connection.ended_because, 409)
    return connection


def _kept(told: dict[str, Any], refresh: str) -> dict[str, Any]:
    seconds = told.get("expires_in")
    again = told.get("refresh_token")
    return {
        "access": seal(_PURPOSE, told["access_token"]),
        "refresh": seal(_PURPOSE, again) if isinstance(again, str) and again else refresh,
        "expires_at": timezone.now() + timedelta(seconds=seconds if isinstance(seconds, int) else 3600),
    }


def _unsealed(sealed: str) -> str:
    try:
        return unseal(_PURPOSE, sealed)
    except UnsealError:
        message = "The connection was made under another secret key. Connect again."
        raise ClioError("clio-not-allowed", message, 409) from None
