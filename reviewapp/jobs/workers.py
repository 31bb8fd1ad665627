"""What workers say of themselves, for those who look after an installation. Kept in the broker, an hour at most."""

import json
import os
import socket
import time
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

#: Seconds between two words of a worker, and after which one that is silent is no longer listed.
EVERY, SILENT = 10, 60
#: Seconds between two that are kept for the last hour, and how many these are.
KEPT_EVERY, KEPT = 30, 120
KEY, PAST, REFUSED = "nightbrief:worker:", "nightbrief:told:", "nightbrief:refused:"
#: The status of a process that cannot do its work as it is set up (EX_CONFIG of sysexits.h), and how long its reason
#: is kept: it is started again, which may take minutes, and says so anew.
CANNOT_BEGIN, REFUSED_SECONDS = 78, 600
Told = Mapping[str, Any]


def tell(numbers: Told) -> bool:
    """Say what holds of this process now; False when the broker cannot be reached."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    said = json.dumps({**numbers, "worker": name, "at": time.time()})
    try:
        with _broker() as broker:
            broker.set(f"{KEY}{name}", said, ex=SILENT)
            if broker.set(f"{PAST}{name}:next", "", nx=True, ex=KEPT_EVERY):
                broker.rpush(f"{PAST}{name}", said)
                broker.ltrim(f"{PAST}{name}", -KEPT, -1)
                broker.expire(f"{PAST}{name}", KEPT * KEPT_EVERY)
    except RedisError:
        return False
    return True


def refuse(does: str, memory: str, reason: str) -> bool:
    """Say why this machine's worker of a memory cannot begin; False when the broker cannot be reached."""
    said = {"host": socket.gethostname(), "does": does, "memory": memory, "reason": reason, "at": time.time()}
    try:
        with _broker() as broker:
            broker.set(_refused(does, memory), json.dumps(said), ex=REFUSED_SECONDS)
    except RedisError:
        return False
    return True


def begin(does: str, memory: str) -> bool:
    """Say that this machine's worker of a memory can do its work now; False when the broker cannot be reached."""
    try:
        with _broker() as broker:
            broker.delete(_refused(does, memory))
    except RedisError:
        return False
    return True


def refused() -> list[Told]:
    """Workers that cannot begin, and why; none when the broker cannot be reached."""
    try:
        with _broker() as broker:
            return _read([broker.get(key) for key in sorted(broker.scan_iter(match=f"{REFUSED}*"))])
    except RedisError:
        return []


def _refused(does: str, memory: str) -> str:
    return f"{REFUSED}{socket.gethostname()}:{does}:{memory}"


def told() -> list[Told] | None:
    """What the workers that live have said last, by name; None when the broker cannot be reached."""
    try:
        with _broker() as broker:
            kept = [broker.get(key) for key in sorted(broker.scan_iter(match=f"{KEY}*"))]
    except RedisError:
        return None
    return _read(kept)


def past(worker: str) -> list[Told]:
    """What a worker has said in the last hour, the oldest first; nothing when the broker cannot be reached."""
    try:
        with _broker() as broker:
            return _read(broker.lrange(f"{PAST}{worker}", 0, -1))
    except RedisError:
        return []


def _read(kept: Sequence[object]) -> list[Told]:
    return [json.loads(one) for one in kept if isinstance(one, bytes | str)]


def _broker() -> Redis:
    return Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=3)
