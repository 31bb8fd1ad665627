"""The columns of the list of documents: which are shown, what each is sorted by, and where its heading leads."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviewapp.catalogue.listing import Asked, sorts
from reviewapp.frame import words_documents

#: Every column beside the name, in the order in which they stand.
CHOICES = (
    "title",
    "parties",
    "date",
    "expiry",
    "law",
    "kind",
    "pages",
    "problems",
    "copies",
    "received",
    "state",
)
USUAL = ("title", "parties", "date", "expiry", "law", "pages", "problems", "state")


@dataclass(frozen=True)
class Column:
    """A column: its name, its words, the address that sorts by it (or empty), how it is sorted now."""

    name: str
    words: str
    address: str
    sorted: str

    @property
    def arrow(self) -> str:
        """The sign beside the words."""
        return {"ascending": "↑", "descending": "↓"}.get(self.sorted, "")


def chosen_columns(names: Iterable[str] | None) -> tuple[str, ...]:
    """Those of the given names that there are, in their order; the usual ones for None."""
    wanted = USUAL if names is None else set(names)
    return tuple(name for name in CHOICES if name in wanted)


def columns_of(chosen: Iterable[str], asked: Asked) -> list[Column]:
    """The name and the chosen columns as they stand now; a second click turns the order round."""
    now = asked.sort if asked.sort.removeprefix("-") in sorts() else "name"
    return [_column(name, now, asked) for name in ("name", *chosen)]


def _column(name: str, now: str, asked: Asked) -> Column:
    if name not in sorts():
        return Column(name, words_documents.COLUMNS[name], "", "")
    turned = f"-{name}" if now == name else name
    order = {name: "ascending", f"-{name}": "descending"}.get(now, "")
    return Column(name, words_documents.COLUMNS[name], f"?{asked.query(sort=turned)}".rstrip("&"), order)
