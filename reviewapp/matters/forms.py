"""What a matter and its members must have."""

from django import forms
from django.contrib.auth.models import User

from reviewapp.matters.models import Role


def user_named(username: str) -> User | None:
    """The account in use of this name, however it is spelled in capitals."""
    return User.objects.filter(username__iexact=username.strip(), is_active=True).first()


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
        user = user_named(self.cleaned_data["username"])
        if user is None:
            raise forms.ValidationError("There is no account of this name. Check the spelling.")
        self.user = user
        return str(user.get_username())
