"""Where the pages of this machine's web server are."""

from django.conf import settings


def address() -> str:
    """The address that people on this machine open."""
    host = connectable(settings.BIND)
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.PORT}/"


def connectable(host: str) -> str:
    """The host to connect to for a server that listens on `host`."""
    if host == "::":
        return "::1"
    return "127.0.0.1" if host in {"0.0.0.0", ""} else host  # noqa: S104  compared, not bound
