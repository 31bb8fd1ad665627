"""What is asked for when a document is changed."""

from django import forms


class NameForm(forms.Form):
    """A document's new name."""

    name = forms.CharField(max_length=1000, error_messages={"required": "Give the document a name."})


class VersionForm(forms.Form):
    """The file that a document is replaced by."""

    file = forms.FileField(allow_empty_file=True, error_messages={"required": "Choose the file."})


class WithdrawalForm(forms.Form):
    """That it is meant, and why."""

    reason = forms.CharField(max_length=500, required=False)
    sure = forms.BooleanField(error_messages={"required": "Tick the box to say that it is meant."})
