"""What a question must have."""

from functools import cached_property
from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from reviewapp.documents.models import Document
from reviewapp.questions.choosing import MOST_OFFERED, key_of, named, with_keys
from reviewapp.questions.models import QUESTION_CHARACTERS, Question
from reviewapp.questions.selectors import documents_like


class WordsField(forms.CharField):
    """Words in lines, counted as browsers count them: the end of a line is one character."""

    def to_python(self, value: object) -> str:
        """The words with one character at each line's end."""
        return (super().to_python(value) or "").replace("\r\n", "\n")


class AskForm(forms.Form):
    """A question and, when it is not about the whole matter, the documents it is about.

    Documents are chosen by searching for their names; besides these it is about all that another question, `like`,
    was asked of, or was not where `of` says so. Sent with `finding`, the form is not bound: it offers
    what was found and keeps what was written and chosen.
    """

    text = WordsField(
        max_length=QUESTION_CHARACTERS,
        error_messages={
            "required": "Write a question first.",
            "max_length": f"A question has at most {QUESTION_CHARACTERS:,} characters, this one has "
            "%(show_value)d: shorten it.",
        },
    )
    follows = forms.ModelChoiceField(
        Question.objects.none(),
        required=False,
        error_messages={"invalid_choice": "The question that this one goes on from is not in this matter."},
    )
    scope = forms.ModelMultipleChoiceField(
        Document.objects.none(),
        required=False,
        error_messages={"invalid_choice": "One of the documents is not in this matter any more."},
    )

    like = forms.ModelChoiceField(
        Question.objects.none(),
        required=False,
        error_messages={"invalid_choice": "The question whose documents were chosen is not in this matter."},
    )
    of = forms.CharField(required=False)

    def __init__(
        self,
        documents: QuerySet[Document],
        data: QueryDict | None = None,
        questions: QuerySet[Question] | None = None,
    ) -> None:
        self.sent = QueryDict() if data is None else data
        self.is_finding = "finding" in self.sent
        text = self.sent.get("text", "")
        super().__init__(None if self.is_finding else data, initial={"text": text} if text else None)
        cast("forms.ModelMultipleChoiceField[Document]", self.fields["scope"]).queryset = documents
        if questions is not None:
            for name in ("follows", "like"):
                cast("forms.ModelChoiceField[Question]", self.fields[name]).queryset = questions
        self.documents = documents

    def clean(self) -> dict[str, Any]:
        """The chosen documents with those of another question. None of these is left where all are gone."""
        data = super().clean() or self.cleaned_data
        question = data.get("like")
        if question is not None and "scope" in data:
            own = documents_like(question, self.documents, data["of"])
            data["scope"] = self.documents.filter(Q(pk__in=own) | Q(pk__in=[one.pk for one in data["scope"]]))
            if not data["scope"].exists():
                self.add_error("scope", "None of these documents is in this matter any more.")
        return data

    @cached_property
    def following(self) -> Question | None:
        """The question that what was sent goes on from."""
        return self._sent_question("follows")

    @cached_property
    def alike(self) -> Question | None:
        """The question whose documents were chosen together."""
        return self._sent_question("like")

    @property
    def are_others(self) -> bool:
        """Whether it is those that this question did not ask."""
        return self.sent.get("of") == "others"

    @cached_property
    def number_alike(self) -> int:
        """How many documents were chosen together."""
        if self.alike is None:
            return 0
        return documents_like(self.alike, self.documents, self.sent.get("of", "")).count()

    def _sent_question(self, name: str) -> Question | None:
        asked = cast("forms.ModelChoiceField[Question]", self.fields[name]).queryset
        key = key_of(self.sent.get(name, ""))
        return asked.filter(pk=key).first() if asked is not None and key else None

    @cached_property
    def number(self) -> int:
        """How many documents there are to choose from."""
        return self.documents.count()

    @property
    def find(self) -> str:
        """The words that the names of the documents offered hold."""
        return self.sent.get("find", "").strip()

    @cached_property
    def chosen(self) -> list[Document]:
        """The documents chosen so far."""
        return with_keys(self.documents, self.sent.getlist("scope"))

    @property
    def offered(self) -> list[Document]:
        """The documents to be ticked, without those that are chosen."""
        chosen = set(self.chosen)
        return [document for document in self._found[:MOST_OFFERED] if document not in chosen]

    @property
    def are_more(self) -> bool:
        return len(self._found) > MOST_OFFERED

    @cached_property
    def _found(self) -> list[Document]:
        return named(self.documents, self.find)
