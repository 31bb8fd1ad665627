"""What an upload must bring."""

import json
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from reviewapp.intake.receiving import MOST_FILES, Sent

MOST_AT_ONCE = 200
#: The largest number of bytes that a record can hold.
MOST_BYTES = 2**63 - 1


class FilesInput(forms.ClearableFileInput):
    """A chooser of many files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Uploaded files; each may be empty, because an empty file too gets its disposition."""

    widget = FilesInput

    def clean(self, data: object, initial: object = None) -> "list[UploadedFile[bytes]]":
        """All files, or a ValidationError when there is none."""
        files = list(data) if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files or [None]]


class UploadForm(forms.Form):
    """Files to add to a matter."""

    chosen = FilesField(allow_empty_file=True, error_messages={"required": "Choose at least one file."})


class ReplacementForm(forms.Form):
    """The file that comes in the place of another."""

    file = forms.FileField(allow_empty_file=True, error_messages={"required": "Choose the file."})


class BeginForm(forms.Form):
    """An upload of many files in many requests."""

    expected = forms.IntegerField(min_value=1, max_value=MOST_FILES)
    label = forms.CharField(max_length=200, required=False)


class SentForm(forms.Form):
    """Files as their sender knows them: a list in JSON of objects with place, name, size and sha256."""

    told = forms.CharField(max_length=1_000_000)

    def clean_told(self) -> list[Sent]:
        """The files. Anything else is an error of the field."""
        try:
            given = json.loads(self.cleaned_data["told"])
            return [_sent(one) for one in given[:MOST_AT_ONCE]]
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
            raise forms.ValidationError("The list of files cannot be read.") from None


def _sent(given: dict[str, Any]) -> Sent:
    place, size = int(given["place"]), int(given["size"])
    if not 0 <= place < MOST_FILES or not 0 <= size <= MOST_BYTES:
        raise ValueError
    return Sent(place, str(given["name"])[:4000], size, str(given.get("sha256", "")).lower()[:64])
