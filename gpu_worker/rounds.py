"""Rounds of making briefs: one asks for the next while there is more to do.

Whoever begins rounds, a worker that starts, the clock or somebody who tries again, takes over from those that go on
already: of several only the newest asks for another. Which that is stands in the broker, as the messages do.
"""

import logging
from contextlib import closing
from uuid import uuid4

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

KEY = "nightbrief:briefs:"
_SECONDS = 3.0


def next_round(memory: str) -> str:
    """The name of the next round of a memory, after which the names until then are out of date."""
    name = uuid4().hex
    try:
        with closing(_broker()) as broker:
            broker.set(f"{KEY}{memory}", name)
    except RedisError as error:
        logger.warning("the next round of briefs is not noted (%s)", type(error).__name__)
    return name


def is_newest(memory: str, name: str) -> bool:
    """Whether no round was named after this one; True where the broker does not know."""
    try:
        with closing(_broker()) as broker:
            known = broker.get(f"{KEY}{memory}")
    except RedisError:
        return True
    return known is None or known == name.encode()


def _broker() -> Redis:
    return Redis.from_url(settings.REDIS_URL, socket_connect_timeout=_SECONDS, socket_timeout=_SECONDS)
