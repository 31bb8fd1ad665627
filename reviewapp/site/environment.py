"""Reads settings from environment variables; a value that cannot be read stops the start with its name."""

import ipaddress
import math
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The variable, stripped; `default` when it is absent or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off. Raises ImproperlyConfigured for anything else."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0")


def number(name: str, default: float, *, least: float = 0) -> float:
    """A number no smaller than `least`. Raises ImproperlyConfigured."""
    value = text(name)
    if not value:
        return default
    try:
        parsed = float(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a number") from None
    if not math.isfinite(parsed):
        raise ImproperlyConfigured(f"{name} must be a number")
    if parsed < least:
        raise ImproperlyConfigured(f"{name} must be at least {least:g}")
    return parsed


def integer(name: str, default: int, *, least: int = 0) -> int:
    """A whole number no smaller than `least`. Raises ImproperlyConfigured."""
    parsed = number(name, default, least=least)
    if parsed != int(parsed):
        raise ImproperlyConfigured(f"{name} must be a whole number")
    return int(parsed)


def names(name: str, default: list[str]) -> list[str]:
    """A comma-separated list."""
    return [part.strip() for part in text(name).split(",") if part.strip()] or default


def choice(name: str, choices: list[str]) -> str:
    """One of the choices; the first where nothing is said. Raises ImproperlyConfigured."""
    value = text(name, choices[0]).lower()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}")
    return value


def hours(name: str, default: str) -> tuple[int, int] | None:
    """Two full hours of a day, as `22-6`; None for `off`. Raises ImproperlyConfigured."""
    value = text(name, default).lower()
    if value == "off":
        return None
    first, _, last = value.partition("-")
    if not (first.isdecimal() and last.isdecimal() and int(first) < 24 and int(last) < 24 and first != last):
        raise ImproperlyConfigured(f"{name} must be two different hours of a day like 22-6, or off")
    return int(first), int(last)


def networks(name: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """A comma-separated list of networks, as `10.2.0.0/16`. Raises ImproperlyConfigured."""
    try:
        return [ipaddress.ip_network(part) for part in names(name, [])]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be networks like 10.2.0.0/16: {error}") from None


@dataclass(frozen=True)
class Mail:
    """A server that mail is handed to; without a `host`, none is sent. `tls` from the first byte, or `starttls`."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False
    starttls: bool = False


def mail(name: str) -> Mail:
    """A mail server, as `smtp+starttls://user:password@host:587`, `smtps://` or `smtp://`.

    Raises ImproperlyConfigured.
    """
    value = text(name)
    if not value:
        return Mail()
    ports = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
    try:
        parts = urlsplit(value)
        port = parts.port or ports[parts.scheme]
    except (ValueError, KeyError):
        raise ImproperlyConfigured(f"{name} must be like smtp+starttls://user:password@host:587") from None
    if not parts.hostname:
        raise ImproperlyConfigured(f"{name} must name a host")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Mail(
        parts.hostname, port, user, password, parts.scheme == "smtps", parts.scheme.endswith("starttls")
    )


def kept_secret(path: Path) -> str:
    """The secret stored at `path`, made on first use and readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    if not path.exists():
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
        try:
            # NB: link, not rename: of several processes that start at once the first one's secret stays.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
