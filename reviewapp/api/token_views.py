"""The page on which people make and revoke the tokens of their programs."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reviewapp.api import actions
from reviewapp.api.forms import DAYS, TokenForm
from reviewapp.api.policy import access_token_by_id, visible_tokens
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.words_access import SCOPES
from reviewapp.matters.policy import visible_matters


@require_http_methods(["GET", "POST"])
@signed_in
def tokens(request: SignedInRequest) -> HttpResponse:
    """The user's tokens; a POST makes one, whose secret is shown in its answer and never again."""
    form = TokenForm(visible_matters(request.actor), request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            _, secret = actions.make_token(
                form.cleaned_data["name"],
                form.cleaned_data["scopes"],
                actor=request.actor,
                matters=form.chosen_matters,
                expires_at=form.expires_at,
            )
        except actions.TokenError as error:
            form.add_error("name", str(error))
        else:
            form = TokenForm(visible_matters(request.actor))
    return render(
        request, "api/tokens.html", _context(request, form, secret), status=422 if form.errors else 200
    )


def _context(request: SignedInRequest, form: TokenForm, secret: str) -> dict[str, Any]:
    now = timezone.now()
    return {
        "form": form,
        "secret": secret,
        "tokens": [(token, token.is_good_at(now)) for token in visible_tokens(request.actor)],
        "scopes": SCOPES.items(),
        "days": DAYS,
        "chosen": form["scopes"].value() or ["read"],
        "where": form["where"].value(),
        "bound": [str(key) for key in form["matters"].value() or []],
        "until": form["days"].value(),
        "matters": visible_matters(request.actor).order_by("name")[:200],
    }


@require_POST
@signed_in
def revoke(request: SignedInRequest, token_id: UUID) -> HttpResponse:
    """End a token at once."""
    token = actions.revoke_token(access_token_by_id(request.actor, token_id), actor=request.actor)
    messages.success(request, f"The token {token.name} no longer works.")
    return redirect("tokens")
