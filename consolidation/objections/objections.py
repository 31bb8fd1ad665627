"""What speaks against a proposed answer: its form, its own sentence, and whom or which day that speaks of."""

from __future__ import annotations

from dataclasses import replace

from consolidation.asking.fields import AskedField
from consolidation.asking.typed import normalise
from consolidation.asking.understand import Understanding
from consolidation.grammar.afterwards import lacks_what_comes_after
from consolidation.grammar.called import is_called_otherwise, is_mere_signature, is_party_for_another
from consolidation.grammar.happened import is_only_agreed
from consolidation.grammar.labelled import is_of_another_label
from consolidation.grammar.leaving import ends_otherwise
from consolidation.grammar.looks_alike import (
    is_of_another_time,
    is_one_choice,
    only_severs,
    turns_what_it_is_free_of,
)
from consolidation.grammar.measured import lacks_notice, says_another_notice
from consolidation.grammar.other_cases import is_late_otherwise
from consolidation.grammar.settled import (
    is_other_day,
    lacks_what_is_done,
    leaves_open,
    lets_do_what_is_not_done,
)
from consolidation.grammar.which_sum import is_another_sum
from consolidation.grammar.whom import is_of_another, is_value_of_another
from consolidation.objections.contrary import is_contrary
from consolidation.objections.days import is_of_another_paper
from consolidation.objections.fitting import (
    FIGURES,
    fits,
    is_of_another_matter,
    lacks_address,
    lacks_figure,
)
from consolidation.objections.of_itself import is_of_another_thing, is_of_nothing_there
from consolidation.objections.several import (
    has_another_for_a_case,
    is_one_of_several,
    says_again,
    says_two_sums,
)
from consolidation.passages.passages import Passages
from consolidation.passages.quotes import sentence_around
from consolidation.proposals.candidates import Candidate
from consolidation.proposals.completing import completed, is_part
from consolidation.shapes.figures import is_summand


def is_fitting(asked: Understanding, fact: AskedField, passages: Passages, candidate: Candidate) -> bool:
    """Whether an answer has the form that is asked for."""
    return fits(asked, fact, candidate, _around(passages, candidate))


def is_settled(asked: Understanding, fact: AskedField, passages: Passages, candidate: Candidate) -> bool:
    """Whether the sentence of an answer's first place settles it: all of it, of that party, of that day.

    What is computed from several places is not told by that sentence alone, but is of the same thing.
    """
    if not candidate.places:
        return True
    text, parties = passages.text, passages.brief.parties
    place, (low, high) = candidate.places[0], sentence_around(passages, candidate.places[0])
    sentence, within = text[low:high], (place[0] - low, place[1] - low)
    question, said = asked.each, candidate.said
    about = question, sentence
    if not candidate.yes_no and is_of_another_thing(asked, fact, passages, place, sentence):
        return False
    if candidate.value:
        return True
    if is_of_another_label(*about, None if candidate.yes_no else within):
        return False
    if ends_otherwise(*about, within) or is_late_otherwise(*about) or only_severs(*about):
        return False
    if candidate.yes_no:
        is_open = leaves_open(question, said, sentence, within)
        is_open = is_open or is_only_agreed(*about) or is_of_another_time(*about)
        is_open = is_open or turns_what_it_is_free_of(*about)
        is_open = is_open or (said == "Yes" and is_one_choice(*about))
        return not (is_open or is_of_another(question, said, sentence, within, parties))
    return not (
        is_other_day(asked, fact, text, place)
        or is_of_another_paper(asked, passages, place)
        or lacks_address(question, said)
        or is_value_of_another(question, said, sentence, within, parties)
        or lacks_what_is_done(question, sentence)
        or is_called_otherwise(question, text, place)
        or is_party_for_another(question, said, parties)
        or lets_do_what_is_not_done(question, said)
        or (asked.value == "duration" and lacks_what_comes_after(question, sentence))
        or (asked.value in ("amount", "percent") and is_another_sum(question, sentence))
        or is_one_of_several(asked, said, sentence, within)
        or says_two_sums(asked, said)
        or has_another_for_a_case(asked, sentence, within)
        or is_part(asked, passages, candidate)
        or _is_summand(asked, passages, candidate)
    )


def _is_summand(asked: Understanding, passages: Passages, candidate: Candidate) -> bool:
    """Whether an amount is asked for, and an answer is what is added to another or has more added to it."""
    if asked.value != "amount" or len(candidate.places) != 1:
        return False
    return is_summand(passages.text, completed(asked, passages, candidate).places[0])


def is_against(asked: Understanding, fact: AskedField, passages: Passages, candidate: Candidate) -> bool:
    """Whether an answer is none: what runs at the head or foot of pages, a heading where a figure is asked for.

    Nor is a blank in the place of a figure, what its own sentence speaks against, or a fact of the document itself
    where it has no word of what is asked about.
    What is computed from several places is not what the first of them says.
    """
    if not candidate.places:
        return False
    place = candidate.places[0]
    if is_of_nothing_there(asked, fact, passages, place):
        return True
    if candidate.value:
        return False
    if any(low <= place[0] < high for low, high in passages.brief.running):
        return True
    if asked.value in FIGURES and normalise(asked.value, candidate.said) is None:
        headings = (one.place for one in passages.brief.headings if one.place[0] <= place[0])
        if any(place[1] <= high for _, high in headings):
            return True
    if any(lacks_figure(asked, candidate.said, passages.text, one) for one in candidate.places):
        return True
    around = _around(passages, candidate)
    if candidate.said == "Yes" and lacks_notice(asked.each, passages.words(candidate.passage)):
        return True
    if is_mere_signature(asked.each, passages.text, place):
        return True
    if is_of_another_matter(asked, fact, candidate.said, around) or says_again(asked, candidate.said):
        return True
    return is_contrary(asked, fact, passages, place, candidate.said, around)


def as_measured(asked: Understanding, passages: Passages, candidate: Candidate) -> Candidate:
    """A Yes whose sentence says another notice than the question supposes is a No by the same words."""
    if candidate.said != "Yes" or not candidate.places:
        return candidate
    if says_another_notice(asked.each, _around(passages, candidate)):
        return replace(candidate, said="No")
    return candidate


def _around(passages: Passages, candidate: Candidate) -> str:
    """The sentence of a candidate's first place."""
    if not candidate.places:
        return ""
    low, high = sentence_around(passages, candidate.places[0])
    return passages.text[low:high]
