"""What an upload must bring."""

from django import forms
from django.core.files.uploadedfile import UploadedFile


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
