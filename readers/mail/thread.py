"""What a message is called, what it answers, and when it was sent (RFC 5322, sections 3.6.1 and 3.6.4)."""

import re
from datetime import UTC
from email.message import Message
from email.utils import parsedate_to_datetime

_MOST_IDS = 200
_ID = re.compile(r"<([^<>\s]{1,250})>")


def ids_of(message: "Message") -> tuple[str, ...]:
    """Its Message-ID, empty without one, and those of In-Reply-To and References, without their brackets."""
    own = _ids(message, "Message-ID")[:1] or [""]
    others = [*_ids(message, "In-Reply-To"), *_ids(message, "References")]
    return (*own, *dict.fromkeys(one for one in others if one != own[0]))[:_MOST_IDS]


def sent_of(message: "Message") -> str:
    """When it was sent, in ISO 8601; empty where the header is missing or says nothing that can be."""
    try:
        sent = parsedate_to_datetime(str(message.get("Date", "")))
    except (ValueError, TypeError, OverflowError, IndexError):
        return ""
    return (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).isoformat()


def _ids(message: "Message", header: str) -> list[str]:
    return [found for value in message.get_all(header, []) for found in _ID.findall(str(value))]
