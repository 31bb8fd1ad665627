"""Where Nightbrief is and with which token: from the environment, else as `nightbrief login` kept it."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

ADDRESS, TOKEN = "NIGHTBRIEF_ADDRESS", "NIGHTBRIEF_TOKEN"
LOCAL = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Credentials:
    """An installation's address, and a token of it."""

    address: str
    token: str


def folder() -> Path:
    """Where the command line keeps what it has to know the next time."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "nightbrief"


def read() -> Credentials | None:
    """Those of the environment or of the last login; None where there are none.

    The token of the last login goes only to the address that it is of, that of the environment to no other login's.
    """
    address, token, kept = os.environ.get(ADDRESS, "").rstrip("/"), os.environ.get(TOKEN), _kept()
    if token:
        return Credentials(address or LOCAL, token)
    return kept if kept is not None and address in {"", kept.address} else None


def keep(credentials: Credentials) -> Path:
    """Write them where only the user reads."""
    return write_private(folder() / "login.json", json.dumps(asdict(credentials)))


def write_private(path: Path, text: str) -> Path:
    """Replace a file's text at once; nobody else may read it, at no time."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_suffix(".new")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    unfinished.replace(path)
    return path


def _kept() -> Credentials | None:
    try:
        kept = json.loads((folder() / "login.json").read_text())
        return Credentials(str(kept["address"]).rstrip("/"), str(kept["token"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        # NB: one that was cut off or edited is as good as none; login writes it anew.
        return None
