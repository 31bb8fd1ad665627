"""Asking and withdrawing questions."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from reviewapp.briefs.standing import STANDING
from reviewapp.briefs.statements import STATEMENTS
from reviewapp.documents.models import Document, Withdrawal
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.jobs import lifecycle
from reviewapp.jobs.kinds import Priority
from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter
from reviewapp.questions.jobs import ANSWER
from reviewapp.questions.models import QUESTION_CHARACTERS, Answer, Question
from reviewapp.questions.room import QuestionError as QuestionError
from reviewapp.questions.room import check_room

#: Of a name that is not known, so much is said again.
SHOWN_CHARACTERS = 60
TO_RETRY = (Question.Status.FAILED, Question.Status.CANCELLED)


def ask_question(
    matter: Matter,
    text: str,
    *,
    actor: Actor,
    scope: Sequence[Document] = (),
    follows: Question | None = None,
) -> Question:
    """Ask about each of the given documents, or each of the matter's when `scope` is empty.

    A question that `follows` another may leave to it what is meant. Raises QuestionError for an empty or overlong
    text, and for a document or a question of another matter.
    """
    if follows is not None and follows.matter_id != matter.pk:
        raise QuestionError(
            "follows-of-another-matter", "A question can only go on from one of its own matter."
        )
    with transaction.atomic():
        question = ask_many(matter, [text], actor=actor, scope=scope, reach=Question.Reach.LIKELIEST)[0]
        if follows is not None:
            question.follows, question.thread = follows, follows.thread or follows
            question.save(update_fields=["follows", "thread"])
    return question


def ask_many(
    matter: Matter,
    texts: Sequence[str],
    *,
    actor: Actor,
    scope: Sequence[Document] = (),
    reach: Question.Reach = Question.Reach.ALL,
    standing: Sequence[str] = (),
    value_types: Sequence[str] = (),
) -> list[Question]:
    """Ask several questions of many documents: one job a question, whatever the number of documents.

    With `reach` all, every document in scope is asked; else the likeliest first. `standing` names for each
    question the one of `briefs.standing.STANDING` that briefs answer, or of `briefs.statements.STATEMENTS`, or
    is empty for what the model is asked. `value_types` are those of the cells, where the asker says so. Nothing
    is asked when one of the questions cannot be. Raises QuestionError like `ask_question`, and for another
    name, or another number of them than of questions, and Busy.
    """
    texts = [_checked(text) for text in texts]
    names = [_checked_standing(name) for name in standing or [""] * len(texts)]
    if len(names) != len(texts):
        raise QuestionError(
            "standing-incomplete",
            "Say for each question whether briefs answer it; leave the name empty if not.",
        )
    check_room(actor)
    types = list(value_types) or [""] * len(texts)
    if any(document.matter_id != matter.pk for document in scope):
        raise QuestionError(
            "scope-of-another-matter", "A question can only be about documents of its own matter."
        )
    with transaction.atomic():
        return [
            _ask(matter, text, actor, scope, reach, name, value_type)
            for text, name, value_type in zip(texts, names, types, strict=True)
        ]


def ask_rest(question: Question, *, actor: Actor) -> Question:
    """Ask the documents in scope that were not asked yet as well. Raises QuestionError while others are asked."""
    check_room(actor)
    with transaction.atomic():
        question = locked(question)
        if not question.is_final:
            raise QuestionError(
                "question-not-ended", "The other documents can be asked when the first ones are done.", 409
            )
        question.reach, question.planned = Question.Reach.ALL, False
        _request(question, Happened.QUESTION_EXTENDED, actor)
    return question


def ask_more(
    question: Question, *, actor: Actor, scope: Sequence[Document], anew: Sequence[Document] = ()
) -> Question:
    """Ask these documents, all of the matter's when `scope` is empty: those not asked yet, and `anew` again.

    What they answered before is kept. Raises QuestionError while the question is asked, and for a document of
    another matter.
    """
    check_room(actor)
    if any(document.matter_id != question.matter_id for document in (*scope, *anew)):
        raise QuestionError(
            "scope-of-another-matter", "A question can only be about documents of its own matter."
        )
    with transaction.atomic():
        question = locked(question)
        if not question.is_final:
            raise QuestionError("question-not-ended", "The question is being asked already.", 409)
        again = question.answers.filter(superseded_at=None, document__in=list(anew))
        again.update(superseded_at=timezone.now())
        question.scope.set(scope)
        question.scope_withdrawn = False
        question.version += 1
        question.reach, question.planned = Question.Reach.ALL, False
        _request(question, Happened.QUESTION_EXTENDED, actor)
    return question


def replace_question(
    question: Question, text: str, *, actor: Actor, standing: str = "", value_type: str = ""
) -> Question:
    """Ask in other words what a question asked, of the same documents; the old one keeps its answers.

    Raises QuestionError like `ask_many`.
    """
    with transaction.atomic():
        withdraw_question(question, actor=actor)
        scope = list(question.scope.all())
        made = ask_many(
            question.matter, [text], actor=actor, scope=scope, standing=[standing], value_types=[value_type]
        )[0]
        # NB: an empty scope means all documents, which is not what is left of one that was withdrawn.
        made.replaces, made.scope_withdrawn = question, question.scope_withdrawn
        made.save(update_fields=["replaces", "scope_withdrawn"])
    return made


def retype_question(question: Question, value_type: str) -> None:
    """Say that the values of its cells are of another type than was said; in the caller's transaction."""
    Question.objects.filter(pk=question.pk).update(value_type=value_type)
    question.value_type = value_type


def ask_again(question: Question, *, actor: Actor) -> Question:
    """Ask the same documents anew; what they answered before is kept. Raises QuestionError while it is asked."""
    check_room(actor)
    with transaction.atomic():
        question = locked(question)
        if not question.is_final:
            raise QuestionError("question-not-ended", "The question is being asked already.", 409)
        question.answers.filter(superseded_at=None).update(superseded_at=timezone.now())
        question.version += 1
        question.planned, question.summary = False, {}
        _request(question, Happened.QUESTION_ASKED_AGAIN, actor)
    return question


def retry_question(question: Question, *, actor: Actor) -> Question:
    """Go on with a question that failed or was stopped. Raises QuestionError for any other."""
    check_room(actor)
    with transaction.atomic():
        question = locked(question)
        if question.status not in TO_RETRY:
            raise QuestionError(
                "question-not-ended", "Only a question that failed or was cancelled can be tried again.", 409
            )
        failed = question.answers.filter(superseded_at=None, state=Answer.State.FAILED)
        failed.update(state=Answer.State.WAITING, note="", finished_at=None)
        _request(question, Happened.QUESTION_RETRIED, actor)
    return question


def ask_waiting(question: Question, *, actor: Actor) -> None:
    """Have the cells of a finished question asked that wait since their documents were replaced."""
    with transaction.atomic():
        question = locked(question)
        if question.is_final:
            _request(question, Happened.QUESTION_ASKED_AGAIN, actor)


def lock_answered(document: Document) -> None:
    """Lock the questions that a document answered or is asked by; before it is locked, as who asks them does."""
    answered = Answer.objects.filter(question=OuterRef("pk"), document=document)
    found = Question.objects.filter(Exists(answered) | Q(pk__in=document.asked_in.values("pk")))
    list(found.order_by("pk").select_for_update().values_list("pk", flat=True))


def mark_withdrawn(withdrawal: Withdrawal, document: Document) -> list[Question]:
    """Take what a document says, before it goes, out of the questions that it answered, and mark these.

    What their cells say together is gone with it, until it is folded anew. In the caller's transaction.
    """
    answered = Answer.objects.filter(document=document).exclude(state=Answer.State.WAITING)
    questions = list(Question.objects.filter(pk__in=answered.values("question")))
    withdrawal.questions.set(questions)
    Question.objects.filter(pk__in=[question.pk for question in questions]).update(summary={}, draft="")
    alone = Question.objects.filter(scope=document).exclude(
        Exists(Document.objects.exclude(pk=document.pk).filter(asked_in=OuterRef("pk")))
    )
    alone.update(scope_withdrawn=True)
    return questions


def withdraw_question(question: Question, *, actor: Actor) -> None:
    """Stop asking; nothing happens when it is finished. What was answered so far is kept."""
    job = question.job
    if job is not None:
        lifecycle.cancel(job, actor=actor)


def locked(question: Question) -> Question:
    """The question, so that two who have it asked follow one another; in the caller's transaction."""
    return Question.objects.select_for_update(of=("self",)).select_related("matter").get(pk=question.pk)


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise QuestionError("question-missing", "Write a question first.")
    if len(text) > QUESTION_CHARACTERS:
        raise QuestionError(
            "question-too-long", f"The question is longer than {QUESTION_CHARACTERS:,} characters."
        )
    return text


def _checked_standing(name: str) -> str:
    if name and name not in {*STANDING, *STATEMENTS}:
        raise QuestionError(
            "standing-unknown",
            f"Briefs hold nothing called “{name[:SHOWN_CHARACTERS]}”; leave the name empty to ask.",
        )
    return name


def _ask(
    matter: Matter,
    text: str,
    actor: Actor,
    scope: Sequence[Document],
    reach: Question.Reach,
    standing: str,
    value_type: str,
) -> Question:
    question = Question.objects.create(
        matter=matter,
        asked_by=actor.signed_in(),
        text=text,
        reach=reach,
        standing=standing,
        value_type=value_type,
    )
    question.scope.set(scope)
    job = _create_job(question, actor)
    record(
        Happened.QUESTION_ASKED,
        question,
        actor=actor,
        matter=matter,
        job_id=str(job.pk),
        documents=len(scope),
    )
    return question


def _request(question: Question, event: Happened, actor: Actor) -> None:
    """Have a question worked on once more: back to waiting, with a new job."""
    question.status = Question.Status.WAITING
    question.note = question.draft = ""
    question.finished_at = None
    question.save()
    job = _create_job(question, actor)
    record(event, question, actor=actor, matter=question.matter, job_id=str(job.pk))


def _create_job(question: Question, actor: Actor) -> Job:
    # NB: nobody waits for the last of many documents as one waits for an answer.
    priority = Priority.GRID if question.reach == Question.Reach.ALL else Priority.INTERACTIVE
    return lifecycle.create_job(ANSWER, question, matter=question.matter, actor=actor, priority=priority)
