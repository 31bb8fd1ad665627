"""Whether a sentence denies, in the question's own words, what a yes/no question asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consolidation.briefs.fields import Party
from consolidation.grammar.named_parties import ANY_PARTY, mentioned_parties
from consolidation.text.stems import without_ending

#: A question with such a word asks the other way round, or for more than whether something is so.
_TURNED = re.compile(
    r"\b(?:not|never|no|none|nothing|neither|nor|forbidden|prohibit\w*|barr?(?:ed)?|bann?(?:ed)?|prevent\w*|restrict\w*"
    r"|refus\w*|exclud\w*|free|limit\w*|exempt\w*|excus\w*|unless|except|waiv\w*|stop\w*|lack\w*|fail\w*|shut|off|keep|kept|avoid\w*"
    r"|only|other\s+than|too|outside|remain\w*|still|released?)\b|n['’]t\b|\bun\w+able\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:shall|may|will|must|can|could|should|would|is|are|does|do|has|have)\s+(?:not|never|in\s+no\s+event|under\s+no\s+circumstances)"
    r"(?:,\s+without\s[^,]{1,80},)?\s+"
    r"(?:(?:be|been|have)\s+)?(?:(?:[a-z]+ly|at\s+any\s+time)\s+)?(?:(?:subject\s+to|capable\s+of|open\s+to)\s+(?:any\s+|further\s+)?)?(?P<not>[a-z-]+)|\bcannot\s+(?:be\s+)?(?P<cannot>[a-z-]+)"
    r"|\b(?:no\s+(?:\w+\s+){1,5}?|neither\s+(?:[\w'\u2019-]+,?\s+){1,14}?)(?:shall|may|will|can|must)\b(?:,[^,.;]{1,60},)?\s+"
    r"(?:(?:be|have)\s+)?(?:[a-z]+ly\s+)?(?P<neither>[a-z-]+)|\bnon-(?P<non>[a-z]+able)"
    r"|\bany\s+(?:(?:purported|attempted|such|other)\s+){0,2}(?P<void>[a-z]{5,})\b(?=[^.;]{0,200}\b(?:null|void|invalid|ineffective|of\s+no\s+(?:force|effect))\b)"
    r"|\b(?:agree[sd]?|covenants?|undertakes?|promises?)\s+(?:that\s+it\s+will\s+not|not\s+to)\s+(?:[a-z]+ly\s+)?(?P<agreed>[a-z-]+)",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"\b(?:may|shall|will|must|can|is\s+entitled\s+to|has\s+the\s+right\s+to|agrees\s+to)\s+"
    r"(?!not\b|never\b|be\b|in\s+no\b|under\s+no\b)(?:[a-z]+ly\s+)?(?P<does>[a-z-]+)",
    re.IGNORECASE,
)
#: What is denied with such a word after it is only denied in a case.
_IN_A_CASE = re.compile(
    r"\b(?:without|unless|except\w*|other\s+than|until|but|only|provided|subject|if|save|notwithstanding|(?:more|less)\s+than"
    r"|later|longer|before|prior|unreasonably)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\bbe\s+subject\s+to\s+", re.IGNORECASE)
#: What is done without something, up to the end of the words that say without what.
_WITHOUT = re.compile(r"\bwithout\s+(?P<what>[^.,;:()?]{1,120})", re.IGNORECASE)
#: One word for a kind of leave, whoever gives it.
LEAVE = "leave"
_LEAVE = re.compile(r"^(?:leav$|consent|approv|permi(?:t|ss)|authori[sz]|ask|agre)", re.IGNORECASE)
_LEAVE_GIVEN = re.compile(
    r"\b(?:with|if|once|after|upon|having|subject\s+to)\b(?![^?]{0,60}\b(?:withh[eo]ld|refus\w+|den(?:y|ies|ied)))[^?]{0,60}?"
    r"\b(?:consents?|consented|approv\w+|permission|permits?|agrees?|agreed|blessing|go-?ahead|sign-?off)\b",
    re.IGNORECASE,
)
_LEAVE_NEEDED = re.compile(
    r"\b(?:consent|approval|permission)\b[^?]{0,40}\b(?:required|needed|necessary)\b|\b(?:needs?|requires?|must|have\s+to|has\s+to)\b[^?]{0,60}\b(?:consent|approval|permission)\b",
    re.IGNORECASE,
)
#: What is denied without leave may be allowed after such a word.
_ALLOWED_AFTER = re.compile(
    r"\b(?:unless|except\w*|other\s+than|but|provided|if|save|notwithstanding)\b", re.IGNORECASE
)
#: A document with a word before it that says of what kind it is, which names nobody.
_DOCUMENT = re.compile(r"\b[\w-]+\s+(?:agreement|contract|lease|licen[cs]e|deal)\b", re.IGNORECASE)
#: A name, or a defined term.
_NAME = re.compile(
    r"\b(?!(?:The|It|This|That|These|In|If|Such|An?|No|Any|All|Each|Either|Both|Neither|As|Act|Agreement|Part(?:y|ies))\b)[A-Z][\w&-]+"
)
_PLAIN = frozenset(
    "be the a an of to in on for any all that this it have has had do does been is are was were and or with by".split()
)
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "es", "ed", "s", "e", "y")
_REACH = 400


def denies(question: str, sentences: str) -> bool:
    """Whether sentences say of a word of the question that it is not so, in no particular case.

    Of what is asked to be done without something, such as consent, also that it is not done without that.
    """
    if _TURNED.search(question):
        return False
    without, said = without_what(question), " ".join(sentences.split())
    for match in denials(question, said):
        clause = _clause(said, match)
        if not match["neither"] and _of_another(question, said, match):
            continue
        if not _IN_A_CASE.search(clause) or (
            without & without_what(clause) and not _ALLOWED_AFTER.search(clause)
        ):
            return True
    return False


def denials(question: str, said: str) -> Iterator[re.Match[str]]:
    """Places where something is denied of the question's own words."""
    asked = stems(question)
    return (match for match in _DENIED.finditer(said) if _stem(_denied_word(match)) in asked)


def _clause(said: str, match: re.Match[str]) -> str:
    """What is said from a denial on, up to the end of its sentence."""
    own = _SUBJECT.sub("be ", match[0])  # "subject to" behind a "not" tells no case
    return f"{own}{said[match.end() : match.end() + _REACH]}".split(". ")[0]


def _denied_word(match: re.Match[str]) -> str:
    found: str = (
        match["not"]
        or match["cannot"]
        or match["neither"]
        or match["non"]
        or match["void"]
        or match["agreed"]
    )
    return found


def denies_without_leave_only(question: str, sentences: str) -> bool:
    """Whether sentences deny what a question asks only without leave, and it says that leave is given, or asks for that.

    "May it be assigned with consent?" and "is consent required to assign it?" have no No from such a sentence.
    """
    given = _LEAVE_GIVEN.search(question) or _LEAVE_NEEDED.search(question)
    if not given or _TURNED.search(question):
        return False
    said = " ".join(sentences.split())
    found = [LEAVE in without_what(_clause(said, match)) for match in denials(question, said)]
    return bool(found) and all(found)


def denies_another_only(question: str, sentences: str, parties: Sequence[Party]) -> bool:
    """Whether all that sentences deny of the question's words is denied of another party than it names."""
    said, did = " ".join(sentences.split()), _verbs(question)
    found = [
        _denied_word(match).lower() in did and _of_other_party(question, said, match, parties)
        for match in denials(question, said)
    ]
    return bool(found) and all(found)


def allows_another_only(question: str, sentences: str, parties: Sequence[Party]) -> bool:
    """Whether all that sentences have somebody do of the question's words is done by another party than it names."""
    said, did = " ".join(sentences.split()), _verbs(question)
    found = [
        _of_other_party(question, said, one, parties)
        for one in _DOES.finditer(said)
        if one["does"].lower() in did
    ]
    return bool(found) and all(found)


def _of_other_party(question: str, said: str, does: re.Match[str], parties: Sequence[Party]) -> bool:
    """Whether the words before a verb name one party, and the question another."""
    subject = re.split(r"[.;:]\s", said[: does.start()])[-1]
    asked, acting = (
        {one.party for one in mentioned_parties(words, parties)} for words in (question, subject)
    )
    return bool(asked and acting) and not asked & acting and not ANY_PARTY.search(subject)


def _verbs(question: str) -> set[str]:
    """Words of a question in the form that follows "may"; what is done to somebody has another."""
    return {word.lower() for word in re.findall(r"[A-Za-z-]+", question)} - _PLAIN


def _of_another(question: str, said: str, denied: re.Match[str]) -> bool:
    """Whether it is denied of somebody else than the one whom the question names and the sentences speak of too."""
    named = [name for name in _NAME.findall(question[1:]) if re.search(rf"\b{re.escape(name)}\b", said)]
    subject = re.split(r"[.;:]\s", said[: denied.start()])[-1]
    doer = re.match(r"[^.;:]{0,80}?\bby\s+(?P<doer>[^.;:,]{1,60})", said[denied.end() :])
    beside = f"{subject} {doer['doer'] if doer else ''}"
    known = _DOCUMENT.sub("", question).lower()
    others = [name for name in _NAME.findall(subject) if name.lower() not in known]
    return bool(named and others) and not any(re.search(rf"\b{re.escape(name)}\b", beside) for name in named)


def stems(words: str) -> set[str]:
    """Words without their endings, but for the plainest; shorter ones as they are."""
    return {_stem(word) for word in re.findall(r"[A-Za-z-]+", words) if word.lower() not in _PLAIN}


def without_what(words: str) -> set[str]:
    """Stems of what something is done without; all kinds of leave are one."""
    return {stem for match in _WITHOUT.finditer(words) for stem in leave_as_one(match["what"])}


def leave_as_one(words: str) -> set[str]:
    """Stems of words; all kinds of leave are one, `LEAVE`."""
    return {LEAVE if _LEAVE.match(stem) else stem for stem in stems(words)}


def _stem(word: str) -> str:
    return without_ending(word.lower(), _ENDINGS)
