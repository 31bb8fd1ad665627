"""What workers say of themselves, for those who look after an installation. Kept in the broker, a minute at most."""

import json
import os
import socket
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

#: Seconds between two words of a worker, and after which one that is silent is no longer listed.
EVERY, SILENT = 10, 60
KEY = "nightbrief:worker:"
Told = Mapping[str, Any]


def tell(numbers: Told) -> bool:
    """Say what holds of this process now; False when the broker cannot be reached."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    try:
        with _broker() as broker:
            broker.set(f"{KEY}{name}", json.dumps({**numbers, "worker": name}), ex=SILENT)
    except RedisError:
        return False
    return True


def told() -> list[Told] | None:
    """What the workers that live have said last, by name; None when the broker cannot be reached."""
    try:
        with _broker() as broker:
            kept = [broker.get(key) for key in sorted(broker.scan_iter(match=f"{KEY}*"))]
    except RedisError:
        return None
    return [json.loads(one) for one in kept if isinstance(one, bytes | str)]


def _broker() -> Redis:
    return Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=3)
