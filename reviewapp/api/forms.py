"""What a new access token must have."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from reviewapp.frame.actor import Scope
from reviewapp.matters.models import Matter

DAYS = (("30", "in 30 days"), ("90", "in 90 days"), ("365", "in a year"), ("", "never"))


class TokenForm(forms.Form):
    """A token's name, what it may do, where, and until when."""

    name = forms.CharField(max_length=100, error_messages={"required": "Write what the token is for."})
    scopes = forms.MultipleChoiceField(
        choices=[(str(scope), str(scope)) for scope in Scope],
        error_messages={"required": "Choose at least one thing that the token may do."},
    )
    where = forms.ChoiceField(choices=[("all", "all"), ("some", "some")], initial="all")
    matters = forms.ModelMultipleChoiceField(Matter.objects.none(), required=False)
    days = forms.ChoiceField(choices=DAYS, required=False, initial="90")

    def __init__(self, matters: QuerySet[Matter], *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["matters"].queryset = matters  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Some matters are at least one."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("where") == "some" and not cleaned.get("matters"):
            self.add_error("matters", "Choose at least one matter.")
        return cleaned

    @property
    def chosen_matters(self) -> list[Matter] | None:
        """The matters that it is bound to; None for all."""
        return list(self.cleaned_data["matters"]) if self.cleaned_data["where"] == "some" else None

    @property
    def expires_at(self) -> datetime | None:
        """When it ends; None for never."""
        days = self.cleaned_data["days"]
        return timezone.now() + timedelta(days=int(days)) if days else None
