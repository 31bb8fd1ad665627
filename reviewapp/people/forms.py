"""What people fill in about accounts."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth import forms as auth_forms
from django.contrib.auth.models import User

from reviewapp.people.actions import Profile
from reviewapp.people.models import Density, Preferences, Theme

NEW_HINT = "At least 10 characters; not a common password, and unlike your name."


@cache
def time_zones() -> list[tuple[str, str]]:
    """The time zones of this machine that people name by a place, and UTC."""
    places = sorted(
        name for name in available_timezones() if "/" in name and name[0].isupper() and "Etc/" not in name
    )
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in places)]


class ProfileForm(forms.Form):
    """A person's own name, address and preferences."""

    first_name = forms.CharField(max_length=150, required=False, label="First name")
    last_name = forms.CharField(max_length=150, required=False, label="Last name")
    email = forms.EmailField(max_length=254, required=False, label="E-mail")
    time_zone = forms.ChoiceField(choices=time_zones, label="Time zone")
    theme = forms.ChoiceField(choices=Theme.choices, label="Colours")
    density = forms.ChoiceField(choices=Density.choices, label="Lists and tables")
    single_keys = forms.BooleanField(required=False, label="Use single-key shortcuts")

    @classmethod
    def of(cls, person: User, preferences: Preferences, sent: Any = None) -> "ProfileForm":
        """The form as the person's profile is, or as it was sent."""
        names = ("time_zone", "theme", "density", "single_keys")
        initial = {name: getattr(preferences, name) for name in names}
        initial |= {name: getattr(person, name) for name in ("first_name", "last_name", "email")}
        return cls(sent, initial=initial)

    def profile(self) -> Profile:
        """What was sent, of a form that is valid."""
        return Profile(**self.cleaned_data)


class PasswordForm(auth_forms.PasswordChangeForm):
    """The old password and the new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Password until now"
        _say_it_plainly(self)


class FirstPasswordForm(auth_forms.SetPasswordForm):  # type: ignore[type-arg]
    """A new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_it_plainly(self)


def _say_it_plainly(form: forms.Form) -> None:
    form.fields["new_password1"].label, form.fields["new_password2"].label = "New password", "Once more"
    form.fields["new_password1"].help_text, form.fields["new_password2"].help_text = NEW_HINT, ""


class InvitationForm(forms.Form):
    """Whom to invite."""

    username = forms.CharField(
        max_length=150,
        label="User name",
        error_messages={"required": "Write the user name that the person will sign in with."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    email = forms.EmailField(max_length=254, required=False, label="E-mail")
    is_staff = forms.BooleanField(required=False, label="May make matters and manage people")
