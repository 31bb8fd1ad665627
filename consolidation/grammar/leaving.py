"""Who ends somebody's work: whoever leaves of his own will, or the one that dismisses him."""

from __future__ import annotations

import re

from consolidation.grammar.letting import part_at
from consolidation.text.ranges import Range

_ROLE = (
    r"(?:(?:the|such|said|an?|any|your|our|its|his|her)\s+)?(?:executive|employee|officer|consultant|manager|director|worker|"
    r"contractor|adviser|advisor|agent|trustee|professional|physician|doctor)"
)
_PERSON = rf"(?:he|she|i|{_ROLE})"
_EMPLOYER = (
    r"(?:company|employer|corporation|board(?:\s+of\s+directors)?|bank|firm|partnership|client|owner|club"
    r"|university|parent)"
)
_WANTS = (
    r"(?:\s+(?:may|can|could|would|will|must|has|is|wants?|wishes|decides?|chooses?|elects?|free|able|allowed|entitled|"
    r"to|just|simply|ever|voluntarily|does)){0,4}"
)
#: Leaving, as people say it of somebody; who it is need not be said where no company does it so.
_QUITS = re.compile(
    r"\b(?:quits?|quitting|resign(?:s|ed|ing|ation)?|step(?:s|ping)?\s+down|walk(?:s|ing)?\s+out"
    r"|hand(?:s|ing)?\s+in\s+(?:his|her|their|my|a|one's)\s+(?:\w+\s+)?(?:notice|resignation))\b"
    rf"|\b{_PERSON}{_WANTS}\s+(?:leaves?|walks?(?:\s+away)?|goes)\b(?!\s+(?:aside|out|off|behind|an?|any|the\s+(?!company|job|post)))"
    r"|(?<!into\s)\bleav(?:e|es|ing)\s+(?:the\s+company|(?:his|her|the|their)\s+(?:job|post|position)|of\s+(?:his|her|their)\s+own|voluntarily)\b",
    re.IGNORECASE,
)
_OF_PERSON = re.compile(rf"\b{_PERSON}\b(?!['\u2019]s)", re.IGNORECASE)
#: Being dismissed, as people say it.
_FIRED = re.compile(
    r"(?<![-\w])(?:fired|firing|sack(?:ed|ing)|laid\s+off|let(?:ting)?\s+go(?!\s+of)|kicked\s+out)\b"
    r"|\b(?:fires?|sacks?|dismiss(?:es)?|discharges?|lays?\s+off|gets?\s+rid\s+of|terminates?)\s+(?:him|her|them|me)\b"
    rf"|\b(?:fires?|sacks?|dismiss(?:es)?|discharges?|lays?\s+off|gets?\s+rid\s+of)\s+{_ROLE}\b"
    rf"|\blet(?:s|ting)?\s+(?:him|her|them|me|{_ROLE})\s+go\b"
    rf"|\b{_PERSON}\s+(?:is|gets?|was|were|be|being)\s+(?:\w+\s+)?(?:dismissed|discharged|terminated)\b",
    re.IGNORECASE,
)
_FEW = r"(?:(?!(?:executive|employee|consultant|party|resign\w*)\b)[\w'\u2019]+\s+){0,9}?"
#: By these the other side ends it: it ends something, or somebody's work is ended; the mere end of it is anybody's.
_ENDS = r"(?:(?:terminat|discharg|remov|fir)(?:e|es|ed|ing)|dismiss(?:es|ed|ing)?)"
_ENDS_HIS = re.compile(
    rf"\b(?:{_ENDS}|(?:dismissal|removal|discharge)\s+of)\s+(?:him\b|her\b(?!\s+\w)|{_ROLE}\b(?!['\u2019]))"
    rf"|\b{_EMPLOYER}\s+{_FEW}{_ENDS}\s+(?:him\b|(?:his|her)\s+employment|{_ROLE}\b)"
    rf"|\b(?:employment|{_ROLE})\s+(?:is|be|been|was)\s+(?:\w+\s+)?{_ENDS}\s+by\s+(?:the\s+)?{_EMPLOYER}\b",
    re.IGNORECASE,
)
_EMPLOYER_ENDS = re.compile(
    rf"\b{_EMPLOYER}\s+{_FEW}terminat(?:e|es|ed|ing)\b|\b(?:{_ENDS}|termination)\s+by\s+(?:the\s+)?{_EMPLOYER}\b",
    re.IGNORECASE,
)
#: By these he ends it himself.
_RESIGNS = re.compile(
    r"\b(?:resign\w*|quits?|quitting|good\s+reason|voluntar\w+\s+terminat\w+)\b"
    rf"|\bterminat(?:ed|ion)\s+(?:of\s+(?:[\w'\u2019]+\s+){{1,4}})?by\s+(?:him|her|{_ROLE})\b(?!['\u2019])"
    rf"|\b{_PERSON}(?!['\u2019])\s+(?:(?!(?:be|been|is|was|being|if|the)\b)[\w'\u2019]+\s+){{0,8}}?terminat(?:e|es|ing)\b"
    rf"|\b(?:his|her|{_ROLE}['\u2019]s?)\s+(?:right|intent\w*|election|decision|option)\s+to\s+terminate\b",
    re.IGNORECASE,
)
#: And by these perhaps; a name with a capital that may end something may be his.
_OWN = re.compile(
    r"\b(?:retir\w+|leav(?:e|es|ing)|voluntar\w+)\b|\b(?:his|her)\s+own\b|\bby\s+(?:him|her|"
    rf"{_ROLE})\b(?!['\u2019])",
    re.IGNORECASE,
)
_NAMED_ENDS = re.compile(
    rf"\b(?!(?i:{_EMPLOYER})\b)[A-Z][\w-]+\s+(?:may|can|could|shall|will|must|elects?|wishes|desires|has)\s+"
    r"(?:(?!be\b)[\w'\u2019]+\s+){0,6}?terminate\b"
)
_ANYBODY = re.compile(
    r"\b(?:both|each|any|neither|no|other|a|the)\s+(?:of\s+)?(?:the\s+)?(?:part(?:y|ies)|sides?)\b|\bmutual\w*|\beither\b",
    re.IGNORECASE,
)
_WHATEVER = re.compile(
    r"\b(?:any|no|whatever|regardless\s+of\s+(?:the\s+)?)\s*(?:\w+\s+)?reason", re.IGNORECASE
)
_TERMINATES = re.compile(rf"\b(?:{_ENDS}|termination|dismissal|removal|discharge|cause)\b", re.IGNORECASE)


def ends_otherwise(question: str, sentence: str, place: Range) -> bool:
    """Whether it is asked of somebody's leaving, and a sentence speaks of his dismissal alone, or the reverse.

    The part of the sentence at `place` counts where it speaks of either.
    """
    leaves, fired = _QUITS.search(question), _FIRED.search(question)
    if bool(leaves) == bool(fired):
        return False
    part = part_at(sentence, place)
    said = part if _RESIGNS.search(part) or _TERMINATES.search(part) else sentence
    resigns = _RESIGNS.search(said)
    if _ANYBODY.search(said):
        return False
    if fired:
        return (
            bool(resigns) and not _WHATEVER.search(said) and not _TERMINATES.search(_RESIGNS.sub(" ", said))
        )
    if resigns or _OWN.search(said) or _NAMED_ENDS.search(said):
        return False
    by_employer = _OF_PERSON.search(question) and _EMPLOYER_ENDS.search(said)
    return bool(_ENDS_HIS.search(said) or by_employer)
