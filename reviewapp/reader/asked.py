"""What an address of a page asks for, and the addresses of what stands around it."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from reviewapp.frame import marking

#: How wide a page is shown, in percent of the room there is.
ZOOMS = (50, 75, 100, 150, 200, 300)
_USUAL_ZOOM = 100
_MOST_CHARACTERS = 500


@dataclass(frozen=True)
class Asked:
    """A page with what is to be marked on it and how it is to be shown.

    `at` are ranges as addresses carry them, `query` the search they came from, `find` words to be found in the
    document, `view` "text" or "image", `zoom` one of `ZOOMS`.
    """

    document: UUID
    number: int
    citation: str = ""
    at: str = ""
    query: str = ""
    find: str = ""
    view: str = "image"
    zoom: int = _USUAL_ZOOM

    @property
    def address(self) -> str:
        """The page's address; it holds only what is not the usual."""
        given = {"citation": self.citation, "at": self.at, "q": self.query, "find": self.find}
        if self.view == "text":
            given["view"] = "text"
        if self.zoom != _USUAL_ZOOM:
            given["zoom"] = str(self.zoom)
        query = urlencode({name: value for name, value in given.items() if value})
        path = reverse("page", args=[self.document, self.number])
        return f"{path}?{query}" if query else path

    def page(self, number: int) -> "Asked":
        """Another page of the document, shown the same way; ranges are those of one page only."""
        return replace(self, number=number, at=self.at if number == self.number else "")

    def shown(self, *, view: str = "", zoom: int = 0) -> "Asked":
        """The same page, shown in another way."""
        return replace(self, view=view or self.view, zoom=zoom or self.zoom)

    def closer(self) -> "Asked | None":
        """One step larger; None at the end."""
        return next((self.shown(zoom=zoom) for zoom in ZOOMS if zoom > self.zoom), None)

    def farther(self) -> "Asked | None":
        """One step smaller; None at the end."""
        return next((self.shown(zoom=zoom) for zoom in reversed(ZOOMS) if zoom < self.zoom), None)

    def ranges(self) -> list[marking.Range]:
        """The ranges of `at`."""
        return marking.read_ranges(self.at)


def asked_of(document: UUID, number: int, given: QueryDict) -> Asked:
    """What a query asks for; what cannot be read in it counts as the usual."""
    zoom = given.get("zoom", "")
    return Asked(
        document,
        number,
        citation=given.get("citation", "")[:_MOST_CHARACTERS],
        at=given.get("at", ""),
        query=given.get("q", "")[:_MOST_CHARACTERS],
        find=" ".join(given.get("find", "")[:_MOST_CHARACTERS].split()),
        view="text" if given.get("view") == "text" else "image",
        zoom=int(zoom) if zoom in map(str, ZOOMS) else _USUAL_ZOOM,
    )
