"""Sentences for people about what was asked, of whom, and what came of it: said in one place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from consolidation.asking.orders import EXTREMES, documents, in_order, listed, ordinal, side_of
from consolidation.asking.parts import asks_how_often, asks_two
from consolidation.asking.refusals import SAID
from consolidation.asking.spelling import KINDS_OF_DOCUMENT
from consolidation.asking.typed import ValueType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from consolidation.asking.fold import Summary
    from consolidation.asking.names import Chosen
    from consolidation.asking.understand import Understanding

_VALUES: dict[ValueType, str] = {
    "party": "a party", "role": "a role", "person": "a person", "date": "a date", "duration": "a length of time",
    "amount": "an amount", "percent": "a percentage", "number": "a number", "place": "a place or address",
    "law": "the law that governs", "title": "the title of the document", "definition": "a definition",
    "list": "a list", "consequence": "what happens or must be done", "free": "what the document says",
}  # fmt: skip
_OVER = {
    "document": "", "each": " of each document", "which": "which documents are meant",
    "count": "how many documents are meant",
    "earliest": "the earliest among the documents", "latest": "the latest among the documents",
    "highest": "the highest among the documents", "lowest": "the lowest among the documents",
    "sum": "the sum over the documents",
}  # fmt: skip
_QUANTIFIERS = {
    "any": "whether any document is so",
    "all": "whether all documents are so",
    "none": "whether no document is so",
    "same": "whether the documents say the same",
}

_MORE = "It asks for more than one thing: check that the answer holds all of them."
_ARTICLES = frozenset("the a an our your their this that its".split())
#: What there is tells that there is one.
_THERE = re.compile(r"(?:is|are)\s+there\b", re.IGNORECASE)


def understood(asked: Understanding) -> str:
    """What was understood of a question, in a sentence, and in another which documents it leaves out."""
    left_out = f" It leaves out {asked.left_out}." if asked.left_out and not asked.refused else ""
    return f"{_asks(asked)}{left_out}"


def _asks(asked: Understanding) -> str:
    if asked.parts:
        numbered = " ".join(f"({i}) {part.sentence}" for i, part in enumerate(asked.parts, 1))
        return f"{len(asked.parts)} questions at once: {numbered}"
    if asked.refused:
        return SAID[asked.refused]
    if asked.term:
        return f"Asks for the definition of “{asked.term}”{_OVER['each'] if asked.over == 'each' else ''}."
    what = "yes or no" if asked.yes_no else _VALUES[asked.value]
    if asked.value == "duration" and asks_how_often(asked.each):
        what = "a frequency"
    if asked.tested:
        return _understood_of_several(asked)
    if asked.over in ("document", "each") and asked.quantifier != "same":
        more = f" {_MORE}" if asks_two(asked.each) and not _THERE.match(asked.each) else ""
        return f"Asks for {what}{_OVER[asked.over]}.{_turn(asked)}{more}"
    goal = _goal(asked)
    how = f" ({asked.condition.words})" if asked.condition else ""
    return f"Asks {goal}{how}; each document is asked: {asked.each}" if asked.each else f"Asks {goal}."


def _turn(asked: Understanding) -> str:
    """What Yes means where a question is put the other way round, or its "not" may be taken either way."""
    if asked.turned:
        return f" Understood as the opposite of: {asked.each.rstrip(' ?.')}. Yes means that this is not so."
    if asked.doubt:
        return f" Understood as: {asked.each.rstrip(' ?.')}. Check which way its Yes and No are meant."
    return ""


def _goal(asked: Understanding) -> str:
    """What is asked of the documents together."""
    first, last = asked.places.first, asked.places.last
    if asked.over in EXTREMES and last is None:
        return f"for the documents in order, {side_of(asked)} first"
    if asked.over in EXTREMES and first > 1:
        return f"for the {ordinal(first)} {side_of(asked)} among the documents"
    if asked.over in EXTREMES and last != 1:
        return f"for the {last} {side_of(asked)} among the documents"
    return _QUANTIFIERS.get(asked.quantifier, _OVER[asked.over])


def _understood_of_several(asked: Understanding) -> str:
    """What was understood where each document is asked for conditions one by one."""
    groups = [" or ".join(one.condition.words for one in group if one.condition) for group in asked.tested]
    own = [asked.condition.words] if asked.condition and asked.over in EXTREMES else []
    every = " ".join(f"({at}) {one.each}" for at, one in enumerate(asked.questions, 1))
    goal = f"for {_VALUES[asked.value]} of those documents" if asked.over == "each" else _goal(asked)
    return f"Asks {goal} ({', and '.join([*groups, *own])}); each document is asked: {every}"


def _conditions(summary: Summary) -> list[str]:
    """How many documents meet each of several conditions."""
    told = [
        f"{one.words}: yes {len(one.meets):,}, no {len(one.fails):,}, not told {len(one.untold):,}"
        for one in summary.tested
    ]
    return [f"By condition: {'; '.join(told)}."] if told else []


def names_said(names: Sequence[str]) -> str:
    """What a question calls documents by, as one says it: "the Zond agreement", "Zond and Sykes"."""
    return listed([f"the {one}" if _is_kind(one) else one for one in names]) if names else ""


def _is_kind(name: str) -> bool:
    """Whether a name ends with a kind of document and so needs an article: "Zond agreement"."""
    first, *others = name.lower().split() or [""]
    return bool(others) and first not in _ARTICLES and others[-1] in KINDS_OF_DOCUMENT


def because(chosen: Chosen) -> str:
    """Why a document is asked: what the question calls it by, or speaks of that few documents mention."""
    if not chosen.words:
        return "the question gives its date"
    return f"the question {'speaks of' if chosen.by == 'mention' else 'names'} {chosen.said or chosen.words}"


def meant(chosen: Sequence[Chosen], unknown: Sequence[str], looked_up: bool = False) -> str:
    """Why documents were chosen, and which names are in none; empty where no document is named.

    `looked_up`: the unknown names were looked up in the documents' text too.
    """
    said = ""
    if chosen:
        many = documents(len(chosen))
        said = f"Asked of {many} because {because(chosen[0])}."
    none = "No document mentions" if looked_up else "No document goes by the name of"
    missing = f"{none} {listed(list(unknown))}." if unknown else ""
    return f"{said} {missing}".strip()


#: Words that begin what documents are or do, behind which "not" stands.
_HELPING = re.compile(
    r"(?:are|is|were|was|can|could|may|must|shall|should|will|would|do|does|did)\b(?!\s+not\b)", re.IGNORECASE
)
#: What documents do, in the words of "which contracts ...".
_DOING = re.compile(
    r"(?:have|require|contain|include|provide|allow|permit|prohibit|forbid|restrict|limit|cap|exclude|cover|"
    r"expire|end|terminate|renew|last|run|begin|start|mention|say|state|name|give|grant|need|impose|oblige|"
    r"refer|set|use|call|make|let|pay|charge|survive|protect|govern|define|bind|assign)\b(?!\s+not\b)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\b(?:and|or|but|nor|not|no)\b|n['’]t\b", re.IGNORECASE)
_TURNED = {"with ": "without ", "without ": "with "}


def against(words: str) -> str:
    """The words for documents that a condition does not hold of: "do not require insurance"."""
    if _JOINED.search(words.removeprefix("not ")):
        return f"not so: {words}"
    for said, turned in _TURNED.items():
        if words.startswith(said):
            return f"{turned}{words.removeprefix(said)}"
    if words.startswith("not "):
        return words.removeprefix("not ")
    if helping := _HELPING.match(words):
        joined = "cannot" if helping[0].lower() == "can" else f"{helping[0]} not"
        return f"{joined}{words[helping.end() :]}"
    if _DOING.match(words):
        return f"do not {words}"
    return f"not {words}" if words[:1].isupper() else f"not so: {words}"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _states(ids: Sequence[str]) -> str:
    return "states" if len(ids) == 1 else "state"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


#: Groups that are told by name; more are counted.
_MOST_GROUPS = 6
#: Documents that are named; more are counted.
_MOST_NAMED = 3


def _named(ids: Sequence[str], names: Mapping[str, str]) -> str:
    """Documents by their names where these are few and known, else nothing."""
    known = [names[one] for one in ids if one in names]
    return listed(known) if 0 < len(known) == len(ids) <= _MOST_NAMED else ""


_WHERE_TOLD = "where this could be told"


def _of_told(number: int, asked: int) -> str:
    """How many documents are so, of those of which it could be told: "2 of the 10 documents where ..."."""
    if asked == 1:
        return f"The only document {_WHERE_TOLD}" if number else f"No document, of 1 {_WHERE_TOLD}"
    how_many = "All" if number == asked else f"{number:,} of the" if number else "None of the"
    return f"{how_many} {asked:,} documents {_WHERE_TOLD}"


def _any_so(number: int, asked: int, called: str) -> str:
    """That some documents are so, and how many of those of which it could be told; `called`: their names, if few."""
    if number == asked:
        return f"Yes: in {called or documents(number)}."
    of_them = f"{number:,} of the {asked:,} documents {_WHERE_TOLD}"
    return f"Yes: in {called}, {of_them}." if called else f"Yes: in {of_them}."


def _main(summary: Summary, names: Mapping[str, str]) -> list[str]:
    if summary.over in EXTREMES:
        return [*in_order(summary, names), *_conditions(summary)]
    if summary.over == "sum":
        said = [f"Sum: {s.shown}, over {documents(len(s.documents))}." for s in summary.sums]
        return said or ["No amounts that can be added were found."]
    if summary.condition is not None:
        asked = len(summary.meets) + len(summary.fails)
        words = summary.condition.words
        called = _named(summary.meets, names)
        those = f" ({called})" if called else ""
        said = [f"{_of_told(len(summary.meets), asked)}: {words}{those}."]
        if not asked:
            said = [f"It could be told of no document: {words}."]
        if summary.quantifier == "any" and summary.holds:
            said = [_any_so(len(summary.meets), asked, called)]
        elif summary.quantifier and summary.holds is not None:
            said.insert(0, "Yes." if summary.holds else "No.")
        if summary.over == "each" and summary.meets:
            said.append(f"Of these: {_of_those(summary)}.")
        return [*said, *_conditions(summary)]
    if summary.over == "count":
        every = (summary.meets, summary.fails, summary.unread, summary.not_found, summary.not_examined)
        return [f"{_capital(documents(sum(map(len, every))))}."]
    if not summary.groups:
        # that nothing was found in so many documents, or that none was examined, is said beside
        return [] if summary.not_found or summary.not_examined else ["No value was found."]
    said = [f"{_values(summary)}."]
    if summary.quantifier == "same" and summary.holds is not None:
        said.insert(0, "Yes." if summary.holds else "No.")
    return said


def _of_those(summary: Summary) -> str:
    """What the documents that are so say besides, and of how many nothing was found."""
    silent = len(set(summary.meets).difference(*(group.documents for group in summary.groups)))
    told = [_values(summary)] * bool(summary.groups)
    return "; ".join([*told, *[f"nothing found in {documents(silent)}"] * bool(silent)])


def _values(summary: Summary) -> str:
    """The commonest values, each with how many documents have it."""
    shown = [f"{g.shown}: {documents(len(g.documents))}" for g in summary.groups[:_MOST_GROUPS]]
    rest = len(summary.groups) - _MOST_GROUPS
    if rest > 0:
        shown.append("1 other value" if rest == 1 else f"{rest:,} other values")
    return "; ".join(shown)


def summed_up(summary: Summary, names: Mapping[str, str]) -> tuple[str, ...]:
    """What a summary says, its main sentence first, then what is unsure, not found and not examined.

    `names` of documents by their ids, where they are known.
    """
    said = _main(summary, names)
    if summary.over == "count" and summary.condition is None:
        return tuple(said)
    check = set(summary.check)
    if summary.over in EXTREMES and summary.places.last != 1:
        check &= {document for one in summary.extremes for document in one.documents}
    if check and (summary.condition is not None or summary.groups):
        said.append(f"{'1 answer is' if len(check) == 1 else f'{len(check):,} answers are'} to be checked.")
    if summary.conditional:
        states = _states(summary.conditional)
        said.append(f"{_capital(documents(len(summary.conditional)))} {states} a condition.")
    if summary.over in EXTREMES and summary.condition is not None and summary.fails:
        verb = "is" if len(summary.fails) == 1 else "are"
        said.append(f"{_capital(documents(len(summary.fails)))} {verb} not so.")
    if summary.unread:
        said.append(f"{_capital(documents(len(summary.unread)))} gave an answer that cannot be compared.")
    if summary.not_found and summary.tested:
        many = documents(len(summary.not_found))
        said.append(f"Of {many} it is not known, as nothing was found of a condition that decides.")
    elif summary.not_found:
        lacks = summary.condition is not None and summary.condition.test == "lacks"
        more = ", so it may be missing there" if lacks else ""
        said.append(f"Nothing was found in {documents(len(summary.not_found))}{more}.")
    if summary.not_examined:
        were = _were(len(summary.not_examined))
        said.append(f"{_capital(documents(len(summary.not_examined)))} {were} not examined.")
    return tuple(said)
