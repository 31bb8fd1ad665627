"""The columns of a matter's documents: what each is sorted by, and where its heading leads."""

from dataclasses import dataclass
from urllib.parse import urlencode

from reviewapp.briefs.selectors import SORTED_BY
from reviewapp.frame import words


@dataclass(frozen=True)
class Column:
    """A column: its words, the address that sorts by it, and "ascending", "descending" or "" for how it is sorted."""

    words: str
    address: str
    sorted: str

    @property
    def arrow(self) -> str:
        """The sign beside the words."""
        return {"ascending": "↑", "descending": "↓"}.get(self.sorted, "")


def columns_of(sort: str, find: str) -> list[Column]:
    """The columns as they stand while documents are sorted and found so; a second click turns the order round."""
    now = sort if sort.removeprefix("-") in SORTED_BY else "name"
    return [_column(name, now, find) for name in SORTED_BY]


def query_of(*, sort: str, find: str) -> str:
    """What the addresses of the list's other parts begin with."""
    kept = {name: given for name, given in (("sort", sort), ("find", find)) if given}
    return f"{urlencode(kept)}&" if kept else ""


def _column(name: str, now: str, find: str) -> Column:
    turned = f"-{name}" if now == name else name
    order = {name: "ascending", f"-{name}": "descending"}.get(now, "")
    return Column(words.COLUMNS[name], f"?{query_of(sort=turned, find=find)}".rstrip("&"), order)
