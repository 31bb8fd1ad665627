"""How the documents of a matter are kept: nights, and comparisons of ways to keep them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from reviewapp.client.handing import Handing
from reviewapp.client.shapes_lab import Comparison, ComparisonBegun, Nights


class Memories(Handing):
    """The part of `Nightbrief` that is about how documents are kept; errors are as everywhere."""

    def nights(self, matter_id: str) -> Nights:
        """Whether a matter's documents are consolidated at night, and what the next night would do."""
        return self._one(Nights, "GET", f"/matters/{matter_id}/nights")

    def allow_nights(self, matter_id: str, *, key: str = "") -> Nights:
        """Have the matter's documents consolidated at night, and not as they arrive."""
        return self._one(Nights, "POST", f"/matters/{matter_id}/nights/allow", key=key)

    def end_nights(self, matter_id: str, *, key: str = "") -> Nights:
        """Have what arrives consolidated at once again, and what waits for the night now."""
        return self._one(Nights, "POST", f"/matters/{matter_id}/nights/end", key=key)

    def comparisons(self, matter_id: str) -> Iterator[Comparison]:
        """The comparisons of a matter, the newest first, without their documents and figures."""
        return self._all(Comparison, f"/matters/{matter_id}/comparisons")

    def comparison(self, comparison_id: str) -> Comparison:
        """One comparison, with its documents and figures."""
        return self._one(Comparison, "GET", f"/comparisons/{comparison_id}")

    def prepare_comparison(
        self,
        matter_id: str,
        *,
        questions: Path | None = None,
        source: str = "own",
        minutes: int = 15,
        key: str = "",
    ) -> Comparison:
        """What a comparison would ask and about how long it takes; nothing is begun.

        `questions` is a CSV file of your own; other sources are "reviewed" and "shipped".
        """
        files = {"questions": questions} if questions else {}
        form = {"source": source, "minutes": str(minutes)}
        return self._sent(Comparison, f"/matters/{matter_id}/comparisons", files, form, key)

    def begin_comparison(self, comparison_id: str, *, key: str = "") -> ComparisonBegun:
        """Have a comparison measured; the operation's items are its documents."""
        return self._one(ComparisonBegun, "POST", f"/comparisons/{comparison_id}/begin", key=key)

    def cancel_comparison(self, comparison_id: str, *, key: str = "") -> Comparison:
        """Stop a comparison; what is measured stays."""
        return self._one(Comparison, "POST", f"/comparisons/{comparison_id}/cancel", key=key)

    def save_comparison(
        self, comparison_id: str, path: Path, progress: Callable[[int], Any] = lambda _: None
    ) -> None:
        """Write what each question gave through each way as CSV, or nothing of it."""
        self._save(f"/comparisons/{comparison_id}/table", path, None, "", progress)
