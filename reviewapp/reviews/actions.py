"""Deciding about cells, noting something beside them, and how a matter is reviewed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.matters.models import Matter
from reviewapp.questions.models import EXAMINED, Answer
from reviewapp.reviews.choices import choices_of
from reviewapp.reviews.models import (
    REASON_CHARACTERS,
    TEXT_CHARACTERS,
    Comment,
    Decision,
    Review,
    Rules,
)
from reviewapp.reviews.values import normalised

Kind = Decision.Kind
COUNTING = (Kind.ACCEPT, Kind.CORRECT, Kind.REJECT)


class ReviewError(ActionError):
    """A decision or a comment that cannot be made."""


@dataclass(frozen=True)
class Said:
    """A decision as it is sent: a correction's `text` of the type `value_type`, a rejection's `reason`.

    `seen` is the number of the newest decision that its maker saw, 0 for none.
    """

    kind: str
    seen: int
    text: str = ""
    reason: str = ""
    value_type: str = ""


def decide(answer: Answer, said: Said, *, actor: Actor) -> Review:
    """Add a decision on an answer; the newest that is not undone counts.

    Raises ReviewError when somebody else decided meanwhile or the answer was replaced (409), and for what a decision
    must have and lacks.
    """
    kind = _known(said.kind)
    with transaction.atomic():
        answer = (
            Answer.objects.select_for_update(of=("self",))
            .select_related("question__matter")
            .get(pk=answer.pk)
        )
        _refuse_late(answer, said.seen)
        decisions = list(answer.decisions.order_by("number"))
        decision = _decision(answer, kind, said, len(decisions) + 1, actor)
        _refuse_senseless(decision, decisions)
        decision.save()
        review = _write_standing(answer, [*decisions, decision])
        record(
            Happened.CELL_REVIEWED, answer, actor=actor, matter=answer.question.matter,
            decision=str(kind), question=str(answer.question_id), document=str(answer.document_id),
        )  # fmt: skip
    return review


def undecided(cells: QuerySet[Answer]) -> QuerySet[Answer]:
    """Those of the cells that can be decided about and about which nobody did."""
    can = cells.filter(superseded_at=None, state__in=EXAMINED)
    return can.exclude(review__kind__in=COUNTING)


def accept_all(matter: Matter, cells: QuerySet[Answer], *, actor: Actor) -> int:
    """Accept those of the matter's given answers about which nobody decided; returns how many."""
    with transaction.atomic():
        open_ = undecided(cells.filter(question__matter=matter))
        # NB: in one order, so that of two who accept the same ones neither waits for the other's.
        locked = list(open_.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
        # NB: asked again, for somebody may have decided about some while the lock was waited for.
        answers = list(undecided(Answer.objects.filter(pk__in=locked)).prefetch_related("decisions"))
        for answer in answers:
            decisions = sorted(answer.decisions.all(), key=lambda made: made.number)
            decision = _decision(answer, Kind.ACCEPT, Said(Kind.ACCEPT, 0), len(decisions) + 1, actor)
            decision.save()
            _write_standing(answer, [*decisions, decision])
        if answers:
            record(Happened.CELLS_REVIEWED, matter, actor=actor, matter=matter, cells=len(answers))
    return len(answers)


def comment(answer: Answer, text: str, *, actor: Actor) -> Comment:
    """Note something beside the answer's cell. Raises ReviewError for an empty or overlong note."""
    text = text.strip()
    if not text:
        raise ReviewError("comment-missing", "Write the comment first.")
    if len(text) > TEXT_CHARACTERS:
        raise ReviewError("comment-too-long", f"The comment is longer than {TEXT_CHARACTERS:,} characters.")
    matter = answer.question.matter
    with transaction.atomic():
        made = Comment.objects.create(
            question=answer.question, document=answer.document, by=actor.signed_in(), text=text
        )
        record(Happened.COMMENT_ADDED, made, actor=actor, matter=matter, question=str(answer.question_id))
    return made


def set_rules(matter: Matter, *, second_reviewer: bool, actor: Actor) -> Rules:
    """Say whether a second person has to confirm each decision."""
    with transaction.atomic():
        rules, _ = Rules.objects.update_or_create(
            matter=matter, defaults={"second_reviewer": second_reviewer}
        )
        record(
            Happened.REVIEW_RULES_CHANGED, matter, actor=actor, matter=matter, second_reviewer=second_reviewer
        )
    return rules


def standing(decisions: Iterable[Decision]) -> tuple[Decision | None, Decision | None]:
    """The decision that counts and the one that confirms it, of decisions in their order."""
    stack: list[Decision] = []
    for decision in decisions:
        if decision.kind != Kind.UNDO:
            stack.append(decision)
        elif stack:
            stack.pop()
    made = next((decision for decision in reversed(stack) if decision.kind in COUNTING), None)
    confirmed = stack[-1] if stack and stack[-1].kind == Kind.CONFIRM else None
    return made, confirmed


def _known(kind: str) -> Kind:
    try:
        return Kind(kind)
    except ValueError:
        raise ReviewError(
            "decision-unknown", "A decision accepts, corrects, rejects, confirms or undoes."
        ) from None


def _refuse_late(answer: Answer, seen: int) -> None:
    if answer.superseded_at is not None:
        raise ReviewError(
            "answer-replaced", "The document was asked again meanwhile; look at the new answer.", 409
        )
    if answer.state not in EXAMINED:
        raise ReviewError("answer-not-ready", "There is no answer to decide upon yet.", 409)
    newest = Review.objects.filter(answer=answer).values_list("number", flat=True).first() or 0
    if newest != seen:
        raise ReviewError(
            "decision-conflict",
            "Somebody else decided about this meanwhile. Both are shown; decide again.",
            409,
        )


def _decision(answer: Answer, kind: Kind, said: Said, number: int, actor: Actor) -> Decision:
    text, reason = said.text.strip(), said.reason.strip()
    if kind == Kind.CORRECT and not text:
        raise ReviewError("correction-missing", "Write what the answer should be.")
    if kind == Kind.REJECT and not reason:
        raise ReviewError("reason-missing", "Say why the answer is rejected.")
    if len(text) > TEXT_CHARACTERS or len(reason) > REASON_CHARACTERS:
        raise ReviewError("decision-too-long", "The value or the reason is too long.")
    if kind == Kind.CORRECT and said.value_type == "choice":
        _refuse_other(choices_of(answer.question), text)
    value = normalised(said.value_type, text) if kind == Kind.CORRECT else None
    return Decision(
        answer=answer, number=number, kind=kind, by=actor.signed_in(), reason=reason,
        text=text if kind == Kind.CORRECT else "", value_normalised=value,
    )  # fmt: skip


def _refuse_other(choices: Sequence[str], text: str) -> None:
    if choices and text not in choices:
        raise ReviewError("value-not-offered", "Choose one of the values that the column offers.")


def _refuse_senseless(decision: Decision, earlier: list[Decision]) -> None:
    made, confirmed = standing(earlier)
    if decision.kind == Kind.UNDO and made is None:
        raise ReviewError("nothing-to-undo", "There is no decision to undo.", 409)
    if decision.kind != Kind.CONFIRM:
        return
    if made is None or confirmed is not None:
        raise ReviewError("nothing-to-confirm", "There is no decision to confirm.", 409)
    if made.by_id == decision.by_id:
        raise ReviewError(
            "second-person-needed", "A decision is confirmed by another person than its maker.", 409
        )


def _write_standing(answer: Answer, decisions: list[Decision]) -> Review:
    made, confirmed = standing(decisions)
    review, _ = Review.objects.update_or_create(
        answer=answer,
        defaults={
            "number": decisions[-1].number,
            "kind": made.kind if made else "",
            "by": made.by if made else None,
            "confirmed_by": confirmed.by if confirmed else None,
            "text": made.text if made else "",
            "value_normalised": made.value_normalised if made else None,
        },
    )
    return review
