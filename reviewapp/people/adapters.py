"""What django-allauth asks this installation: who may sign in how, how often, and how secrets are kept."""

import math
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from reviewapp.frame import words_access as words
from reviewapp.frame.sealing import seal, unseal
from reviewapp.people.signing_in import note_failure

FACTORS = "second factors"
APP, ACTION = "allauth.account", "login_failed"
SILENT = {
    "account/messages/logged_in.txt",
    "account/messages/logged_out.txt",
    "mfa/messages/recovery_codes_generated.txt",
}


class TooManyAttempts(ValidationError):  # noqa: N818  what happened
    """Too many attempts to sign in failed; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(words.too_many_attempts(seconds), code="too_many_login_attempts")
        self.seconds = seconds


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in by name and password; accounts are made by people who manage people."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": words.NOT_TOGETHER,
        "incorrect_password": words.NOT_YOURS,
        "too_many_login_attempts": words.too_many_attempts(300),
        "rate_limited": words.too_many_attempts(300),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: who is not invited, and not let in by the company's own sign-in, has no account."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt. Raises TooManyAttempts when the account, from this address, had too many that failed."""
        key = f"{str(credentials.get('username', '')).lower()}\n{ratelimit.get_ip(request)}"
        self._login_failed_rl_usage = ratelimit.consume(request, app=APP, action=ACTION, key=key)
        if not self._login_failed_rl_usage:
            raise TooManyAttempts(_seconds_to_wait(request, key))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down that somebody tried."""
        note_failure(str(credentials.get("username", "")), self.get_client_ip(request))

    def add_message(
        self, request: HttpRequest, level: int, template: str | None = None, *args: Any, **named: Any
    ) -> None:
        """As the library does; what the next page shows anyhow is not said."""
        if template not in SILENT:
            super().add_message(request, level, template, *args, **named)


def _seconds_to_wait(request: HttpRequest, key: str) -> int:
    now, longest = time.time(), 1.0
    for rate in ratelimit.get_rates(app=APP, action=ACTION):
        name = ratelimit.get_cache_key(request, app=APP, action=ACTION, rate=rate, key=key)
        attempts = [at for at in cache.get(name, []) if at > now - rate.duration]
        if len(attempts) >= rate.amount:
            longest = max(longest, attempts[rate.amount - 1] + rate.duration - now)
    return math.ceil(longest)


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors, encrypted by a key that comes from the installation's secret key."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": words.WRONG_CODE,
    }

    def get_totp_issuer(self) -> str:
        return "Nightbrief"

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """What a new key is called until its person says otherwise."""
        return "Passkey"

    def _get_user_identifier(self, user: User) -> str:
        return str(user.get_username())

    def encrypt(self, text: str) -> str:
        return seal(FACTORS, text)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises UnsealError when the installation has another secret key meanwhile."""
        return unseal(FACTORS, encrypted_text)
