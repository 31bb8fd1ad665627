"""The form for a new webhook."""

from django import forms

from reviewapp.events.names import Happened
from reviewapp.webhooks.actions import URL_CHARACTERS


class EndpointForm(forms.Form):
    """An address, and the events it is told of: none for all."""

    url = forms.CharField(max_length=URL_CHARACTERS, error_messages={"required": "Give the address first."})
    kinds = forms.MultipleChoiceField(choices=Happened.choices, required=False)
