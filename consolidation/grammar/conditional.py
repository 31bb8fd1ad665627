"""The condition under which a Yes or No holds: the words of its sentence that govern it.

"Tenant shall not assign this Lease without Landlord's prior written consent" answers "May the tenant assign?" by a No
that holds without that consent alone. Nothing is given rather than words that may govern something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from consolidation.grammar.denying import LEAVE, leave_as_one, without_what
from consolidation.passages.passages import Passages
from consolidation.passages.quotes import LONGEST, sentence_around
from consolidation.text.lengths import first_length
from consolidation.text.ranges import Range

#: So many words of a condition are given, and so many at least stand behind the one that opens it.
MOST_WORDS, FEWEST_WORDS = 25, 1
#: A question that asks whether something is forbidden: its Yes rests on what denies, its No on what allows.
_FORBIDS = re.compile(
    r"\b(?:forbid\w*|forbidden|prohibit\w*|barr?(?:ed|s)?|bann?(?:ed|s)?|prevent\w*|restrict\w*|preclud\w*|(?:kept|keeps?|stops?|stopped)\b.{0,30}\bfrom"
    r"|off[\s-]+limits|not\s+(?:be\s+)?(?:allowed|permitted|able|free)|unable)\b",
    re.IGNORECASE,
)
_MODAL = (
    r"(?:shall|may|will|must|can|could|should|would|do|does|is|are|has|have|agrees?|covenants?|undertakes?)"
)
_DENIES = re.compile(
    rf"\b{_MODAL}\s+(?:\w+\s+)?(?:not|never|in\s+no\s+(?:event|way|case)|under\s+no\s+circumstances)\b|\bcannot\b|\bneither\b|\bnor\b|\bnothing\b|\bnone\b"
    r"|\bnot\s+(?:to|be)\b|\bin\s+no\s+event\b|\b(?:makes?|ha(?:s|ve)|be)\s+no\b|\bno\s+(?:\w+\s+){1,6}?(?:shall|may|will|can|must|is|are)\b"
    r"|\b(?:is|are|be)\s+(?:\w+\s+)?(?:prohibited|forbidden|barred)\b|\b(?:prohibits?|forbids?|refrain)\b|(?:^|[;:,)])\s*not\s+(?!(?:and|or|but)\b)[a-z]+",
    re.IGNORECASE,
)
#: What denies nothing of the clause that it stands in.
_NO_DENIAL = re.compile(
    r"\bwhether\s+or\s+not\b|\bnot\s+(?:be\s+)?(?:limited\s+to|unreasonabl\w+|less|more|later|earlier|exceed\w*)\b"
    r"|\b(?:shall|will|may|must|to)\s+not\s+(?:be\s+)?unreasonably\b|\bno\s+(?:less|more|later|earlier|fewer)\b|\bif\s+not\b|\bnot\s+only\b",
    re.IGNORECASE,
)
_CONSENT = (
    r"(?:consents?|approvals?|permissions?|authori[sz]ations?|agreements?|notices?|licen[cs]es?|waivers?)"
)
#: What limits a denial.
_LIMITS_DENIAL = re.compile(
    rf"\bwithout\s+(?:first\s+)?(?:having\s+)?(?:(?:obtaining|receiving|getting|giving)\s+)?(?:[\w\u2019'\[\]-]+\s+){{0,9}}?{_CONSENT}\b"
    r"|\bunless\b|\bexcept\b(?!\s+that\b)|\bother\s+than\b|\bsave\s+(?:as|for|with|where|in|to)\b",
    re.IGNORECASE,
)
#: What limits what is allowed, given or owed; what "is subject to" something is no more than said of it.
_LIMITS_GRANT = re.compile(
    r"\bunless\b|\bexcept\s+(?:as|for|if|in|to|where|when|with|upon|during)\b"
    r"|(?<!\bis\s)(?<!\bare\s)(?<!\bbe\s)(?<!\bbeen\s)(?<!\bwas\s)(?<!\bremain\s)\bsubject\s+(?:always\s+|only\s+)?to\b"
    r"|(?<!not\s)\bonly\s+(?:if|with|upon|after|when|where|by|in|for|to|on|as|once|during|following|from)\b",
    re.IGNORECASE,
)
#: What limits either.
_LIMITS_BOTH = re.compile(
    r"\bprovided(?:\s*,?\s*(?:however|further|always))?\s*,?\s*that\b|\bprovided,?\s+however\b,?|\b(?:for\s+)?(?:so|as)\s+long\s+as\b"
    r"|\bon\s+(?:the\s+)?condition\s+that\b|\bonly\s+if\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SUBJECT = re.compile(r"subject\b", re.IGNORECASE)
_ONLY = re.compile(r"only\b", re.IGNORECASE)
_ASKS_ONE = re.compile(r"\b(?:only|sole(?:ly)?|exclusiv\w*)\b", re.IGNORECASE)
#: What gives way to a narrower condition beside it.
_AS_ELSEWHERE = re.compile(
    r"^(?:except|other\s+than|unless|save)\s+(?:as\s+)?(?:(?:otherwise|expressly|specifically)\s+)*(?:provided|set\s+forth|stated|allowed|permitted|agreed)\b",
    re.IGNORECASE,
)
#: Words that every agreement says of itself tell no condition.
_SAYS_NOTHING = re.compile(
    r"^(?:for\s+)?(?:so|as)\s+long\s+as\s+this\s+\w+\s+(?:is|remains)\s+in\s+(?:effect|force)\b|^provided\b.*\bunreasonably\s+(?:withheld|delayed|conditioned)\b|"
    r"^subject\s+to\s+(?:(?:all|the|other|of)\s+)*(?:terms|conditions|provisions|limitations)[\w\s,]*?(?:this|the|hereof|herein|hereto|set\s+forth|below|contained)[\w\s]*$"
    r"|^subject\s+to\s+(?:(?:all|the|other|of|any|certain|such)\s+)*(?:(?:terms|conditions|provisions|limitations|restrictions|exceptions|requirements)(?:,\s+|\s+and\s+|\s+or\s+)?)+$"
    r"|^unless\s+(?:it\s+is\s+)?(?:sooner\b|earlier\b|(?:otherwise\s+)?(?:terminated|cancel\w+|renewed|extended)\b)(?![^,;.]*\b(?:days?|months?|years?)\b)"
    r"|^unless\s+otherwise\s+(?:agreed|specified|stated|provided)\b|^other\s+than\s+(?:as\s+)?(?:aforesaid|above)$|^subject\s+to\s+(?:this|the)\s+(?:agreement|contract|lease)$",
    re.IGNORECASE,
)
#: Where one statement of a sentence ends and the next begins.
_STATEMENT = re.compile(
    r";\s*(?:(?:and|or|but)\s+)?(?!\s*(?:provided|except|unless|subject)\b)"
    r"|,\s+(?:and|but|or|nor)\s+(?=(?:[\w\u2019'()-]+\s+){1,6}?(?:shall|may|will|must|cannot|can)\b)",
    re.IGNORECASE,
)
#: Where a condition ends, and what is still of it behind the comma.
_ENDS = re.compile(
    r",(?!\s*(?:19|20)\d\d\b|\d{3}\b|\s*(?:Inc|LLC|Ltd|Corp|L\.P|N\.A|S\.A)\b)|[;:)\]]|\.(?=\s|$)|(?<=\s)(?:--|[\u2013\u2014])(?=\s)"
)
_PROVISO_ENDS = re.compile(r";|\.(?=\s|$)")
_WITHHELD = re.compile(
    rf"\s*[,(]\s*(?:which|such|the\s+granting\s+of\s+which)?\s*(?:{_CONSENT}\s+)?(?:(?:shall|will|may|must|is|are)\s+)?not\s+(?:to\s+)?(?:be\s+)?unreasonably\s+(?:be\s+)?"
    r"(?:withheld|conditioned|delayed)(?:\s*,?\s*(?:or\s+)?(?:withheld|conditioned|delayed|denied)\b)*",
    re.IGNORECASE,
)
_CONSENTS = re.compile(r"without\b", re.IGNORECASE)
#: What a question may want something done without, by stems, and what a condition beside it may offer.
_ASKED_WITHOUT = frozenset({LEAVE, "notic", "licens", "licenc", "waiver"})
_ELSE = re.compile(r"\bor\b", re.IGNORECASE)
#: What parts a place from the words behind it, and an item of a list.
_APART = re.compile(r"[;:]|,\s+(?:and|or|but)\b|.{120}", re.IGNORECASE | re.DOTALL)
_ITEM = re.compile(r"\((?:[ivx]{1,4}|[a-h]|\d)\)")
#: What is supposed before a statement is none of it.
_SUPPOSED = re.compile(r"\W*(?:if|in\s+case|in\s+the\s+event|where|when|should)\b[^,;]*,", re.IGNORECASE)
#: Conditions with a verb of their own; another with a verb in it goes on with what is no part of it.
_CLAUSAL = re.compile(r"(?:unless|provided|for\s+so|so|as|on|only\s+if)\b", re.IGNORECASE)
_PROVISO = re.compile(r"(?:provided|except\s+that)\b", re.IGNORECASE)
_VERB = re.compile(r"(?<!which )(?<!that )(?<!who )\b(?:shall|will|may|must|nothing)\b", re.IGNORECASE)
#: After such a word a comma opens an insertion, and the next one closes it.
_OPENS = re.compile(r"\b(?:provided|unless|if|that|however|and|or|where|when|as)$", re.IGNORECASE)
#: A number and a unit of time.
_LENGTH = re.compile(
    r"[^\s(]{1,20}(?:\s+\(\d{1,4}\))?[\s-]+(?:(?:business|calendar|working|consecutive)\s+)?(?:minute|hour|day|week|month|year)s?\b",
    re.I,
)
_PLAIN = frozenset(
    "be the a an of to in on for any all that this it have has had do does did been is are was were and or with by "
    "can may shall will must could would should its their his her without not no if from as at".split()
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question asks, as far as conditions go.

    `denied`: the answer rests on what denies; `one`: whether something is the only one; `without`: that it be done
    without leave, or a notice.
    """

    denied: bool
    one: bool
    without: set[str]


def condition_of(question: str, said: str, passages: Passages, place: Range) -> str:
    """The condition of a Yes or No in the document's words; empty where its sentence states none that governs it.

    That something needs the consent without which the question wants it done is no condition of its No.
    `place` is what the answer rests on. Of a condition of more than `MOST_WORDS` words the rest is left out, with a
    sign for it.
    """
    found = _place_of(question, said, passages, place)
    return worded(passages, found) if found else ""


def worded(passages: Passages, found: Range) -> str:
    """The words of a condition; of more than `MOST_WORDS` the rest is left out, with a sign for it."""
    edges = [found[0], *(edge for cut in passages.added_within(*found) for edge in cut), found[1]]
    words = " ".join(passages.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)).split()
    if len(words) <= MOST_WORDS:
        return " ".join(words)
    words = words[:MOST_WORDS]
    while words[-1].lower() in _PLAIN:
        words.pop()
    return f"{' '.join(words)} …"


def _says_what_is_asked(words: str, without: set[str]) -> bool:
    """Whether all that a condition of what is denied asks for is what the question wants done without."""
    if _CONSENTS.match(words):
        return bool(without & without_what(words))
    return bool(without & leave_as_one(words)) and not _ELSE.search(words)


def _place_of(question: str, said: str, passages: Passages, place: Range) -> Range | None:
    denied = (said == "No") != bool(_FORBIDS.search(question))
    stated = [one for one in _statements(passages, place) if one[0] < place[1] and place[0] < one[1]]
    if len(stated) > 1:
        stated = _asked_about(question, passages.text, stated)
    if len(stated) > 1:
        stated = [one for one in stated if _denies(passages.text[slice(*one)]) == denied]
    if len(stated) != 1:
        return None
    if _says_another_length(question, passages.text[slice(*stated[0])]):
        return None
    asked = _Asked(denied, bool(_ASKS_ONE.search(question)), without_what(question) & _ASKED_WITHOUT)
    return _condition(passages.text, stated[0], place, asked)


def _says_another_length(question: str, statement: str) -> bool:
    """Whether a question says how long and a statement says it otherwise, in the same unit: it is another rule."""
    asked, said = (
        {one for one in map(_length, _LENGTH.findall(words)) if one} for words in (question, statement)
    )
    return (
        bool(asked)
        and not asked & said
        and bool({_unit(one) for one in asked} & {_unit(one) for one in said})
    )


def _length(words: str) -> str:
    found = first_length(" ".join(words.split()))
    return found.comparable if found else ""


def _unit(length: str) -> str:
    return length.split()[-1]


def _statements(passages: Passages, place: Range) -> list[Range]:
    """What the sentences around a place state one by one; nothing where they are more than a quote holds."""
    low, high = sentence_around(passages, place)
    if high - low > LONGEST:
        return []
    ends = [(end, end) for _, end in passages.sentences if low < end < high]
    cuts = sorted([*ends, *(match.span() for match in _STATEMENT.finditer(passages.text, low, high))])
    edges = [low, *(edge for cut in cuts for edge in cut), high]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _asked_about(question: str, text: str, stated: list[Range]) -> list[Range]:
    """The statements that share the most words with a question."""
    asked = _stems(question)
    shared = [len(asked & _stems(text[low:high])) for low, high in stated]
    most = max(shared)
    return [one for one, count in zip(stated, shared, strict=True) if count == most and most]


def _stems(words: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]+", words.lower()) if word not in _PLAIN}


def _condition(text: str, statement: Range, place: Range, asked: _Asked) -> Range | None:
    """What governs a statement."""
    found: list[Range] = []
    for match in _limits(text, *statement, asked.denied):
        start, is_only = match.start(), bool(_ONLY.match(text, match.start()))
        leads = not _WORD.search(text, statement[0], start)
        if _PROVISO.match(text, start) if leads else _is_apart(text, statement[0], place, start):
            continue
        condition = whole(text, start, statement[1])
        if leads and place[1] <= condition[1] + 1:
            continue
        own = text[condition[1] : statement[1]] if leads else text[statement[0] : start]
        supposed = None if leads else _SUPPOSED.match(own + ",")
        if (supposed and supposed.end() > len(own)) or (is_only and asked.one):
            continue
        own = own[supposed.end() :] if supposed else own
        denies = _denies(own)
        content = text[match.end() : condition[1]].split()
        says = len(content) >= FEWEST_WORDS or _CONSENTS.match(match[0])
        if asked.denied and _says_what_is_asked(text[slice(*condition)], asked.without):
            continue
        if says and denies == (asked.denied and not is_only) and _tells(text[slice(*condition)]):
            found.append(condition)
    return min(found, key=lambda condition: _breadth(text, condition[0]), default=None)


def _breadth(text: str, start: int) -> int:
    """How broad a condition is that begins at a place: a proviso is narrower than what all is subject to."""
    return 2 if _AS_ELSEWHERE.match(text, start) else int(bool(_SUBJECT.match(text, start)))


def _denies(words: str) -> bool:
    return bool(_DENIES.search(_NO_DENIAL.sub(" ", words)))


def _is_apart(text: str, low: int, place: Range, start: int) -> bool:
    """Whether words stand before a place, or so behind it that they may be said of something else."""
    if start <= place[0]:
        return True
    between = text[place[1] : start]
    if _PROVISO.match(text, start) and not between.strip(" ;,\n"):
        return bool(_ITEM.search(text, low, start))
    return bool(between) and (bool(_APART.search(between)) or bool(_ITEM.search(text, low, start)))


def _tells(words: str) -> bool:
    words = " ".join(words.split())
    goes_on = not _CLAUSAL.match(words) and _VERB.search(_WITHHELD.sub("", words))
    return not goes_on and not _SAYS_NOTHING.match(words)


def _limits(text: str, low: int, high: int, denied: bool) -> Iterator[re.Match[str]]:
    """What may limit a statement, what limits it most narrowly first."""
    grant = _LIMITS_GRANT, _LIMITS_BOTH
    for pattern in (_LIMITS_DENIAL, _LIMITS_BOTH, _LIMITS_GRANT) if denied else grant:
        yield from pattern.finditer(text, low, high)


def whole(text: str, start: int, high: int) -> Range:
    """A condition from its first word to where it ends; a proviso goes to the end of its statement."""
    end, inserted = high, False
    for stop in (_PROVISO_ENDS if _PROVISO.match(text, start) else _ENDS).finditer(text, start, high):
        if stop[0] == "," and (inserted or _OPENS.search(text[start : stop.start()])):
            inserted = not inserted
            continue
        if stop[0] == ")" and "(" in text[start : stop.start()]:
            continue
        end = stop.start()
        break
    opened = text.rfind("(", start, end)
    if opened > start and ")" not in text[opened:end]:
        end = opened
    if more := _WITHHELD.match(text, end, high):
        end = more.end()
    return start, start + len(text[start:end].rstrip(" ,;"))
