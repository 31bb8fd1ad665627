"""Plain words beside what is proposed: they overrule other sentences, and answer where nothing else is found."""

from __future__ import annotations

from collections.abc import Sequence

from consolidation.asking.understand import Understanding
from consolidation.grammar.denying import denials
from consolidation.grammar.left_out import is_left_out
from consolidation.grammar.plain_words import Said, plainly
from consolidation.passages.passages import Passages
from consolidation.passages.quotes import sentence_around
from consolidation.proposals.candidates import Candidate
from consolidation.proposals.leading_in import by_item, said_by_item, with_lead
from consolidation.text.windows import Range

#: How likely what plain words say is right, where neither states nor a reader found anything.
_LIKELY = 0.6
#: Longer sentences are lists that were not taken apart.
_LONGEST = 2500


def plainly_around(asked: Understanding, passages: Passages, place: Range) -> Said:
    """What the sentence of a place, with what its list stands under, says in plain words; empty where nothing."""
    low, high = sentence_around(passages, place)
    parties, text = passages.brief.parties, passages.text
    return (
        said_by_item(asked.each, passages, place)
        or plainly(asked.each, text[low:high], parties)
        or plainly(asked.each, with_lead(asked.each, passages, place, (low, high)), parties)
        or ("No" if is_left_out(asked.each, text[low:high]) else "")
    )


def without_overruled(
    asked: Understanding, passages: Passages, proposed: Sequence[Candidate]
) -> list[Candidate]:
    """Proposals without a No whose sentence denies nothing that is asked, where another says Yes in plain words."""
    if not asked.yes_no:
        return list(proposed)
    placed = [one for one in proposed if one.places and one.yes_no]
    plain = {plainly_around(asked, passages, one.places[0]) for one in placed if one.said == "Yes"}
    if "Yes" not in plain:
        return list(proposed)
    return [
        one
        for one in proposed
        if one.said != "No" or not one.places or _denies(asked, passages, one.places[0])
    ]


def _denies(asked: Understanding, passages: Passages, place: Range) -> bool:
    low, high = sentence_around(passages, place)
    return next(denials(asked.each, " ".join(passages.text[low:high].split())), None) is not None


def from_plain_words(asked: Understanding, passages: Passages) -> Candidate | None:
    """What the first sentence that answers in plain words says; None where none does, or they differ."""
    if not asked.yes_no or asked.doubt:
        return None
    found: dict[Said, Range] = {}
    for low, high in passages.sentences:
        if high - low <= _LONGEST:
            sentence = passages.text[low:high]
            said = plainly(asked.each, sentence, passages.brief.parties)
            if said := said or ("No" if is_left_out(asked.each, sentence) else ""):
                found.setdefault(said, (low, high))
    if not found and (item := by_item(asked.each, passages)):
        found[item[0]] = item[1]
    if len(found) != 1:
        return None
    said, place = next(iter(found.items()))
    return Candidate("rules", said, (place,), passages.holding(place), score=_LIKELY)
