"""Pages of signing in and out, of second factors, and of where one is signed in."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.views import LoginView
from allauth.mfa.base.views import IndexView
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.people import sessions
from reviewapp.people.adapters import TooManyAttempts
from reviewapp.people.policy import access_own_sessions
from reviewapp.people.second_factor import is_owed


class SignInForm(LoginForm):  # type: ignore[misc]
    """Name and password."""

    def add_prefix(self, field_name: str) -> str:
        """The name under which a field is sent: what people sign in with is called a user name."""
        return str(super().add_prefix("username" if field_name == "login" else field_name))


class SignIn(LoginView):  # type: ignore[misc]
    """Signing in by name and password; after too many attempts that fail, how long to wait (429)."""

    form_class = SignInForm
    template_name = "sign_in.html"

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        wait = next((e for e in form.non_field_errors().as_data() if isinstance(e, TooManyAttempts)), None)
        if wait is not None:
            response.status_code = 429
            response.headers["Retry-After"] = str(wait.seconds)
        return response


class TwoFactor(IndexView):  # type: ignore[misc]
    """One's own second factors."""

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**named)
        return context | {"owed": is_owed(self.request)}


@require_GET
@signed_in
def own_sessions(request: SignedInRequest) -> HttpResponse:
    """Where one is signed in."""
    found = access_own_sessions(request.actor)
    context: dict[str, Any] = {"sessions": found, "here": request.session.session_key}
    return render(request, "people/sessions.html", context)


@require_POST
@signed_in
def sign_out_elsewhere(request: SignedInRequest) -> HttpResponse:
    """End one's own sessions but this."""
    ended = sessions.end_others(request.user, request.session.session_key, actor=request.actor)
    said = (
        "You were signed in nowhere else."
        if not ended
        else "Wherever else you were signed in, you are no longer."
    )
    messages.success(request, said)
    return redirect("own_sessions")
