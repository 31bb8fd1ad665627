"""What sentences say to Yes and No in plain words: what is done hereby, ordered, needed, given up, or left out."""

from __future__ import annotations

import pytest

from consolidation.asking.fields import asked_field
from consolidation.asking.understand import understand
from consolidation.objections.objections import is_against
from consolidation.passages.passages import Passages, passages_of
from consolidation.proposals.candidates import Candidate
from consolidation.proposals.plain_answers import from_plain_words, plainly_around, without_overruled
from consolidation.text.windows import split
from tests.engine.tiny import Words

OPENING = (
    'This Agreement is made on May 1, 2001 between Acme Widgets, Inc. (the "Company") and Franklin Ott '
    '(the "Executive").\n\n'
)
RELEASE = "Must Franklin sign a general release to get his severance?"
VACATION = "Must Acme pay Franklin for unused vacation?"
CAUSE = "Does Franklin get severance if he is fired for Cause?"
STAYS = "Does Franklin remain a director of Acme?"
GETS = "Does Franklin get the piano?"
DEFAULT = "Is it an event of default if Acme misses a deadline?"
ASSIGNS = "May Franklin assign it without consent?"
CLAIMS = "Does Franklin release his claims against Acme?"
HANDS_ON = "May Acme assign it to an affiliate without consent?"


def passages(text: str) -> Passages:
    return passages_of(OPENING + text, lambda text: split(text, Words(), 128))


def against(question: str, text: str, said: str) -> bool:
    asked, made = understand(question), passages(text)
    one = Candidate("reader", said, ((len(OPENING), len(made.text)),), 0)
    return is_against(asked, asked_field(asked), made, one)


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        (CLAIMS, "Executive hereby remises, releases and forever discharges Acme of all claims.", "Yes"),
        (CLAIMS, "Executive hereby irrevocably releases the Company, whether or not known, of all claims.", "Yes"),
        (CLAIMS, "The Company hereby releases the Executive of all claims.", ""),
        (CLAIMS, "Executive hereby releases the lien.", ""),
        (CLAIMS, "Executive agrees not to allege that any claims are left after the release.", ""),
        ("Does Franklin never release claims?", "Executive hereby releases all claims.", ""),
        (VACATION, "Company shall pay to Executive all wages, inclusive of unused vacation pay.", "Yes"),
        (VACATION, "The Company agrees to pay for accrued and unused vacation.", "Yes"),
        (VACATION, "Company is required to promptly pay all unused vacation.", "Yes"),
        (VACATION, "Company shall not pay for unused vacation.", ""),
        (VACATION, "Company shall pay all wages, but not for unused vacation.", ""),
        (VACATION, "If the Company shall pay for unused vacation, taxes are withheld.", ""),
        (VACATION, "Neither party shall pay for unused vacation.", ""),
        (VACATION, "Executive shall pay for unused vacation.", ""),
        (VACATION, "Company shall pay all wages.", ""),
        (VACATION, "Company shall pay wages; vacation is unused.", ""),
        (VACATION, "PAPA BIX shall pay for unused vacation.", ""),
        (VACATION, "Each party shall pay for unused vacation.", "Yes"),
        ("Does Bix pay for unused vacation?", "Company shall pay for unused vacation.", ""),
        ("Does Acme bill for hosting?", "Company shall host the site and bear the billing.", ""),
        (RELEASE, "Provided that Executive signs and fails to revoke a general release, he is paid.", "Yes"),
        (RELEASE, "Severance is conditioned upon the Executive executing a general release.", "Yes"),
        (RELEASE, "Unless Executive signs a general release, no severance shall be paid.", "Yes"),
        (RELEASE, "Severance is paid provided that Executive does not sign a general release.", ""),
        (RELEASE, "Upon termination, the Company shall sign a general release.", ""),
        (RELEASE, "Provided that the Company signs a general release, he is paid.", ""),
        ("Can Franklin sign a release?", "Provided that Executive signs a release, he is paid.", ""),
        (STAYS, "Executive hereby resigns as an officer and a director of Company.", "No"),
        (STAYS, "Executive has resigned from his position as a director.", "No"),
        (STAYS, "Executive shall cease to be a director on May 1.", "No"),
        (STAYS, "If Executive resigns as a director, he is paid.", ""),
        (STAYS, "Executive hereby resigns as an officer.", ""),
        (STAYS, "Executive shall remain a director.", "Yes"),
        (GETS, "Company hereby assigns and transfers one (1) grand piano to Executive.", "Yes"),
        (GETS, "The Company shall deliver the piano to the Executive.", "Yes"),
        (GETS, "Executive shall deliver the piano to the Company.", ""),
        (GETS, "Company shall deliver the piano to Executive only if he pays.", ""),
        (GETS, "Company shall not deliver the piano to Executive.", ""),
        (CAUSE, "If ended other than for Cause, the Company shall pay to Executive severance.", "No"),
        (CAUSE, "Upon a termination without Cause, Executive will receive severance.", "No"),
        (CAUSE, "If ended for Cause, the Company shall pay severance of a week.", ""),
        (CAUSE, "If ended for Cause or without Cause, Executive will receive severance.", ""),
        (CAUSE, "Employment may be ended without Cause, and severance is defined below.", ""),
        ("Can Franklin be fired for Cause?", "Executive will receive severance other than for Cause.", ""),
        ("Is the vault included in the work?", "1. Signs, N.I.C.; 2. Vault, N.I.C.", "No"),
        ("Is the bank vault part of the price?", "Bank vault (not included in price).", "No"),
        ("Does the scope include the signs?", "Lighting is included; signs by Owner.", "No"),
        ("Is the vault included in the work?", "Vault and doors. Signs, N.I.C.", ""),
        ("Is the vault locked?", "Vault, N.I.C.", ""),
    ],
)  # fmt: skip
def test_plain_words_answer(question: str, sentence: str, said: str) -> None:
    asked, made = understand(question), passages(sentence)
    assert plainly_around(asked, made, (len(OPENING), len(made.text))) == said
    found = from_plain_words(asked, made)
    assert (found.said if found else "") == said
    if said:
        assert against(question, sentence, "No" if said == "Yes" else "Yes")
        assert not against(question, sentence, said)


TAXES = "(a) pay taxes;\n\n(b) sell goods; or\n\n(c) grant liens."
DUE = "A. Any debt is unpaid;\n\nB. Any judgment is entered against Franklin; or\n\nC. A lie."
FREE = "(a) paying taxes;\n\n(b) granting liens to Lenfest; or\n\n(c) selling goods."
LIENS = "Franklin shall not create any lien; provided, that this shall not prevent the Executive from:\n\n"
EVENTS = "If any of the following events occurs, the Notes shall become due at the Bank's option:\n\n"


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("May Franklin grant liens to Lenfest?", LIENS + FREE, "Yes"),
        ("May Acme grant liens to Lenfest?", LIENS + FREE, ""),
        ("May Franklin grant liens to Ames?", LIENS + FREE, ""),
        ("May Franklin sell goods?", "The Executive shall not:\n\n" + TAXES, "No"),
        ("May Franklin sell goods?", "The Executive shall not, without consent:\n\n" + TAXES, ""),
        ("May Franklin sell goods?", "The Executive may:\n\n" + TAXES, "Yes"),
        ("Must Franklin sell goods?", "The Executive may:\n\n" + TAXES, ""),
        ("Must Franklin sell goods?", "The Executive shall:\n\n" + TAXES, "Yes"),
        ("May Franklin not sell goods?", "The Executive may:\n\n" + TAXES, ""),
        ("Does a judgment let Acme accelerate the notes?", EVENTS + DUE, "Yes"),
        ("Is it an event of default if a judgment is entered?", EVENTS + DUE, "Yes"),
        ("Does a merger let Acme accelerate the notes?", EVENTS + DUE, ""),
    ],
)  # fmt: skip
def test_an_item_is_what_its_lead_makes_it(question: str, text: str, said: str) -> None:
    found = from_plain_words(understand(question), passages(text))
    assert (found.said if found else "") == said


def test_a_party_is_known_by_all_words_of_its_name() -> None:
    opening = OPENING.replace("Acme Widgets, Inc.", "STORM CAT ENERGY CORPORATION")
    text = f"{opening}Company hereby releases all claims. The Lender hereby releases the liens."
    made = passages_of(text, lambda text: split(text, Words(), 128))
    found = [
        from_plain_words(understand(q), made)
        for q in ("Does Storm Cat release claims?", "Does Bix release claims?")
    ]
    assert [one.said if one else "" for one in found] == ["Yes", ""]


def test_that_nothing_has_happened_tells_no_case() -> None:
    for sentence in (
        "No Default or Event of Default exists.",
        "Acme says that no Event of Default has occurred and is continuing.",
    ):
        assert against(DEFAULT, sentence, "No")
        assert against(DEFAULT, sentence, "Yes")
    meant = "A missed deadline shall constitute an Event of Default, though no Default exists."
    assert not against(DEFAULT, meant, "Yes")
    assert not against("Has a default occurred?", "No Default exists.", "No")


@pytest.mark.parametrize(
    ("question", "sentence", "denied"),
    [
        (ASSIGNS, "It shall not be subject to assignment by Franklin without consent.", True),
        (ASSIGNS, "Any attempted assignment without prior approval is null and void.", True),
        ("Is it subject to tax?", "It shall not be subject to any tax.", True),
        ("May Franklin assign it?", "Any assignment without prior approval is void.", False),
        (ASSIGNS, "Any assignment without prior approval is valid.", False),
        (ASSIGNS, "It shall not be subject to liens.", False),
    ],
)  # fmt: skip
def test_what_is_denied_by_a_noun(question: str, sentence: str, denied: bool) -> None:
    assert against(question, sentence, "Yes") is denied
    assert not against(question, sentence, "No")


def test_plain_words_overrule_a_no_from_elsewhere() -> None:
    does = "Executive hereby releases all claims."
    other, denies = "Executive says that claims are known to him.", "Executive shall not release such claims."
    made, asked = passages(f"{does} {other} {denies}"), understand(CLAIMS)

    def one(said: str, words: str) -> Candidate:
        low = made.text.index(words)
        return Candidate("reader", said, ((low, low + len(words)),), 0)

    yes, no, denied = one("Yes", does), one("No", other), one("No", denies)
    assert without_overruled(asked, made, [yes, no, denied]) == [yes, denied]
    assert without_overruled(asked, made, [no, denied]) == [no, denied]
    plain = Candidate("reader", "No", (), 0)
    assert without_overruled(asked, made, [yes, plain]) == [yes, plain]
    assert without_overruled(understand("What are the claims?"), made, [no]) == [no]


@pytest.mark.parametrize(
    ("question", "exception", "said"),
    [
        (HANDS_ON, "except that Acme may assign it to any affiliate without consent", "Yes"),
        (
            HANDS_ON,
            "provided, however, that the Company may assign it to its affiliate without consent",
            "Yes",
        ),
        (
            HANDS_ON,
            "except that Company may assign or transfer it to an affiliate without such approval",
            "Yes",
        ),
        (
            "Can Acme assign it to an affiliate?",
            "except that Acme may freely assign it to an affiliate",
            "Yes",
        ),
        (HANDS_ON, "except that Executive may assign it to any affiliate without consent", ""),
        (HANDS_ON, "except that Acme may assign it to an affiliate", ""),
        (HANDS_ON, "except that Acme may assign it to a lender without consent", ""),
        (HANDS_ON, "except that Acme may not assign it to any affiliate without consent", ""),
        (HANDS_ON, "except that Acme may assign it to an affiliate without consent if it is solvent", ""),
        ("May Acme only assign it to an affiliate?", "except that Acme may assign it to an affiliate", ""),
    ],
)
def test_an_exception_lets_whom_it_names(question: str, exception: str, said: str) -> None:
    made = passages(f"Neither party may assign it, {exception}.")
    assert plainly_around(understand(question), made, (len(OPENING), len(made.text))) == said
