"""What is marked on a page that is read: a quote with the answer's words in it, or words that were found."""

from dataclasses import dataclass

from reviewapp.documents.models import Page
from reviewapp.frame.marking import Range, outside, shifted, within
from reviewapp.questions.models import Citation
from reviewapp.reader.placing import moved


@dataclass(frozen=True)
class Marks:
    """Ranges of a page's text: a quote or what a search found, the answer's own words, and what was looked for."""

    quote: tuple[Range, ...] = ()
    answer: tuple[Range, ...] = ()
    found: tuple[Range, ...] = ()
    #: The quote no longer says what stands at its place in the document.
    changed: bool = False

    def all(self) -> list[Range]:
        """Everything that is marked."""
        return [*self.quote, *self.answer, *self.found]


def marks_of(page: Page, citation: Citation | None, at: list[Range], found: tuple[Range, ...]) -> Marks:
    """The marks of a page: of the quote where there is one, otherwise of the ranges; and of what was found."""
    if citation is None:
        return Marks(quote=tuple(within(at, 0, len(page.text))), found=found)
    stands = citation.document.text_between(citation.start, citation.end)
    answer = moved([(start, end) for start, end in citation.marked], citation.quote, stands)
    if answer is None:
        return Marks(found=found, changed=True)
    kept = outside([(0, len(citation.quote))], citation.left_out)
    return Marks(
        tuple(within(shifted(kept, -citation.start), page.start, page.end)),
        tuple(within(shifted(answer, -citation.start), page.start, page.end)),
        found,
    )
