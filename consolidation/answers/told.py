"""What a text tells about a question without a model: whether words, a clause or a renewal stand there."""

from __future__ import annotations

import re

from consolidation.answers.candidates import Candidate
from consolidation.answers.headed import from_headings
from consolidation.answers.mentioning import from_text
from consolidation.answers.passages import Passages
from consolidation.answers.renewing import from_renewals
from consolidation.asking.understand import Understanding


def told_by_text(asked: Understanding, passages: Passages) -> Candidate | None:
    """The answer that the text gives by itself to whether something stands in it; None where it gives none."""
    return from_text(asked, passages) or from_renewals(asked, passages) or from_headings(asked, passages)


def lacks_term(asked: Understanding, passages: Passages) -> bool:
    """Whether the definition is asked of a term that stands nowhere in the document."""
    words = re.findall(r"[^\s\"]+", asked.term)
    if asked.value != "definition" or not words:
        return False
    return not re.search(
        r"[\s-]+".join(re.escape(word.rstrip("s.")) for word in words), passages.text, re.IGNORECASE
    )
