"""Questions for what several amounts come to, or for the difference of two: which, and how to ask for each alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from consolidation.asking.understand import Understanding
from consolidation.text.money import written_amounts


@dataclass(frozen=True, slots=True)
class Adding:
    """Amounts that are added, or of which the second is taken from the first (`less`), each by what asks for it.

    Where it is asked how much `more` the first is, the second may not be; of a mere difference it may.
    """

    asks: tuple[str, ...]
    less: bool = False
    more: bool = False


#: "Plus" in small letters between two things; with a capital it may be of a name.
_PLUS = (
    r"(?<=[\w)])[\s,]+(?:plus|\+)\s+(?=\w)(?!(?:or|minus)\b"
    r"|(?:what|how|which)\b(?!\s+(?:he|she|it|they|we|i|the)\b))"
)
#: Words for a sum, in a clause that joins what it is of.
_TOGETHER = re.compile(
    r"\b(?:combined|altogether|all\s+told|in\s+total|in\s+all(?!\s+(?:cases|respects|events))|all[\s-]in(?=\s*(?:[,:]|$))"
    r"|(?:sum|total|aggregate)\s+of|adds?\s+up|added\s+up|(?:taken|put|added|counted)\s+together|together(?=\s*(?:[,:]|$)))\b",
    re.IGNORECASE,
)
_TAKING = re.compile(r"\b(?:adding|taking|putting)\b(?=.*\btogether\b)", re.IGNORECASE)
_JOINS, _CLAUSES = re.compile(r"\b(?:and|both)\b|&", re.IGNORECASE), re.compile(r"[?.;]")
_BE = r"(?:is|are|was|were|do|does|did|will|would|should|must|can|has|have)"
#: Things whose sum is asked for by a word before the first or between them.
_SEVERAL = re.compile(
    rf"{_PLUS}|\b(?:[Tt]otal|[Cc]ombined)\s+"
    rf"(?:(?!(?:{_BE}|that|which|of|for|by|to|from|in|on)\b)[a-z-]+\s+){{1,4}}and\s"
)
_ADD_UP = re.compile(r"\badd(?:ing)?\s+up\b", re.IGNORECASE)
_DIFFERS = re.compile(
    r"\bdifference\s+between\b|\bhow\s+much\s+(?:more|less|higher|lower|larger|greater|bigger|smaller)\b[^?.;]*\bthan\b"
    r"|\bby\s+how\s+much\b[^?.;]*\b(?:exceeds?|than)\b|\w\s+minus\s+(?!what\b|how\b|which\b)\w",
    re.IGNORECASE,
)


def asks_of_several(question: str) -> bool:
    """Whether a question asks for what several things come to, or for a difference, so that one of them is none."""
    return names_several(question) or _ADD_UP.search(question) is not None


def names_several(question: str) -> bool:
    """Whether a question names the things whose sum or difference it asks for."""
    text = " ".join(question.split())
    return bool(asks_difference(text) or _SEVERAL.search(text)) or any(
        _JOINS.search(clause) and (_TOGETHER.search(clause) or _TAKING.search(clause))
        for clause in _CLAUSES.split(text)
    )


def asks_difference(question: str) -> bool:
    """Whether a question asks by how much one thing is more than another."""
    return _DIFFERS.search(question) is not None


_AMOUNT = r"(?:amount|value|cost|sum|price|size|total|figure)"
#: What supposes a case, before what asks.
_CASE = re.compile(r"^(?P<case>[^?:]*?[,.]\s+)(?=(?:what|how\s+much|by\s+how\s+much)\b)", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:[\s,]+(?:(?:taken|put|added|counted)\s+together|(?:all\s+)?combined|altogether|together|all\s+told|all\s+in"
    r"|in\s+(?:total|all)|add(?:ed)?\s+up(?:\s+to)?|comes?\s+to|total|amount\s+to|make))+\Z",
    re.IGNORECASE,
)
_FIRST = re.compile(
    rf"^(?:(?:the\s+)?(?:combined|total|aggregate)\s+{_AMOUNT}\s+of\s+|(?:the\s+)?(?:sum|total)\s+of\s+"
    r"|(?:all[\s-]in|in\s+total|in\s+all|altogether|combined|all\s+told)[,:]?\s+|(?:the\s+)?total\s+(?!of\b)"
    r"|(?:please\s+)?(?:add(?:ing)?(?:\s+up|\s+together)?|sum\s+up|taking)\s+)",
    re.IGNORECASE,
)
#: Whoever does something together: their names, and what each does.
_NAME = r"(?:(?:the\s+[a-z]+)|[A-Z][\w&.'\u2019-]*(?:\s+[A-Z][\w&.'\u2019-]*){0,3})"
_NAMES = rf"(?P<names>{_NAME}(?:,\s+{_NAME}){{0,3}},?\s+and\s+{_NAME})"
_NAMED_FIRST = re.compile(rf"^(?i:what|how\s+much)\s+{_NAMES}\s+(?P<be>{_BE})\s+(?P<do>.+)$")
_NAMED_NEXT = re.compile(rf"^(?i:what|how\s+much)\s+(?P<be>{_BE})\s+{_NAMES}\s+(?P<do>.+)$")
_ONE = {"are": "is", "were": "was", "do": "does", "have": "has"}
#: What is asked of things behind a preposition, where something is done or a price is that of each.
_FOR = re.compile(
    rf"^(?P<lead>(?:what|how\s+much)\s+{_BE}\s+(?:.+?\s)??(?:gets?|gives?|given|pays?|paid|owes?|owed|receives?|spends?|spent|due|payable"
    r"|held\s+back|lends?|lent|earns?|granted|awarded|entitled|charged?|invests?|contributes?"
    r"|(?P<noun>(?:the|its|his|her|their)\s+(?:price|cost|value|charge|fee)))\s+(?:\w+\s+){0,3}?(?:for|in|as|on|of|to))\s+(?P<things>.+)$",
    re.IGNORECASE,
)
_OF = re.compile(r"\s(?:for|of)\s", re.IGNORECASE)
_ARE = re.compile(rf"^(?:what|how\s+much)(?:['\u2019]s|\s+{_BE})\s+(?P<things>.+)$", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\bdifference\s+between\s+(?P<one>.+?)\s+and\s+(?P<two>.+)$"
    rf"|^(?:(?:what|how\s+much)(?:['\u2019]s|\s+{_BE})\s+)?(?P<one1>.+?)\s+minus\s+(?P<two1>.+)$"
    r"|\bhow\s+much\s+(?P<how>more|less|higher|lower|larger|greater|bigger|smaller)\s+"
    rf"{_BE}\s+(?P<one2>.+?)\s+than\s+(?P<two2>.+)$"
    rf"|\bby\s+how\s+much\s+{_BE}\s+(?P<one3>.+?)\s+"
    r"(?:exceed|(?:more|higher|larger|greater|bigger)\s+than)\s+(?P<two3>.+)$",
    re.IGNORECASE,
)
_SMALLER = frozenset({"less", "lower", "smaller"})
_PARTS = re.compile(r"\s*,\s*(?:(?:and|plus)\s+)?|\s+(?:and|plus|\+|as\s+well\s+as)\s+", re.IGNORECASE)
#: A thing is named by nouns: where anything is done, or bounded, it is not one alone.
_NO_THING = re.compile(
    rf"\b(?:what|how|who|which|when|where|that|if|it|{_BE}|gets?|pays?|most|least|each|every|both|or|not|than|per|two"
    r"|three|four|five)\b|[%?:;]",
    re.IGNORECASE,
)
_DETERMINED = re.compile(r"(?:the|an?|his|her|its|their|our|my|your|any|this|that)\s|[A-Z]")
_ORDINAL = re.compile(r"(?:the\s+)?(?:first|second|third|fourth|fifth|initial|final|last)", re.IGNORECASE)
_OWNER = re.compile(r"(?<=['\u2019]s)\s+(?P<what>.+)$")
#: A bound of several things is one amount, and is not made of theirs.
_BOUND = re.compile(
    r"\b(?:ceiling|cap|limit|maximum|minimum|threshold|floor|basket|multipl\w+)\b|\bat\s+(?:most|least)\b",
    re.IGNORECASE,
)
_FEWEST, _MOST, _LONGEST = 2, 5, 9


def adding(asked: Understanding) -> Adding | None:
    """The amounts that a question has added up or subtracted; None where it asks for no such sum of two to five."""
    if asked.yes_no or asked.questions or asked.value not in ("amount", "free"):
        return None
    text = " ".join(asked.each.split()).rstrip(" ?.")
    if not names_several(text) or written_amounts(text):
        return None
    text = _without_first(text)
    case = _CASE.match(text)
    before, text = (case["case"], text[case.end() :]) if case else ("", text)
    if asks_difference(text):
        return _less(before, text)
    if not _BOUND.search(text) and (asks := _asks(_TAIL.sub("", _without_first(text)))):
        return Adding(tuple(_put(before, ask) for ask in asks))
    return None


def _without_first(text: str) -> str:
    while first := _FIRST.match(text):
        text = text[first.end() :]
    return text


def _less(before: str, text: str) -> Adding | None:
    found = _BETWEEN.search(text)
    if found is None:
        return None
    at = next(at for at in ("", "1", "2", "3") if found[f"one{at}"])
    things = _named([found[f"one{at}"], found[f"two{at}"]])
    if things is None:
        return None
    if found["how"] and found["how"].lower() in _SMALLER:
        things.reverse()
    more = bool(at)
    return Adding(tuple(_put(before, f"how much is {one}") for one in things), less=True, more=more)


def _asks(text: str) -> list[str] | None:
    """How each of the things is asked for that a question without its words for a sum names."""
    does = _NAMED_FIRST.match(text) or _NAMED_NEXT.match(text)
    if does and any(name[:1].isupper() for name in _PARTS.split(does["names"])):
        be, do = _ONE.get(does["be"], does["be"]), does["do"]
        return [f"how much {be} {name} {do}" for name in _PARTS.split(does["names"])]
    alone = _ARE.match(text)
    listed = _without_first(
        text.rpartition(":")[2].strip() if ":" in text else alone["things"] if alone else text
    )
    paid = _FOR.match(text) if alone and listed == alone["things"] else None
    if paid and not (paid["noun"] and _OF.search(paid["things"])):
        things = _named(_PARTS.split(paid["things"]), bare=True)
        return [f"{_without_total(paid['lead'])} {thing}" for thing in things] if things else None
    things = _named(_PARTS.split(listed))
    return [f"how much is {thing}" for thing in things] if things else None


def _without_total(lead: str) -> str:
    return re.sub(
        r"\s+(?:in\s+total|in\s+all|altogether|all\s+told|combined)\b", "", lead, flags=re.IGNORECASE
    )


def _named(things: list[str], bare: bool = False) -> list[str] | None:
    """Two to five things, each named in full: "the first and second payments", "Key's commitment and BofA's"."""
    if not _FEWEST <= len(things) <= _MOST:
        return None
    told = [thing.strip(" ,") for thing in things]
    own = next((found["what"] for thing in told if (found := _OWNER.search(thing))), "")
    head = told[-1].split()[-1].removesuffix("s") if told[-1] else ""
    for at, thing in enumerate(told):
        if thing.endswith(("'s", "\u2019s")) and own:
            thing = f"{thing} {own}"
        elif _ORDINAL.fullmatch(thing):
            thing = f"{thing} {head}"
        if not thing or len(thing.split()) > _LONGEST or _NO_THING.search(thing):
            return None
        thing = re.sub(r"^(?:The|His|Her|Its|Their)\b", lambda match: match[0].lower(), thing)
        told[at] = thing if bare or _DETERMINED.match(thing) else f"the {thing}"
    return told


def _put(before: str, ask: str) -> str:
    asked = f"{before}{ask}?" if before.endswith(", ") else f"{before}{ask[:1].upper()}{ask[1:]}?"
    return asked[:1].upper() + asked[1:]
