"""Secrets that programs sign in by: found in their header (RFC 6750), and kept as hashes alone."""

import hashlib
import re

from django.http import HttpRequest

_BEARER = re.compile(r"Bearer +([A-Za-z0-9._~+/-]+=*)", re.IGNORECASE)


def secret_of(request: HttpRequest) -> str:
    """The secret in the `Authorization` header; empty where there is none."""
    found = _BEARER.fullmatch(request.headers.get("Authorization", "").strip())
    return found[1] if found else ""


def hash_of(secret: str) -> str:
    """What is kept of a secret (SHA-256: it is random and long, so that a slow hash would add nothing)."""
    return hashlib.sha256(secret.encode()).hexdigest()
