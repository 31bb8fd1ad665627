"""What a new access token must have."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from reviewapp.frame.actor import Scope
from reviewapp.matters.models import Matter

DAYS = (("30", "in 30 days"), ("90", "in 90 days"), ("365", "in a year"), ("", "never"))


class ConsentForm(forms.Form):
    """In which matters a program may act."""

    where = forms.ChoiceField(choices=[("all", "all"), ("some", "some")], initial="all")
    matters = forms.ModelMultipleChoiceField(Matter.objects.none(), required=False)

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


class TokenForm(ConsentForm):
    """A token's name, what it may do, where, and until when."""

    name = forms.CharField(max_length=100, error_messages={"required": "Write what the token is for."})
    scopes = forms.MultipleChoiceField(
        choices=[(str(scope), str(scope)) for scope in Scope],
        error_messages={"required": "Choose at least one thing that the token may do."},
    )
    days = forms.ChoiceField(choices=DAYS, required=False, initial="90")

    @property
    def expires_at(self) -> datetime | None:
        """When it ends; None for never."""
        days = self.cleaned_data["days"]
        return timezone.now() + timedelta(days=int(days)) if days else None


class ApplicationForm(forms.Form):
    """An application's name, and where it is answered, an address a line."""

    name = forms.CharField(
        max_length=100, label="Name", error_messages={"required": "Write what the application is called."}
    )
    addresses = forms.CharField(
        max_length=20_000,
        label="Addresses that it is answered at",
        help_text="A line each: https://…, http://127.0.0.1/… for a program on people's own machines (any port), "
        "or the scheme of an app like com.example.app:/…",
        error_messages={"required": "Write at least one address."},
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )

    @property
    def addresses_list(self) -> list[str]:
        """The addresses, each once."""
        lines = (line.strip() for line in self.cleaned_data["addresses"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))
