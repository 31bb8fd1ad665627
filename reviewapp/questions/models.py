"""Question, answer and citation."""

import uuid
from functools import cached_property

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models

from reviewapp.documents.models import Document, Page, Withdrawal
from reviewapp.frame.words_answers import RECKONED_FROM
from reviewapp.frame.words_numbers import answer_words
from reviewapp.jobs.models import Job
from reviewapp.matters.models import Matter
from reviewapp.questions.told import sentences_of

QUESTION_CHARACTERS = 2000


class Question(models.Model):
    """A reviewer's question; an empty `scope` means every document of the matter.

    It is asked of documents one by one: each has its cell, an `Answer`; `planned` says that all documents to
    ask have theirs. `asked_because` says in a sentence why these documents were chosen. `status` and `draft`
    say how far the asking is, and `summary` what the cells say together, see `gpu_worker.summary`. `version`
    counts how often the question was asked. `standing` names what briefs hold already: "field:" and a type of field,
    or "clause:" and one of the kinds of clause; cells are then taken from the stored briefs where these have it.
    `value_type` is that of its cells, where whoever asked said so; `replaces` the question whose wording it changed.
    `leaves_out` are documents that its words leave out. `follows` is the question that it goes on from, `thread` the
    first of these; `in_full` says what it then was understood as, where that differs from its `text`. `left_aside`
    are parts of it that these words do not say. `of_any` is the same with "the agreement" for named documents.
    Answers of documents that were `withdrawn` from the matter are gone; `scope_withdrawn` says that all in scope are.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"
        ROUTING = "routing"
        FINDING = "finding"
        READING = "reading"
        JUDGING = "judging"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    class Reach(models.TextChoices):
        """How many of the documents in scope are asked: the likeliest first, or all of them."""

        LIKELIEST = "likeliest"
        ALL = "all"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="questions")
    text = models.CharField(max_length=QUESTION_CHARACTERS)
    scope = models.ManyToManyField(Document, blank=True, related_name="asked_in")
    standing = models.CharField(max_length=100, blank=True)
    value_type = models.CharField(max_length=20, blank=True)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    thread = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="followed_by"
    )
    in_full = models.TextField(blank=True)
    left_aside = models.JSONField(default=list, blank=True)
    of_any = models.TextField(blank=True)
    reach = models.CharField(max_length=10, choices=Reach, default=Reach.LIKELIEST)
    leaves_out = models.ManyToManyField(Document, blank=True, related_name="left_out_of")
    asked_because = models.CharField(max_length=500, blank=True)
    planned = models.BooleanField(default=False)
    version = models.IntegerField(default=1)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    draft = models.TextField(blank=True)
    summary = models.JSONField(default=dict)
    note = models.CharField(max_length=500, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    withdrawn = models.ManyToManyField(Withdrawal, blank=True, related_name="questions")
    scope_withdrawn = models.BooleanField(default=False)
    jobs = GenericRelation(Job, "subject_id", "subject_type", related_query_name="question")

    class Meta:
        ordering = ("-created_at",)
        indexes = (models.Index(fields=["matter", "created_at", "id"], name="questions_in_order"),)

    def __str__(self) -> str:
        return f"question {self.id}: {self.status}"

    @property
    def whole(self) -> str:
        """What is asked, also where the text leaves it to the question before."""
        return self.in_full or self.text

    @cached_property
    def sentence(self) -> str:
        """What the cells say together, with the names that documents have now."""
        return sentences_of([self])[self.pk]

    @property
    def is_final(self) -> bool:
        return self.status in {self.Status.DONE, self.Status.FAILED, self.Status.CANCELLED}

    @property
    def job(self) -> Job | None:
        """The job that answers the question: the newest one."""
        return Job.objects.filter(question=self).order_by("-created_at").first()


class Answer(models.Model):
    """A cell: what one document answers to one question, how sure that is and what it cost.

    `state` is what people are told: supported only where a judge that did not make the answer agrees. `text`
    is as the document writes it; `condition` are the words of a quote under which a Yes or No holds, where it states
    any; `value_type` and `value_normalised` make it comparable with other cells.
    `found_by` names what made the answer, several with commas between them; `others` are likely answers that
    differ, each with `text`, `found_by` and `probability`. `verification` is how the quote was found in the text.
    `provenance` names the state and the model; `cost` holds tokens_forward, seconds, states and passages_read.
    `parts` are the answers to conditions asked one by one, see `parts.Part`; the text numbers them. `order` is the
    place of the document in the order of asking. An answer that a later one replaced is kept, with `superseded_at`.
    `carried_at` says when the document was replaced and its quotes found in the new version.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SUPPORTED = "supported"
        CHECK = "check"
        NOT_FOUND = "not_found"
        NOT_EXAMINED = "not_examined"
        FAILED = "failed"

    class Verification(models.TextChoices):
        EXACT = "exact"
        TOLERANT = "tolerant"
        READ = "read"
        UNVERIFIED = "unverified"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="answers")
    version = models.IntegerField(default=1)
    superseded_at = models.DateTimeField(null=True, blank=True)
    carried_at = models.DateTimeField(null=True, blank=True)
    order = models.IntegerField(default=0)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    text = models.TextField(blank=True)
    condition = models.CharField(max_length=1000, blank=True, default="")
    parts = models.JSONField(default=list)
    value_type = models.CharField(max_length=20, blank=True)
    value_normalised = models.JSONField(null=True, blank=True)
    found_by = models.CharField(max_length=40, blank=True)
    confidence = models.FloatField(default=0)
    verification = models.CharField(max_length=12, choices=Verification, blank=True)
    others = models.JSONField(default=list)
    provenance = models.JSONField(default=dict)
    cost = models.JSONField(default=dict)
    note = models.CharField(max_length=500, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(
                fields=["question", "document"],
                condition=models.Q(superseded_at=None),
                name="one_cell_per_document",
            ),
        )
        indexes = (models.Index(fields=["created_at", "id"], name="answers_in_order"),)

    def __str__(self) -> str:
        return f"answer {self.id}: {self.state}"

    @property
    def is_found(self) -> bool:
        return self.state in FOUND

    @property
    def is_examined(self) -> bool:
        """Whether the document was looked at, so that there is something to review."""
        return self.state in EXAMINED

    @property
    def told(self) -> str:
        """The answer as pages say it: dates in one form, all else as the document writes it."""
        return answer_words(self.text, self.value_normalised)

    @property
    def as_written(self) -> str:
        """The document's own words for a date that `told` says otherwise; else empty."""
        return "" if self.told == " ".join(self.text.split()) or self.is_reckoned else self.text

    @property
    def is_quoted(self) -> bool:
        """Whether the document's own words stand beside it; a No that finding nothing led to has none."""
        return any(citation.kind == Citation.Kind.QUOTE for citation in self.citations.all())

    @property
    def reckoned_from(self) -> str:
        """From what it was counted, or what it comes to, in a sentence; empty where nothing was counted."""
        how = self.provenance.get("reckoned")
        return RECKONED_FROM.format(how=how) if how else ""

    @property
    def is_reckoned(self) -> bool:
        """Whether no quote states it, but it follows from what they or the question state, as a day from another."""
        if self.state == self.State.CHECK and self.reckoned_from:
            return self.is_quoted
        if self.value_type != "date" or not self.is_found or not self.is_quoted:
            return False
        said = " ".join(self.text.split())
        quotes = (" ".join(c.quote.split()) for c in self.citations.all() if c.kind == Citation.Kind.QUOTE)
        return "; " not in said and not any(said in quote for quote in quotes)


#: The states of cells whose documents were looked at.
EXAMINED = (Answer.State.SUPPORTED, Answer.State.CHECK, Answer.State.NOT_FOUND)
#: The states of cells that hold what was found.
FOUND = (Answer.State.SUPPORTED, Answer.State.CHECK)


class Citation(models.Model):
    """A verbatim quote of an answer's document; `start` and `end` are offsets in the document's text.

    A "quote" bears the answer out; a "passage" is shown to be read where no answer was found, under its
    `heading`. `marked` lists the ranges of the answer's words in the quote, [start, end] in its characters;
    `left_out` those of running headers and footers in it, which are not shown.
    `page` is the page on which it starts, `last_page` the number of the one on which it ends.
    """

    class Kind(models.TextChoices):
        QUOTE = "quote"
        PASSAGE = "passage"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="citations")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="citations")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="citations")
    last_page = models.IntegerField(default=0)
    order = models.IntegerField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.QUOTE)
    heading = models.CharField(max_length=300, blank=True)
    quote = models.TextField()
    marked = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    start = models.BigIntegerField()
    end = models.BigIntegerField()
    verification = models.CharField(max_length=12, choices=Answer.Verification)
    score = models.FloatField(default=0)

    class Meta:
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=["answer", "order"], name="one_citation_per_place"),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="citation_range"),
        )

    def __str__(self) -> str:
        return f"citation {self.id}"

    @cached_property
    def opens_at(self) -> int:
        """The number of the page on which the answer's words begin; without any, of the one where the quote does."""
        first, at = self.page.number, self.start + (self.marked[0][0] if self.marked else 0)
        if at < self.page.end or self.last_page <= first:
            return first
        if self.last_page == first + 1:
            return self.last_page
        pages = Page.objects.filter(document=self.document_id, start__lte=at).order_by("-number")
        return pages.values_list("number", flat=True).first() or first
