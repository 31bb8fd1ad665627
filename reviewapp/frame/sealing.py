"""Secrets that have to be read again, encrypted by keys that come of the installation's secret key."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class UnsealError(ValueError):
    """A secret was sealed by an installation with another secret key."""


def seal(purpose: str, text: str) -> str:
    """The text, encrypted for this purpose alone."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(purpose: str, sealed: str) -> str:
    """The text that was sealed. Raises UnsealError when the installation has another secret key meanwhile."""
    try:
        return _box(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise UnsealError("sealed by another secret key") from None


def _box(purpose: str) -> MultiFernet:
    # NB: SECRET_KEY_FALLBACKS let an operator change the key without taking everybody's second factor away.
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.sha256(f"{purpose}\n".encode() + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
