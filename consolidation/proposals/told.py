"""What a text tells about a question without a reader: whether a clause, a renewal or a minimum stands there."""

from __future__ import annotations

import re

from consolidation.asking.clause_names import clause_named
from consolidation.asking.defining import quoted
from consolidation.asking.understand import Understanding
from consolidation.passages.passages import Passages
from consolidation.proposals.candidates import Candidate
from consolidation.proposals.formed import from_formations
from consolidation.proposals.headed import from_headings
from consolidation.proposals.mentioning import stems_of, words_asked_for
from consolidation.proposals.minimums import from_minimums
from consolidation.proposals.named_clauses import from_clause_names
from consolidation.proposals.renewing import from_renewals

#: Terms without quotation marks have so many words at most.
_LONGEST_TERM = 4


def told_by_text(asked: Understanding, passages: Passages) -> Candidate | None:
    """What sentences and headings say of whether something stands in the text; None where they say nothing."""
    if clause_named(asked):
        found = from_clause_names(asked, passages)
        return found if found is None or _in_these_words(asked, passages, found) else None
    makers = (from_renewals, from_minimums, from_formations, from_headings)
    return next((found for maker in makers if (found := maker(asked, passages))), None)


def _in_these_words(asked: Understanding, passages: Passages, found: Candidate) -> bool:
    """Whether a clause is found in the words that are asked for, where these are to be mentioned."""
    stems, places = stems_of(words_asked_for(asked)), found.places
    said = " ".join(passages.text[low:high].lower() for low, high in places)
    return not places or all(re.search(rf"\b{re.escape(stem)}", said) for stem in stems)


def lacks_term(asked: Understanding, passages: Passages) -> bool:
    """Whether the definition is asked of a term that stands nowhere in the document.

    What somebody does, or what many words describe, is no term: "being let go for cause".
    """
    words = re.findall(r"[^\s\"]+", asked.term)
    if asked.value != "definition" or not words:
        return False
    doing = words[0].endswith("ing") or any(word.islower() and word.endswith("ing") for word in words)
    if not quoted(asked.each) and (len(words) > _LONGEST_TERM or doing):
        return False
    return not re.search(
        r"[\s-]+".join(re.escape(word.rstrip("s.")) for word in words), passages.text, re.IGNORECASE
    )
