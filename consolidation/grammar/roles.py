"""Who does something in words, and to whom: the parties of a brief by their grammatical places.

Only what known words tell is read: whoever is just an "it" is somebody, and whoever stands elsewhere is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from consolidation.briefs.fields import Party
from consolidation.grammar.named_parties import mentioned_parties
from consolidation.grammar.role_words import (
    ASKED_SUBJECT,
    BE,
    BEGINS,
    BY,
    CLEFT,
    CONDITION,
    ENDS,
    EVERYBODY,
    FOR_A_PARTY,
    GETS,
    GIVEN,
    GIVEN_TO,
    HAS,
    ITSELF,
    LETS,
    NEAR,
    NO_OBJECT,
    OBJECT,
    PRONOUN,
    RECEIVED,
    SPOKEN_BY,
    STOPS,
    SUBJECT,
)
from consolidation.text.windows import Range

#: Each party at once; and somebody who is not told.
ALL, SOMEBODY = -1, -2
#: Characters that are read of a sentence.
_LONGEST = 1500
#: Characters of no meaning, such as bullets of PDFs, and those that stand for parties here.
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_FIRST, _EVERY, _SOME = 0xE000, 0xF8FE, 0xF8FF


@dataclass(frozen=True, slots=True)
class Doing:
    """What is said to be done: by whom, to or for whom, and where the words of it stand.

    Parties by number, `ALL` and `SOMEBODY`; nobody where none is told. `main` where it is no condition and is not
    said by the way; `let` where another lets or makes them do it.
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
    masked, last = list(_PRIVATE.sub(" ", words)), 0
    for one in mentioned_parties(words, parties):
        if one.start >= last:
            masked[one.start : one.end] = chr(_FIRST + one.party) * (one.end - one.start)
            last = one.end
    said = FOR_A_PARTY.sub(lambda match: (match["one"] or match["two"])[0] * len(match[0]), "".join(masked))
    if asked:
        said = CLEFT.sub(lambda match: match[1] + " " * len(match[2]), said)
    said = ITSELF.sub(lambda match: match[1] + match[2] + match[1][0] * len(match[3]), said)
    said = EVERYBODY.sub(lambda match: chr(_EVERY) * len(match[0]), said)
    said = PRONOUN.sub(lambda match: chr(_SOME) * len(match[0]), said)
    return re.sub(r"([\ue000-\uf8ff])\s(?=\1)", r"\1\1", said)


def _who(said: str) -> frozenset[int]:
    told = {ord(sign) for sign in said if "\ue000" <= sign <= "\uf8ff"}
    return frozenset(ALL if sign == _EVERY else SOMEBODY if sign == _SOME else sign - _FIRST for sign in told)


def _subjects(masked: str, asked: bool) -> Iterator[_Head]:
    if asked and (match := ASKED_SUBJECT.search(masked)):
        rest = masked[match.end() :].lstrip()
        yield _Head(
            match.start("who"), match.end(), match["who"], "main", _is_getting(match["verb"] + " " + rest)
        )
        masked = " " * match.end() + masked[match.end() :]
    for match in SUBJECT.finditer(masked):
        condition = CONDITION.search(masked[: match.start("who")]) is not None
        form = "condition" if condition else "main"
        yield _Head(
            match.start("who"),
            match.start("verb"),
            match["who"],
            form,
            _is_getting(masked[match.start("verb") :]),
        )


def _is_getting(verbs: str) -> bool:
    return GETS.search(" ".join(verbs[:200].split())) is not None


def _agents(masked: str) -> Iterator[_Head]:
    for match in BY.finditer(masked):
        if match["word"].lower() in SPOKEN_BY:
            continue
        getting = RECEIVED.search(masked[max(0, match.start() - NEAR) : match.start("who")]) is not None
        if be := BE.search(masked, 0, match.start("who")):
            yield _Head(match.start("who"), _beginning(masked, be.start()), match["who"], "passive", getting)
        else:
            yield _Head(match.start("who"), match.start("word"), match["who"], "by", getting)


def _beginning(masked: str, at: int) -> int:
    return max((one.end() for one in BEGINS.finditer(masked, 0, at)), default=0)


def _given_to(masked: str) -> Iterator[_Head]:
    for match in GIVEN_TO.finditer(masked):
        if re.fullmatch(GIVEN, match["word"], re.IGNORECASE):
            yield _Head(match.start("who"), _beginning(masked, match.start("be")), match["who"], "to", True)


def _let(masked: str) -> Iterator[_Head]:
    for match in (match for pattern in LETS for match in pattern.finditer(masked)):
        yield _Head(match.start("to"), match.start("to"), match["who"], "let")


def _having(masked: str) -> Iterator[_Head]:
    for match in HAS.finditer(masked):
        if match["own"]:
            yield _Head(match.start("own"), match.end("own"), match["own"], "by")
        elif be := BE.search(masked, 0, match.start()):
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
    stops = STOPS if one.form == "by" else ENDS
    ends = [end.start() for end in stops.finditer(masked, after)]
    nexts = [
        other.start for other in found if other.start >= after and other.form in ("main", "condition", "let")
    ]
    end = min([*ends[:1], *nexts[:1], len(masked)])
    place, main, let = (one.begin, end), one.form in ("main", "passive", "to"), one.form == "let"
    ways = [
        (match["way"], _who(match["who"]))
        for match in OBJECT.finditer(masked, one.begin, end)
        if match["word"].lower() not in NO_OBJECT and match.start("who") != one.start
    ]
    if one.form == "to":
        return Doing(frozenset({SOMEBODY}), _who(one.who), place)
    if one.getting:
        givers = [_who(match["who"]) for match in BY.finditer(masked, one.begin, end)][:1]
        givers += [some for way, some in ways if way == "from"]
        return Doing(_all_of(givers), _who(one.who), place, main, let)
    doers = _who(one.who)
    return Doing(doers, _all_of(some for way, some in ways if way != "from") - doers, place, main, let)


def _all_of(some: Iterable[frozenset[int]]) -> frozenset[int]:
    return frozenset(party for parties in some for party in parties)
