"""Sentences for people about what was asked, of whom, and what came of it: said in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidation.asking.refusals import SAID
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


def understood(asked: Understanding) -> str:
    """One sentence on what was understood of a question."""
    if asked.parts:
        numbered = " ".join(f"({i}) {part.sentence}" for i, part in enumerate(asked.parts, 1))
        return f"{len(asked.parts)} questions at once: {numbered}"
    if asked.refused:
        return SAID[asked.refused]
    if asked.term:
        return f"Asks for the definition of “{asked.term}”{_OVER['each'] if asked.over == 'each' else ''}."
    what = "yes or no" if asked.yes_no else _VALUES[asked.value]
    if asked.over in ("document", "each") and asked.quantifier != "same":
        return f"Asks for {what}{_OVER[asked.over]}."
    goal = _QUANTIFIERS.get(asked.quantifier, _OVER[asked.over])
    how = f" ({asked.condition.words})" if asked.condition else ""
    return f"Asks {goal}{how}; each document is asked: {asked.each}" if asked.each else f"Asks {goal}."


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def meant(chosen: Sequence[Chosen], unknown: Sequence[str], looked_up: bool = False) -> str:
    """Why documents were chosen, and which names are in none; empty where no document is named.

    `looked_up`: the unknown names were looked up in the documents' text too.
    """
    said = ""
    if chosen:
        many = documents(len(chosen))
        why = f"names {chosen[0].words}" if chosen[0].words else "gives its date"
        said = f"Asked of {many} because the question {why}."
    none = "No document mentions" if looked_up else "No document goes by the name of"
    missing = f"{none} {_listed(list(unknown))}." if unknown else ""
    return f"{said} {missing}".strip()


#: Documents that are named; more are counted.
_MOST_GROUPS, _MOST_NAMED = 6, 3
EXTREMES = {"earliest": "Earliest", "latest": "Latest", "highest": "Highest", "lowest": "Lowest"}
#: The same of lengths of time.
_OF_TIME = {**EXTREMES, "highest": "Longest", "lowest": "Shortest"}


def documents(number: int) -> str:
    """A number of documents in words: "no document", "1 document", "12 documents"."""
    return "no document" if number == 0 else "1 document" if number == 1 else f"{number:,} documents"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _states(ids: Sequence[str]) -> str:
    return "states" if len(ids) == 1 else "state"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _called(ids: Sequence[str], names: Mapping[str, str]) -> str:
    """Documents by their names where these are few and known, else their number."""
    return _named(ids, names) or documents(len(ids))


def _named(ids: Sequence[str], names: Mapping[str, str]) -> str:
    """Documents by their names where these are few and known, else nothing."""
    known = [names[one] for one in ids if one in names]
    return _listed(known) if 0 < len(known) == len(ids) <= _MOST_NAMED else ""


def _main(summary: Summary, names: Mapping[str, str]) -> list[str]:
    if summary.over in EXTREMES:
        said = [
            f"{(_OF_TIME if e.unit == 'day' else EXTREMES)[summary.over]}: {e.shown} ({_called(e.documents, names)})."
            for e in summary.extremes
        ]
        surest = [
            f"Of supported answers: {e.shown} ({_called(e.documents, names)})."
            for e in summary.supported
            if not any(set(e.documents) & set(other.documents) for other in summary.extremes)
        ]
        return [*said, *surest] or ["No values that can be compared were found."]
    if summary.over == "sum":
        said = [f"Sum: {s.shown}, over {documents(len(s.documents))}." for s in summary.sums]
        return said or ["No amounts that can be added were found."]
    if summary.condition is not None:
        asked = len(summary.meets) + len(summary.fails)
        words = summary.condition.words
        called = _named(summary.meets, names)
        those = f" ({called})" if called else ""
        said = [f"{_capital(documents(len(summary.meets)))} of {asked:,} that could be told: {words}{those}."]
        if not asked:
            said = [f"It could be told of no document: {words}."]
        if summary.quantifier == "any" and summary.holds:
            said = [f"Yes: in {called or documents(len(summary.meets))}."]
            if asked > 1:
                said.append(
                    f"{_capital(documents(len(summary.meets)))} of {asked:,} that could be told: {words}."
                )
        elif summary.quantifier and summary.holds is not None:
            said.insert(0, "Yes." if summary.holds else "No.")
        return said
    if summary.over == "count":
        every = (summary.meets, summary.fails, summary.unread, summary.not_found, summary.not_examined)
        return [f"{_capital(documents(sum(map(len, every))))}."]
    shown = [f"{g.shown}: {documents(len(g.documents))}" for g in summary.groups[:_MOST_GROUPS]]
    rest = len(summary.groups) - _MOST_GROUPS
    if rest > 0:
        shown.append("1 other value" if rest == 1 else f"{rest:,} other values")
    if not shown:
        # that nothing was found in so many documents, or that none was examined, is said beside
        return [] if summary.not_found or summary.not_examined else ["No value was found."]
    said = [f"{'; '.join(shown)}."]
    if summary.quantifier == "same" and summary.holds is not None:
        said.insert(0, "Yes." if summary.holds else "No.")
    return said


def summed_up(summary: Summary, names: Mapping[str, str]) -> tuple[str, ...]:
    """What a summary says, its main sentence first, then what is unsure, not found and not examined.

    `names` of documents by their ids, where they are known.
    """
    said = _main(summary, names)
    if summary.over == "count" and summary.condition is None:
        return tuple(said)
    if summary.check and (summary.condition is not None or summary.groups):
        said.append(f"Check {documents(len(summary.check))} of these.")
    if summary.conditional:
        said.append(
            f"{_capital(documents(len(summary.conditional)))} {_states(summary.conditional)} a condition."
        )
    if summary.unread:
        said.append(f"{_capital(documents(len(summary.unread)))} gave an answer that cannot be compared.")
    if summary.not_found:
        lacks = summary.condition is not None and summary.condition.test == "lacks"
        more = ", so it may be missing there" if lacks else ""
        said.append(f"Nothing was found in {documents(len(summary.not_found))}{more}.")
    if summary.not_examined:
        said.append(
            f"{_capital(documents(len(summary.not_examined)))} {_were(len(summary.not_examined))} not examined."
        )
    return tuple(said)
