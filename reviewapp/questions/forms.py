"""What a question must have."""

from typing import cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from reviewapp.documents.models import Document
from reviewapp.questions.models import QUESTION_CHARACTERS


class AskForm(forms.Form):
    """A question and, when it is not about the whole matter, the documents it is about."""

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
        super().__init__(data)
        cast("forms.ModelMultipleChoiceField[Document]", self.fields["scope"]).queryset = documents
        self.documents = documents
