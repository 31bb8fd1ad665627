"""Question sets: saving new versions, and those that are shipped."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from reviewapp.briefs.standing import COMMERCIAL, STANDING
from reviewapp.briefs.statements import CHOICES, STATEMENTS, Statement
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import SYSTEM, Actor
from reviewapp.frame.errors import ActionError
from reviewapp.frame.holding import Held, hold
from reviewapp.frame.naming import plain_name
from reviewapp.grids.models import (
    INSTRUCTION_CHARACTERS,
    NAME_CHARACTERS,
    ColumnType,
    QuestionSet,
    SetVersion,
)
from reviewapp.matters.models import Matter
from reviewapp.questions.models import QUESTION_CHARACTERS

MOST_COLUMNS = 200
MOST_CHOICES = 100
#: The column types of values that briefs hold; the words of others are text.
_TYPES = {
    "yes_no": ColumnType.YES_NO, "date": ColumnType.DATE, "duration": ColumnType.DURATION,
    "amount": ColumnType.AMOUNT, "party": ColumnType.PARTY, "list": ColumnType.LIST,
}  # fmt: skip


class SetError(ActionError):
    """A question set that cannot be saved so."""


@dataclass(frozen=True)
class Asked:
    """A column of a question set, as `SetVersion.columns` holds it."""

    label: str
    wording: str
    type: str = ColumnType.TEXT
    standing: str = ""
    choices: Sequence[str] = field(default_factory=tuple)


def column_type(value_type: str) -> str:
    """The type of a column whose cells have values of this type: text where there is none for them alone."""
    return _TYPES.get(value_type, ColumnType.TEXT)


def save_set(
    matter: Matter | None,
    name: str,
    columns: Sequence[Asked],
    *,
    actor: Actor,
    instructions: str = "",
    of: QuestionSet | None = None,
) -> SetVersion:
    """A new question set of a matter, or of the firm without one; with `of`, a new version of that set.

    Raises SetError for a name, a column or instructions that it cannot have, by the column's number.
    """
    name, instructions = plain_name(name), instructions.strip()
    if not name or len(name) > NAME_CHARACTERS:
        raise SetError("set-name-wrong", f"Give the set a name of at most {NAME_CHARACTERS} characters.")
    if len(instructions) > INSTRUCTION_CHARACTERS:
        raise SetError(
            "instructions-too-long",
            f"The instructions are longer than {INSTRUCTION_CHARACTERS:,} characters.",
        )
    kept = checked(columns)
    with transaction.atomic():
        if of is not None:
            hold(Held.QUESTION_SETS, of.pk)
        found = of or QuestionSet.objects.create(matter=matter, name=name)
        found = QuestionSet.objects.select_for_update().get(pk=found.pk)
        found.version, found.name = found.version + 1, name
        found.save(update_fields=["version", "name"])
        version = SetVersion.objects.create(
            set=found, number=found.version, made_by=actor.account, instructions=instructions,
            columns=[_written(column) for column in kept],
        )  # fmt: skip
        record(
            Happened.QUESTION_SET_SAVED, found, actor=actor, matter=found.matter, version=version.number,
            columns=len(kept),
        )  # fmt: skip
    return version


def put_set(
    matter: Matter,
    name: str,
    columns: Sequence[Asked],
    external_id: str,
    *,
    actor: Actor,
    instructions: str = "",
) -> tuple[SetVersion, bool]:
    """The matter's set that is called so elsewhere, in its newest version; whether it was made.

    It gets a new version where it asked something else, and is made where there is none. Raises SetError.
    """
    external_id = external_id.strip()
    with transaction.atomic():
        # NB: of two requests for one name, the second finds what the first made. The matter comes before its set
        # here: which set it is, is known only then, and nobody who holds a set waits for this lock.
        Matter.objects.select_for_update(no_key=True).get(pk=matter.pk)
        if (likely := _called(matter, external_id)) is not None:
            hold(Held.QUESTION_SETS, likely.pk)
        # NB: whoever held it may have given its name to another set, or taken it away.
        known = _called(matter, external_id)
        if known is not None and _is_as(known, name, columns, instructions):
            return newest(known), False
        version = save_set(matter, name, columns, actor=actor, instructions=instructions, of=known)
        if known is None and external_id:
            version.set = identify_set(version.set, external_id, actor=actor)
        return version, known is None


def identify_set(found: QuestionSet, external_id: str, *, actor: Actor) -> QuestionSet:
    """Give a set another system's name, or take it away by an empty one. Raises SetError for one that is taken."""
    external_id = external_id.strip()
    with transaction.atomic():
        hold(Held.QUESTION_SETS, found.pk)
        locked = QuestionSet.objects.select_for_update(of=("self",)).select_related("matter").get(pk=found.pk)
        if locked.external_id == external_id:
            return locked
        locked.external_id = external_id
        try:
            with transaction.atomic():
                locked.save(update_fields=["external_id"])
        except IntegrityError:
            message = "Another question set has this external id."
            raise SetError("external-id-taken", message, 409) from None
        record(
            Happened.QUESTION_SET_IDENTIFIED, locked, actor=actor, matter=locked.matter,
            external_id=external_id,
        )  # fmt: skip
    return locked


def _called(matter: Matter, external_id: str) -> QuestionSet | None:
    return QuestionSet.objects.filter(matter=matter, external_id=external_id).first() if external_id else None


def _is_as(known: QuestionSet, name: str, columns: Sequence[Asked], instructions: str) -> bool:
    before = newest(known)
    same = (known.name, before.instructions) == (plain_name(name), instructions.strip())
    return same and before.columns == [_written(column) for column in checked(columns)]


def checked(columns: Sequence[Asked]) -> list[Asked]:
    """The columns tidied. Raises SetError."""
    if not columns or len(columns) > MOST_COLUMNS:
        raise SetError("columns-missing", f"A set has between 1 and {MOST_COLUMNS} questions.")
    return [_checked(number, column) for number, column in enumerate(columns, 1)]


def columns_of(version: SetVersion) -> list[Asked]:
    """The columns of a version of a set."""
    return [Asked(**column) for column in version.columns]


def newest(found: QuestionSet) -> SetVersion:
    """The newest version of a set."""
    return found.versions.get(number=found.version)


def ship_sets() -> None:
    """Write the shipped sets where they lack or ask something else now; what they asked before stays a version."""
    shipped = {
        "commercial": ("Commercial contract", [_standing(name) for name in COMMERCIAL], ""),
        "nda": (
            "Non-disclosure agreement",
            [_stated(statement) for statement in STATEMENTS.values()],
            "Each column is a statement: the agreement entails it, contradicts it or does not mention it.",
        ),
    }
    for key, (name, columns, instructions) in shipped.items():
        with transaction.atomic():
            found, _ = QuestionSet.objects.get_or_create(key=key, defaults={"name": name})
            before = found.versions.filter(number=found.version).first()
            if before is None or columns_of(before) != [_read_back(column) for column in columns]:
                save_set(None, name, columns, actor=SYSTEM, instructions=instructions, of=found)


def _standing(name: str) -> Asked:
    asked = STANDING[name]
    return Asked(asked.title, asked.words, column_type(asked.value), name)


def _stated(statement: Statement) -> Asked:
    return Asked(statement.title, statement.words, ColumnType.CHOICE, statement.name, CHOICES)


def _checked(number: int, column: Asked) -> Asked:
    label, wording = plain_name(column.label), column.wording.strip()
    if not wording or len(wording) > QUESTION_CHARACTERS:
        raise SetError("column-wording-wrong", f"Question {number} is empty or too long.")
    if column.type not in ColumnType.values:
        raise SetError("column-type-unknown", f"Question {number} has a type that there is not.")
    if column.standing and column.standing not in {*STANDING, *STATEMENTS}:
        raise SetError("column-standing-unknown", f"Question {number} asks briefs for what they do not hold.")
    choices = [choice.strip()[:NAME_CHARACTERS] for choice in column.choices if choice.strip()]
    if len(choices) > MOST_CHOICES:
        raise SetError("column-choices-too-many", f"Question {number} has more than {MOST_CHOICES} choices.")
    return Asked((label or wording)[:NAME_CHARACTERS], wording, column.type, column.standing, choices)


def _written(column: Asked) -> dict[str, Any]:
    return asdict(column) | {"type": str(column.type), "choices": list(column.choices)}


def _read_back(column: Asked) -> Asked:
    return Asked(**_written(column))
