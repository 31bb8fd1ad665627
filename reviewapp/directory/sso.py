"""Who comes in by the company's sign-in (OIDC, SAML), as which account, and in which groups."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render

from reviewapp.directory.actions import (
    DirectoryError,
    Person,
    directory_actor,
    is_free_for_the_directory,
    take_in,
)
from reviewapp.directory.groups import set_claimed_groups
from reviewapp.directory.models import Account
from reviewapp.directory.policy import account_of_user, user_of_name
from reviewapp.directory.providers import providers
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.people.actions import PersonError
from reviewapp.people.noting import GROUPS

ACTOR_NAME = "sign-in"
#: What the record of a sign-in says of the groups: they were told and roles follow them, or none of it.
RENEWED, NOT_TOLD = "renewed", "not told, roles stay as they were"


class CompanySignIn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Lets in who has an account in the directory's hands, or may get one; nobody becomes a local account."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The company's sign-in, from the settings alone."""
        apps = [
            SocialApp(provider=kind, **fields)
            for kind, told in providers().items()
            for fields in told["APPS"]
        ]
        return [
            app
            for app in apps
            if provider in {None, app.provider, app.provider_id} and client_id in {None, app.client_id}
        ]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find or make the account, and renew its groups. Raises ImmediateHttpResponse with a refusal.

        Where nothing is said of groups, neither that there are some nor that there are none, roles stay as they are:
        a provider that was set up without them would else take everybody's away.
        """
        actor, claims = directory_actor(ACTOR_NAME), claims_of(sociallogin)
        with transaction.atomic():
            if not sociallogin.is_existing:
                sociallogin.connect(request, self._account_for(request, sociallogin, claims, actor).user)
            account = account_of_user(sociallogin.user)
            told = settings.SSO_GROUPS_CLAIM in claims
            sociallogin.state[GROUPS] = RENEWED if told else NOT_TOLD
            if account is not None and account.user.is_active and told:
                set_claimed_groups(account, groups_in(claims), actor=actor)
                sociallogin.user.refresh_from_db()

    def _account_for(
        self, request: HttpRequest, sociallogin: SocialLogin, claims: dict[str, Any], actor: Actor
    ) -> Account:
        person = person_in(sociallogin, claims)
        known = user_of_name(person.username)
        if known is not None and hasattr(known, "directory_account") and not known.has_usable_password():
            return _connected(known.directory_account, actor)
        if known is not None and not is_free_for_the_directory(known):
            # NB: who could become any local account by its name could become the last resort of this installation.
            raise self._refusal(request, "local")
        if known is None and not (settings.SSO_ACCOUNTS and _in_a_group(claims)):
            raise self._refusal(request, "unknown")
        try:
            return _connected(take_in(person, actor=actor), actor)
        except (DirectoryError, PersonError):
            raise self._refusal(request, "unfit") from None

    def _refusal(self, request: HttpRequest, why: str) -> ImmediateHttpResponse:
        return ImmediateHttpResponse(render(request, "directory/refused.html", {"why": why}, status=403))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: `pre_social_login` has made the account of everybody who may have one."""
        return False


def claims_of(sociallogin: SocialLogin) -> dict[str, Any]:
    """All that the company says of who comes: identity token and user information, or SAML's attributes."""
    said = sociallogin.account.extra_data
    return {**said.get("id_token", {}), **said.get("userinfo", {})} if _is_oidc(said) else dict(said)


def person_in(sociallogin: SocialLogin, claims: dict[str, Any]) -> Person:
    """What the company says of the person; the user name by the claim of the settings, else the e-mail's."""
    user = sociallogin.user
    names = (claims.get(settings.SSO_USERNAME_CLAIM), user.email, sociallogin.account.uid)
    return Person(
        username=next(str(name) for name in map(_one, names) if name)[:150],
        email=user.email,
        first_name=user.first_name,
        last_name=user.last_name,
    )


def groups_in(claims: dict[str, Any]) -> list[str]:
    """The names of the groups; a single one may come without a list."""
    said = claims.get(settings.SSO_GROUPS_CLAIM) or []
    return [said] if isinstance(said, str) else [str(name) for name in said]


def _is_oidc(said: dict[str, Any]) -> bool:
    return isinstance(said.get("id_token", said.get("userinfo")), dict)


def _one(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _in_a_group(claims: dict[str, Any]) -> bool:
    return not settings.SSO_GROUPS or not set(settings.SSO_GROUPS).isdisjoint(groups_in(claims))


def _connected(account: Account, actor: Actor) -> Account:
    record(Happened.USER_CONNECTED, account.user, actor=actor)
    return account


def ways_in() -> list[str]:
    """The kinds of the company's sign-in that there are here: "oidc", "saml"."""
    kinds = providers()
    return [name for name, kind in (("oidc", "openid_connect"), ("saml", "saml")) if kind in kinds]
