"""What a matter and its members must have."""

from django import forms
from django.contrib.auth.models import User

from reviewapp.matters.models import Role


class MatterForm(forms.Form):
    """The name of a new matter."""

    name = forms.CharField(max_length=200, error_messages={"required": "Give the matter a name."})


class RoleForm(forms.Form):
    """A member's new role."""

    role = forms.ChoiceField(choices=Role.choices)


class MemberForm(RoleForm):
    """A new member, by user name, and the role."""

    username = forms.CharField(max_length=150, error_messages={"required": "Write the person's user name."})

    def clean_username(self) -> str:
        """Put the account's own spelling for the name. An unknown name is an error of the field."""
        username = self.cleaned_data["username"].strip()
        user = User.objects.filter(username__iexact=username, is_active=True).first()
        if user is None:
            raise forms.ValidationError("There is no account of this name. Check the spelling.")
        self.user = user
        return str(user.get_username())
