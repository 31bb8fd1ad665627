"""Sends one message, and says how that went."""

import time
from dataclasses import dataclass

import httpcore2
from django.conf import settings
from django.utils import timezone

from reviewapp.webhooks.guard import AddressRefused, Guarded, is_address
from reviewapp.webhooks.models import Delivery, Endpoint
from reviewapp.webhooks.signing import signed_headers

TIMEOUT_SECONDS = 10.0
GONE = 410
AGENT = "Nightbrief-Webhooks/1"


@dataclass(frozen=True)
class Outcome:
    """The receiver's status, or why there is none, and the seconds it took."""

    answered: int | None
    error: str
    seconds: float

    @property
    def is_delivered(self) -> bool:
        return not self.error


def send(delivery: Delivery) -> Outcome:
    """Post the message once: redirects are not followed, and what is answered is not read beyond its status."""
    began = time.monotonic()
    answered, error = _post(delivery, began + TIMEOUT_SECONDS)
    return Outcome(answered, error, round(time.monotonic() - began, 3))


def keys_of(endpoint: Endpoint) -> list[str]:
    """The secrets that sign now."""
    until = endpoint.previous_until
    is_changing = endpoint.previous_secret and until is not None and until > timezone.now()
    return [endpoint.secret, endpoint.previous_secret] if is_changing else [endpoint.secret]


def _post(delivery: Delivery, deadline: float) -> tuple[int | None, str]:
    if not is_address(delivery.endpoint.url):
        return None, Delivery.Error.CONNECTION
    body = delivery.body.encode()
    headers: dict[bytes | str, bytes | str] = {
        "content-type": "application/json",
        "user-agent": AGENT,
        **signed_headers(f"msg_{delivery.pk.hex}", int(time.time()), body, keys_of(delivery.endpoint)),
    }
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), TIMEOUT_SECONDS)
    backend = Guarded(settings.WEBHOOK_NETWORKS, deadline)
    try:
        with (
            httpcore2.ConnectionPool(network_backend=backend) as pool,
            pool.stream(
                "POST", delivery.endpoint.url, headers=headers, content=body, extensions={"timeout": timeouts}
            ) as response,
        ):
            return response.status, _error_of(response.status)
    except AddressRefused:
        return None, Delivery.Error.ADDRESS
    except httpcore2.TimeoutException:
        return None, Delivery.Error.TIMEOUT
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol, OSError):
        return None, Delivery.Error.CONNECTION


def _error_of(status: int) -> str:
    if 200 <= status < 300:
        return ""
    return Delivery.Error.REDIRECT if 300 <= status < 400 else Delivery.Error.STATUS
