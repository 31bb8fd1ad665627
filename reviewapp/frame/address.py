"""Where the pages of this machine's web server are."""

from django.conf import settings


def address() -> str:
    """The address that people on this machine open."""
    return f"http://{connectable(settings.BIND)}:{settings.PORT}/"


def connectable(host: str) -> str:
    """The host to connect to for a server that listens on `host`."""
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104  compared, not bound
