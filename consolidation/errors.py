"""Typed errors of the engine. No message ever holds document text."""

from __future__ import annotations

from pathlib import Path


class ConsolidationError(Exception):
    """Base of every error the engine raises on purpose."""


class ModelFileError(ConsolidationError):
    """A model file is missing, altered or of another version."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path.name}: {problem}")
        self.path = path


class OptionRefused(ModelFileError):  # noqa: N818 -- as it is said
    """A memory is asked for with an option that it does not take."""

    def __init__(self, path: Path, memory: str, option: str) -> None:
        super().__init__(path, f"the memory {memory} takes no {option}")
        self.memory, self.option = memory, option


class MemoryRefused(ConsolidationError):  # noqa: N818 -- as it is said
    """A model cannot be a memory: its states are dropped, leak, or are not all that it keeps."""

    def __init__(self, model: str, problem: str) -> None:
        super().__init__(f"{model} cannot be a memory: {problem}")
        self.model, self.problem = model, problem


class DeviceFull(ConsolidationError):  # noqa: N818 -- as it is said
    """The device has not even memory for one."""

    def __init__(self) -> None:
        super().__init__(
            "the device has no memory left; give it to this worker alone, or use a smaller model or type of numbers"
        )


class StateError(ConsolidationError):
    """A stored state cannot be used: damaged, or made by another model or setting."""


class Cancelled(ConsolidationError):  # noqa: N818 -- an outcome, not a fault
    """The caller asked a running sleep phase to stop; what was saved so far remains."""
