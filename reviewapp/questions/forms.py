"""What a question must have."""

from functools import cached_property
from typing import cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from reviewapp.documents.models import Document
from reviewapp.questions.choosing import MOST_OFFERED, named, with_keys
from reviewapp.questions.models import QUESTION_CHARACTERS


class AskForm(forms.Form):
    """A question and, when it is not about the whole matter, the documents it is about.

    Documents are chosen by searching for their names. Sent with `finding`, the form is not bound: it offers
    what was found and keeps what was written and chosen.
    """

    text = forms.CharField(
        max_length=QUESTION_CHARACTERS,
        error_messages={
            "required": "Write a question first.",
            "max_length": f"The question is longer than {QUESTION_CHARACTERS:,} characters.",
        },
    )
    scope = forms.ModelMultipleChoiceField(
        Document.objects.none(),
        required=False,
        error_messages={"invalid_choice": "One of the documents is not in this matter any more."},
    )

    def __init__(self, documents: QuerySet[Document], data: QueryDict | None = None) -> None:
        self.sent = QueryDict() if data is None else data
        self.is_finding = "finding" in self.sent
        text = self.sent.get("text", "")
        super().__init__(None if self.is_finding else data, initial={"text": text} if text else None)
        cast("forms.ModelMultipleChoiceField[Document]", self.fields["scope"]).queryset = documents
        self.documents = documents

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
