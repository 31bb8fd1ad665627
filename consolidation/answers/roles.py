"""Who does something in words, and to whom: parties of the brief by their grammatical place, nobody's guess.

Known words of contracts alone are read. Whoever stands in a place that these do not tell, or is only an "it", is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consolidation.answers.settled import mentioned_parties
from consolidation.briefs.fields import Party
from consolidation.text.windows import Range

#: Each party at once; and somebody who is not told.
ALL, SOMEBODY = -1, -2
#: Characters that are read of a sentence.
_LONGEST = 1500
_FIRST, _EVERY, _SOME = 0xE000, 0xF8FE, 0xF8FF
#: A party, as `_masked` writes one.
_P = "(?<![\ue000-\uf8ff])[\ue000-\uf8ff]++"
_EACH = re.compile(
    r"\b(?:each|either|both|neither|any)\s+(?:of\s+)?(?:the\s+|such\s+)?part(?:y|ies)\b(?:\s+hereto)?"
    r"|\bthe\s+(?:two\s+)?parties\b(?:\s+hereto)?|\bparties\s+(?=shall|will|may|agree)|\b(?:each|both|either)\s+(?=shall|will|may)"
    r"|\b(?:both|each\s+side|both\s+sides|either\s+side|one\s+another|each\s+other)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:it|they|them|he|she|him|(?:[\w-]+\s+)?party|the\s+(?:former|latter|other))\b", re.IGNORECASE
)
_GROUP = rf"(?>{_P}(?:\s*,\s*(?:the\s+)?{_P})*(?:\s*,?\s*(?:and/or|and|or|nor|&)\s+(?:the\s+)?{_P})*)"
#: Whoever belongs to a party acts with it.
_OWN = r"(?:\s*,?\s+(?:and/or|and|or|nor|,)\s+(?:each\s+of\s+|any\s+of\s+)?(?:its|their|his|her|any|the)\s+(?:[\w,/-]+\s+){0,6}?[\w-]+)?"
_ASIDE = (
    r"(?:\s*\([^()]{0,120}\))?(?:\s*,[^,;.]{1,120},)?"
    r"(?:\s+(?:(?!only\s+if)[a-z]+ly|hereby|also|further|then|each|both|all|thereafter|alone|itself|always|still|ever|never|"
    r"in\s+turn|at\s+all\s+times|at\s+any\s+time))*"
)
_MODAL = (
    r"(?:shall|will|may|must|can|cannot|could|should|would|might|is|are|was|were|has|have|had|does|do|did)"
)
_STATES = (
    r"(?:agree|warrant|represent|acknowledge|covenant|grant|retain|own|desire|want|reserve|appoint|engage|license|provide|pay|receive|get|owe|bear|keep|hold|"
    r"give|make|sell|assume|accept|waive|release|fail|elect|choose|decline|default|breach|terminate|request|require|ask|need|recognize|consent|authorize|allow|"
    r"permit|cease|intend|understand|determine|discover|become|use|assign|transfer|deliver|supply|employ|hire|commit|remain|"
    r"continue|cover|indemnify|exercise|end|confirm|certif(?:y|ie)|undertake|wishe?|discharge|purchase|buy|know|manufacture|offer|propose|submit|give)"
)
_FINITE = rf"(?:{_MODAL}|{_STATES}s?|agreed|granted|appointed|retained|developed|created|engaged|warranted|recommended)\b"
_BEFORE = r"(?<!by )(?<!to )(?<!from )(?<!with )(?<!for )(?<!against )(?<!upon )(?<!between )(?<!of )(?<!by the )(?<!to the )(?<!from the )(?<!of the )(?<!with the )(?<!for the )(?<!against the )(?<!upon the )"
_SUBJECT = re.compile(
    rf"{_BEFORE}(?P<who>{_GROUP})(?:{_OWN}{_ASIDE}\s+(?={_MODAL}\b)|{_ASIDE}\s+)(?P<verb>{_FINITE})",
    re.IGNORECASE,
)
_ASKED_SUBJECT = re.compile(
    rf"^(?:[^?]{{0,200}}?[,;:]\s+|(?:and|but|so|then|or)\s+|(?:[\w\ue000-\uf8ff'-]+\s+){{0,8}}?)??(?P<verb>{_MODAL})(?:n['\u2019]t)?\s+(?:the\s+|it\s+(?:true\s+that\s+)?)?"
    rf"(?:the\s+)?(?P<who>{_GROUP}){_OWN}{_ASIDE}(?=\s+[a-z]|\s*\?)",
    re.IGNORECASE,
)
_BY = re.compile(
    rf"(?P<word>[\w\ue000-\uf8ff()-]+)\s+(?:(?:solely|exclusively|only|either|both|either\s+of)\s+)?by\s+(?:the\s+|either\s+)?(?P<who>{_GROUP})(?!['\u2019])",
    re.IGNORECASE,
)
#: "The responsibility of Acme", "at Acme's cost", "owned by", "vests in": who bears or has it.
_HAS = re.compile(
    rf"\b(?:propert(?:y|ies)|responsibilit(?:y|ies)|obligations?|duty|duties|rights?|option|discretion|failure|refusal|inability|expense|cost|risk|consent|approval|permission|breach|default|judg[e]?ment|election|request)"
    rf"\s+of\s+(?:the\s+)?(?P<who>{_GROUP})(?!['\u2019])"
    rf"|\b(?:belong\w*|vest\w*|pass(?:es)?|remain\w*|incumbent|lies?|rests?|falls?|fall)\s+(?:\w+ly\s+)?(?:to|in|with|on|upon)\s+(?:the\s+)?(?P<vests>{_GROUP})(?!['\u2019])"
    rf"|(?P<own>{_GROUP})['\u2019]s?\s+(?:\w+\s+){{0,3}}?(?:propert(?:y|ies)|responsibilit(?:y|ies)|obligations?|duty|duties|rights?|option|discretion|failure|refusal|inability|expense|cost|costs|risk|"
    rf"consent|approval|permission|say-so|sign-off|ok|breach|default|judg[e]?ment|election|request|liability|indemnity|warranty|notice|use|ability|liberty)\b",
    re.IGNORECASE,
)
#: "Allows Acme to", "a licence for Acme to", "grants to Acme the right to": who then does it.
_LETS = tuple(
    re.compile(
        rf"\b(?:{verbs})\w*\s+(?:\([^()]{{1,100}}\)\s+)?(?:to\s+|that\s+)?(?:the\s+)?(?P<who>{_GROUP})(?!['\u2019]){_OWN}"
        rf"(?:[^.;:]{{0,160}}?)\s(?P<to>{to})\s+(?=[a-z])",
        re.IGNORECASE,
    )
    for verbs, to in (
        ("appoint|engag|retain|hir", "as"),
        ("prohibit|prevent|stop|bar|free|restrict|reliev|releas|excus", "from|of"),
        (
            "grant|allow|permit|enabl|entitl|requir|authori[sz]|caus|direct|request|instruct|invit|oblig|let|giv|licens|urg|"
            "recommend|ask|for\\b|want|forc|make|help|provid|afford|appoint|engag|retain|hir",
            r"to\b(?!\s+(?:the|an?|any|such|its|all|be)\b)",
        ),
    )
)
_OBJECT = re.compile(
    rf"\b(?P<word>[\w-]+)\s+(?:(?P<way>to|from|with|against)\s+)?(?:the\s+)?(?P<who>{_GROUP})(?!['\u2019])",
    re.IGNORECASE,
)
_GETTING = r"(?:receiv|get\b(?!\s+(?:to|the\s+right|out|rid))|gets\b(?!\s+to)|got\b(?!\s+to)|earn)"
_GIVEN = (
    r"(?:paid|reimburs\w+|indemnified|notified|given|granted|licensed|told|sent|supplied|compensated|credited|charged|"
    r"invoiced|billed|sued|informed|held\s+harmless|covered|repaid|refunded|warned|advised|owed|defended|insured|made\s+whole)"
)
_GETS = re.compile(
    rf"^(?:(?:shall|will|may|must|can|could|should|would|does|do|did|is|are|was|were|has|have|had|not|never|also|still|be|been|being|get|"
    rf"entitled\s+to|the\s+right\s+to|to|[a-z]+ly)\s+)*(?:{_GETTING}|(?:be|been|being|is|are|was|were|get|gets|still|already|to\s+be)\s+(?:\w+ly\s+)?{_GIVEN}\b)",
    re.IGNORECASE,
)
_RECEIVED = re.compile(_GETTING, re.IGNORECASE)
#: What ends what is said of one who does something.
_ENDS = re.compile(
    r"[;:]|\.\s+(?=[A-Z(\ue000-\uf8ff])|,?\s+(?:provided|except)\s+(?:further\s+)?(?:,\s+)?(?:however|that)\b",
    re.IGNORECASE,
)
_NEAR = 30
#: A passive has one of these before its participle, and begins after one of those.
_BE = re.compile(
    r"\b(?:be|is|are|was|were|been|being|gets?|remains?|becomes?)\s+(?:(?!and\b)[\w\ue000-\uf8ff,-]+\s+){0,9}$",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"[,;:(]|\b(?:that|which|if|when|where|unless|who|until|and|or|but|upon)\b", re.IGNORECASE
)
_CONDITION = re.compile(
    r"\b(?:if|when|where|unless|whenever|should|in\s+(?:the\s+)?(?:event|case)(?:\s+(?:of|that))?|so\s+long\s+as|after|until|once|upon|before|while|because|whereas)\s+(?:[\w\ue000-\uf8ff'-]+\s+){0,6}$",
    re.IGNORECASE,
)
_TO = re.compile(
    rf"\b(?P<be>be|is|are|was|were|been)\s+(?:\w+ly\s+)?(?P<word>\w+(?:ed|id|en|de|nt|ld|wed))\s+(?:[^.;:\ue000-\uf8ff]{{0,60}}?\s)?to\s+(?:the\s+)?(?P<who>{_GROUP})(?!['\u2019])",
    re.IGNORECASE,
)
#: What is said by the way ends with a comma.
_STOPS = re.compile(r"[,;:)]|\.\s")
_NO_OBJECT = frozenset("by of behalf and or between".split())
_SPOKEN_BY = frozenset("accompanied followed governed caused day date".split())


@dataclass(frozen=True, slots=True)
class Doing:
    """What is said to be done: by whom, to or for whom, and where the words of it stand.

    Parties by number, `ALL` and `SOMEBODY`; nobody where none is told. `main` where it is no condition and nothing that
    is said by the way; `let` where another lets or makes them do it.
    """

    doers: frozenset[int]
    getters: frozenset[int]
    place: Range
    main: bool = True
    let: bool = False


@dataclass(frozen=True, slots=True, order=True)
class _Head:
    """Where somebody stands, where the words of what is done begin, and in which form that is said."""

    start: int
    begin: int
    who: str
    form: str
    getting: bool = False


def doings(words: str, parties: Sequence[Party], *, asked: bool = False) -> list[Doing]:
    """Who does what in a sentence, or in a question, in order."""
    masked = _masked(words[:_LONGEST], parties, asked)
    found = sorted(
        {*_subjects(masked, asked), *_agents(masked), *_let(masked), *_having(masked), *_given_to(masked)}
    )
    return [_doing(masked, found, one) for one in found]


def _masked(words: str, parties: Sequence[Party], asked: bool) -> str:
    """Words in which each party is a run of one character of its own, as long as what it is called by."""
    masked, last = list(words), 0
    for one in mentioned_parties(words, parties):
        if one.start >= last:
            masked[one.start : one.end] = chr(_FIRST + one.party) * (one.end - one.start)
            last = one.end
    said = "".join(masked)
    if asked:
        said = _CLEFT.sub(lambda match: match[1] + " " * len(match[2]), said)
    said = _ITSELF.sub(lambda match: match[1] + match[2] + match[1][0] * len(match[3]), said)
    for pattern, sign in ((_EACH, _EVERY), (_PRONOUN, _SOME)):
        said = pattern.sub(lambda match, sign=sign: chr(sign) * len(match[0]), said)
    return re.sub(rf"({_P})\s(?=\1)", lambda match: match[1] + match[1][0], said)


#: "Is it up to Acme to", "is it Acme that"; and "Acme agrees that it shall".
_CLEFT = re.compile(
    r"\b(is|was|isn't)(\s+it\s+(?:(?:up\s+to|on|for|down\s+to|left\s+to|the\s+job\s+of)\s+)?)(?=(?:the\s+)?[\ue000-\uf8ff])",
    re.IGNORECASE,
)
_ITSELF = re.compile(
    rf"({_P})(\s+[^.;,\ue000-\uf8ff]{{0,50}}\bthat\s+)(it|he|she|they)\b(?=\s+(?:shall|will|may|must|is|has|has))",
    re.IGNORECASE,
)


def _who(said: str) -> frozenset[int]:
    told = {ord(sign) for sign in said if "\ue000" <= sign <= "\uf8ff"}
    return frozenset(ALL if sign == _EVERY else SOMEBODY if sign == _SOME else sign - _FIRST for sign in told)


def _subjects(masked: str, asked: bool) -> Iterator[_Head]:
    if asked and (match := _ASKED_SUBJECT.search(masked)):
        rest = masked[match.end() :].lstrip()
        yield _Head(
            match.start("who"), match.end(), match["who"], "main", _is_getting(match["verb"] + " " + rest)
        )
        masked = " " * match.end() + masked[match.end() :]
    for match in _SUBJECT.finditer(masked):
        condition = _CONDITION.search(masked[: match.start("who")]) is not None
        form = "condition" if condition else "main"
        yield _Head(
            match.start("who"),
            match.start("verb"),
            match["who"],
            form,
            _is_getting(masked[match.start("verb") :]),
        )


def _is_getting(verbs: str) -> bool:
    return _GETS.search(" ".join(verbs[:200].split())) is not None


def _agents(masked: str) -> Iterator[_Head]:
    for match in _BY.finditer(masked):
        if match["word"].lower() in _SPOKEN_BY:
            continue
        getting = _RECEIVED.search(masked[max(0, match.start() - _NEAR) : match.start("who")]) is not None
        if be := _BE.search(masked, 0, match.start("who")):
            yield _Head(match.start("who"), _beginning(masked, be.start()), match["who"], "passive", getting)
        else:
            yield _Head(match.start("who"), match.start("word"), match["who"], "by", getting)


def _beginning(masked: str, at: int) -> int:
    return max((one.end() for one in _BEGINS.finditer(masked, 0, at)), default=0)


def _given_to(masked: str) -> Iterator[_Head]:
    for match in _TO.finditer(masked):
        if re.fullmatch(_GIVEN, match["word"], re.IGNORECASE):
            yield _Head(match.start("who"), _beginning(masked, match.start("be")), match["who"], "to", True)


def _let(masked: str) -> Iterator[_Head]:
    for match in (match for pattern in _LETS for match in pattern.finditer(masked)):
        yield _Head(match.start("to"), match.start("to"), match["who"], "let")


def _having(masked: str) -> Iterator[_Head]:
    for match in _HAS.finditer(masked):
        if match["own"]:
            yield _Head(match.start("own"), match.end("own"), match["own"], "by")
        elif be := _BE.search(masked, 0, match.start()):
            yield _Head(
                match.start(), _beginning(masked, be.start()), match["who"] or match["vests"], "passive"
            )
        else:
            begin = _beginning(masked, match.start()) if match["vests"] else match.start()
            yield _Head(
                match.start(), begin, match["who"] or match["vests"], "passive" if match["vests"] else "by"
            )


def _doing(masked: str, found: Sequence[_Head], one: _Head) -> Doing:
    """One of those who do something, with what is done up to where the next one's part begins."""
    after = max(one.begin, one.start + len(one.who))
    stops = _STOPS if one.form == "by" else _ENDS
    ends = [end.start() for end in stops.finditer(masked, after)]
    nexts = [
        other.start for other in found if other.start >= after and other.form in ("main", "condition", "let")
    ]
    end = min([*ends[:1], *nexts[:1], len(masked)])
    place, main, let = (one.begin, end), one.form in ("main", "passive", "to"), one.form == "let"
    ways = [
        (match["way"], _who(match["who"]))
        for match in _OBJECT.finditer(masked, one.begin, end)
        if match["word"].lower() not in _NO_OBJECT and match.start("who") != one.start
    ]
    if one.form == "to":
        return Doing(frozenset({SOMEBODY}), _who(one.who), place)
    if one.getting:
        doers = [_who(match["who"]) for match in _BY.finditer(masked, one.begin, end)][:1]
        doers += [some for way, some in ways if way == "from"]
        return Doing(frozenset().union(*doers), _who(one.who), place, main, let)
    doers = _who(one.who)
    return Doing(
        doers, frozenset().union(*(some for way, some in ways if way != "from")) - doers, place, main, let
    )
