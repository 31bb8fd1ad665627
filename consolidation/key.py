"""What names a state: the SHA-256 of everything it depends on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from consolidation.protocol import Schedule

#: Of the state files.
FORMAT = 2


@dataclass(frozen=True, slots=True)
class StateKey:
    """Everything a state depends on, and nothing that only answers depend on.

    `members` are the SHA-256 of the documents in order, one or an ordered family; `stored` is the stored type of each
    fast weight, by name.
    """

    members: tuple[str, ...]
    text_version: str
    text_sha256: str
    memory: str
    reads_sha256: str
    tokenizer_sha256: str
    schedule: Schedule
    window_tokens: int
    segment_windows: int
    stored: tuple[tuple[str, str], ...]

    def name(self) -> str:
        """The state's name: SHA-256 of these inputs and the file format, 64 hexadecimal digits."""
        content = json.dumps({"format": FORMAT, **asdict(self)}, sort_keys=True, separators=(",", ":"))
        return sha256_of(content)

    def begun(self) -> str:
        """Names what is unfinished, whatever its text will be: the file's SHA-256 (of a family's, theirs), and a hash
        of the rest.
        """
        files = self.members[0] if len(self.members) == 1 else sha256_of(*self.members)
        inputs = asdict(self) | {"text_version": "", "text_sha256": ""}
        return f"{files}-{sha256_of(json.dumps({'format': FORMAT, **inputs}, sort_keys=True))[:16]}"

    def passes(self, window: int) -> int:
        """Passes over one window."""
        if isinstance(self.schedule, int):
            return self.schedule
        return self.schedule[min(window, len(self.schedule) - 1)]

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> StateKey:
        """A key as a manifest keeps it. Raises KeyError or TypeError for what is none."""
        schedule = kept["schedule"]
        return cls(
            **kept
            | {
                "members": tuple(kept["members"]),
                "schedule": schedule if isinstance(schedule, int) else tuple(schedule),
                "stored": tuple((name, stored) for name, stored in kept["stored"]),
            }
        )


def sha256_of(*words: str) -> str:
    """SHA-256 of words, a line each, in 64 hexadecimal digits."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()
