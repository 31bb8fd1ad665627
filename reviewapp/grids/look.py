"""What of a grid is looked at: which columns, which rows, in which order; as its address says it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from reviewapp.frame.paging import back_to
from reviewapp.frame.words_grids import FILTERS
from reviewapp.grids.models import Column, Grid
from reviewapp.reviews.codes import UNCODED, Option

FIND_CHARACTERS = 200


@dataclass(frozen=True)
class Look:
    """A way to look at a grid.

    `show` names the cells that rows must have (of `FILTERS`), in the column `within` or in any that is shown. `sort`
    is the column whose value orders the rows; without it their names do. `hidden` are columns left out, by number.
    `own` are columns and documents: cells in one of either are meant, the others are shown beside them.
    `coded` names the code that the rows have, as `reviews.codes.coded_as` takes it.
    """

    shown: Sequence[Column]
    hidden: frozenset[int] = frozenset()
    show: str = ""
    within: Column | None = None
    sort: Column | None = None
    descending: bool = False
    grouped: bool = False
    find: str = ""
    mine: bool = False
    own: tuple[frozenset[int], frozenset[UUID]] | None = None
    coded: str = ""
    kept: dict[str, str] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """What the addresses of the same look begin with."""
        return f"{urlencode(self.kept)}&" if self.kept else ""

    @property
    def by_name(self) -> str:
        """The address of the look with the rows by name."""
        return self.with_(sort="-name" if not self.sort and not self.descending else "", group="")

    def order_of(self, column: Column) -> str:
        """How the rows are sorted by a column, as `aria-sort` says it; empty where they are not."""
        if self.sort != column:
            return ""
        return "descending" if self.descending else "ascending"

    def sorted_by(self, column: Column) -> str:
        """The address of the look sorted by a column; turned round where it is sorted by it already."""
        return self.with_(sort=f"{'-' if self.order_of(column) == 'ascending' else ''}{column.order}")

    def with_(self, **changes: str) -> str:
        """The address of the look with these parameters changed; an empty one is left out."""
        kept = {name: value for name, value in (self.kept | changes).items() if value}
        return f"?{urlencode(kept)}"


def look_of(sent: QueryDict, columns: Sequence[Column], options: Sequence[Option]) -> Look:
    """The look that an address asks for, of these columns and codes; what there is not is passed over."""
    codes = {UNCODED, *(option.name for option in options)}
    by_number = {str(column.order): column for column in columns}
    hidden = frozenset(int(n) for n in ",".join(sent.getlist("hide")).split(",") if n in by_number)
    if len(hidden) == len(columns):
        hidden = frozenset()
    sort = sent.get("sort", "")
    look = {
        "hide": ",".join(str(n) for n in sorted(hidden)),
        "show": sent.get("show", "") if sent.get("show") in FILTERS else "",
        "in": sent.get("in", "") if sent.get("in") in by_number else "",
        "sort": sort if sort.removeprefix("-") in {*by_number, "name"} else "",
        "group": "1" if sent.get("group") and sort.removeprefix("-") in by_number else "",
        "find": sent.get("find", "").strip()[:FIND_CHARACTERS],
        "mine": "1" if sent.get("mine") else "",
        "coded": sent.get("coded", "") if sent.get("coded") in codes else "",
    }
    return Look(
        shown=[column for column in columns if column.order not in hidden],
        hidden=hidden,
        show=look["show"],
        within=by_number.get(look["in"]),
        sort=by_number.get(sort.removeprefix("-")),
        descending=sort.startswith("-"),
        grouped=bool(look["group"]),
        find=look["find"],
        mine=bool(look["mine"]),
        coded=look["coded"],
        kept={name: value for name, value in look.items() if value},
    )


def looked_at(grid: Grid, sent: QueryDict) -> str:
    """The address of the grid as it was looked at on the page that sent a form."""
    return back_to(reverse("grid", args=[grid.pk]), sent)
