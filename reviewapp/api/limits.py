"""How many requests a caller may make: counted by the minute, in Redis where it answers, else in this process."""

import logging
import time
from dataclasses import dataclass
from functools import cache
from threading import Lock

import redis
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponseBase

logger = logging.getLogger(__name__)

WINDOW_SECONDS = 60
PAUSE_SECONDS = 5.0
WAIT_SECONDS = 0.2

_away_until = 0.0
_counts: dict[tuple[str, int], int] = {}
_lock = Lock()


@dataclass(frozen=True)
class Standing:
    """What is left of a caller's minute; `remaining` below nought says that it made a request too many."""

    limit: int
    remaining: int
    seconds: int

    def note_on(self, response: HttpResponseBase) -> None:
        """Set the `RateLimit` and `RateLimit-Policy` fields (draft-ietf-httpapi-ratelimit-headers)."""
        response.headers["RateLimit-Policy"] = f'"caller";q={self.limit};w={WINDOW_SECONDS}'
        response.headers["RateLimit"] = f'"caller";r={max(0, self.remaining)};t={self.seconds}'


def address_of(request: HttpRequest) -> str:
    """What who has no good token is counted by: where the request comes from, behind the proxies that are trusted."""
    try:
        return f"address:{get_adapter().get_client_ip(request)}"
    except (ImproperlyConfigured, PermissionDenied):
        # NB: it came by another way than those that the operator counted.
        return f"address:{request.META.get('REMOTE_ADDR', '')}"


def take(owner: str) -> Standing:
    """Count a request of this caller."""
    now = int(time.time())
    window, seconds = now // WINDOW_SECONDS, WINDOW_SECONDS - now % WINDOW_SECONDS
    limit: int = settings.API_REQUESTS_PER_MINUTE
    return Standing(limit, limit - _count(owner, window), seconds)


def _count(owner: str, window: int) -> int:
    global _away_until
    if time.monotonic() >= _away_until:
        try:
            return _count_in_redis(owner, window)
        except redis.RedisError as error:
            _away_until = time.monotonic() + PAUSE_SECONDS
            logger.warning("requests are counted in this process: %s", type(error).__name__)
    with _lock:
        for key in [key for key in _counts if key[1] != window]:
            del _counts[key]
        _counts[owner, window] = _counts.get((owner, window), 0) + 1
        return _counts[owner, window]


def _count_in_redis(owner: str, window: int) -> int:
    name = f"nightbrief:requests:{owner}:{window}"
    pipeline = _server(settings.REDIS_URL).pipeline(transaction=False)
    pipeline.incr(name)
    pipeline.expire(name, 2 * WINDOW_SECONDS)
    return int(pipeline.execute()[0])


@cache
def _server(url: str) -> "redis.Redis":
    return redis.Redis.from_url(url, socket_connect_timeout=WAIT_SECONDS, socket_timeout=WAIT_SECONDS)
