"""What a load file must bring."""

from django import forms


class LoadForm(forms.Form):
    """A load file with what belongs to it."""

    table = forms.FileField(
        error_messages={"required": "Choose the load file.", "empty": "The load file is empty."}
    )
    images = forms.FileField(required=False)
    archive = forms.FileField(required=False)
    source = forms.CharField(max_length=100, required=False)
