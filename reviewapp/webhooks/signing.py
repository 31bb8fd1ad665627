"""Signatures of Standard Webhooks 1.0.0: HMAC-SHA256 over id, time and body."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """A fresh secret, as receivers are given it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signed_headers(
    message: str, seconds: int, body: bytes, keys: Sequence[str]
) -> dict[bytes | str, bytes | str]:
    """The headers of a message sent at `seconds` since the epoch, with one signature for each secret."""
    content = f"{message}.{seconds}.".encode() + body
    signatures = [
        hmac.new(base64.b64decode(key.removeprefix(PREFIX)), content, hashlib.sha256).digest() for key in keys
    ]
    return {
        "webhook-id": message,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(f"v1,{base64.b64encode(one).decode()}" for one in signatures),
    }
