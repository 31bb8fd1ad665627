"""What one party does that settles a question about another: it lets it, bears it instead, or only agrees to it."""

from __future__ import annotations

import pytest

from consolidation.briefs import brief
from consolidation.grammar.letting import part_at, without_case
from consolidation.grammar.whom import compared, is_of_another, is_value_of_another

PARTIES = brief(
    'This Agreement is made on May 1, 2001 between Acme Widgets, Inc. (the "Company") and Franklin Lines, LLC '
    '(the "Carrier").\n\n'
).parties


@pytest.mark.parametrize(
    ("question", "said", "sentence", "of_another"),
    [
        # whoever is let do it may do it, and not who lets it be done
        ("May Acme inspect the trucks?", "Yes", "Franklin shall permit the Company to inspect the trucks.", False),
        ("May Franklin inspect the trucks?", "Yes", "Franklin shall permit the Company to inspect them.", True),
        ("May Acme use its name?", "Yes", "Franklin consents to the use of the name of Franklin by Acme.", False),
        ("Is Acme free to hire staff?", "Yes", "Franklin agrees that nothing shall bar Acme from it.", False),
        ("Can Acme inspect the trucks?", "Yes", "Franklin shall give the Company access to the trucks.", False),
        # whose say it is
        ("Can Acme end it?", "Yes", "If Franklin fails, this shall, at the option of the Company, end.", False),
        ("Can Franklin end it?", "Yes", "This ends at the Company's sole option.", True),
        ("May Acme refuse it?", "Yes", "Franklin shall show it; Acme reserves the right to refuse it.", False),
        # who only agrees to it says nothing of himself
        ("Must Acme insure it?", "Yes", "Franklin hereby agrees that the Company shall insure it.", False),
        ("Must Franklin insure it?", "Yes", "Franklin hereby agrees that the Company shall insure it.", True),
        # who is spared it, and who bears it instead
        ("Does Acme pay the tax?", "No", "All taxes are the sole responsibility of Franklin.", False),
        ("Does Acme pay a royalty?", "No", "Franklin grants Acme a royalty-free licence.", False),
        ("Does Acme pay for copies?", "No", "Franklin sends Acme copies without charge, no later than May.", False),
        ("Does Acme pay the tax?", "No", "Franklin shall not be responsible for any taxes.", True),
        ("Is Acme liable for tax?", "No", "Franklin shall pay taxes, including but not limited to VAT.", False),
        # the staff of a party acts for it
        ("May Acme board the ship?", "Yes", "Acme's representatives may board the ship.", False),
        ("May Acme attend?", "Yes", "Representatives of Acme may attend, and Franklin shall wait.", False),
        # what is said of all, in the part of the sentence that is the proof
        ("Is Acme liable for it?", "No", "Franklin may refuse. In no event shall any party be liable for it.", False),
    ],
)  # fmt: skip
def test_what_another_does_may_settle_it(question: str, said: str, sentence: str, of_another: bool) -> None:
    low = sentence.find("In no event")
    place = (max(low, 0), len(sentence))
    assert is_of_another(question, said, sentence, place, PARTIES) is of_another


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("What may Acme do when the carrier is late?", "What may Acme do"),
        ("If the carrier is late, what may Acme do?", "what may Acme do?"),
        ("Acme has not paid. What may Franklin do then?", "What may Franklin do then?"),
        ("What may Acme do?", "What may Acme do?"),
        ("What if Acme is late?", "What if Acme is late?"),
    ],
)
def test_a_case_is_no_part_of_what_is_asked(question: str, rest: str) -> None:
    assert without_case(question) == rest


def test_who_stands_in_the_case_has_no_part_in_the_value() -> None:
    sentence = "If the Carrier is late, the Company may cancel the order."
    question = "If Franklin is late, what may Acme do?"
    place = (sentence.index("cancel"), len(sentence))
    assert not is_value_of_another(question, "cancel the order", sentence, place, PARTIES)
    question = "How fast must Franklin hand Acme copies?"
    sentence = "Copies shall be provided to Acme within seven days upon written request of Acme."
    assert compared(question, sentence, (0, len(sentence)), PARTIES) == "agrees"


def test_the_part_of_a_sentence_that_a_place_begins_in() -> None:
    text = "Acme pays; Franklin delivers. It waits: (a) for Acme (b) for Franklin"
    assert part_at(text, (13, 15)) == "Franklin delivers. "
    assert part_at(text, (text.index("for F"), len(text))) == "(b) for Franklin"
    assert part_at(text, (0, len(text))) == text
