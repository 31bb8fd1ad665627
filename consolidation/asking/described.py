"""What a document can be called by."""

from __future__ import annotations

from typing import Protocol


class Described(Protocol):
    """A document's names, from its own text: `parties` as written, the defined `short_names` of these, and `roles`.

    `dates` are ISO 8601; `mentioned` are other names that it mentions often. `consolidation.briefs` fills it in.
    """

    @property
    def document_id(self) -> str: ...
    @property
    def file_name(self) -> str: ...
    @property
    def titles(self) -> tuple[str, ...]: ...
    @property
    def parties(self) -> tuple[str, ...]: ...
    @property
    def short_names(self) -> tuple[str, ...]: ...
    @property
    def roles(self) -> tuple[str, ...]: ...
    @property
    def dates(self) -> tuple[str, ...]: ...
    @property
    def mentioned(self) -> tuple[str, ...]: ...
